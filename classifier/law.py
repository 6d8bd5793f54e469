"""Why a procedure is suggested, with the provision, and what is still to be asked.

The rules are the portal's own (`portal.procedures.which`), over what was read from the text and
what the form said. They explain the suggested procedure: where they point another way, that is
said, because the officer should look twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from classifier.circumstances import Circumstances
from classifier.suggestion import Reason
from portal.procedures.conclusion import (
    Because,
    Conclusion,
    FirstDecision,
    Outcome,
    QuestionCode,
    Topic,
)
from portal.procedures.function import Function
from portal.procedures.function_rules import rule_for
from portal.procedures.matter import Matter
from portal.procedures.person import PersonCode
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.procedures.weighing import weigh
from portal.procedures.which import THE_LAW, conclude

_CODE = "Complaint Handling Code"
_CONCERNED = frozenset({Category.COMPLAINT, Category.MP_ENQUIRY, Category.OMBUDSMAN})
# What a text alone can say something about; times and courts it can only raise as questions.
_TOLD = frozenset({Topic.FUNCTION, Topic.APPEAL, Topic.PERSON})
# For "no formal investigation": the decisions that may stop a part, and what they rest on.
_STOPS = {
    FirstDecision.PROCEEDINGS: Topic.PROCEEDINGS,
    FirstDecision.LATENESS: Topic.TIME,
    FirstDecision.CONSENT: Topic.CONSENT,
    FirstDecision.INTEREST: Topic.PERSON,
}
_AGAINST_THE_RULES = Reason(
    "The wording is like that of texts that went this way; the rules point another way.",
    "learnt from texts",
)
_SHOWN = 3


@dataclass(frozen=True)
class Advice:
    """The reasons for a suggested procedure, and the questions that would change it."""

    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def advise(procedure: str, unsure: bool, seen: Circumstances) -> Advice:
    """Give the reasons for a suggested procedure and what an officer would need to find out.

    Args:
        procedure: the suggested procedure.
        unsure: whether the model is unsure of it.
        seen: what was read from the text and the form.
    """
    if procedure == ProcedureCode.NONE:
        return Advice((Reason("It thanks or praises; the thanks are passed on.", _CODE),))
    if seen.category not in _CONCERNED:
        text = "It asks, suggests or passes something on; nobody complains."
        return Advice((Reason(text, f"{_CODE} 1.2 and 1.7"),))
    explains = _not_investigated if procedure == ProcedureCode.DUTY else _followed
    reasons, function = explains(procedure, seen)
    # A text that only mentions a court or an appeal may be about neither.
    in_doubt = unsure or procedure == ProcedureCode.DUTY or _AGAINST_THE_RULES in reasons
    return Advice(reasons, _missing(function, in_doubt, seen))


def _followed(procedure: str, seen: Circumstances) -> tuple[tuple[Reason, ...], Function]:
    """Explain the statutory or the corporate procedure."""
    candidates = seen.functions()
    for function in candidates:
        outcome, reasons = _weighed(seen, function)
        if outcome.procedure == procedure:
            return _said(reasons, _TOLD), function
    _, reasons = _weighed(seen, candidates[0])
    return (_AGAINST_THE_RULES, *_said(reasons, _TOLD)), candidates[0]


def _not_investigated(procedure: str, seen: Circumstances) -> tuple[tuple[Reason, ...], Function]:
    """Explain why no formal investigation may open: decided elsewhere, or a decision first."""
    first = seen.functions()[0]
    for function in (*seen.elsewhere(), *seen.functions()):
        outcome, reasons = _weighed(seen, function)
        if outcome.procedure == procedure:
            return _said(reasons, _TOLD), function
    outcome, reasons = _weighed(seen, first)
    topics = {_STOPS[one] for one in outcome.decisions if one in _STOPS}
    stopped = _said(reasons, topics)
    return stopped or (_AGAINST_THE_RULES, *_said(reasons, _TOLD)), first


def _weighed(seen: Circumstances, function: Function) -> tuple[Outcome, tuple[Because, ...]]:
    """Weigh one reading, without its questions, which cost far more."""
    # Whoever they turn out to be, the reasons follow the relationship that is suggested.
    matter = replace(seen, unsure_who=False).about(function)
    outcome, reasons, _ = weigh(matter, matter.parts[0], THE_LAW)
    return outcome, reasons


def _said(reasons: Iterable[Because], topics: Iterable[Topic]) -> tuple[Reason, ...]:
    wanted = frozenset(topics)
    kept = [because for because in reasons if because.topic in wanted]
    return tuple(Reason(because.text, because.source) for because in kept[:_SHOWN])


def _missing(function: Function, in_doubt: bool, seen: Circumstances) -> tuple[str, ...]:
    others = _others(function, seen) if in_doubt else ()
    conclusion = _conclusion(replace(seen, unsure_who=False).about(function, others))
    asked = _who(function, seen)
    for question in conclusion.missing:
        if question.topic is Topic.FUNCTION and others:
            labels = [rule_for(one).label for one in (function, *others)]
            asked.append(f"Is it about {', or about '.join(labels)}?")
        else:
            asked.append(question.text)
    return tuple(dict.fromkeys(asked))


# Texts give few different facts, and finding the questions costs a millisecond.
@lru_cache(maxsize=2_000)
def _conclusion(matter: Matter) -> Conclusion:
    (conclusion,) = conclude(matter)
    return conclusion


def _who(function: Function, seen: Circumstances) -> list[str]:
    """Ask who writes where it is not clear, and where it would change the way this goes."""
    if seen.writer(function).person is not PersonCode.UNKNOWN:
        return []
    conclusion = _conclusion(seen.about(function))
    return [asked.text for asked in conclusion.missing if asked.code is QuestionCode.PERSON]


def _others(function: Function, seen: Circumstances) -> tuple[Function, ...]:
    """Give the one other function, if any, that would go another way."""
    own = _weighed(seen, function)[0].procedure
    for other in (*seen.functions(), *seen.elsewhere()):
        if _weighed(seen, other)[0].procedure != own:
            return (other,)
    return ()
