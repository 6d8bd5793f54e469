"""Letters by post: a queue that an officer prints from, and what one looks like on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.catalogues import ENGLISH
from portal.correspondence import contact_rules, unwanted_readers
from portal.correspondence.safe_contact import NOWHERE, Route, route_of
from portal.council import Council
from portal.errors import Refused
from portal.matter_rows import LETTERS
from portal.procedures.working_days import Unit, after
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import Work

BY_POST = (LetterState.TO_POST, LetterState.POSTED)
RECENTLY = timedelta(days=30)


class NoPostWanted(Refused):
    """The person closed this way of reaching them, or has no address any more."""

    title = "This letter may not be posted"
    message = (
        "This person does not want post any more, has no address, or said of somebody who is "
        "named in it that they must not see a letter. It is read at “follow your feedback” only. "
        "Nothing was printed."
    )
    status = 409


@dataclass(frozen=True)
class Queued:
    """One letter by post. `post_by` is the last day on which it should be posted."""

    letter: OutboxLetter
    feedback: Feedback
    written_on: date
    post_by: date
    late: bool


@dataclass(frozen=True)
class Sheet:
    """One letter as it is printed: `address` is what shows in the envelope's window."""

    address: tuple[str, ...]
    on: date
    subject: str
    paragraphs: tuple[str, ...]
    bookmark: str
    # Nothing of the council stands where somebody sees it who does not open the letter.
    plain: bool = False
    language: str = ENGLISH


def waiting(
    session: Session, council: Council, today: date, *only: ColumnElement[bool]
) -> list[Queued]:
    """The letters that wait to be posted, the oldest first.

    Args:
        session: any session.
        council: for how soon it posts, and its days off.
        today: against which one is late.
        only: conditions on `feedback`; what the reader may see must be among them.
    """
    wanted = (
        select(OutboxLetter, Feedback)
        .join(Feedback, Feedback.id == OutboxLetter.feedback_id)
        .where(OutboxLetter.state == LetterState.TO_POST, *only)
        .order_by(OutboxLetter.written_at, OutboxLetter.id)
    )
    return [_queued(council, today, *row) for row in session.execute(wanted)]


def posted_lately(session: Session, today: date, *only: ColumnElement[bool]) -> list[OutboxLetter]:
    """The letters whose day of posting was recorded in the last weeks, the newest first."""
    wanted = (
        select(OutboxLetter)
        .join(Feedback, Feedback.id == OutboxLetter.feedback_id)
        .where(
            OutboxLetter.state == LetterState.POSTED,
            OutboxLetter.posted_on >= today - RECENTLY,
            *only,
        )
        .order_by(OutboxLetter.posted_on.desc(), OutboxLetter.id.desc())
    )
    return list(session.scalars(wanted))


def late(session: Session, council: Council, today: date) -> int:
    """How many letters should have been posted by now, over the whole portal."""
    wanted = select(OutboxLetter.written_at).where(OutboxLetter.state == LetterState.TO_POST)
    written = session.scalars(wanted).all()
    return sum(post_by(council, clock.london_date(at)) < today for at in written)


def post_by(council: Council, written_on: date) -> date:
    """The last day on which a letter should be posted, by the council's own rule."""
    within = council.posting.within_days
    return after(written_on, within, Unit.WORKING_DAYS, council.calendar).due


def of_feedback(session: Session, feedback: Feedback) -> Sequence[OutboxLetter]:
    """The letters of a matter that wait to be posted, in the order in which they were written."""
    letters = LETTERS.of(session, feedback.id)
    return [one for one in letters if one.state is LetterState.TO_POST]


def to_print(work: Work, letter: OutboxLetter) -> Sheet:
    """Make a letter ready for paper, and note that it is printed.

    Args:
        work: the open act, of the officer.
        letter: one by post. While it waits, its address is asked again: the person may have closed
            this way. One that was posted is printed with the address it went to.

    Raises:
        NoPostWanted: it may not be posted.
    """
    if letter.state not in BY_POST:
        raise NoPostWanted
    if letter.state is LetterState.TO_POST:
        route = _route_now(work.session, work.council, letter)
        if route.way is not ContactWay.POST:
            raise NoPostWanted
        letter.to_address, letter.printed_at = route.to, work.now
    audit.note(work, "letter_printed", letter)
    return sheet_of(work, letter)


def is_plain(session: Session, letter: OutboxLetter) -> bool:
    """Whether a letter needs an envelope that says nothing, not even where it goes back to."""
    return contact_rules.is_neutral(session, letter.feedback_id)


def is_wanted(session: Session, council: Council, letter: OutboxLetter) -> bool:
    """Whether the person of a letter wants post, and has an address for it, as things are now."""
    return _route_now(session, council, letter).way is ContactWay.POST


def sheet_of(work: Work, letter: OutboxLetter) -> Sheet:
    """A letter as it is printed. Its date is the day on which it was posted, else today."""
    feedback = work.session.get_one(Feedback, letter.feedback_id)
    return Sheet(
        address=tuple((letter.to_address or "").splitlines()),
        on=letter.posted_on or work.today,
        subject=letter.subject,
        paragraphs=tuple(part for part in letter.body.strip().split("\n\n") if part.strip()),
        bookmark=f"{feedback.reference}, written {clock.london_date(letter.written_at):%d.%m.%Y}",
        plain=contact_rules.is_neutral(work.session, feedback.id),
        language=letter.language or ENGLISH,
    )


def _route_now(session: Session, council: Council, letter: OutboxLetter) -> Route:
    exception = contact_rules.exception_for(session, letter.id)
    if exception is not None and exception.way is ContactWay.POST:
        return Route(exception.way, exception.to_where)
    feedback = session.get_one(Feedback, letter.feedback_id)
    route = route_of(session, council, feedback)
    return NOWHERE if unwanted_readers.is_one(session, feedback, route) else route


def _queued(council: Council, today: date, letter: OutboxLetter, feedback: Feedback) -> Queued:
    written_on = clock.london_date(letter.written_at)
    by = post_by(council, written_on)
    return Queued(letter, feedback, written_on, by, by < today)
