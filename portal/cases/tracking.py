"""Following a matter from outside: by reference and secret words, or by a link sent by e-mail."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select

from portal import audit
from portal.cases import throttling
from portal.cases.references import read_reference
from portal.cases.secret_words import hash_words, make_words, read_words, words_match
from portal.cases.throttling import Bucket
from portal.cases.tokens import make_token, token_key
from portal.correspondence import outbox
from portal.correspondence.safe_contact import email_of
from portal.errors import Refused
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.tracking_link import TrackingLink
from portal.work import Who, Work, begin_work

LINK_LIVES = timedelta(days=30)
# Of one reference at one address, whatever the browser; and of one address, whatever the reference.
# A library or a children's home shares an address, so each opens again within a minute.
FREE_AT_ADDRESS = 60
FREE_OF_ADDRESS = 300
SLIP_FORGOTTEN = timedelta(minutes=5)
SHORT_WAIT = timedelta(minutes=1)
# Nobody's mailbox is filled by somebody who knows a reference.
LINKS_A_DAY = 3


class IdentityCheck(StrEnum):
    """How an officer made sure of whom they give new words to."""

    KNOWS_WHAT_WAS_SAID = "knows_what_was_said"
    CALLED_BACK = "called_back"
    KNOWN_TO_STAFF = "known_to_staff"
    SEEN_IN_PERSON = "seen_in_person"


class NotFoundTogether(Refused):
    """Wrong reference or wrong words: one answer for both, so that neither can be guessed alone."""

    message = marked(
        "That reference and those secret words do not go together. Check both and try again. "
        "If you have lost your words, call us and we can give you new ones."
    )
    status = 422


class LinkEnded(Refused):
    """A tracking link that is used up, too old or never was."""

    message = marked(
        "This link has been used or has ended. Use your reference and secret words instead, "
        "or reply to our e-mail and we will help you."
    )
    status = 410


def open_with_words(
    who: Who, reference: str, words: str, address: str, browser: str = ""
) -> Feedback:
    """Find the feedback that a reference and words open together.

    Opens its own acts, because a try is counted although it is refused, and before it is judged:
    of many at the same moment not all are the first.

    Args:
        who: who tries.
        reference, words: as typed.
        address: where the try comes from, for counting.
        browser: which browser there, so that somebody's guesses do not close the door of whoever
            knows the words. It proves nothing: without cookies each try is a new browser's.

    Raises:
        NotFoundTogether: they do not match, or there is no such reference.
        TooManyTries: too many wrong tries in this browser, or from this address.
    """
    known = read_reference(reference)
    own, *shared = buckets(known or reference[:20], address, browser)
    with begin_work(who) as work:
        throttling.take_a_try(work, own, *shared)
        feedback = work.session.scalar(select(Feedback).where(Feedback.reference == known))
        feedback_id = feedback.id if feedback else 0
        kept = feedback.words_hash if feedback else None
    # An unknown reference takes as long as a wrong word, so that time tells nothing.
    if not words_match(kept, read_words(words)):
        raise NotFoundTogether
    with begin_work(who) as work:
        throttling.succeeded(work, own.key)
        for bucket in shared:
            throttling.give_back(work, bucket)
        opened = work.session.get_one(Feedback, feedback_id)
        audit.note(work, "tracking_opened", opened)
    return opened


def buckets(reference: str, address: str, browser: str) -> tuple[Bucket, Bucket, Bucket]:
    """What a try is counted under: this browser at this reference, with waits that grow to an hour;
    this address at this reference; this address at all."""
    return (
        Bucket(f"words {reference} at {address} in {browser}"),
        Bucket(f"words {reference} at {address}", free=FREE_AT_ADDRESS, longest=SHORT_WAIT),
        Bucket(
            f"words from {address}",
            free=FREE_OF_ADDRESS,
            one_forgotten_every=SLIP_FORGOTTEN,
            longest=SHORT_WAIT,
        ),
    )


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


def ask_for_link(who: Who, reference: str, address: str) -> None:
    """Send a link by e-mail, where the person said that e-mail is safe; nothing otherwise.

    Opens its own act. Whoever asks hears the same whether anything is sent, so that nobody learns
    by it which references there are, or how somebody is reached.

    Args:
        who: who asks.
        reference: as typed.
        address: where they ask from, for counting.

    Raises:
        TooManyTries: it was asked too often for this reference or from this address.
    """
    known = read_reference(reference)
    asked = (
        Bucket(f"link {known or reference[:20]}", free=LINKS_A_DAY, longest=timedelta(days=1)),
        Bucket(f"link from {address}", free=FREE_AT_ADDRESS, one_forgotten_every=SLIP_FORGOTTEN),
    )
    with begin_work(who) as work:
        throttling.take_a_try(work, *asked)
        feedback = work.session.scalar(select(Feedback).where(Feedback.reference == known))
        if feedback is None or email_of(work, feedback) is None:
            return
        link = f"{work.settings.public_url}/track/link/{make_link(work, feedback)}"
        outbox.post(work, LetterKind.TRACKING_LINK, feedback, {"link": link}, automatic=True)


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


def give_new_words(work: Work, feedback: Feedback, checked: IdentityCheck | None = None) -> str:
    """New secret words for a feedback; the old ones stop working.

    Args:
        work: the open act.
        feedback: the feedback.
        checked: how an officer made sure of whom they give them to; None where the person got them
            at /track, where the old words or a link spoke for them.
    """
    words = make_words()
    feedback.words_hash = hash_words(words)
    audit.note(work, "words_given", feedback, [checked.value] if checked else ())
    return words


def _live_link(work: Work, token: str) -> TrackingLink | None:
    return work.session.scalar(
        select(TrackingLink).where(
            TrackingLink.token_key == token_key(token, "track"),
            TrackingLink.used_at.is_(None),
            TrackingLink.ends_at > work.now,
        )
    )
