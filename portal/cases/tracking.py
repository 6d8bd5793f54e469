"""Following a matter from outside: by reference and secret words, or by a link sent by e-mail."""

from datetime import timedelta

from sqlalchemy import select

from portal import audit
from portal.cases import throttling
from portal.cases.references import read_reference
from portal.cases.secret_words import hash_words, make_words, read_words, words_match
from portal.cases.tokens import make_token, token_key
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.tracking_link import TrackingLink
from portal.work import Who, Work, begin_work

LINK_LIVES = timedelta(days=30)


class NotFoundTogether(Refused):
    """Wrong reference or wrong words: one answer for both, so that neither can be guessed alone."""

    message = (
        "That reference and those secret words do not go together. Check both and try again. "
        "If you have lost your words, call us and we can give you new ones."
    )
    status = 422


class LinkEnded(Refused):
    """A tracking link that is used up, too old or never was."""

    message = (
        "This link has been used or has ended. Use your reference and secret words instead, "
        "or reply to our e-mail and we will help you."
    )
    status = 410


def open_with_words(who: Who, reference: str, words: str, address: str) -> Feedback:
    """Find the feedback that a reference and words open together.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        who: who tries.
        reference, words: as typed.
        address: where the try comes from, for counting.

    Raises:
        NotFoundTogether: they do not match, or there is no such reference.
        TooManyTries: too many wrong tries for this reference or from this address.
    """
    known = read_reference(reference)
    keys = (f"words {known or reference[:20]}", f"words from {address}")
    with begin_work(who) as work:
        throttling.check(work, *keys)
        feedback = work.session.scalar(select(Feedback).where(Feedback.reference == known))
        feedback_id = feedback.id if feedback else 0
        kept = feedback.words_hash if feedback else None
    # An unknown reference takes as long as a wrong word, so that time tells nothing.
    if not words_match(kept, read_words(words)):
        with begin_work(who) as work:
            throttling.failed(work, *keys)
        raise NotFoundTogether
    with begin_work(who) as work:
        throttling.succeeded(work, *keys)
        opened = work.session.get_one(Feedback, feedback_id)
        audit.note(work, "tracking_opened", opened)
    return opened


def make_link(work: Work, feedback: Feedback) -> str:
    """A one-use token for an e-mail sender, good for thirty days."""
    token = make_token()
    work.session.add(
        TrackingLink(
            token_key=token_key(token, "track"),
            feedback_id=feedback.id,
            made_at=work.now,
            ends_at=work.now + LINK_LIVES,
        )
    )
    return token


def link_works(work: Work, token: str) -> bool:
    """Whether the link may still be used. Looking uses nothing up: mail scanners look too."""
    return _live_link(work, token) is not None


def use_link(work: Work, token: str) -> tuple[Feedback, str]:
    """Use a link once: the person gets secret words, and any earlier ones stop working.

    Returns:
        The feedback and the new words in clear.

    Raises:
        LinkEnded: it was used, has ended or never was.
    """
    link = _live_link(work, token)
    if link is None:
        raise LinkEnded
    link.used_at = work.now
    feedback = work.session.get_one(Feedback, link.feedback_id)
    return feedback, give_new_words(work, feedback)


def give_new_words(work: Work, feedback: Feedback) -> str:
    """New secret words for a feedback; the old ones stop working."""
    words = make_words()
    feedback.words_hash = hash_words(words)
    audit.note(work, "words_given", feedback)
    return words


def _live_link(work: Work, token: str) -> TrackingLink | None:
    return work.session.scalar(
        select(TrackingLink).where(
            TrackingLink.token_key == token_key(token, "track"),
            TrackingLink.used_at.is_(None),
            TrackingLink.ends_at > work.now,
        )
    )
