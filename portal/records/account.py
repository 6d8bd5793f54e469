"""People: those who sign in, and the council's staff list, which is one and the same table."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Role(StrEnum):
    """What somebody does here; what each may do is one table, `portal.access.table`."""

    COMPLAINTS_MANAGER = "complaints_manager"
    OFFICER = "officer"
    TEAM_MANAGER = "team_manager"
    HEAD_OF_SERVICE = "head_of_service"
    ADJUDICATING_OFFICER = "adjudicating_officer"
    INVESTIGATOR = "investigator"
    INDEPENDENT_PERSON = "independent_person"
    PANEL_MEMBER = "panel_member"
    PANEL_CLERK = "panel_clerk"
    DUTY_TEAM = "duty_team"
    INFORMATION_GOVERNANCE = "information_governance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    ADVOCATE = "advocate"
    ADVOCACY_LEAD = "advocacy_lead"


class Account(Record):
    """One named person. There are no shared accounts. Somebody of the staff list who never signs
    in has a row without a password and without roles: complaints can be about them all the same."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(PrivateText("account.name"))
    email: Mapped[str] = mapped_column(PrivateText("account.email"))
    email_key: Mapped[str] = mapped_column(unique=True)
    job_title: Mapped[str | None] = mapped_column(PrivateText("account.job_title"))
    # Outside the council; None for its own staff.
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    # Their manager. A complaint about somebody is closed to everybody below them in this chain.
    reports_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    left_on: Mapped[date | None]
    invitation_key: Mapped[str | None] = mapped_column(unique=True)
    invitation_ends_at: Mapped[datetime | None]
    reset_key: Mapped[str | None] = mapped_column(unique=True)
    reset_ends_at: Mapped[datetime | None]
    # The second factor: the secret that the person's app shares; good only once it was confirmed.
    totp_secret: Mapped[str | None] = mapped_column(PrivateText("account.totp_secret"))
    totp_confirmed_at: Mapped[datetime | None]
    # The last half-minute whose code was used: a code that somebody saw is good only once.
    totp_last_step: Mapped[int | None]
    created_at: Mapped[datetime]
    last_signed_in_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
