"""X40 to X43 and X50 to X52: what was promised, paid, carried out and not done."""

from collections.abc import Iterable
from datetime import timedelta

from portal.cases.remedy_names import KINDS
from portal.procedures.finding import Giver
from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import RemedyKind
from portal.procedures.state import AppointedAs
from tests.unit.reports.by_hand import ByHand, Row, Table, pounds
from tests.unit.reports.invented import Money, StoredStage, paid_after, told

K = RemedyKind
PAID = {K.REFUND, K.SYMBOLIC_PAYMENT, K.QUANTIFIABLE_PAYMENT}
CHANGES = {
    K.STAFF_REMINDER, K.TRAINING, K.SUPERVISION, K.PROCEDURE_CHANGE, K.REVIEW_OF_PROVISION,
    K.OVERSIGHT,
}  # fmt: skip
STATES = ("proposed", "promised", "done", "not_accepted", "given_up")
GIVERS = {
    Giver.SERVICE: "The service, in its answer",
    Giver.INVESTIGATOR: "Investigating officers",
    Giver.ADJUDICATOR: "The council, after an investigation",
    Giver.PANEL: "Review panels",
    Giver.COUNCIL: "The council, after a panel",
    Giver.OMBUDSMAN: "The Ombudsman",
}
STANDS = (
    "Carried out in time", "Carried out late", "Not due yet", "Overdue", "No answer yet",
    "Not accepted", "Given up",
)  # fmt: skip
ROLES = {
    AppointedAs.INVESTIGATOR: "investigating officers",
    AppointedAs.INDEPENDENT_PERSON: "independent persons",
    AppointedAs.PANEL_CHAIR: "panel chairs",
    AppointedAs.PANEL_MEMBER: "panel members",
    AppointedAs.REVIEWER: "reviewers",
}
PLACES = {
    (Track.STATUTORY, StageKey.STAGE_2): "Statutory stage 2",
    (Track.STATUTORY, StageKey.STAGE_3): "Statutory stage 3",
    (Track.CORPORATE, StageKey.STAGE_2): "Corporate stage 2",
    (Track.CORPORATE, StageKey.STAGE_3): "Corporate stage 3",
}
Thing = tuple[StoredStage, int, Money]


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters."""
    made = hand.remedies()
    agreed = [
        one for one in made if one[2].kind in PAID and state(hand, one) in ("promised", "done")
    ]
    changes = [one for one in made if one[2].kind in CHANGES or one[2].for_report]
    left = [one for one in changes if state(hand, one) in ("not_accepted", "given_up")]
    services = list(hand.council.leaderships.values())
    return {
        "X40": (len(made), kinds(hand, made)),
        "X41": (len(agreed), payments(hand, {
            name: [one for one in agreed if one[2].giver is giver] for giver, name in GIVERS.items()
        }, agreed)),
        "X42": (len(agreed), payments(hand, {
            name: [one for one in agreed if hand.leadership(one[0]) == name] for name in services
        }, agreed)),
        "X43": costs(hand),
        "X50": (len(changes), carried_out(hand, changes)),
        "X51": (len(left), [
            [name, f"{number}"] for giver, name in GIVERS.items()
            if (number := sum(one[2].giver is giver for one in left))
        ]),
        "X52": (len(left), [
            [hand.leadership(one), words := told(one.number, one.key, at), f"Because of {words}"]
            for one, at, money in left if money.for_report
        ]),
    }  # fmt: skip


def state(hand: ByHand, thing: Thing) -> str:
    """How far a thing had come."""
    return hand.state(thing[0], thing[2])


def kinds(hand: ByHand, made: list[Thing]) -> list[Row]:
    """The rows of X40."""
    groups = {name: [one for one in made if one[2].kind is kind] for kind, name in KINDS.items()}
    rows = [
        [name, f"{len(group)}", *by_state(hand, group)] for name, group in groups.items() if group
    ]
    return [*rows, ["All remedies", f"{len(made)}", *by_state(hand, made)]]


def by_state(hand: ByHand, group: list[Thing]) -> list[str]:
    """How many of a group stand how."""
    return [f"{sum(state(hand, one) == name for one in group)}" for name in STATES]


def payments(hand: ByHand, groups: dict[str, list[Thing]], agreed: list[Thing]) -> list[Row]:
    """The rows of X41 and X42."""
    named = {name: group for name, group in groups.items() if group}
    rows = []
    for name, group in {**named, "All payments": agreed}.items():
        paid = [one for one in group if state(hand, one) == "done"]
        sums = [sum(one[2].pence for one in things) for things in (group, paid)]
        rows.append([name, f"{len(group)}", pounds(sums[0]), f"{len(paid)}", pounds(sums[1])])
    return rows


def costs(hand: ByHand) -> Table:
    """The base and the rows of X43."""
    found = [
        (f"{PLACES.get((one.track, one.key), 'Other stages')}: {ROLES[role]}", fee(hand, one, days))
        for one in hand.counted()
        for days, role in one.step.appointed
        if hand.happened(one, days)
    ]
    order = [f"{place}: {role}" for place in (*PLACES.values(), "Other stages")
             for role in ROLES.values()]  # fmt: skip
    groups = [(name, [paid for of, paid in found if of == name]) for name in order]
    groups.append(("All who were appointed", [paid for _, paid in found]))
    rows = [
        [name, f"{len(group)}", f"{sum(paid > 0 for paid in group)}", pounds(sum(group))]
        for name, group in groups
        if group or name == "All who were appointed"
    ]
    return len(found), rows


def fee(hand: ByHand, one: StoredStage, days: int) -> int:
    """What was paid by the day of the report for an appointment, in pence."""
    paid = paid_after(days)
    return paid[1] if paid is not None and hand.happened(one, paid[0]) else 0


def carried_out(hand: ByHand, changes: list[Thing]) -> list[Row]:
    """The rows of X50."""
    groups = {
        name: [one for one in changes if hand.leadership(one[0]) == name]
        for name in hand.council.leaderships.values()
    }
    named = {name: group for name, group in groups.items() if group}
    return [
        [name, f"{len(group)}", *stood(hand, group)]
        for name, group in {**named, "All services": changes}.items()
    ]


def stood(hand: ByHand, group: Iterable[Thing]) -> list[str]:
    """How many of a group stand how against their dates."""
    found = [against_date(hand, one) for one in group]
    return [f"{found.count(name)}" for name in STANDS]


def against_date(hand: ByHand, thing: Thing) -> str:
    """How a change stands."""
    one, _, money = thing
    now = state(hand, thing)
    if now == "done":
        late = money.due is not None and money.done > money.due
        return "Carried out late" if late else "Carried out in time"
    if now == "promised":
        over = money.due is not None and hand.as_at > one.opened_on + timedelta(days=money.due)
        return "Overdue" if over else "Not due yet"
    return {"proposed": "No answer yet", "not_accepted": "Not accepted",
            "given_up": "Given up"}[now]  # fmt: skip
