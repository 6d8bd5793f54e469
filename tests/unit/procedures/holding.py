"""For each guard: facts under which it holds, and facts under which it does not."""

from collections.abc import Mapping
from dataclasses import replace

from portal.procedures.cell import Transition
from portal.procedures.facts import (
    PointFacts,
)
from portal.procedures.finding import Giver, PointState
from portal.procedures.guard import Guard
from portal.procedures.procedure import Track
from portal.procedures.state import AppointedAs, Doer, EarlyReferral, Event, Independence, State
from portal.procedures.vocabulary import Team
from tests.unit.procedures.changes import (
    AGREED,
    CHAIR,
    COMPLETE,
    INVESTIGATOR,
    MEMBER,
    NO_REASONS,
    ONE,
    PANEL,
    RECEIVED,
    TODAY,
    WATCHING,
    Change,
    facts,
    found,
    gave,
    happened,
    joined,
    led,
    nobody,
    not_happened,
    same,
    sitting,
    watched_at_stage_2,
)

G = Guard

HOLDS: Mapping[Guard, Change] = {
    G.HAS_POINTS: same,
    G.POINTS_WERE_SENT: happened(Event.POINTS_SENT),
    G.EVERY_POINT_ANSWERED: found(Giver.SERVICE, COMPLETE),
    G.EVERY_POINT_RESOLVED: found(Giver.SERVICE, AGREED),
    G.POINTS_CHOSEN: gave(points=frozenset({1})),
    G.A_POINT_REMAINS: gave(points=frozenset({1})),
    G.REASON_GIVEN: gave(words="Because it needs longer."),
    G.REASON_PERMITTED: lambda f, g: (
        replace(f, extend_reasons=("complex",)),
        replace(g, reason="complex"),
    ),
    G.NOT_YET_DUE: facts(due_on=TODAY),
    G.RUN_OUT: facts(due_on=TODAY - ONE),
    G.NOT_RUN_OUT: facts(due_on=TODAY),
    G.DATE_LATER: gave(new_date=TODAY + 10 * ONE),
    G.DATE_WITHIN_MAXIMUM: gave(new_date=TODAY + 10 * ONE),
    G.DATE_NAMED: gave(new_date=TODAY + 10 * ONE),
    G.DATE_AHEAD: gave(new_date=TODAY + 10 * ONE),
    G.MAY_PAUSE: facts(may_pause=True),
    G.NOT_PAUSED: facts(paused=False),
    G.IS_PAUSED: facts(paused=True),
    G.PERSON_AGREES: gave(agreed_by_person=True),
    G.CONSENT_SETTLED: facts(consent_waits=False),
    G.BOTH_AGREE: gave(agreed_by_person=True, agreed_by_council=True),
    G.NOT_ACKNOWLEDGED: same,
    G.NOT_DONE_YET: same,
    G.NEXT_STAGE_EXISTS: same,
    G.OTHER_TRACK: lambda f, g: (
        f,
        replace(
            g, track=Track.CORPORATE if f.track is Track.STATUTORY else Track.STATUTORY
        ),
    ),
    G.SECOND_OFFICER: gave(second_officer_id=8),
    G.PROCEEDINGS_NAMED: gave(proceedings="Care proceedings", prejudice="Witnesses overlap."),
    G.YOUNG_PERSON_HEARD: lambda f, g: (
        replace(f, young=True), replace(g, talked_with="The officer with the advocate, 2 June"),
    ),
    G.WITHDRAWAL_WAITS: facts(withdrawal_waits=True),
    G.REQUEST_WAITS: facts(request_waits=True),
    G.NO_REQUEST_WAITS: facts(request_waits=False),
    G.REQUEST_BEHIND_IT: facts(request_waits=True),
    G.PROMISES_KEPT: same,
    G.ANOTHER_REVIEWER: lambda f, g: sitting((AppointedAs.REVIEWER, "9"))(
        replace(f, answered_before_by=frozenset({3})), g
    ),
    G.STATEMENT_WAS_SENT: happened(Event.STATEMENT_SENT),
    G.STATEMENT_STANDS: facts(statement_stands=True),
    G.HAS_INVESTIGATOR: sitting((INVESTIGATOR, "i")),
    G.HAS_INDEPENDENT_PERSON: sitting((WATCHING, "w")),
    G.INVESTIGATOR_FOUND: found(Giver.INVESTIGATOR, COMPLETE),
    G.EVERY_POINT_ADJUDICATED: found(Giver.ADJUDICATOR, COMPLETE),
    G.RECOMMENDATIONS_ANSWERED: same,
    G.EARLY_REFERRAL_HOLDS: gave(conditions=frozenset(EarlyReferral)),
    G.DECLARED: gave(appointee_id=12, declared=frozenset(Independence)),
    G.THREE_ON_PANEL: sitting(*PANEL),
    G.ONE_IN_CHAIR: sitting(*PANEL),
    G.PANEL_INDEPENDENT: sitting(*PANEL),
    G.SITS_ON_PANEL: lambda f, g: sitting(*PANEL)(f, replace(g, leaves="b")),
    G.PAPERS_WERE_SENT: happened(Event.PAPERS_SENT),
    G.PANEL_FOUND: found(Giver.PANEL, COMPLETE),
    G.COUNCIL_ANSWERED_PANEL: found(Giver.COUNCIL, COMPLETE),
    G.REMEDIES_SATISFIED: same,
    G.TEAM_CHOSEN: gave(team=Team.SEND),
    G.REASON_CODED: gave(reason="school"),
    G.NOT_JOINED: same,
    G.IS_JOINED: joined(),
    G.CAN_LEAD: led(),
    G.LEAD_ANSWERED: same,
    G.ANSWER_WRITTEN: same,
    G.SAME_PERSON: joined(same_person=True),
    G.DAY_POSSIBLE: same,
    G.ANSWER_SIGNED: facts(draft_waits=False),
    G.IN_ORDER: facts(moved_on=TODAY),
}  # fmt: skip

