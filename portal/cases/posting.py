"""The day on which a letter was posted: recorded by an officer, and the letter's date from then on.

What happened by that letter gets the same day, so that no clock counts from a letter that lay on a
desk.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.cases import letter_days
from portal.correspondence import print_queue
from portal.errors import Refused
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.letter_posting import LetterPosting
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import Work


class NotWaiting(Refused):
    """Somebody was quicker, or it is no letter by post."""

    message = "This letter does not wait to be posted. Look at it again: somebody was quicker."
    status = 409


class StillWanted(Refused):
    """The person waits for this letter in the post."""

    message = "This person wants letters by post. Print it and post it."
    status = 409


class NotPosted(Refused):
    """There is no day to correct."""

    message = "No day of posting is recorded for this letter. Look at it again."
    status = 409


class WrongDay(Refused):
    """A day on which it cannot have been posted."""


class SayWhy(Refused):
    """A day that others count from is not changed without a reason."""

    message = "Write why. The dates of the case count from this day."


def record_posted(work: Work, letter: OutboxLetter, on: date) -> None:
    """Record the day on which a letter was posted.

    Args:
        work: the open act. The letter is read anew, so that of two at once one is refused.
        letter: one that waits to be posted.
        on: the day; any day of the week.

    Raises:
        NotWaiting: it does not wait.
        WrongDay: before it was written, or in the future.
    """
    _waiting(work, letter)
    _check_day(work, letter, on)
    _post(work, letter, on, None)
    audit.note(work, "letter_posted", letter)


def leave_unposted(work: Work, letter: OutboxLetter) -> None:
    """Take a letter out of the print queue whose person closed this way: it is read at /track, and
    its day is the one on which it was written.

    Args:
        work: the open act.
        letter: one that waits to be posted.

    Raises:
        NotWaiting: it does not wait.
        StillWanted: the person wants post, so it is posted.
    """
    _waiting(work, letter)
    if print_queue.is_wanted(work.session, work.council, letter):
        raise StillWanted
    letter.state = LetterState.WITHHELD
    letter_days.count_from(work, letter, clock.london_date(letter.written_at))
    audit.note(work, "letter_withheld", letter)


def correct(work: Work, letter: OutboxLetter, on: date, reason: str) -> None:
    """Change the day that was recorded.

    Args:
        work: the open act.
        letter: one that was posted.
        on: the right day.
        reason: why, for whoever asks later.

    Raises:
        NotPosted: no day is recorded.
        SayWhy: without a reason.
        WrongDay: before it was written, in the future, or the day that is recorded already.
    """
    _posted(work, letter, reason)
    _check_day(work, letter, on)
    if on == letter.posted_on:
        raise WrongDay(f"{in_full(on)} is the day that is recorded already.")
    # Its event is opened first: whether a letter came too late is asked of the date without it.
    letter.state = LetterState.TO_POST
    letter_days.take_back(work, letter)
    _post(work, letter, on, reason)
    audit.note(work, "letter_posting_corrected", letter, ["posted_on"])


def take_back(work: Work, letter: OutboxLetter, reason: str) -> None:
    """Put a letter back into the print queue: it was not posted after all.

    Args:
        work: the open act.
        letter: one that was posted.
        reason: why.

    Raises:
        NotPosted: no day is recorded.
        SayWhy: without a reason.
    """
    _posted(work, letter, reason)
    letter.state, letter.posted_on = LetterState.TO_POST, None
    _keep(work, letter, reason)
    letter_days.take_back(work, letter)
    audit.note(work, "letter_posting_taken_back", letter, ["posted_on"])


def history(session: Session, letter: OutboxLetter) -> list[tuple[LetterPosting, str]]:
    """What was recorded about the posting of a letter, in order, each with who did it."""
    rows = session.execute(
        select(LetterPosting, Account.name)
        .outerjoin(Account, Account.id == LetterPosting.recorded_by_id)
        .where(LetterPosting.letter_id == letter.id)
        .order_by(LetterPosting.id)
    )
    return [(row, name or "") for row, name in rows]


def _waiting(work: Work, letter: OutboxLetter) -> None:
    work.session.refresh(letter, with_for_update=True)
    if letter.state is not LetterState.TO_POST:
        raise NotWaiting


def _posted(work: Work, letter: OutboxLetter, reason: str) -> None:
    work.session.refresh(letter, with_for_update=True)
    if letter.state is not LetterState.POSTED:
        raise NotPosted
    if not reason.strip():
        raise SayWhy


def _check_day(work: Work, letter: OutboxLetter, on: date) -> None:
    written_on = clock.london_date(letter.written_at)
    if on < written_on:
        raise WrongDay(
            f"The letter was written on {in_full(written_on)}, so it cannot have been posted "
            "before that day."
        )
    if on > work.today:
        raise WrongDay("The day on which it was posted must be today or in the past.")


def _post(work: Work, letter: OutboxLetter, on: date, reason: str | None) -> None:
    letter.state, letter.posted_on = LetterState.POSTED, on
    _keep(work, letter, reason)
    letter_days.count_from(work, letter, on)


def _keep(work: Work, letter: OutboxLetter, reason: str | None) -> None:
    work.session.add(
        LetterPosting(
            letter_id=letter.id,
            posted_on=letter.posted_on,
            reason=reason.strip() if reason else None,
            recorded_at=work.now,
            recorded_by_id=work.who.account_id,
        )
    )
