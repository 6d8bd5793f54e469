"""How each letter went to the person and when, in words that both they and officers read."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.procedures.working_days import in_full
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.phone_notice import NoticeState, PhoneNotice

HERE = "It is read here."
LEFT = (NoticeState.SENT, NoticeState.DELIVERED)


def ways(session: Session, letters: Sequence[OutboxLetter]) -> dict[int, str]:
    """How letters went, by their keys.

    Args:
        session: any session.
        letters: of one matter.
    """
    ids = [letter.id for letter in letters if letter.state is LetterState.WITHHELD]
    wanted = select(PhoneNotice).where(PhoneNotice.letter_id.in_(ids))
    notices = {one.letter_id: one for one in session.scalars(wanted)} if ids else {}
    return {letter.id: _way(letter, notices.get(letter.id)) for letter in letters}


def _way(letter: OutboxLetter, notice: PhoneNotice | None) -> str:
    match letter.state:
        case LetterState.POSTED if letter.posted_on is not None:
            return f"By post, posted on {in_full(letter.posted_on)}."
        case LetterState.TO_POST:
            return "By post. It has not been posted yet."
        case LetterState.SENT if letter.sent_at is not None:
            return f"By e-mail, sent on {in_full(clock.london_date(letter.sent_at))}."
        case LetterState.REFUSED:
            return "By e-mail. It could not be delivered."
        case LetterState.WITHHELD:
            return _told(notice)
        case _:
            return "By e-mail. It is on its way."


def _told(notice: PhoneNotice | None) -> str:
    if notice is not None and notice.state in LEFT and notice.sent_at is not None:
        return f"{HERE} A text said so on {in_full(clock.london_date(notice.sent_at))}."
    if notice is not None and notice.done_at is not None:
        return f"{HERE} Somebody said so on {in_full(clock.london_date(notice.done_at))}."
    return HERE
