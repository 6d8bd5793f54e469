"""Drafts: half-given answers, and the one moment in which they become feedback."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from portal import written_together
from portal.cases.receiving import NewFeedback, receive, unused_reference
from portal.cases.secret_words import hash_words, make_words
from portal.cases.tokens import make_token, token_key
from portal.db import Record
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.attachment import Attachment, AttachmentState
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.draft import Draft
from portal.records.feedback import Door, Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.safe_contact_rule import SafeContactRule
from portal.work import Work

KEPT = timedelta(hours=24)
# What is saved to come back to lives so long after its last change.
SAVED = timedelta(days=30)
WORDS_SHOWN = timedelta(minutes=30)

Answers = dict[str, Any]

# Written once: every page of a form asks it, and each time took longer than the answer.
_OF_TOKEN = select(Draft).where(
    Draft.token_key == bindparam("token_key"),
    Draft.door == bindparam("door"),
    Draft.ends_at > bindparam("now"),
)
# What sending a draft adds: their keys are taken with the look at it. A form names two people at
# most, and brings two letters: the receipt, and that to the advocates.
SENT = (
    Feedback, Party, Party, SafeContactRule, OutboxLetter, OutboxLetter, AutomaticAnswer,
    AdvocacyReferral,
)  # fmt: skip


@dataclass(frozen=True)
class Sending:
    """A draft that may be sent now.

    Attributes:
        draft: it.
        files: keys of its attachments, without those that were refused.
        keys: the next keys of the kinds of record that sending adds.
    """

    draft: Draft
    files: tuple[int, ...]
    keys: tuple[tuple[type[Record], int], ...]


def begin(work: Work, door: Door) -> tuple[Draft, str]:
    """Start a draft with its reference and its secret words.

    Returns:
        The draft, and the token for the person's cookie (stored only as a hash).
    """
    token, words = make_token(), make_words()
    draft = Draft(
        token_key=token_key(token, "draft"),
        door=door.value,
        reference=unused_reference(work),
        answers="{}",
        words=words,
        # Slow on purpose: here it is one page of many, and nobody waits for it when they send.
        hash_ahead=hash_words(words),
        updated_at=work.now,
        ends_at=work.now + KEPT,
    )
    work.session.add(draft)
    work.session.flush()
    return draft, token


def find(session: Session, token: str | None, door: Door, now: datetime) -> Draft | None:
    """The draft of a cookie's token, unless it has ended.

    Args:
        session: of an act that will change it, or of a page that only shows it.
        token: the cookie's.
        door: which of the two forms.
        now: this instant.
    """
    if not token:
        return None
    asked = {"token_key": token_key(token, "draft"), "door": door.value, "now": now}
    return session.scalar(_OF_TOKEN, asked)


def find_to_send(session: Session, token: str | None, door: Door, now: datetime) -> Sending | None:
    """The draft of a cookie's token with all that sending it needs, in one look.

    Args:
        session, token, door, now: as in `find`.
    """
    if not token:
        return None
    asked = {"token_key": token_key(token, "draft"), "door": door.value, "now": now}
    rows = session.execute(_to_send(session.get_bind().dialect.name), asked).all()
    if not rows:
        return None
    draft, _, *keys = rows[0]
    files = tuple(row[1] for row in rows if row[1] is not None)
    return Sending(draft, files, tuple(zip(SENT, keys, strict=True)))


@cache
def _to_send(dialect: str) -> Select[Any]:
    stands = and_(Attachment.draft_id == Draft.id, Attachment.state != AttachmentState.REFUSED)
    keys = written_together.next_keys(dialect, SENT)
    return _OF_TOKEN.outerjoin(Attachment, stands).add_columns(Attachment.id, *keys)


def answers_of(draft: Draft) -> Answers:
    """What was answered so far, by question."""
    answers: Answers = json.loads(draft.answers)
    return answers


def typed_in(draft: Draft, question: str) -> dict[str, Any] | None:
    """What stood in the boxes of a page when it was last kept unchecked, if it was."""
    return _typed(draft).get(question)


def keep(work: Work, draft: Draft, question: str, answer: dict[str, Any]) -> None:
    """Keep the answer to one question; the draft lives on as long as it did from its start."""
    answers = answers_of(draft)
    answers[question] = answer
    draft.answers = json.dumps(answers)
    typed = _typed(draft)
    if typed.pop(question, None) is not None:
        draft.typed = json.dumps(typed)
    stay(work, draft)


def keep_typed(work: Work, draft: Draft, question: str, typed: dict[str, Any]) -> None:
    """Keep what stands in the boxes of a page as it is: it is no answer before it is checked."""
    draft.typed = json.dumps({**_typed(draft), question: typed})
    stay(work, draft)


def stay(work: Work, draft: Draft) -> None:
    """Let the draft live on from now: a day, or 30 where the person saved it."""
    draft.updated_at = work.now
    draft.ends_at = work.now + (SAVED if draft.words_hash is not None else KEPT)


def hash_of(draft: Draft) -> str | None:
    """The hash of its secret words; None of a draft that began before it was kept with it."""
    return draft.words_hash or draft.hash_ahead


def seconds_left(draft: Draft, now: datetime) -> int:
    """How long the draft still lives if nothing more is pressed."""
    return max(0, int((draft.ends_at - now).total_seconds()))


def save(work: Work, draft: Draft) -> None:
    """Save the draft to come back to with its reference and words, from any browser.

    The words are kept as a hash from now on; in clear only for as long as they are shown.
    """
    if draft.words_hash is None and draft.words is not None:
        draft.words_hash = draft.hash_ahead or hash_words(draft.words)
    draft.words_shown_until = work.now + WORDS_SHOWN if draft.words is not None else None
    stay(work, draft)


def reopen(work: Work, draft: Draft) -> str:
    """Give a saved draft to another browser; the one that had it has it no longer.

    Returns:
        The token for the person's cookie.
    """
    token = make_token()
    draft.token_key = token_key(token, "draft")
    # Whoever came back has the words, and sending it needs no more than their hash.
    draft.words = draft.words_shown_until = None
    stay(work, draft)
    return token


def unchecked(draft: Draft) -> set[str]:
    """The questions whose page was kept as it stood and has not been checked since."""
    return set(_typed(draft))


def _typed(draft: Draft) -> Answers:
    typed: Answers = json.loads(draft.typed) if draft.typed else {}
    return typed


def send(
    work: Work, draft: Draft, as_new: Callable[[Draft, Answers], NewFeedback]
) -> tuple[Feedback, bool]:
    """Turn the draft into feedback, once, however often "send" is pressed.

    Args:
        work: the open act; on PostgreSQL two sends of one draft meet at its version.
        draft: the draft, with its words still in clear.
        as_new: makes the typed contact from the answers.

    Returns:
        The feedback, and whether this call made it.
    """
    if draft.feedback_id is not None:
        return work.session.get_one(Feedback, draft.feedback_id), False
    feedback = receive(work, as_new(draft, answers_of(draft)))
    draft.feedback_id = feedback.id
    draft.sent_at = work.now
    draft.words_shown_until = work.now + WORDS_SHOWN
    # The story now stands in the feedback; a second copy would only be one more to lose.
    draft.answers, draft.typed, draft.hash_ahead = "{}", None, None
    draft.ends_at = work.now + KEPT
    return feedback, True


def words_to_show(work: Work, draft: Draft) -> str | None:
    """The secret words, for the browser that sent the draft, for half an hour."""
    until = draft.words_shown_until
    return draft.words if until is not None and work.now < until else None


def has_copy(draft: Draft, now: datetime) -> bool:
    """Whether a draft was sent so lately that its copy can be saved: for the half hour in which its
    secret words are shown. A shared computer must not give somebody's words away for a day.

    Args:
        draft: the draft of this browser.
        now: this instant.
    """
    until = draft.words_shown_until
    return draft.feedback_id is not None and until is not None and now < until


def sweep(work: Work) -> int:
    """Forget drafts past their day and words past their half hour.

    Returns:
        How many drafts were deleted. Their files are orphans then, which the file sweep takes.
    """
    ended = work.session.scalars(select(Draft).where(Draft.ends_at <= work.now)).all()
    for draft in ended:
        work.session.delete(draft)
    shown = select(Draft).where(Draft.words_shown_until <= work.now, Draft.words.is_not(None))
    for draft in work.session.scalars(shown):
        draft.words = None
    return len(ended)
