"""Everything that can happen to a case, declared once: state × event × doer → state, with guards.

`transitions` reads this table and `portal.cases.happening` is the only writer of a case's state.
What does not stand here cannot happen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.procedures.guard import Guard
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import ANSWER_GIVEN, OVER, RUNNING, Doer, Event, State

G = Guard
E = Event
S = State
"""Short names for the table below."""

STATUTORY, CORPORATE = (Track.STATUTORY,), (Track.CORPORATE,)
COMPLAINTS = (Track.STATUTORY, Track.CORPORATE)
ABOUT_DATA = (Track.DATA_PROTECTION,)
ANSWERED_ONCE = (Track.MP_ENQUIRY, Track.MEMBER_ENQUIRY, *ABOUT_DATA)
OMBUDSMAN = (Track.OMBUDSMAN,)
OFFICE = (Doer.OFFICER,)
SERVICE = (Doer.OFFICER, Doer.MANAGER)
EITHER_SIDE = (Doer.OFFICER, Doer.PERSON)
STAGE_2_OPEN = (S.INVESTIGATION_ASKED, S.INVESTIGATING, S.ADJUDICATING)
WITH_CLOCK = (S.ANSWERING, S.REVIEWING, *STAGE_2_OPEN)
BEING_ANSWERED = (S.ANSWERING, S.REVIEWING)
_REVIEW = frozenset({S.REVIEW_ASKED, S.REVIEWING})
_OMBUDSMANS = frozenset({S.OMBUDSMAN_ENQUIRY, S.OMBUDSMAN_DRAFT, S.OMBUDSMAN_DECIDED})
_NOT_OF: Mapping[Track, frozenset[State]] = {
    Track.STATUTORY: _REVIEW | _OMBUDSMANS,
    Track.CORPORATE: frozenset(S) - _REVIEW - OVER - {S.ANSWERING, S.ANSWERED},
}
"""States that a procedure does not have: rows for both procedures leave them out."""
UNDER_WAY = tuple(sorted(RUNNING - _OMBUDSMANS))
NOT_OVER = tuple(sorted({*UNDER_WAY, *ANSWER_GIVEN}))


@dataclass(frozen=True)
class Transition:
    """One cell of the table. `to` is None where the state stays; `stage` limits it to a stage;
    `opens` says that the next stage opens with it; `owing` is where the case stands instead while
    something that was promised is still owed."""

    event: Event
    doers: frozenset[Doer]
    to: State | None
    guards: tuple[Guard, ...]
    stage: StageKey | None = None
    opens: bool = False
    owing: State | None = None


Key = tuple[Track, State, Event, StageKey | None]


def _row(
    tracks: Iterable[Track],
    states: Iterable[State],
    event: Event,
    doers: Iterable[Doer],
    to: State | None,
    *guards: Guard,
    stage: StageKey | None = None,
    opens: bool = False,
    owing: State | None = None,
) -> dict[Key, Transition]:
    # What opens a stage may lie before the answer that it crossed in the post; nothing else that
    # moves a case can lie before what moved it last.
    always = (G.DAY_POSSIBLE,) if to is None or opens else (G.DAY_POSSIBLE, G.IN_ORDER)
    cell = Transition(event, frozenset(doers), to, (*always, *guards), stage, opens, owing)
    return {
        (track, state, event, stage): cell
        for track in tracks
        for state in states
        if state not in _NOT_OF.get(track, frozenset())
    }


_AT_ANY_STAGE: tuple[dict[Key, Transition], ...] = (
    _row(COMPLAINTS, [S.ANSWERING], E.ACKNOWLEDGED, OFFICE, None, G.NOT_ACKNOWLEDGED),
    _row(ANSWERED_ONCE, [S.ANSWERING], E.ACKNOWLEDGED, OFFICE, None, G.NOT_ACKNOWLEDGED),
    _row(COMPLAINTS, BEING_ANSWERED, E.POINTS_SENT, OFFICE, None, G.HAS_POINTS),
    _row(COMPLAINTS, BEING_ANSWERED, E.POINTS_AGREED, EITHER_SIDE, None, G.POINTS_WERE_SENT),
    _row(
        COMPLAINTS, BEING_ANSWERED, E.POINTS_DISPUTED, EITHER_SIDE, None,
        G.POINTS_WERE_SENT, G.REASON_GIVEN,
    ),
    _row(
        COMPLAINTS, WITH_CLOCK, E.EXTENDED, OFFICE, None,
        G.NOT_YET_DUE, G.REASON_PERMITTED, G.REASON_GIVEN, G.DATE_LATER, G.DATE_WITHIN_MAXIMUM,
    ),
    _row(
        COMPLAINTS, WITH_CLOCK, E.PAUSED, OFFICE, None,
        G.MAY_PAUSE, G.NOT_PAUSED, G.REASON_GIVEN, G.PERSON_AGREES,
    ),
    _row(COMPLAINTS, WITH_CLOCK, E.RESUMED, OFFICE, None, G.IS_PAUSED),
    _row(COMPLAINTS, NOT_OVER, E.MEETING_OFFERED, SERVICE, None),
    _row(COMPLAINTS, NOT_OVER, E.MEETING_HELD, SERVICE, None, G.REASON_GIVEN),
    _row(
        COMPLAINTS, [S.ANSWERING, S.ANSWERED, S.REVIEW_ASKED, S.REVIEWING], E.REROUTED, OFFICE,
        S.ANSWERING, G.OTHER_TRACK, G.REASON_GIVEN,
    ),
    _row(
        COMPLAINTS, UNDER_WAY, E.PART_NOT_CONSIDERED, OFFICE, None,
        G.POINTS_CHOSEN, G.A_POINT_REMAINS, G.PROCEEDINGS_NAMED, G.SECOND_OFFICER,
    ),
    _row(
        COMPLAINTS, UNDER_WAY, E.NOT_CONSIDERED, OFFICE, S.NOT_CONSIDERED,
        G.PROCEEDINGS_NAMED, G.SECOND_OFFICER,
    ),
    _row(COMPLAINTS, NOT_OVER, E.WITHDRAWAL_ASKED, EITHER_SIDE, None),
    _row(
        COMPLAINTS, NOT_OVER, E.WITHDRAWAL_DECLINED, OFFICE, None,
        G.WITHDRAWAL_WAITS, G.REASON_GIVEN,
    ),
    _row(
        COMPLAINTS, NOT_OVER, E.WITHDRAWN, OFFICE, S.WITHDRAWN,
        G.WITHDRAWAL_WAITS, G.YOUNG_PERSON_HEARD,
    ),
    _row(
        COMPLAINTS, sorted(ANSWER_GIVEN), E.CONCLUDED, OFFICE, S.CONCLUDED,
        G.NO_REQUEST_WAITS, G.PROMISES_KEPT,
    ),
)  # fmt: skip

_STATUTORY: tuple[dict[Key, Transition], ...] = (
    _row(STATUTORY, [S.ANSWERING], E.ANSWERED, SERVICE, S.ANSWERED, G.EVERY_POINT_ANSWERED),
    _row(STATUTORY, [S.ANSWERING], E.RESOLVED, SERVICE, S.ANSWERED, G.EVERY_POINT_RESOLVED),
    _row(
        STATUTORY, [S.ANSWERING], E.STAGE_1_SKIPPED, OFFICE, S.INVESTIGATION_ASKED,
        G.BOTH_AGREE, G.REASON_GIVEN, opens=True,
    ),
    _row(STATUTORY, [S.ANSWERING], E.LAPSE_TOLD, [Doer.WORKER], None, G.RUN_OUT, G.NOT_DONE_YET),
    _row(
        STATUTORY, [S.ANSWERING], E.NEXT_STAGE_ASKED, (*EITHER_SIDE, Doer.WORKER),
        S.INVESTIGATION_ASKED, G.RUN_OUT, G.REQUEST_BEHIND_IT, opens=True,
    ),
    _row(
        STATUTORY, [S.ANSWERING], E.NEXT_STAGE_ASKED_EARLY, EITHER_SIDE, None,
        G.NOT_RUN_OUT,
    ),
    _row(STATUTORY, STAGE_2_OPEN, E.NEXT_STAGE_ASKED_EARLY, EITHER_SIDE, None),
    _row(
        STATUTORY, [S.ANSWERED], E.NEXT_STAGE_ASKED, EITHER_SIDE, S.INVESTIGATION_ASKED,
        opens=True,
    ),
    _row(
        STATUTORY, [S.CONCLUDED], E.NEXT_STAGE_ASKED, EITHER_SIDE, S.INVESTIGATION_ASKED,
        stage=StageKey.STAGE_1, opens=True,
    ),
    _row(
        STATUTORY, [S.CONCLUDED], E.NEXT_STAGE_ASKED, EITHER_SIDE, S.PANEL_ASKED,
        stage=StageKey.STAGE_2, opens=True,
    ),
    _row(
        STATUTORY, [S.ANSWERING, S.ANSWERED, *STAGE_2_OPEN, S.ADJUDICATED], E.REQUEST_TAKEN_BACK,
        EITHER_SIDE, None, G.REQUEST_WAITS,
    ),
    _row(STATUTORY, STAGE_2_OPEN, E.REQUEST_ACKNOWLEDGED, OFFICE, None, G.NOT_DONE_YET),
    _row(STATUTORY, STAGE_2_OPEN[:2], E.STATEMENT_SENT, OFFICE, None, G.HAS_POINTS),
    _row(
        STATUTORY, STAGE_2_OPEN[:2], E.STATEMENT_AGREED, EITHER_SIDE, None, G.STATEMENT_WAS_SENT,
    ),
    _row(
        STATUTORY, STAGE_2_OPEN[:2], E.STATEMENT_DISPUTED, EITHER_SIDE, None,
        G.STATEMENT_WAS_SENT, G.REASON_GIVEN,
    ),
    _row(
        STATUTORY, STAGE_2_OPEN[:2], E.STATEMENT_SETTLED, OFFICE, None,
        G.STATEMENT_WAS_SENT, G.REASON_GIVEN,
    ),
    _row(STATUTORY, STAGE_2_OPEN[:2], E.INVESTIGATOR_APPOINTED, OFFICE, None, G.DECLARED),
    _row(STATUTORY, STAGE_2_OPEN[:2], E.INDEPENDENT_PERSON_APPOINTED, OFFICE, None, G.DECLARED),
    _row(
        STATUTORY, [S.INVESTIGATION_ASKED], E.INVESTIGATION_BEGUN, OFFICE, S.INVESTIGATING,
        G.HAS_POINTS, G.HAS_INVESTIGATOR, G.HAS_INDEPENDENT_PERSON, G.STATEMENT_STANDS,
    ),
    _row(
        STATUTORY, [S.INVESTIGATING], E.REPORTS_RECEIVED, (Doer.OFFICER, Doer.INVESTIGATOR),
        S.ADJUDICATING, G.INVESTIGATOR_FOUND,
    ),
    _row(
        STATUTORY, [S.ADJUDICATING], E.ADJUDICATED, (Doer.OFFICER, Doer.ADJUDICATOR),
        S.ADJUDICATED, G.EVERY_POINT_ADJUDICATED, G.RECOMMENDATIONS_ANSWERED,
    ),
    _row(
        STATUTORY, [S.ADJUDICATED], E.EARLY_REFERRAL, OFFICE, None,
        G.BOTH_AGREE, G.EARLY_REFERRAL_HOLDS,
    ),
    _row(
        STATUTORY, [S.ADJUDICATED], E.NEXT_STAGE_ASKED, EITHER_SIDE, S.PANEL_ASKED, opens=True,
    ),
    _row(STATUTORY, [S.PANEL_ASKED], E.PANEL_ACKNOWLEDGED, OFFICE, None, G.NOT_DONE_YET),
    _row(STATUTORY, [S.PANEL_ASKED], E.CHAIR_APPOINTED, OFFICE, None, G.DECLARED),
    _row(STATUTORY, [S.PANEL_ASKED], E.PANELLIST_APPOINTED, OFFICE, None, G.DECLARED),
    _row(
        STATUTORY, [S.PANEL_ASKED], E.PANELLIST_LEFT, OFFICE, None,
        G.SITS_ON_PANEL, G.REASON_GIVEN,
    ),
    _row(
        STATUTORY, [S.PANEL_ASKED], E.PAPERS_SENT, OFFICE, None, G.THREE_ON_PANEL, G.ONE_IN_CHAIR,
        G.PANEL_INDEPENDENT,
    ),
    _row(
        STATUTORY, [S.PANEL_ASKED], E.PANEL_HELD, OFFICE, S.PANEL_HELD,
        G.THREE_ON_PANEL, G.ONE_IN_CHAIR, G.PANEL_INDEPENDENT, G.PAPERS_WERE_SENT,
    ),
    _row(STATUTORY, [S.PANEL_HELD], E.PANEL_REPORTED, OFFICE, S.PANEL_REPORTED, G.PANEL_FOUND),
    _row(
        STATUTORY, [S.PANEL_REPORTED], E.PANEL_ANSWERED, (Doer.OFFICER, Doer.ADJUDICATOR),
        S.PANEL_ANSWERED, G.COUNCIL_ANSWERED_PANEL, G.RECOMMENDATIONS_ANSWERED,
    ),
)  # fmt: skip

_CORPORATE: tuple[dict[Key, Transition], ...] = (
    _row(CORPORATE, [S.ANSWERING], E.ANSWERED, SERVICE, S.ANSWERED, G.EVERY_POINT_ANSWERED),
    _row(CORPORATE, [S.ANSWERING], E.RESOLVED, SERVICE, S.ANSWERED, G.EVERY_POINT_RESOLVED),
    _row(CORPORATE, BEING_ANSWERED, E.NEXT_STAGE_ASKED_EARLY, EITHER_SIDE, None,
         G.NEXT_STAGE_EXISTS),
    _row(CORPORATE, [*BEING_ANSWERED, S.ANSWERED], E.REQUEST_TAKEN_BACK, EITHER_SIDE, None,
         G.REQUEST_WAITS),
    _row(
        CORPORATE, [S.ANSWERED, S.CONCLUDED], E.NEXT_STAGE_ASKED, EITHER_SIDE, S.REVIEW_ASKED,
        G.NEXT_STAGE_EXISTS, opens=True,
    ),
    _row(
        CORPORATE, [S.REVIEW_ASKED, S.REVIEWING], E.REVIEWER_APPOINTED, OFFICE, None, G.DECLARED,
    ),
    _row(CORPORATE, [S.REVIEW_ASKED], E.NEXT_STAGE_ACCEPTED, OFFICE, S.REVIEWING),
    _row(
        CORPORATE, [S.REVIEW_ASKED], E.NEXT_STAGE_REFUSED, OFFICE, S.ANSWERED,
        G.REASON_GIVEN, G.SECOND_OFFICER,
    ),
    _row(
        CORPORATE, [S.REVIEW_ASKED, S.REVIEWING], E.REQUEST_ACKNOWLEDGED, OFFICE, None,
        G.NOT_DONE_YET,
    ),
    _row(
        CORPORATE, [S.REVIEWING], E.ANSWERED, SERVICE, S.ANSWERED,
        G.ANOTHER_REVIEWER, G.EVERY_POINT_ANSWERED,
    ),
)  # fmt: skip

_OF_THEIR_KIND: tuple[dict[Key, Transition], ...] = (
    # The answer ends these, unless something was promised.
    _row(ANSWERED_ONCE, [S.ANSWERING], E.ANSWERED, SERVICE, S.CONCLUDED, G.REASON_GIVEN,
         G.CONSENT_SETTLED, owing=S.ANSWERED),
    _row(ABOUT_DATA, [S.ANSWERING, S.ANSWERED], E.REROUTED, OFFICE, S.ANSWERING, G.OTHER_TRACK,
         G.REASON_GIVEN),
    _row(ANSWERED_ONCE, [S.ANSWERED], E.CONCLUDED, OFFICE, S.CONCLUDED, G.PROMISES_KEPT),
    _row(
        OMBUDSMAN, [S.OMBUDSMAN_ENQUIRY], E.ENQUIRY_RECEIVED, OFFICE, None,
        G.DATE_NAMED, G.DATE_AHEAD,
    ),
    _row(OMBUDSMAN, [S.OMBUDSMAN_ENQUIRY], E.ENQUIRY_ANSWERED, OFFICE, None, G.REASON_GIVEN),
    _row(
        OMBUDSMAN, [S.OMBUDSMAN_ENQUIRY], E.DRAFT_RECEIVED, OFFICE, S.OMBUDSMAN_DRAFT,
        G.DATE_AHEAD,
    ),
    _row(OMBUDSMAN, [S.OMBUDSMAN_DRAFT], E.DRAFT_COMMENTED, OFFICE, None, G.REASON_GIVEN),
    _row(
        OMBUDSMAN, [S.OMBUDSMAN_ENQUIRY, S.OMBUDSMAN_DRAFT], E.FINAL_RECEIVED, OFFICE,
        S.OMBUDSMAN_DECIDED, G.REASON_GIVEN,
    ),
    _row(
        OMBUDSMAN, [S.OMBUDSMAN_ENQUIRY, S.OMBUDSMAN_DRAFT], E.OMBUDSMAN_CLOSED, OFFICE,
        S.CONCLUDED, G.REASON_GIVEN, G.PROMISES_KEPT,
    ),
    # The Ombudsman may let a case go without being satisfied; two officers say that they did.
    _row(
        OMBUDSMAN, [S.OMBUDSMAN_DECIDED], E.OMBUDSMAN_CLOSED, OFFICE, S.CONCLUDED,
        G.REASON_GIVEN, G.SECOND_OFFICER, G.PROMISES_KEPT,
    ),
    _row(
        OMBUDSMAN, [S.OMBUDSMAN_DECIDED], E.CONCLUDED, OFFICE, S.CONCLUDED,
        G.REMEDIES_SATISFIED, G.PROMISES_KEPT,
    ),
)  # fmt: skip


def _each_once(*parts: tuple[dict[Key, Transition], ...]) -> dict[Key, Transition]:
    """Put the rows together.

    Raises:
        ValueError: two rows claim one cell, so one of them would silently be lost.
    """
    found: dict[Key, Transition] = {}
    for row in (row for part in parts for row in part):
        if twice := found.keys() & row.keys():
            raise ValueError(f"The table has two cells for {sorted(map(str, twice))}.")
        found |= row
    return found


TABLE: Mapping[Key, Transition] = _each_once(_AT_ANY_STAGE, _STATUTORY, _CORPORATE, _OF_THEIR_KIND)