FAILS: Mapping[Guard, tuple[Change, ...]] = {
    G.HAS_POINTS: (facts(points=()), facts(points=(PointFacts(1, PointState.WITHDRAWN),))),
    G.POINTS_WERE_SENT: (not_happened(Event.POINTS_SENT),),
    G.EVERY_POINT_ANSWERED: (facts(points=()), found(Giver.SERVICE, NO_REASONS)),
    G.EVERY_POINT_RESOLVED: (facts(points=()), found(Giver.SERVICE, COMPLETE)),
    G.POINTS_CHOSEN: (gave(points=frozenset()), gave(points=frozenset({9}))),
    G.A_POINT_REMAINS: (gave(points=frozenset({1, 2})),),
    G.REASON_GIVEN: (gave(words="  "),),
    G.REASON_PERMITTED: (gave(reason=None), gave(reason="staff leave")),
    G.NOT_YET_DUE: (facts(due_on=TODAY - ONE), facts(due_on=None)),
    G.RUN_OUT: (facts(due_on=TODAY), facts(due_on=None)),
    G.NOT_RUN_OUT: (facts(due_on=TODAY - ONE),),
    G.DATE_LATER: (lambda f, g: (f, replace(g, new_date=f.due_on)), gave(new_date=None)),
    G.DATE_WITHIN_MAXIMUM: (gave(new_date=TODAY + 16 * ONE), facts(latest_on=None)),
    G.DATE_NAMED: (gave(new_date=None),),
    G.DATE_AHEAD: (gave(new_date=TODAY - ONE),),
    G.MAY_PAUSE: (facts(may_pause=False),),
    G.NOT_PAUSED: (facts(paused=True),),
    G.IS_PAUSED: (facts(paused=False),),
    G.PERSON_AGREES: (gave(agreed_by_person=False),),
    G.CONSENT_SETTLED: (facts(consent_waits=True),),
    G.BOTH_AGREE: (gave(agreed_by_person=False), gave(agreed_by_council=False)),
    G.NOT_ACKNOWLEDGED: (facts(acknowledged=True),),
    G.NEXT_STAGE_EXISTS: (facts(next_stage=None),),
    G.OTHER_TRACK: (
        lambda f, g: (f, replace(g, track=f.track)),
        gave(track=Track.OMBUDSMAN),
        gave(track=None),
    ),
    G.SECOND_OFFICER: (gave(second_officer_id=None), gave(second_officer_id=7)),
    G.PROCEEDINGS_NAMED: (gave(proceedings=" "), gave(prejudice="")),
    G.YOUNG_PERSON_HEARD: (gave(talked_with=" "),),
    G.WITHDRAWAL_WAITS: (facts(withdrawal_waits=False),),
    G.REQUEST_WAITS: (facts(request_waits=False),),
    G.NO_REQUEST_WAITS: (facts(request_waits=True),),
    G.REQUEST_BEHIND_IT: (
        lambda f, g: (replace(f, request_waits=False), replace(g, by=Doer.WORKER)),
    ),
    G.PROMISES_KEPT: (facts(promises_open=1),),
    G.ANSWER_SIGNED: (facts(draft_waits=True),),
    G.ANOTHER_REVIEWER: (
        nobody(AppointedAs.REVIEWER),
        facts(answered_before_by=frozenset({3, 9})),
    ),
    G.STATEMENT_WAS_SENT: (not_happened(Event.STATEMENT_SENT),),
    G.STATEMENT_STANDS: (facts(statement_stands=False),),
    G.HAS_INVESTIGATOR: (nobody(INVESTIGATOR),),
    G.HAS_INDEPENDENT_PERSON: (
        nobody(WATCHING),
        sitting((WATCHING, "w"), independent=False),
        # Somebody cannot watch themselves.
        sitting((INVESTIGATOR, "w"), (WATCHING, "w")),
    ),
    G.INVESTIGATOR_FOUND: (found(Giver.INVESTIGATOR, NO_REASONS), facts(points=())),
    G.EVERY_POINT_ADJUDICATED: (found(Giver.ADJUDICATOR, NO_REASONS),),
    G.RECOMMENDATIONS_ANSWERED: (facts(recommendations_unanswered=1),),
    G.EARLY_REFERRAL_HOLDS: tuple(
        gave(conditions=frozenset(EarlyReferral) - {missing}) for missing in EarlyReferral
    ),
    G.DECLARED: (
        gave(appointee_id=None, appointee_name=" "),
        gave(declared=frozenset()),
    ),
    G.THREE_ON_PANEL: (
        sitting(*PANEL[:2]),
        sitting(*PANEL, (MEMBER, "d")),
        # One person on two chairs.
        sitting((CHAIR, "a"), (MEMBER, "b"), (MEMBER, "b")),
    ),
    G.ONE_IN_CHAIR: (
        nobody(CHAIR),
        sitting((CHAIR, "a"), (CHAIR, "b"), (MEMBER, "c")),
    ),
    G.PANEL_INDEPENDENT: (
        sitting(*PANEL, independent=False),
        # Whoever was independent person at stage 2 may speak, not sit; replaced since or not.
        watched_at_stage_2("b", ended=False),
        watched_at_stage_2("b", ended=True),
    ),
    G.SITS_ON_PANEL: (gave(leaves=""), gave(leaves="z"), gave(leaves="a")),
    G.PAPERS_WERE_SENT: (not_happened(Event.PAPERS_SENT),),
    G.PANEL_FOUND: (found(Giver.PANEL, NO_REASONS),),
    G.COUNCIL_ANSWERED_PANEL: (found(Giver.COUNCIL, NO_REASONS),),
    G.REMEDIES_SATISFIED: (facts(remedies_unsatisfied=1),),
    G.TEAM_CHOSEN: (gave(team=None),),
    G.REASON_CODED: (gave(reason=None), gave(reason="staff leave"), gave(reason="withdrawn")),
    G.NOT_JOINED: (joined(),),
    G.IS_JOINED: (facts(joined_to=None),),
    G.CAN_LEAD: (
        gave(lead=None),
        led(same_matter=True),
        led(joined=True),
        led(state=State.CONCLUDED),
        led(track=Track.OMBUDSMAN),
        facts(leads=True),
    ),
    G.LEAD_ANSWERED: (joined(),),
    G.ANSWER_WRITTEN: (lambda f, g: joined(answered=True)(f, replace(g, words=" ")),),
    G.SAME_PERSON: (facts(joined_to=None), joined()),
    G.DAY_POSSIBLE: (gave(on=TODAY + ONE), gave(on=RECEIVED - ONE)),
    G.IN_ORDER: (lambda f, g: (replace(f, moved_on=TODAY), replace(g, on=TODAY - ONE)),),
}  # fmt: skip
"""`NOT_DONE_YET` depends on the event: `breaks` below makes it fail."""


def breaks(guard: Guard, cell: Transition) -> tuple[Change, ...]:
    """Changes after which a guard of a cell no longer holds."""
    return (happened(cell.event),) if guard is G.NOT_DONE_YET else FAILS[guard]
