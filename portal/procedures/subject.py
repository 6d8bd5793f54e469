"""What a part is about: inside the statutory procedure, outside, or decided elsewhere."""

from portal.procedures.conclusion import Because, FirstDecision, Step, Topic
from portal.procedures.function import Function
from portal.procedures.function_rules import rule_for
from portal.procedures.matter import Appeal, Known, LocalRules, Part
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import rule_for as refusal_rule
from portal.procedures.side import NOTHING, Side

_HAS_APPEAL = frozenset({Appeal.AVAILABLE, Appeal.MADE, Appeal.DECIDED})
_CODE_1_4 = "Complaint Handling Code 1.4"


def subject_of(part: Part, local: LocalRules) -> Side:
    """Find where the function belongs (regulations 3 to 5; reference/procedures.md 1.2, 1.3)."""
    function, rule = part.function, rule_for(part.function)
    if function is Function.UNCLEAR:
        text = "It is not clear yet which part of our work this is about."
        because = Because(Topic.FUNCTION, text, "SI 2006/1738 regs 3 to 5")
        return Side((because,), FirstDecision.FUNCTION)
    if function is Function.CONFERENCE and local.conference_procedure is Known.YES:
        text = (
            "It is about a child protection conference, for which there is a local procedure. That"
            " procedure cannot change the conference's decision."
        )
        because = Because(Topic.FUNCTION, text, rule.provision, rule.doubt)
        return Side((because,), refusal=RefusalReason.STATUTORY_OTHER, steps=_told(function))
    because = Because(Topic.FUNCTION, _about(rule.label), rule.provision, rule.doubt)
    if rule.elsewhere:
        return Side((because,), refusal=rule.elsewhere, steps=_told(function))
    if rule.inside:
        return Side((because,))
    text = "The statutory procedure does not cover this, so the corporate one does."
    return Side((because, Because(Topic.FUNCTION, text, f"SI 2006/1738 regs 3 to 5; {_CODE_1_4}")))


def appeal_of(part: Part) -> Side:
    """Find whether somebody else decides the very matter on appeal (LGA 1974, section 26(6)(a)).

    A right of appeal never takes a function out of the statutory procedure. Delay and service
    around an appeal can still be complained of.
    """
    rule = rule_for(part.function)
    if rule.appeal is None or part.appeal is Appeal.NONE:
        return NOTHING
    if part.appeal is Appeal.UNKNOWN and not rule.appealable:
        return NOTHING
    known = part.appeal in _HAS_APPEAL
    text = (
        "Somebody else can decide this on appeal or review."
        if known
        else "Decisions like this usually carry a right of appeal or review."
    )
    refusal = refusal_rule(rule.appeal)
    doubt = "The procedure it belongs to was not read." if refusal.unverified else ""
    because = Because(Topic.APPEAL, text, refusal.rule, doubt)
    step = Step("Say how to appeal and by when, and that delay may still be raised.", refusal.rule)
    return Side((because,), refusal=rule.appeal, steps=(step,))


def _about(label: str) -> str:
    return f"It is about {label}."


def _told(function: Function) -> tuple[Step, ...]:
    reason = rule_for(function).elsewhere or RefusalReason.STATUTORY_OTHER
    rule = refusal_rule(reason)
    steps = [Step(f"Tell the person: {rule.tell}", rule.rule)]
    if reason is RefusalReason.SAFEGUARDING:
        steps.insert(0, Step("Pass it on today, by voice, and note who took it.", rule.rule))
    if reason is RefusalReason.DATA_PROTECTION:
        steps += [
            Step("Open a case under data protection for a complaint.", rule.rule),
            Step(
                "Pass a request to see what is held to the information governance officers today:"
                " it must be answered within a month.",
                "UK GDPR articles 12(3) and 15",
            ),
        ]
    return tuple(steps)
