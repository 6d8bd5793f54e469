"""Letters that wait to leave: written in the act's own transaction, sent after its commit."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class LetterKind(StrEnum):
    """Every letter we write. `receipt` is automatic; `acknowledgement` is the officer's."""

    RECEIPT = "receipt"
    FILE_TOO_LARGE = "file_too_large"
    TRACKING_LINK = "tracking_link"
    ACKNOWLEDGEMENT = "acknowledgement"
    CASE_OPENED = "case_opened"
    POINTS_TO_AGREE = "points_to_agree"
    PROMISE_DONE = "promise_done"
    THANKS = "thanks"
    PASSED_ON = "passed_on"
    DECLINED = "declined"
    LINKED = "linked"
    NEW_MESSAGE = "new_message"
    COMPLIMENT_FOR_TEAM = "compliment_for_team"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind of letter
    SIGN_IN_CHANGED = "sign_in_changed"
    GLASS_BROKEN = "glass_broken"
    DANGER_ALERT = "danger_alert"
    REFUSAL_SENT_BACK = "refusal_sent_back"
    # What a procedure sends as things happen in it.
    EXTENSION = "extension"
    PAUSE = "pause"
    MEETING = "meeting"
    ANSWER = "answer"
    LAPSE = "lapse"
    NEXT_STAGE = "next_stage"
    NEXT_STAGE_EARLY = "next_stage_early"
    NEXT_STAGE_DECLINED = "next_stage_declined"
    REQUEST_ACKNOWLEDGED = "request_acknowledged"
    REROUTED = "rerouted"
    PARTS = "parts"
    PART_REDIRECTED = "part_redirected"
    JOINT_ANSWER = "joint_answer"
    STATEMENT = "statement"
    APPOINTED = "appointed"
    PANEL_PAPERS = "panel_papers"
    EARLY_REFERRAL = "early_referral"
    NOT_CONSIDERED = "not_considered"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"
    CONSENT_ASKED = "consent_asked"
    INTEREST_DECIDED = "interest_decided"
    ADVOCATE_CHANGED = "advocate_changed"
    # To an advocate: there is a letter or a message in a matter that they follow.
    ADVOCATE_COPY = "advocate_copy"
    HOLDING = "holding"
    # To whoever must act, their manager and the head of service.
    REMINDER = "reminder"
    SILENCE = "silence"
    # To somebody of the council: something waits for them, without what.
    WORK_WAITS = "work_waits"
    # Other kinds of feedback than complaints.
    COMPLIMENT_FOR_WORKER = "compliment_for_worker"
    COMMENT_FOR_TEAM = "comment_for_team"
    COMMENT_PASSED_ON = "comment_passed_on"
    HANDED_ON = "handed_on"
    ENQUIRY_ANSWER = "enquiry_answer"
    DATA_PROTECTION_OPENED = "data_protection_opened"
    DATA_PROTECTION_ACKNOWLEDGED = "data_protection_acknowledged"
    DATA_PROTECTION_ANSWER = "data_protection_answer"
    ACCESS_REQUEST = "access_request"
    ACCESS_REQUEST_PASSED = "access_request_passed"
    ACCESS_REQUEST_EXTENDED = "access_request_extended"
    # A young person's yes to an advocate: to whoever finds one, and to those who see to it.
    ADVOCACY_REFERRAL = "advocacy_referral"
    ADVOCACY_REMINDER = "advocacy_reminder"


class LetterState(StrEnum):
    """`sending` is committed before SMTP DATA, so that a crash shows as a letter half sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    WITHHELD = "withheld"
    # By post: in the print queue until an officer records the day on which it was posted.
    TO_POST = "to_post"
    POSTED = "posted"


class OutboxLetter(Record):
    """One letter. `withheld` letters were written but the person's safe-contact rule allows no
    way to send them: they are read at /track."""

    __tablename__ = "outbox_letter"
    __table_args__ = (Index("ix_outbox_letter_state_next_try_at", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LetterKind]
    # Which part of the matter it is about; None where it speaks of the whole.
    part: Mapped[int | None]
    state: Mapped[LetterState] = mapped_column(default=LetterState.WAITING)
    to_email: Mapped[str | None] = mapped_column(PrivateText("outbox_letter.to_email"))
    subject: Mapped[str] = mapped_column(PrivateText("outbox_letter.subject"))
    body: Mapped[str] = mapped_column(PrivateText("outbox_letter.body"))
    # The code of the language it was written in; None: English.
    language: Mapped[str | None]
    # Letters to the person stand in their thread at /track; letters to staff do not.
    shown_to_person: Mapped[bool] = mapped_column(default=True)
    # Answers to a machine must say so, or two machines answer each other for ever.
    automatic: Mapped[bool] = mapped_column(default=False)
    message_id: Mapped[str] = mapped_column(unique=True)
    answers_message_id: Mapped[str | None] = mapped_column(
        PrivateText("outbox_letter.answers_message_id")
    )
    written_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    # By post: the lines of its address as they were when it was last printed, when that was, and
    # the day on which it was posted, which is the letter's date.
    to_address: Mapped[str | None] = mapped_column(PrivateText("outbox_letter.to_address"))
    printed_at: Mapped[datetime | None]
    posted_on: Mapped[date | None]
