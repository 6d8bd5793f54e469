"""What is recorded of who may complain: consent, the child's view, interest, lateness, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import childs_view, consent, interest, late_test
from portal.procedures.matter import ChildsView, Consent, Interest
from portal.records.feedback import Feedback
from portal.records.interest_decision import ChildTold

CONSENT: Mapping[Consent, str] = {
    Consent.ASKED: "They were asked and have not answered",
    Consent.GIVEN: "They agree",
    Consent.REFUSED: "They do not want it",
    Consent.NOT_COMPETENT: "They cannot give consent",
    Consent.NOT_NEEDED: "Consent is not needed",
    Consent.NON_INSTRUCTED: "They cannot say what they want: somebody speaks without instructions",
}
VIEWS: Mapping[ChildsView, str] = {
    ChildsView.ASKED: "The child was asked",
    ChildsView.NOT_ASKED_FOR_A_REASON: "The child was not asked, for a reason",
}
INTERESTS: Mapping[Interest, str] = {
    Interest.ENOUGH: "Enough: we look into it with them",
    Interest.NOT_ENOUGH: "Not enough: nothing more is done on it with them",
}
CHILD_TOLD: Mapping[ChildTold, str] = {
    ChildTold.TOLD: "Yes, they were told",
    ChildTold.WILL_BE_TOLD: "They will be told",
    ChildTold.NOT_RIGHT: "No, it is not right to tell them",
}
NOTHING = "Nothing recorded"


@dataclass(frozen=True)
class StandingLine:
    """One thing that may be recorded: its name, what counts now, and the page that changes it."""

    name: str
    said: str
    words: str
    endpoint: str


def standing_lines(session: Session, feedback: Feedback) -> list[StandingLine]:
    """Give what is recorded, nothing left out: what is missing says so."""
    agreed, view = consent.latest(session, feedback), childs_view.latest(session, feedback)
    decided, tested = interest.latest(session, feedback), late_test.latest(session, feedback)
    return [
        StandingLine(
            "Consent of the young person",
            f"{CONSENT[agreed.state]}, {day_words(agreed.on_day)}" if agreed else NOTHING,
            agreed.words if agreed else "",
            "officer.consent",
        ),
        StandingLine(
            "What the child thinks",
            f"{VIEWS[view.state]}, {day_words(view.on_day)}" if view else NOTHING,
            view.words if view else "",
            "officer.childs_view",
        ),
        StandingLine(
            "Their interest in the child",
            INTERESTS[decided.decision] if decided else NOTHING,
            decided.reasons if decided else "",
            "officer.interest",
        ),
        StandingLine(
            "The test for a late complaint",
            _halves(tested.no_sooner, tested.still_fair) if tested else NOTHING,
            f"{tested.no_sooner_reasons}\n{tested.still_fair_reasons}" if tested else "",
            "officer.late_test",
        ),
    ]


def day_words(day: date) -> str:
    """A date in a line: "8 January 2027"."""
    return f"{day.day} {day:%B %Y}"


def _halves(no_sooner: bool, still_fair: bool) -> str:
    sooner = "not reasonable to expect it sooner" if no_sooner else "could have come sooner"
    fair = "can still be looked at fairly" if still_fair else "can no longer be looked at fairly"
    return f"{sooner[0].upper()}{sooner[1:]}; {fair}"
