"""Sign-ins that last: one row a browser, so that each can be listed and ended."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class SignIn(Record):
    """One browser in which somebody is signed in. The browser's cookie carries a random token;
    here stands only its keyed hash."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    token_key: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[str] = mapped_column(PrivateText("sign_in.device"))
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # When the person last showed that it is them: asked again before exports and role changes.
    confirmed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RecoveryCode(Record):
    """One way in when the phone is lost: a random code, kept as a keyed hash, good once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    code_key: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]


class PasswordResetRequest(Record):
    """Somebody asked for a new password. Written for every address alike, known or not, and
    answered by the work process, so that neither page nor time tells who has an account."""

    __tablename__ = "password_reset_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(PrivateText("password_reset_request.email"))
    email_key: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    handled_at: Mapped[datetime | None] = mapped_column(index=True)
