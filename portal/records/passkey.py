"""Passkeys of those who sign in, and the questions that one of them is answering just now."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Passkey(Record):
    """One key of one person: in their phone, their computer or a stick. The private half never
    leaves it; what stands here opens nothing."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    # As the browser names it, in URL-safe base64.
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    name: Mapped[str] = mapped_column(PrivateText("passkey.name"))
    # How often it was used, as it says itself: one that goes back was copied. Many always say 0.
    sign_count: Mapped[int]
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class Asked(StrEnum):
    """What a question is for; an answer to one is none to another."""

    NEW_PASSKEY = "new_passkey"
    WHOLE_SIGN_IN = "whole_sign_in"
    SECOND_FACTOR = "second_factor"
    AGAIN = "again"
    COUNCIL_SIGN_IN = "council_sign_in"


class SignInChallenge(Record):
    """A random question that a browser must have answered within minutes, once. It is kept here and
    not in the browser's cookie, which could be played back together with an old answer."""

    __tablename__ = "sign_in_challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_key: Mapped[str] = mapped_column(unique=True)
    asked: Mapped[Asked]
    # Who has shown that it is them so far; nobody at the beginning of a whole sign-in.
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    challenge: Mapped[str] = mapped_column(PrivateText("sign_in_challenge.challenge"))
    asked_at: Mapped[datetime] = mapped_column(index=True)
