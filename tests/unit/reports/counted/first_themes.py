"""T05 and T20: the key themes of stage 1."""

from collections import Counter

from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import RemedyKind
from portal.procedures.suppression import suppressed
from portal.procedures.vocabulary import Nature, Relationship, Team
from tests.unit.reports.by_hand import IN_TIME, ByHand, Row, change, rounded
from tests.unit.reports.invented import StoredStage

ONE, TWO = StageKey.STAGE_1, StageKey.STAGE_2
NATURES = {
    Nature.CASE_MANAGEMENT: "Case management",
    Nature.COMMUNICATION: "Communication",
    Nature.STAFF_CONDUCT: "Staff conduct",
    Nature.STANDARD_OF_SERVICE: "Standard of service",
    Nature.POLICY: "Policy",
    Nature.DATA: "Records and personal information",
    None: "Not recorded",
}
ROLES = {
    Relationship.PARENT: "Parent",
    Relationship.YOUNG_PERSON: "Child or young person",
    Relationship.ADVOCATE: "Advocate",
    Relationship.FOSTER_CARER: "Foster carer",
    Relationship.RELATIVE: "Relative or special guardian",
    Relationship.ADOPTER: "Adoptive parent",
    Relationship.PROFESSIONAL: "Somebody in their job",
    Relationship.OTHER: "Somebody else",
    None: "Not recorded",
}
HIDDEN = "not shown"
TOGETHER = "Children, young people and advocates together"
Years = tuple[list[StoredStage], list[StoredStage]]


def themes(hand: ByHand, track: Track) -> list[Row]:
    """The rows of the key themes of one procedure."""
    years = hand.stages(track, ONE, 1), hand.stages(track, ONE)
    return [
        *numbers(hand, years),
        *(trend(hand, years) if track is Track.CORPORATE else []),
        *natures(years),
        shares("Timescales: answered in time", years, *(
            sum(hand.time(one) == IN_TIME for one in stages) for stages in years
        )),
        shares("Resolved: settled with the person", years, *(
            sum(hand.outcome(one) == "Settled with the person" for one in stages)
            for stages in years
        )),
        ["Resolved: complaints with a meeting", "", f"{met(hand, track, ONE)}", ""],
        ["Resolved: meetings after stage 2 was asked for", "", f"{met(hand, track, TWO)}", ""],
        shares("Findings: upheld", years, *(
            sum(hand.outcome(one) == "Upheld" for one in stages) for stages in years
        )),
        *remedies(hand, track),
        *(roles(years[1]) if hand.whole else []),
        *(together(years[1]) if hand.whole and track is Track.STATUTORY else []),
    ]  # fmt: skip


def shares(name: str, years: Years, last: int, this: int) -> Row:
    """A row of two shares."""
    return [name, rounded(last, len(years[0])), rounded(this, len(years[1])), ""]


def numbers(hand: ByHand, years: Years) -> list[Row]:
    """How many, in all and by leadership."""
    pairs = {"all": [len(stages) for stages in years]}
    for name in hand.council.leaderships.values():
        pair = [sum(hand.leadership(one) == name for one in stages) for stages in years]
        if any(pair):
            pairs[name] = pair
    return [
        [f"Numbers: {name}", f"{last}", f"{this}", change(last, this)]
        for name, (last, this) in pairs.items()
    ]


def trend(hand: ByHand, years: Years) -> list[Row]:
    """The first team whose number changed most."""
    last, this = (Counter(one.team for one in stages) for stages in years)
    team = max(Team, key=lambda one: abs(this[one] - last[one]))
    if last[team] == this[team]:
        return []
    name = hand.council.teams[team].officer_label
    both = last[team], this[team]
    return [[f"Trends: {name}", f"{both[0]}", f"{both[1]}", change(*both)]]


def natures(years: Years) -> list[Row]:
    """What they were about."""
    last, this = (Counter(one.complaint.nature for one in stages) for stages in years)
    return [
        shares(f"Nature: {name}", years, last[nature], this[nature])
        for nature, name in NATURES.items()
        if last[nature] or this[nature]
    ]


def met(hand: ByHand, track: Track, key: StageKey) -> int:
    """How many stages of the year had a meeting by the day."""
    return sum(
        any(hand.happened(one, days) for days in one.step.met) for one in hand.stages(track, key)
    )


def remedies(hand: ByHand, track: Track) -> list[Row]:
    """Which share of what was done was an explanation or an apology."""
    last, this = (
        [
            money.kind
            for one, _, money in hand.remedies(back)
            if (one.track, one.key) == (track, ONE)
        ]
        for back in (1, 0)
    )
    if not last and not this:
        return []
    said = (RemedyKind.APOLOGY, RemedyKind.EXPLANATION)
    cells = [rounded(sum(kind in said for kind in kinds), len(kinds)) for kinds in (last, this)]
    return [["Remedies: explanation or apology", *cells, ""]]


def roles(stages: list[StoredStage]) -> list[Row]:
    """Who complained, small numbers hidden."""
    found = Counter(one.complaint.relationship for one in stages)
    flags = suppressed([found[role] for role in ROLES]).hidden
    return [
        [f"Relationship: {name}", "", HIDDEN if flag else rounded(found[role], len(stages)), ""]
        for (role, name), flag in zip(ROLES.items(), flags, strict=True)
        if found[role] or flag
    ]


def together(stages: list[StoredStage]) -> list[Row]:
    """Children, young people and advocates in one share, where both are shown."""
    found = Counter(one.complaint.relationship for one in stages)
    flags = dict(zip(ROLES, suppressed([found[role] for role in ROLES]).hidden, strict=True))
    both = (Relationship.YOUNG_PERSON, Relationship.ADVOCATE)
    closed, number = any(flags[role] for role in both), sum(found[role] for role in both)
    if not closed and not number:
        return []
    return [[TOGETHER, "", HIDDEN if closed else rounded(number, len(stages)), ""]]
