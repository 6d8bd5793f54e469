"""T33, X33, X34, X35."""

from collections import Counter
from collections.abc import Iterable

from portal.cases.ombudsman_names import DECISIONS, DECLINED
from portal.cases.remedy_names import KINDS
from portal.procedures.finding import Giver
from portal.procedures.ombudsman_decision import OmbudsmanDecision, Reached
from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import Compliance
from portal.procedures.vocabulary import Team
from tests.unit.reports.by_hand import ByHand, Row, Table, pounds, rounded
from tests.unit.reports.invented import Money, StoredStage

OF_OURS = Track.OMBUDSMAN, StageKey.ENQUIRY
STATUS = {
    None: "Not recorded",
    Reached.INTAKE: "Intake",
    Reached.ASSESSMENT: "Assessment",
    Reached.WENT_ON: "Assessment, then an investigation under another reference",
    Reached.INVESTIGATION: "Investigation",
}
SAID = {
    Compliance.ON_TIME: "Satisfied, in time",
    Compliance.LATE: "Satisfied, late",
    Compliance.PARTLY: "Partly satisfied",
    Compliance.NOT: "Not satisfied",
    None: "Not said yet",
}
D = OmbudsmanDecision
UPHELD = {D.UPHELD, D.UPHELD_NO_INJUSTICE, D.UPHELD_REMEDY_AGREED}
GROUPS = {
    "Not for them, or not ready": {D.NOT_READY},
    "Assessed and closed": {D.CLOSED_AFTER_ENQUIRIES},
    "Investigated": {*UPHELD, D.ENDED, D.NOT_UPHELD},
    "Upheld, of these": UPHELD,
}


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of the chapter."""
    stages = hand.stages(*OF_OURS)
    asked = [
        (one, money)
        for one, _, money in hand.remedies()
        if (one.track, one.key) == OF_OURS and money.giver is Giver.OMBUDSMAN
    ]
    ordered = [
        one
        for code in hand.council.leaderships
        for team in Team
        for one in stages
        if hand.code(one) == code and one.team is team
    ]
    rows = [row(hand, one, [m for other, m in asked if other is one]) for one in ordered]
    decided = [d for one in stages if (d := one.complaint.theirs.decision) is not None]
    said = Counter(money.compliance for _, money in asked)
    return {
        "T33": (len(stages), [*rows, ["TOTAL", f"{len(stages)}", "", ""]]),
        "X33": (len(stages), by_decision(stages)),
        "X34": (
            len(decided),
            [[name, f"{sum(one in kinds for one in decided)}"] for name, kinds in GROUPS.items()],
        ),
        "X35": (len(asked), [[name, f"{said[state]}"] for state, name in SAID.items()]),
    }


def row(hand: ByHand, one: StoredStage, asked: list[Money]) -> Row:
    """One matter as T33 has it."""
    theirs = one.complaint.theirs
    finding = [ended(one)]
    if theirs.declined is not None:
        finding.append(DECLINED[theirs.declined])
    if theirs.public_report:
        finding.append("A public report")
    things = "; ".join(thing(hand, one, money) for money in asked) + "."
    if not asked:
        things = "No recommendations." if theirs.decision is not None else "None yet."
    return [hand.team(one), STATUS[theirs.reached], ". ".join(finding), things]


def ended(one: StoredStage) -> str:
    """Its decision, or what it waits for."""
    theirs = one.complaint.theirs
    if theirs.decision is not None:
        return DECISIONS[theirs.decision]
    return "Investigation begun" if theirs.reached is Reached.WENT_ON else "Awaiting decision"


def thing(hand: ByHand, one: StoredStage, money: Money) -> str:
    """What they asked for, and whether it was kept."""
    named = KINDS[money.kind] + (f" ({pounds(money.pence)})" if money.pence else "")
    if money.compliance is not None:
        return f"{named}: {SAID[money.compliance].lower()}"
    return f"{named}: {'done' if hand.state(one, money) == 'done' else 'not done yet'}"


def by_decision(stages: Iterable[StoredStage]) -> list[Row]:
    """The rows of X33."""
    found = Counter(ended(one) for one in stages)
    order = [*DECISIONS.values(), "Investigation begun", "Awaiting decision"]
    return [
        [name, f"{found[name]}", rounded(found[name], found.total())]
        for name in order
        if found[name]
    ]


def notes(hand: ByHand) -> tuple[str, ...]:
    """What stands under T33: the shares with fault, and matters about one complaint."""
    stages = hand.stages(*OF_OURS)
    decisions = [one.complaint.theirs.decision for one in stages]
    fault = sum(one in UPHELD for one in decisions)
    looked = fault + decisions.count(D.NOT_UPHELD)
    found = Counter(
        about
        for one in stages
        for about, there_are in (
            (("case", one.complaint.theirs.about), len(hand.invented.complaints)),
            (("refusal", one.complaint.theirs.refused), len(hand.invented.matters)),
        )
        if about[1] is not None and about[1] < there_are
    )
    return (
        f"Fault was found in {fault} of {len(stages)} matters ({rounded(fault, len(stages))}), and"
        f" in {fault} of the {looked} that were investigated and decided"
        f" ({rounded(fault, looked)}).",
        *(
            f"{number} of these matters are about one and the same complaint; the Ombudsman logged"
            " each by itself."
            for number in found.values()
            if number > 1
        ),
    )
