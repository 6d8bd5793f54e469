"""Coming back to a form that was saved: by its reference and its words, throttled as /track is."""

from sqlalchemy import Select, select

from portal.cases import drafts, throttling, tracking
from portal.cases.references import read_reference
from portal.cases.secret_words import read_words, words_match
from portal.errors import Refused
from portal.marking import marked
from portal.records.draft import Draft
from portal.records.feedback import Door
from portal.work import Who, begin_work


class NothingSaved(Refused):
    """Wrong reference, wrong words, or an ended draft: one answer, so that nothing is told."""

    message = marked(
        "That reference and those words do not open a saved form. Check both and try again. We "
        "keep a saved form for 30 days. If you have sent it, look at “See what is happening”."
    )
    status = 422


def open_with_words(
    who: Who, door: Door, reference: str, words: str, address: str, browser: str = ""
) -> str:
    """Give a saved draft to the browser of whoever knows its reference and words.

    Opens its own acts, because a wrong try must be counted although it is refused.

    Args:
        who: who tries.
        door: which form.
        reference, words: as typed.
        address: where the try comes from, for counting.
        browser: which browser there, as at /track.

    Returns:
        The token for the cookie. The browser that saved it can open it no longer.

    Raises:
        NothingSaved: they do not match, or there is nothing of that reference any more.
        TooManyTries: too many wrong tries for this reference or from this address.
    """
    known, typed = read_reference(reference), read_words(words)
    # As at /track, with one count for an address, whichever of our pages it guesses at: counted
    # otherwise here, a few slips would close /track for a whole library.
    own, *shared = tracking.buckets(f"saved {known or reference[:20]}", address, browser)
    with begin_work(who) as work:
        # Counted before it is judged, so that many tries at one moment are all counted.
        throttling.take_a_try(work, own, *shared)
        draft = work.session.scalar(_saved(known, door).where(Draft.ends_at > work.now))
        kept = draft.words_hash if draft else None
    # An unknown reference takes as long as a wrong word, so that time tells nothing.
    if not words_match(kept, typed):
        raise NothingSaved
    with begin_work(who) as work:
        throttling.succeeded(work, own.key)
        for bucket in shared:
            throttling.give_back(work, bucket)
        # Again: it may have been sent or swept since.
        draft = work.session.scalar(_saved(known, door).where(Draft.ends_at > work.now))
        if draft is None:
            raise NothingSaved
        return drafts.reopen(work, draft)


def _saved(reference: str | None, door: Door) -> Select[Draft]:
    return select(Draft).where(
        Draft.reference == reference,
        Draft.door == door.value,
        Draft.words_hash.is_not(None),
        Draft.feedback_id.is_(None),
    )
