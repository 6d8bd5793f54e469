"""Points, findings and remedies in the words that officers read."""

from collections.abc import Mapping

from portal.cases.finding_names import FINDINGS as FINDINGS
from portal.cases.finding_names import GIVERS as GIVERS
from portal.cases.finding_names import SETTLED_WORDS as SETTLED_WORDS
from portal.cases.remedy_names import KINDS as KINDS
from portal.procedures.completeness import Lack
from portal.procedures.finding import Giver, PointState
from portal.procedures.remedy import Base, Compliance, Kept, RemedyState

SETTLED = "settled"
POINT_STATES: Mapping[PointState, tuple[str, str]] = {
    PointState.DRAFTED: ("Draft", "grey"),
    PointState.SENT: ("Sent to the person", "blue"),
    PointState.AGREED: ("Agreed", "green"),
    PointState.DISPUTED: ("Not what they said", "red"),
    PointState.WITHDRAWN: ("Withdrawn", "grey"),
    PointState.NOT_CONSIDERED: ("Not considered", "grey"),
    PointState.REDIRECTED: ("Passed on", "grey"),
    PointState.REPLACED: ("Went into others", "grey"),
}
ASKED_BY: Mapping[Giver, str] = {
    Giver.SERVICE: "Promised by the service",
    Giver.INVESTIGATOR: "Recommended by the investigating officer",
    Giver.ADJUDICATOR: "Promised with the council’s decision",
    Giver.PANEL: "Recommended by the panel",
    Giver.COUNCIL: "Promised with the answer to the panel",
    Giver.OMBUDSMAN: "Asked for by the Ombudsman",
}
LACKS: Mapping[Lack, str] = {
    Lack.FINDING: "a finding, or what the person agreed",
    Lack.REASONS: "the reasons",
}
REMEDY_STATES: Mapping[RemedyState, tuple[str, str]] = {
    RemedyState.PROPOSED: ("No answer yet", "yellow"),
    RemedyState.PROMISED: ("Promised", "blue"),
    RemedyState.NOT_ACCEPTED: ("Not accepted", "grey"),
    RemedyState.DONE: ("Done", "green"),
    RemedyState.GIVEN_UP: ("Given up", "grey"),
}
KEPT: Mapping[Kept, tuple[str, str]] = {
    Kept.WAITING: ("Promised", "blue"),
    Kept.LATE: ("Late", "red"),
    Kept.ON_TIME: ("Done", "green"),
    Kept.DONE_LATE: ("Done late", "orange"),
}
BASES: Mapping[Base, str] = {
    Base.DAY: "By a day",
    Base.ANSWER: "Some time after the answer goes out",
    Base.MEETING: "Some time after the meeting",
    Base.DECISION: "Some time after the Ombudsman’s final decision",
    Base.REMEDY: "Some time after another promise is kept",
}
COUNTED_FROM: Mapping[Base, str] = {
    Base.ANSWER: "after the answer",
    Base.MEETING: "after the meeting",
    Base.DECISION: "after the final decision",
}
COMPLIANCE: Mapping[Compliance, str] = {
    Compliance.ON_TIME: "Satisfied, in time",
    Compliance.LATE: "Satisfied, but late",
    Compliance.PARTLY: "Partly satisfied",
    Compliance.NOT: "Not satisfied",
}


def pounds(pence: int) -> str:
    """An amount of money: "£250" or "£1,250.50"."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"
