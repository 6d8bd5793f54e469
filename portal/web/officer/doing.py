"""What the person who is signed in may make happen to a case, and as whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.access.acts import Act
from portal.procedures.facts import Facts, Given
from portal.procedures.guard import SENTENCES, Guard
from portal.procedures.state import Doer, Event
from portal.procedures.transitions import possible, unmet
from portal.web.access import may
from portal.web.officer.event_sheets import SHEETS

DOERS: Mapping[Doer, Act] = {
    Doer.OFFICER: Act.CONDUCT,
    Doer.MANAGER: Act.ANSWER,
    Doer.INVESTIGATOR: Act.INVESTIGATE,
    Doer.ADJUDICATOR: Act.ADJUDICATE,
}
# Guards that look only at the case: what they lack can be said before anything is filled in.
OF_THE_CASE = frozenset(
    {
        Guard.HAS_POINTS, Guard.POINTS_WERE_SENT, Guard.EVERY_POINT_ANSWERED,
        Guard.EVERY_POINT_RESOLVED, Guard.NOT_YET_DUE, Guard.RUN_OUT,
        Guard.MAY_PAUSE, Guard.NOT_PAUSED, Guard.IS_PAUSED, Guard.NOT_ACKNOWLEDGED,
        Guard.NOT_DONE_YET, Guard.NEXT_STAGE_EXISTS, Guard.WITHDRAWAL_WAITS, Guard.REQUEST_WAITS,
        Guard.NO_REQUEST_WAITS, Guard.PROMISES_KEPT, Guard.ANOTHER_REVIEWER,
        Guard.STATEMENT_WAS_SENT, Guard.STATEMENT_STANDS, Guard.HAS_INVESTIGATOR,
        Guard.HAS_INDEPENDENT_PERSON, Guard.INVESTIGATOR_FOUND, Guard.EVERY_POINT_ADJUDICATED,
        Guard.RECOMMENDATIONS_ANSWERED, Guard.THREE_ON_PANEL, Guard.ONE_IN_CHAIR,
        Guard.PANEL_INDEPENDENT, Guard.PAPERS_WERE_SENT, Guard.PANEL_FOUND,
        Guard.COUNCIL_ANSWERED_PANEL, Guard.REMEDIES_SATISFIED, Guard.NOT_JOINED, Guard.IS_JOINED,
        Guard.LEAD_ANSWERED, Guard.SAME_PERSON, Guard.ANSWER_SIGNED,
    }
)  # fmt: skip
# Where one of these does not hold, the event has no place here, and is not offered. A request that
# came before the stage ran out may be recorded after it did, so that one is always offered.
NOT_OFFERED = frozenset(
    {
        Guard.RUN_OUT, Guard.MAY_PAUSE, Guard.NOT_PAUSED, Guard.IS_PAUSED,
        Guard.NOT_ACKNOWLEDGED, Guard.NOT_DONE_YET, Guard.NEXT_STAGE_EXISTS,
        Guard.WITHDRAWAL_WAITS, Guard.REQUEST_WAITS, Guard.POINTS_WERE_SENT, Guard.NOT_YET_DUE,
        Guard.STATEMENT_WAS_SENT, Guard.NOT_JOINED, Guard.IS_JOINED, Guard.SAME_PERSON,
    }
)  # fmt: skip
# What usually comes next stands first, apart from what may happen at any time.
LEADING = frozenset(
    {
        Event.POINTS_SENT, Event.ANSWERED, Event.NEXT_STAGE_ACCEPTED, Event.REQUEST_ACKNOWLEDGED,
        Event.STATEMENT_SENT, Event.INVESTIGATOR_APPOINTED, Event.INDEPENDENT_PERSON_APPOINTED,
        Event.INVESTIGATION_BEGUN, Event.REPORTS_RECEIVED, Event.ADJUDICATED,
        Event.PANEL_ACKNOWLEDGED, Event.CHAIR_APPOINTED, Event.PANELLIST_APPOINTED,
        Event.PAPERS_SENT, Event.PANEL_HELD, Event.PANEL_REPORTED, Event.PANEL_ANSWERED,
        Event.ENQUIRY_ANSWERED, Event.DRAFT_RECEIVED, Event.DRAFT_COMMENTED, Event.FINAL_RECEIVED,
        Event.CONCLUDED, Event.REVIEWER_APPOINTED, Event.NEXT_STAGE_ASKED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Doable:
    """One thing that may be made to happen, and what must come first, in sentences."""

    event: Event
    button: str
    leading: bool
    first: tuple[str, ...]


def doers(feedback_id: int) -> tuple[Doer, ...]:
    """As whom the signed-in person may act in a case, by the one table of rights."""
    return tuple(doer for doer, act in DOERS.items() if may(act, feedback_id))


def doer_for(facts: Facts, event: Event, feedback_id: int) -> Doer | None:
    """As whom the signed-in person may make this happen; None where they may not."""
    for doer in doers(feedback_id):
        if any(cell.event is event for cell in possible(facts, doer)):
            return doer
    return None


def doable(facts: Facts, feedback_id: int) -> tuple[Doable, ...]:
    """What the signed-in person may make happen, what leads on first.

    Args:
        facts: the case.
        feedback_id: for the person's rights.
    """
    found: dict[Event, Doable] = {}
    for doer in doers(feedback_id):
        given = Given(on=facts.today, by=doer)
        for cell in possible(facts, doer):
            if cell.event not in SHEETS or cell.event in found:
                continue
            lacking = set(unmet(cell, facts, given)) & OF_THE_CASE
            if lacking & NOT_OFFERED:
                continue
            first = tuple(SENTENCES[guard] for guard in cell.guards if guard in lacking)
            leads = cell.event in LEADING
            found[cell.event] = Doable(cell.event, SHEETS[cell.event].button, leads, first)
    return tuple(sorted(found.values(), key=lambda one: not one.leading))
