"""Whether proceedings stand in the way of a part: a decision for an officer, never a rule.

Regulation 8 of SI 2006/1738 lets the authority leave a complaint, or a part of it, unconsidered if
it decides that considering it might prejudice proceedings (reference/procedures.md 2.4).
"""

from portal.procedures.conclusion import Because, FirstDecision, Step, Topic
from portal.procedures.function_rules import rule_for
from portal.procedures.matter import Known, LocalRules, Matter, Part
from portal.procedures.proceedings import Proceeding, ProceedingKind
from portal.procedures.side import NOTHING, Side

REG_8 = "SI 2006/1738 reg 8"
_SCHEDULE = "Local Government Act 1974 Sch 5; Complaint Handling Code 2.1"
_KINDS_UNREAD = "Which proceedings regulation 8 lists was not read."


def prejudice_of(matter: Matter, part: Part, local: LocalRules) -> Side:
    """Find whether an officer must decide about proceedings before the part goes on."""
    proceedings = matter.proceedings or ()
    if not proceedings or rule_for(part.function).elsewhere:
        return NOTHING
    source = REG_8 if rule_for(part.function).inside else _SCHEDULE
    live = [one for one in proceedings if one.live]
    doubt = _KINDS_UNREAD if any(_unread(one) for one in proceedings) else ""
    if not live:
        text = "The proceedings have ended, so they no longer stand in the way."
        return Side((Because(Topic.PROCEEDINGS, text, source, doubt),))
    named = " ".join(dict.fromkeys(one.kind.in_words for one in live))
    if part.prejudice is Known.NO:
        text = f"{named} Looking at this part now does not risk harming that."
        return Side((Because(Topic.PROCEEDINGS, text, source, doubt),))
    decide = (
        "An officer thinks that looking at this part now might harm that, and must decide."
        if part.prejudice is Known.YES
        else "An officer must decide whether looking at this part now might harm that."
    )
    because = Because(Topic.PROCEEDINGS, f"{named} {decide}", source, doubt)
    return Side((because,), FirstDecision.PROCEEDINGS, steps=_steps(local, source))


def _steps(local: LocalRules, source: str) -> tuple[Step, ...]:
    within = local.come_back_within
    by_when = f" within {within.in_words()} of their end" if within else " when they end"
    return (
        Step("Name the proceedings, and say why this part might harm them.", source),
        Step("Have a second officer agree before a part is left unconsidered.", source),
        Step(f"Write to the person with the reason, and that they may come back{by_when}.", source),
    )


def _unread(proceeding: Proceeding) -> bool:
    return proceeding.kind is not ProceedingKind.COURT
