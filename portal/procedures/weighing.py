"""Putting the sides of a part together: what it is about, who brings it, when, beside what.

Each side is found by itself, so an answer about one changes the reasons of that side alone.
"""

from portal.procedures.agreement import agreement_of
from portal.procedures.conclusion import Because, FirstDecision, Outcome, Route, Step
from portal.procedures.function import Function
from portal.procedures.function_rules import rule_for
from portal.procedures.lateness import lateness_of
from portal.procedures.matter import LocalRules, Matter, Part
from portal.procedures.prejudice import prejudice_of
from portal.procedures.side import Side
from portal.procedures.standing import standing_of
from portal.procedures.subject import appeal_of, subject_of
from portal.procedures.vocabulary import ProcedureCode

Weighed = tuple[Outcome, tuple[Because, ...], tuple[Step, ...]]


def weigh(matter: Matter, part: Part, local: LocalRules) -> Weighed:
    """Give the way a part goes, the reasons, and the steps that go with it."""
    sides = _sides(matter, part, local)
    outcome = _outcome(part, sides)
    reasons = tuple(because for side in sides for because in side.reasons)
    steps = [step for side in sides if _bears(side, outcome) for step in side.steps]
    return outcome, reasons, tuple(dict.fromkeys(steps))


def _sides(matter: Matter, part: Part, local: LocalRules) -> tuple[Side, ...]:
    subject = subject_of(part, local)
    # What is decided elsewhere, or not understood yet, is not weighed any further.
    if subject.refusal or subject.decision:
        return (subject,)
    return (
        subject,
        appeal_of(part),
        standing_of(matter.writer, part),
        agreement_of(matter.writer, rule_for(part.function).family),
        prejudice_of(matter, part, local),
        lateness_of(part, matter.received, local),
    )


def _outcome(part: Part, sides: tuple[Side, ...]) -> Outcome:
    for side in sides:
        if side.refusal:
            return Outcome(Route.REDIRECTED, ProcedureCode.DUTY, side.refusal)
    inside = rule_for(part.function).inside
    procedure = ProcedureCode.STATUTORY if inside else ProcedureCode.CORPORATE
    wanted = [side.decision for side in sides if side.decision]
    if wanted:
        known = None if part.function is Function.UNCLEAR else procedure
        return Outcome(Route.DECISION_FIRST, known, decisions=_in_order(wanted))
    return Outcome(Route.STATUTORY if inside else Route.CORPORATE, procedure)


def _in_order(wanted: list[FirstDecision]) -> tuple[FirstDecision, ...]:
    return tuple(decision for decision in FirstDecision if decision in wanted)


def _bears(side: Side, outcome: Outcome) -> bool:
    """Say whether a side's steps are still wanted: a redirected part asks for no decision first."""
    return outcome.route is not Route.REDIRECTED or side.decision is None
