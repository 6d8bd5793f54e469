"""The queue's words: what is waited for, whose turn it is, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.cases.awaiting import Awaited, Waiting
from portal.procedures.awaited import Turn
from portal.web.officer.case_view import ROLES, STATES

AWAITED: Mapping[Awaited, str] = {
    Awaited.DECISION: "A decision",
    Awaited.SECOND_OFFICER: "Waits for a second officer",
    Awaited.REPLY_READ: "They replied: read it",
    Awaited.FILE_HEARD: "A file that nobody has heard or looked at: write down what it says",
    Awaited.TAKER: "Passed on, not yet taken: record who took it",
    Awaited.LINK_ANSWER: "Say whether it belongs with another matter",
    Awaited.HELD_RECEIPT: "A receipt was held back: look whether to write",
    Awaited.HELD_LETTER: "A letter was held back: it was going to somebody who must not see it",
    Awaited.NO_ADVOCATE: "The provider has no advocate for them: ask again or find another",
    Awaited.HOLDING_LETTER: "Holding letter to look at",
    Awaited.SIGNATURE: "A draft answer to sign",
    Awaited.HANDED_BACK: "A manager handed it back: give it to somebody else",
    Awaited.CONFLICT: "A conflict of interest was declared: answer it",
    Awaited.HANDED_IN: "Something was handed in from outside: look at it",
    Awaited.ANSWER_READ: "A colleague answered: read it",
    Awaited.ACKNOWLEDGEMENT: "The acknowledgement letter",
}
TURNS: Mapping[Turn, str] = {
    Turn.OFFICER: "an officer",
    Turn.SECOND_OFFICER: "another officer",
    Turn.SERVICE: "the service",
    Turn.REVIEWER: "another manager",
    Turn.INVESTIGATOR: "the investigators",
    Turn.ADJUDICATOR: "whoever decides for the council",
    Turn.SIGNER: "the head of service",
    Turn.PANEL: "the panel",
    Turn.PERSON: "the person",
    Turn.NOBODY: "nobody",
}


PAGES: Mapping[Awaited, str] = {
    Awaited.HELD_LETTER: "officer.override",
    Awaited.NO_ADVOCATE: "officer.referral",
    Awaited.HOLDING_LETTER: "officer.holding",
    Awaited.SIGNATURE: "officer.answer_draft",
    Awaited.HANDED_BACK: "officer.answering",
    Awaited.ANSWER_READ: "officer.tasks",
}
"""Where each is seen to; what is not here is seen to on the matter's own page."""


@dataclass(frozen=True)
class WaitLine:
    """One thing that is waited for, in words; `page` is where it is seen to, and `part` is None for
    the first."""

    what: Awaited
    text: str
    by: str
    on: date | None
    late: bool
    page: str | None
    part: int | None


def lines(waits: tuple[Waiting, ...], today: date) -> list[WaitLine]:
    """Say what is waited for on one matter, and by whom, the officers' own first.

    Args:
        waits: as the queue's row has it.
        today: the day against which it is late. What waits for the person is never late.
    """
    return [
        WaitLine(
            what=one.what,
            text=_words(one),
            by=TURNS[one.whose],
            on=one.on,
            late=one.on is not None and one.on < today and one.whose is not Turn.PERSON,
            page=PAGES.get(one.what),
            part=one.part if one.part > 1 else None,
        )
        for one in waits
    ]


def _words(one: Waiting) -> str:
    if one.roles:
        # Who it is stands on the case: in a list the role is enough to act on.
        roles = " and ".join(ROLES[role] for role in one.roles)
        return f"{roles}: declared a conflict of interest, answer it"
    return AWAITED[one.what] if one.what in AWAITED else step_words(one)


def step_words(one: Waiting) -> str:
    """Where the case stands."""
    return STATES[one.state] if one.state is not None else "Nothing"
