"""What one report is made from: read once, in four statements, without anybody's words. Our own
letters of refusal are looked into for one thing, whether they name the Ombudsman.

Tables, charts, sentences and checks of a report all count these rows, so that they cannot
disagree about what there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal import many_questions
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
    found = _beside(session, scope)
    decisions = defaultdict(list)
    for decision in decision_rows.read(found["decisions"], scope):
        decisions[decision.back, decision.compliment].append(decision)
    remedies = list(remedy_rows.read(found["remedies"], scope))
    theirs = opened.get((0, Track.OMBUDSMAN, StageKey.ENQUIRY), [])
    marked = [one.remedy_id for one in remedies if one.for_report and one.told_now]
    refused = [row.matter for row in decisions[0, False] if row.corporate_refusal]
    words, refusals_told = _opened(session, scope, marked, refused)
    return Register(
        scope=scope,
        printed=printed,
        opened=opened,
        uncounted=uncounted,
        decisions=dict(decisions),
        remedies=remedies,
        clocks=list(clock_rows.read(session, scope, dates, this_year)),
        events=list(clock_rows.events(found["events"], this_year)),
        panels=list(clock_rows.panels(found["panels"], scope)),
        ombudsman=ombudsman_rows.read(
            found["ombudsman"], found["their_cases"], found["their_refusals"], theirs
        ),
        followed=young_rows.followed(found["joined"], found["appointed"]),
        childs_views=young_rows.childs_views(found["views"]),
        words=words,
        quotes=texts.compliments(found["compliments"], scope),
        answers=equality_rows.read(found["equality"]),
        appointments=list(appointment_rows.read(found["appointments"], this_year)),
        refusals_told=refusals_told,
        fees=list(appointment_rows.fees(found["fees"], this_year)),
    )


def _beside(session: Session, scope: Scope) -> dict[str, list[Any]]:
    """What is asked beside the many stages and their clocks, in one statement."""
    asked = {
        "decisions": decision_rows.question(scope),
        "remedies": remedy_rows.question(scope),
        "events": clock_rows.events_question(scope),
        "panels": clock_rows.panels_question(scope),
        "ombudsman": ombudsman_rows.question(scope),
        "their_cases": ombudsman_rows.cases_question(scope),
        "their_refusals": ombudsman_rows.refusals_question(scope),
        "joined": young_rows.joined_question(scope),
        "appointed": young_rows.appointed_question(scope),
        "views": young_rows.views_question(scope),
        "compliments": texts.compliments_question(scope),
        "equality": equality_rows.question(scope),
        "appointments": appointment_rows.question(scope),
        "fees": appointment_rows.fees_question(scope),
    }
    return dict(zip(asked, many_questions.read(session, *asked.values()), strict=True))


def _opened(
    session: Session, scope: Scope, marked: list[int], refused: list[int]
) -> tuple[dict[int, RemedyWords], dict[int, bool]]:
    """The words of what is marked as learning, and which refusals named the Ombudsman, in one
    statement. A letter is let go before the next one is looked into."""
    words: dict[int, RemedyWords] = {}
    told: dict[int, bool] = {}
    if not marked and not refused:
        return words, told
    asked = (
        texts.remedies_question(session, marked),
        refusal_letters.question(session, scope, refused),
    )
    for number, row in many_questions.each(session, *asked):
        if number == 0:
            words[row.id] = RemedyWords(row.text, row.reasons or "")
        else:
            refusal_letters.note(told, row, scope)
    return words, told


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
