"""A conclusion in the words of a page: where a part goes, why, what to do, what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.procedures.conclusion import (
    Because,
    Conclusion,
    FirstDecision,
    Outcome,
    Route,
    Step,
)
from portal.procedures.function_rules import rule_for
from portal.procedures.refusal_rules import rule_for as refusal_rule
from portal.web.officer import wording

DECISIONS: Mapping[FirstDecision, str] = {
    FirstDecision.FUNCTION: "find out what it is about",
    FirstDecision.PERSON: "find out who wrote",
    FirstDecision.INTEREST: "decide on their interest in the child",
    FirstDecision.CONSENT: "find out whether the young person agrees",
    FirstDecision.PROCEEDINGS: "decide whether looking at it now might harm the proceedings",
    FirstDecision.LATENESS: "weigh both halves of the test for a late complaint",
}


@dataclass(frozen=True)
class AskedFor:
    """One question, and what each answer would change."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class ConclusionWords:
    """One part on the page."""

    about: str
    goes: str
    reasons: tuple[Because, ...]
    steps: tuple[Step, ...]
    asked: tuple[AskedFor, ...]
    doubts: tuple[str, ...]


def in_words(conclusion: Conclusion) -> ConclusionWords:
    """Put one part's conclusion into words."""
    asked = tuple(
        AskedFor(
            question.text,
            tuple(
                f"{one.says}: {_then(one.outcome, conclusion.outcome)}" for one in question.answers
            ),
        )
        for question in conclusion.missing
    )
    return ConclusionWords(
        about=wording.capital(rule_for(conclusion.function).label),
        goes=wording.capital(goes(conclusion.outcome)),
        reasons=conclusion.reasons,
        steps=conclusion.steps,
        asked=asked,
        doubts=tuple(dict.fromkeys(conclusion.doubts)),
    )


def goes(outcome: Outcome) -> str:
    """Say where a part goes, in the middle of a sentence."""
    if outcome.track is not None:
        return "the data-protection procedure"
    if outcome.route is Route.REDIRECTED and outcome.refusal is not None:
        return f"no formal investigation here ({refusal_rule(outcome.refusal).label.lower()})"
    procedure = wording.PROCEDURES[outcome.procedure].lower() if outcome.procedure else ""
    if outcome.route is not Route.DECISION_FIRST:
        return f"the {procedure} procedure"
    first = " and ".join(DECISIONS[one] for one in outcome.decisions)
    return f"first {first}" + (f"; then the {procedure} procedure" if procedure else "")


def _then(outcome: Outcome, now: Outcome) -> str:
    return "nothing changes" if outcome == now else goes(outcome)
