"""How somebody of a matter may be reached, told to us in confidence: kept out of what leaves."""

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.matter_rows import JOINS, LED
from portal.records.case import Case
from portal.records.party import Party

KEPT_PRIVATE = "[kept private]"
SHORTEST_LINE = 5
SHORTEST_NUMBER = 7


def together(session: Session, case: Case) -> list[int]:
    """The keys of the matters whose cases are or were worked with a case, its own among them: what
    one of two parents told in confidence may stand in what the other wrote.

    Args:
        session: any session.
        case: the case.
    """
    leads = {one.lead_id for one in JOINS.of(session, case.id)} | {case.id}
    led = {one.case_id for some in LED.of_each(session, leads).values() for one in some}
    wanted = select(Case.feedback_id).where(Case.id.in_(leads | led)).distinct()
    return sorted(session.scalars(wanted))


def details(session: Session, *feedback_ids: int) -> tuple[re.Pattern[str], ...]:
    """What finds every address and number of some matters' people, however it is spaced.

    Args:
        session: any session.
        feedback_ids: the matters.
    """
    parties = session.scalars(select(Party).where(Party.feedback_id.in_(feedback_ids))).all()
    return tuple(pattern for party in parties for pattern in _patterns(party))


def hidden(text: str, found: Iterable[re.Pattern[str]]) -> str:
    """A text without them.

    Args:
        text: a paper's words.
        found: what `details` gives.
    """
    for pattern in found:
        text = pattern.sub(KEPT_PRIVATE, text)
    return text


def holds(text: str, found: Iterable[re.Pattern[str]]) -> bool:
    """Whether a text has any of them in it."""
    return any(pattern.search(text) for pattern in found)


def _patterns(party: Party) -> Iterable[re.Pattern[str]]:
    if party.email:
        yield _spaced(party.email.split())
    if party.phone:
        digits = re.sub(r"\D", "", party.phone)
        # +44 and 0 begin the same number.
        national = re.sub(r"^(44|0)", "", digits)
        if len(national) >= SHORTEST_NUMBER:
            yield re.compile(r"(?:\+?44|0)?[\s().-]*" + r"[\s().-]*".join(national))
    for line in (party.address or "").splitlines():
        words = re.findall(r"\w+", line)
        if len("".join(words)) >= SHORTEST_LINE:
            yield _spaced(words)


def _spaced(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"[\s,.]+".join(map(re.escape, words)), re.IGNORECASE)
