"""What one report is made from: read once, in about a dozen questions, without anybody's words. Our
own letters of refusal are looked into for one thing, whether they name the Ombudsman.

Tables, charts, sentences and checks of a report all count these rows, so that they cannot
disagree about what there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.procedures.matter import ChildsView
from portal.procedures.procedure import StageKey, Track
from portal.procedures.stage_outcome import UNCOUNTED, StageOutcome
from portal.reports.annual import (
    appointment_rows,
    clock_rows,
    decision_rows,
    equality_rows,
    ombudsman_rows,
    refusal_letters,
    remedy_rows,
    stage_rows,
    texts,
    young_rows,
)
from portal.reports.annual.appointment_rows import AppointmentRow, Fee
from portal.reports.annual.clock_rows import ClockRow, EventRow
from portal.reports.annual.decision_rows import DecisionRow
from portal.reports.annual.ombudsman_rows import OmbudsmanRow
from portal.reports.annual.printed import Printed
from portal.reports.annual.remedy_rows import RemedyRow
from portal.reports.annual.scope import Scope
from portal.reports.annual.stage_rows import DueDates, StageRow
from portal.reports.annual.texts import Quote, RemedyWords

Kind = tuple[int, Track, StageKey]
Opened = dict[Kind, list[StageRow]]
Uncounted = dict[tuple[Track, StageKey, StageOutcome], list[StageRow]]
OfYear = dict[int, StageRow]


@dataclass(frozen=True)
class Register:
    """The rows of one report. `back` counts years before the reported one, which is 0. `fees` are
    those of the year's stages; without any record of fees there are none, and the report says so.
    `refusals_told` has the corporate refusals of the year of which a letter went out, each with
    whether it names the Ombudsman.
    """

    scope: Scope
    printed: Printed
    opened: Opened
    uncounted: Uncounted
    decisions: dict[tuple[int, bool], list[DecisionRow]]
    remedies: list[RemedyRow]
    clocks: list[ClockRow]
    events: list[EventRow]
    panels: list[tuple[int, str]]
    ombudsman: list[OmbudsmanRow]
    followed: frozenset[int]
    childs_views: dict[int, ChildsView]
    words: dict[int, RemedyWords]
    quotes: list[Quote]
    answers: equality_rows.Answers
    appointments: list[AppointmentRow]
    refusals_told: Mapping[int, bool]
    fees: Sequence[Fee] = ()

    def stages(self, track: Track, key: StageKey, back: int = 0) -> list[StageRow]:
        """The stages of a procedure that opened in a year and count."""
        return self.opened.get((back, track, key), [])

    def duty(self, back: int = 0) -> list[DecisionRow]:
        """The duty matters of a year."""
        return self.decisions.get((back, False), [])

    def compliments(self, back: int = 0) -> list[DecisionRow]:
        """The compliments of a year."""
        return self.decisions.get((back, True), [])

    def remedies_of(self, track: Track, key: StageKey, back: int = 0) -> list[RemedyRow]:
        """What was promised and recommended at the stages of a procedure that opened in a year."""
        return [
            one for one in self.remedies if (one.back, one.track, one.key) == (back, track, key)
        ]

    def leaderships(self, *groups: Iterable[StageRow | DecisionRow | RemedyRow]) -> list[str]:
        """The leaderships that rows belong to, in the council's order."""
        found = {row.leadership for rows in groups for row in rows}
        return [code for code in self.scope.council.leaderships if code in found]


def read(session: Session, scope: Scope, printed: Printed) -> Register:
    """Read everything that a report counts.

    Args:
        session: any session; nothing is changed.
        scope: the report's bounds.
        printed: what is known of a printed report of that year.
    """
    dates = DueDates(scope)
    opened, uncounted, this_year = _stages(session, scope, dates)
    decisions = defaultdict(list)
    for decision in decision_rows.read(session, scope):
        decisions[decision.back, decision.compliment].append(decision)
    remedies = list(remedy_rows.read(session, scope))
    theirs = opened.get((0, Track.OMBUDSMAN, StageKey.ENQUIRY), [])
    marked = [one.remedy_id for one in remedies if one.for_report and one.told_now]
    return Register(
        scope=scope,
        printed=printed,
        opened=opened,
        uncounted=uncounted,
        decisions=dict(decisions),
        remedies=remedies,
        clocks=list(clock_rows.read(session, scope, dates, this_year)),
        events=list(clock_rows.events(session, scope, this_year)),
        panels=list(clock_rows.panels(session, scope)),
        ombudsman=ombudsman_rows.read(session, scope, theirs),
        followed=young_rows.followed(session, scope),
        childs_views=young_rows.childs_views(session, scope),
        words=texts.of_remedies(session, marked),
        quotes=texts.compliments(session, scope),
        answers=equality_rows.read(session, scope),
        appointments=list(appointment_rows.read(session, scope, this_year)),
        refusals_told=refusal_letters.naming_ombudsman(
            session, scope, (row.matter for row in decisions[0, False] if row.corporate_refusal)
        ),
        fees=list(appointment_rows.fees(session, scope, this_year)),
    )


def _stages(session: Session, scope: Scope, dates: DueDates) -> tuple[Opened, Uncounted, OfYear]:
    """The stages that count, those that do not, and those of the year by their keys."""
    opened: Opened = defaultdict(list)
    uncounted: Uncounted = defaultdict(list)
    this_year: OfYear = {}
    for stage in stage_rows.read(session, scope, dates):
        if stage.outcome not in UNCOUNTED:
            opened[stage.back, stage.track, stage.key].append(stage)
        elif stage.back == 0:
            uncounted[stage.track, stage.key, stage.outcome].append(stage)
        if stage.back == 0 and stage.outcome not in UNCOUNTED:
            this_year[stage.stage_id] = stage
    return dict(opened), dict(uncounted), this_year
