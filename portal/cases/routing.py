"""Which procedure a matter follows: the facts as an officer knows them, what the law concludes from
them, and the officer's choice with the reason where it differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import childs_view, consent, interest, late_test
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.matter_rows import ROUTINGS
from portal.procedures.conclusion import Conclusion
from portal.procedures.function import Function
from portal.procedures.matter import (
    Acting,
    Appeal,
    ChildsView,
    Consent,
    Interest,
    Known,
    LocalRules,
    Matter,
    Part,
    Writer,
)
from portal.procedures.person import PersonCode
from portal.procedures.procedure import Track
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.which import conclude
from portal.records.feedback import Feedback
from portal.records.routing import Routing
from portal.work import Work


class WhyOtherwise(Refused):
    """The officer chose what the rules do not say, without a reason."""

    message = (
        "This is not what the rules say. Write the reason for choosing otherwise, or choose what"
        " they say."
    )


@dataclass(frozen=True)
class RouteFacts:
    """What an officer knows of a matter. One function a part; the rest holds for all parts.

    `proceedings` is None until somebody has asked. Consent, the child's view, the decision on
    interest and the test for a late complaint are records of their own.
    """

    functions: tuple[Function, ...] = (Function.UNCLEAR,)
    person: PersonCode = PersonCode.UNKNOWN
    acting: Acting = Acting.OWN_RIGHT
    parental_responsibility: Known = Known.UNKNOWN
    over_18: Known = Known.UNKNOWN
    arose: date | None = None
    knew: date | None = None
    appeal: Appeal = Appeal.UNKNOWN
    proceedings: tuple[Proceeding, ...] | None = None
    prejudice: Known = Known.UNKNOWN


def matter_of(session: Session, feedback: Feedback, facts: RouteFacts, named: bool) -> Matter:
    """Put the facts together with what is recorded of the matter.

    Args:
        session: any session.
        feedback: the matter.
        facts: what the officer knows.
        named: whether the writer gave a name; it changes nothing.
    """
    agreed, view = consent.latest(session, feedback), childs_view.latest(session, feedback)
    decided = interest.latest(session, feedback)
    writer = Writer(
        person=facts.person,
        acting=facts.acting,
        consent=agreed.state if agreed else Consent.NOT_ASKED,
        childs_view=view.state if view else ChildsView.NOT_YET,
        interest=decided.decision if decided else Interest.UNDECIDED,
        parental_responsibility=facts.parental_responsibility,
        over_18=facts.over_18,
        named=named,
    )
    no_sooner, still_fair = _halves(session, feedback)
    parts = tuple(
        Part(
            function,
            arose=facts.arose,
            knew=facts.knew,
            appeal=facts.appeal,
            prejudice=facts.prejudice,
            no_sooner=no_sooner,
            still_fair=still_fair,
        )
        for function in facts.functions
    )
    return Matter(feedback.received_on, writer, parts, facts.proceedings)


def concluded(matter: Matter, local: LocalRules) -> tuple[Conclusion, ...]:
    """Conclude for each part, by the law and by what it leaves to the council.

    Args:
        matter: what is known of the contact.
        local: the council's rules.
    """
    return conclude(matter, local)


def is_otherwise(
    procedure: ProcedureCode, track: Track | None, conclusions: tuple[Conclusion, ...]
) -> bool:
    """Say whether a choice is none of those that the rules name for any part.

    Args:
        procedure: the choice.
        track: the path of data protection, where that was chosen. A request to see data is no
            complaint, so that path need not be chosen wherever the rules name it.
        conclusions: what the rules say.
    """
    if track is not None and track not in {one.outcome.track for one in conclusions}:
        return True
    return procedure not in {one.outcome.procedure for one in conclusions}


def record(
    work: Work,
    feedback: Feedback,
    facts: RouteFacts,
    named: bool,
    procedure: ProcedureCode,
    reason: str,
    track: Track | None = None,
) -> Routing:
    """Record which procedure it follows.

    Args:
        work: the open act.
        feedback: the matter.
        facts, named: as in `matter_of`.
        procedure: the officer's choice.
        reason: why, where it is not what the rules say.
        track: the path of data protection, where that was chosen.

    Raises:
        WhyOtherwise: it differs and no reason was given.
    """
    matter = matter_of(work.session, feedback, facts, named)
    conclusions = concluded(matter, work.council.local_rules)
    otherwise = is_otherwise(procedure, track, conclusions)
    if otherwise and not reason.strip():
        raise WhyOtherwise
    found = _row(work, feedback, facts, conclusions)
    found.procedure, found.overridden = procedure, otherwise
    found.chosen_track = track
    found.reason = reason.strip() if otherwise else None
    audit.note(work, "route_recorded", feedback, [procedure.value])
    return found


def keep_facts(work: Work, feedback: Feedback, facts: RouteFacts, named: bool) -> None:
    """Keep what an officer ticked while nothing is chosen yet, so that no tick is lost."""
    before = latest(work.session, feedback)
    if before is None or before.facts != as_plain(facts):
        matter = matter_of(work.session, feedback, facts, named)
        _row(work, feedback, facts, concluded(matter, work.council.local_rules))
        audit.note(work, "route_facts_kept", feedback)


def latest(session: Session, feedback: Feedback) -> Routing | None:
    """Give the facts as they were last ticked, chosen by or not, or None."""
    return next(reversed(ROUTINGS.of(session, feedback.id)), None)


def latest_choice(session: Session, feedback: Feedback) -> Routing | None:
    """Give the choice that counts, or None."""
    worked_out = reversed(ROUTINGS.of(session, feedback.id))
    return next((one for one in worked_out if one.procedure is not None), None)


def _row(
    work: Work, feedback: Feedback, facts: RouteFacts, conclusions: tuple[Conclusion, ...]
) -> Routing:
    found = Routing(
        feedback_id=feedback.id,
        facts=as_plain(facts),
        concluded=[_code(one) for one in conclusions],
        procedure=None,
        overridden=False,
        routed_at=work.now,
        routed_by_id=signed_in_id(work),
    )
    work.session.add(found)
    return found


def as_plain(facts: RouteFacts) -> dict[str, Any]:
    """Give the facts as codes and dates for the record."""
    return {
        "functions": [function.value for function in facts.functions],
        "person": facts.person.value,
        "acting": facts.acting.value,
        "parental_responsibility": facts.parental_responsibility.value,
        "over_18": facts.over_18.value,
        "arose": facts.arose.isoformat() if facts.arose else None,
        "knew": facts.knew.isoformat() if facts.knew else None,
        "appeal": facts.appeal.value,
        "proceedings": None
        if facts.proceedings is None
        else [[one.kind.value, one.state.value] for one in facts.proceedings],
        "prejudice": facts.prejudice.value,
    }


def from_plain(plain: Mapping[str, Any]) -> RouteFacts:
    """Read the facts of a record."""
    beside = plain["proceedings"]
    return RouteFacts(
        functions=tuple(Function(code) for code in plain["functions"]),
        person=PersonCode(plain["person"]),
        acting=Acting(plain["acting"]),
        parental_responsibility=Known(plain["parental_responsibility"]),
        over_18=Known(plain["over_18"]),
        arose=_day(plain["arose"]),
        knew=_day(plain["knew"]),
        appeal=Appeal(plain["appeal"]),
        proceedings=None
        if beside is None
        else tuple(Proceeding(ProceedingKind(k), ProceedingState(s)) for k, s in beside),
        prejudice=Known(plain["prejudice"]),
    )


def _halves(session: Session, feedback: Feedback) -> tuple[Known, Known]:
    tested = late_test.latest(session, feedback)
    if tested is None:
        return Known.UNKNOWN, Known.UNKNOWN
    known = {True: Known.YES, False: Known.NO}
    return known[tested.no_sooner], known[tested.still_fair]


def _code(conclusion: Conclusion) -> str:
    outcome = conclusion.outcome
    return ":".join((conclusion.function.value, outcome.route.value, outcome.refusal or "-"))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
