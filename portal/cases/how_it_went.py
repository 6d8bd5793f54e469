"""How each letter went to the person and when, in words that both they and officers read."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal import clock
from portal.matter_rows import PHONE_NOTICES
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.records.phone_notice import NoticeState, PhoneNotice
from portal.wording import day_in_words, say

LEFT = (NoticeState.SENT, NoticeState.DELIVERED)


def ways(session: Session, letters: Sequence[OutboxLetter]) -> dict[int, str]:
    """How letters went, by their keys.

    Args:
        session: any session.
        letters: of one matter.
    """
    ids = [letter.id for letter in letters if letter.state is LetterState.WITHHELD]
    notices = PHONE_NOTICES.of_each(session, ids)
    return {
        letter.id: _way(letter, next(reversed(notices.get(letter.id, [])), None))
        for letter in letters
    }


def _way(letter: OutboxLetter, notice: PhoneNotice | None) -> str:
    match letter.state:
        case LetterState.POSTED if letter.posted_on is not None:
            return say("By post, posted on %(day)s.", day=day_in_words(letter.posted_on))
        case LetterState.TO_POST:
            return say("By post. It has not been posted yet.")
        case LetterState.SENT if letter.sent_at is not None:
            sent_on = day_in_words(clock.london_date(letter.sent_at))
            return say("By e-mail, sent on %(day)s.", day=sent_on)
        case LetterState.REFUSED:
            return say("By e-mail. It could not be delivered.")
        case LetterState.WITHHELD:
            return _told(notice)
        case _:
            return say("By e-mail. It is on its way.")


def _told(notice: PhoneNotice | None) -> str:
    if notice is not None and notice.state in LEFT and notice.sent_at is not None:
        sent_on = day_in_words(clock.london_date(notice.sent_at))
        return say("It is read here. A text said so on %(day)s.", day=sent_on)
    if notice is not None and notice.done_at is not None:
        done_on = day_in_words(clock.london_date(notice.done_at))
        return say("It is read here. Somebody said so on %(day)s.", day=done_on)
    return say("It is read here.")
