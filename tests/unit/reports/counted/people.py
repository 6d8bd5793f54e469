"""X45, X60 to X62, X80 to X86: who complained, small numbers hidden."""

from collections import Counter
from enum import StrEnum

from portal.procedures.equality import (
    WORDS,
    AgeBand,
    Disability,
    Ethnicity,
    Orientation,
    Sex,
)
from portal.procedures.matter import ChildsView
from portal.procedures.procedure import StageKey, Track
from portal.procedures.suppression import suppressed
from portal.procedures.vocabulary import Category, Relationship
from tests.unit.reports.by_hand import OUTCOMES, ByHand, Matter, Row, Table, rounded
from tests.unit.reports.counted.first_themes import HIDDEN, ROLES
from tests.unit.reports.invented import StoredStage

ONE = StageKey.STAGE_1
YOUNG = Relationship.YOUNG_PERSON
QUESTIONS: dict[str, tuple[str, type[StrEnum]]] = {
    "X82": ("age_band", AgeBand),
    "X83": ("sex", Sex),
    "X84": ("disability", Disability),
    "X85": ("ethnicity", Ethnicity),
    "X86": ("orientation", Orientation),
}


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters; none of a quarter or of some teams."""
    if not hand.whole:
        return {}
    statutory, corporate = (hand.stages(track, ONE) for track in (Track.STATUTORY, Track.CORPORATE))
    views = Counter(one.complaint.young.view for one in statutory)
    asked, reasoned = views[ChildsView.ASKED], views[ChildsView.NOT_ASKED_FOR_A_REASON]
    return {
        "X45": (len(statutory), advocacy(statutory)),
        "X60": (None, told(hand, statutory, corporate)),
        "X61": (None, outcomes(hand, statutory, corporate)),
        "X62": (
            len(statutory),
            [
                ["Asked", f"{asked}"],
                ["Not asked, with the reason recorded", f"{reasoned}"],
                ["Nothing recorded, or their own complaint",
                 f"{len(statutory) - asked - reasoned}"],
            ],
        ),
        "X80": (len(statutory), roles(statutory)),
        "X81": (len(corporate), roles(corporate)),
        **{key: of_question(hand, *question) for key, question in QUESTIONS.items()},
    }  # fmt: skip


def shown(number: int, *, closed: bool) -> str:
    """A number, or that it is not shown."""
    return HIDDEN if closed else f"{number}"


def young(stages: list[StoredStage]) -> list[StoredStage]:
    """Young people's own complaints."""
    return [one for one in stages if one.complaint.young.door or role(one) is YOUNG]


def role(one: StoredStage) -> Relationship:
    """Who complained."""
    return one.complaint.relationship


def closed_roles(stages: list[StoredStage]) -> dict[Relationship | None, bool]:
    """Which roles are hidden among all."""
    found = Counter(role(one) for one in stages)
    return dict(zip(ROLES, suppressed([found[one] for one in ROLES]).hidden, strict=True))


def closed_young(stages: list[StoredStage]) -> bool:
    """Whether how many are young people's is hidden: alone, among the roles, or beside them."""
    number = len(young(stages))
    beside = number - sum(role(one) is YOUNG for one in stages)
    return closed_roles(stages)[YOUNG] or 0 < number < 5 or 0 < beside < 5


def advocacy(statutory: list[StoredStage]) -> list[Row]:
    """The rows of X45."""
    theirs, closed = young(statutory), closed_young(statutory)
    said = Counter(one.complaint.young.advocate_wanted for one in theirs)
    counts = [said["yes"], said["have_one"], said["not_now"], said["offered"]]
    counts.append(len(theirs) - sum(counts))
    flags = suppressed(counts).hidden
    followed = sum(one.complaint.young.joined or one.complaint.young.appointed for one in theirs)
    flag, _ = suppressed([followed, len(theirs) - followed]).hidden
    advocates = sum(role(one) is Relationship.ADVOCATE for one in statutory)
    names = (
        "they asked for an advocate", "they had one already",
        "they were offered one and said not now", "they were offered one and gave no answer",
        "they were not sure, or nobody wrote it down",
    )  # fmt: skip
    return [
        ["Complaints by children and young people", shown(len(theirs), closed=closed)],
        *(
            [f"Of these: {name}", shown(number, closed=closed or hide)]
            for name, number, hide in zip(names, counts, flags, strict=True)
        ),
        ["Of these: an advocate was appointed or follows it with them",
         shown(followed, closed=closed or flag)],
        ["Complaints that an advocate made for somebody",
         shown(advocates, closed=closed_roles(statutory)[Relationship.ADVOCATE])],
    ]  # fmt: skip


def told(hand: ByHand, statutory: list[StoredStage], corporate: list[StoredStage]) -> list[Row]:
    """The rows of X60."""
    return [
        ["Statutory complaints", shown(len(young(statutory)), closed=closed_young(statutory))],
        ["Corporate complaints", shown(len(young(corporate)), closed=closed_young(corporate))],
        ["Matters without a stage", of_matters(hand.duty())],
        ["Compliments", of_matters(hand.compliments())],
    ]


def of_matters(matters: list[Matter]) -> str:
    """How many of them are young people's."""
    number = sum(one.young or one.relationship is YOUNG for one in matters)
    return shown(number, closed=suppressed([number, len(matters) - number]).hidden[0])


def outcomes(hand: ByHand, *procedures: list[StoredStage]) -> list[Row]:
    """The rows of X61."""
    found = Counter(hand.outcome(one) for stages in procedures for one in young(stages))
    flags = suppressed([found[name] for name in OUTCOMES]).hidden
    closed = any(closed_young(stages) for stages in procedures)
    return [
        [name, shown(found[name], closed=closed or flag)]
        for name, flag in zip(OUTCOMES, flags, strict=True)
    ]


def roles(stages: list[StoredStage]) -> list[Row]:
    """The rows of X80 and X81."""
    found = Counter(role(one) for one in stages)
    return [
        [ROLES[one], HIDDEN, HIDDEN]
        if flag
        else [ROLES[one], f"{found[one]}", rounded(found[one], len(stages))]
        for one, flag in closed_roles(stages).items()
    ]


def of_question(hand: ByHand, name: str, kind: type[StrEnum]) -> Table:
    """The base and the rows of X82 to X86."""
    found = Counter(
        getattr(one, name)
        for one in hand.invented.answers
        if one.year == "2019-20" and one.category is Category.COMPLAINT
    )
    order = [*kind, None]
    flags = suppressed([found[one] for one in order]).hidden
    rows = [
        ["Left empty" if one is None else WORDS[kind][one]]
        + ([HIDDEN] * 2 if flag else [f"{found[one]}", rounded(found[one], found.total())])
        for one, flag in zip(order, flags, strict=True)
    ]
    return (None if 0 < found.total() < 5 else found.total()), rows
