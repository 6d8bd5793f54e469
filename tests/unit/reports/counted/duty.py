"""T03, X03, T04, T34, T35."""

from collections import Counter

from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import disposition_of, rule_for
from tests.unit.reports.by_hand import ByHand, Matter, Row, Table, rounded
from tests.unit.reports.invented import quoted

NAMES = {
    Disposition.REFUSED: "Refused",
    Disposition.REDIRECTED: "Redirected to somebody else",
    Disposition.WAITING: "Waiting: they may come back",
    Disposition.SETTLED: "Settled without a stage",
    Disposition.NOT_A_COMPLAINT: "No complaint",
    Disposition.WITHDRAWN: "Taken back",
    None: "No reason recorded",
}


def tables(hand: ByHand) -> dict[str, Table]:
    """The tables of these chapters."""
    found = hand.duty()
    dispositions = [NAMES[came_to(one)] for one in found]
    reasons = [rule_for(one.reason).label for one in found if one.reason is not None]
    ours = [hand.leadership(one) for one in hand.not_for_schools()]
    thanked = hand.compliments()
    quotes = [
        [hand.leadership(one), quoted(number)]
        for name in hand.council.leaderships.values()
        for number, one in enumerate(hand.invented.matters)
        if one in thanked and one.published and hand.leadership(one) == name
    ]
    services = Counter(hand.leadership(one) for one in thanked)
    return {
        "T03": (len(found), shares(dispositions, [*NAMES.values()])),
        "X03": (len(found), shares(reasons, [rule_for(one).label for one in RefusalReason])),
        "T04": (
            len(ours),
            [[name, number, "<1%" if 100 * int(number) < len(ours) else part]
             for name, number, part in shares(ours, [*hand.council.leaderships.values()])],
        ),
        "T34": (
            len(thanked),
            [[name, f"{services[name]}"] for name in hand.council.leaderships.values()
             if services[name]],
        ),
        "T35": (len(thanked), quotes),
    }  # fmt: skip


def came_to(matter: Matter) -> Disposition | None:
    """What became of a duty matter."""
    assert matter.reason is not None
    return disposition_of(matter.reason, passed_on=matter.passed_on)


def shares(words: list[str], order: list[str]) -> list[Row]:
    """How often each comes, and its share of all; what does not come has no row."""
    found = Counter(words)
    return [
        [name, f"{found[name]}", rounded(found[name], len(words))] for name in order if found[name]
    ]
