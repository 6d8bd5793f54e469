"""Whether a part came in time, and both halves of the test where it did not.

Regulation 9 of SI 2006/1738: one year from when the grounds arose. Complaint Handling Code 2.2: 12
months from the issue, or from knowing of it. Neither refuses by itself: a late complaint may be
taken where it was not reasonable to expect it sooner and it can still be considered effectively
and fairly, case by case (reference/procedures.md 2.2).
"""

from dataclasses import dataclass
from datetime import date

from portal.procedures.conclusion import Because, FirstDecision, Step, Topic
from portal.procedures.function_rules import rule_for
from portal.procedures.matter import Known, Length, LocalRules, Part
from portal.procedures.refusal import RefusalReason
from portal.procedures.side import NOTHING, Side
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.working_days import Calendar, after

REG_9 = "SI 2006/1738 reg 9"
CODE_2_2 = "Complaint Handling Code 2.2"
_LEAP_DAY = "How a year from 29 February ends is unverified."
# Years and months end on the corresponding date, whatever the days off.
_EVERY_DAY = Calendar({}, date.min, date.max, "every day")
OUT_OF_TIME = {
    RefusalReason.OUT_OF_TIME_STATUTORY: ProcedureCode.STATUTORY,
    RefusalReason.OUT_OF_TIME_CORPORATE: ProcedureCode.CORPORATE,
}
"""The reasons that rest on lateness, each with the procedure whose test it needs."""
WEIGH_FIRST = (
    "A late complaint is weighed before it is refused. Record both halves of the test first, for"
    " the procedure that this reason is about."
)
BOTH_HOLD = (
    "Both halves of the test say that it is to be looked into: it could not be expected sooner,"
    " and it can still be looked at fairly. Open a case."
)
IN_TIME = "By the days in the test it came in time, so lateness is no reason."


@dataclass(frozen=True)
class Weighed:
    """Both halves of the test as an officer recorded them, and the days they rest on."""

    procedure: ProcedureCode
    arose: date
    knew: date | None
    no_sooner: bool
    still_fair: bool


def fault_of_lateness(
    reason: RefusalReason | None, weighed: Weighed | None, received: date, local: LocalRules
) -> str | None:
    """Say why a reason of lateness does not stand.

    Args:
        reason: the coded reason.
        weighed: the test that counts, or None where nobody has weighed.
        received: the day it came.
        local: the council's own times.

    Returns:
        The sentence, or None where it stands or is no reason of lateness.
    """
    if reason not in OUT_OF_TIME:
        return None
    if weighed is None or weighed.procedure is not OUT_OF_TIME[reason]:
        return WEIGH_FIRST
    if weighed.no_sooner and weighed.still_fair:
        return BOTH_HOLD
    statutory = weighed.procedure is ProcedureCode.STATUTORY
    length = local.statutory_time if statutory else local.corporate_time
    known = [weighed.arose] if statutory or weighed.knew is None else [weighed.arose, weighed.knew]
    return None if received > last_day_to_complain(max(known), length) else IN_TIME


def last_day_to_complain(begins: date, length: Length) -> date:
    """Count the time to complain: its last day is the corresponding date, and is in time.

    Raises:
        ValueError: the last day is past the year 9999.
    """
    return after(begins, length.number, length.unit, _EVERY_DAY).due


def is_late(part: Part, received: date, local: LocalRules) -> bool | None:
    """Say whether a part came late; None where it is not known when it happened."""
    inside = rule_for(part.function).inside
    # The Code counts from the later of the two: the issue, or the day the person knew of it.
    days = (part.arose,) if inside else (part.arose, part.knew)
    known = [day for day in days if day is not None]
    if not known:
        return None
    length = local.statutory_time if inside else local.corporate_time
    return received > last_day_to_complain(max(known), length)


def lateness_of(part: Part, received: date, local: LocalRules) -> Side:
    """Find whether an officer must weigh a late complaint."""
    rule = rule_for(part.function)
    late = is_late(part, received, local)
    if rule.elsewhere or late is None:
        return NOTHING
    length = local.statutory_time if rule.inside else local.corporate_time
    source = REG_9 if rule.inside else CODE_2_2
    leap = part.arose is not None and (part.arose.month, part.arose.day) == (2, 29)
    doubt = _LEAP_DAY if leap else ""
    if not late:
        text = f"It came within {length.in_words()}."
        return Side((Because(Topic.TIME, text, source, doubt),))
    halves = (part.no_sooner, part.still_fair)
    if all(half is Known.YES for half in halves):
        text = (
            f"It came after more than {length.in_words()}, but it was not reasonable to expect it"
            " sooner, and it can still be considered effectively and fairly."
        )
        return Side((Because(Topic.TIME, text, source, doubt),))
    return Side(
        (Because(Topic.TIME, _to_weigh(length, halves), source, doubt),),
        FirstDecision.LATENESS,
        steps=(Step("Weigh both halves, and write down the reasons on each.", source),),
    )


def _to_weigh(length: Length, halves: tuple[Known, Known]) -> str:
    said = {Known.YES: "yes", Known.NO: "no", Known.UNKNOWN: "not known yet"}
    sooner, fair = (said[half] for half in halves)
    return (
        f"It came after more than {length.in_words()}, which by itself refuses nobody. An officer"
        " weighs both halves of the test: was it unreasonable to expect it sooner"
        f" ({sooner}), and can it still be considered effectively and fairly ({fair})?"
    )
