"""What the Ombudsman decided, as the pages of the cases show it that the decision covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import clock
from portal.access.acts import Act
from portal.cases import ombudsman_covers, ombudsman_matters, remedies
from portal.cases.ombudsman_names import DECISIONS, DECLINED
from portal.correspondence import failing
from portal.matter_rows import FEEDBACK, OMBUDSMAN_MATTERS, fetch_matter
from portal.procedures.finding import Giver
from portal.procedures.ombudsman_decision import CountedAs
from portal.procedures.procedure import Track, track_of
from portal.procedures.remedy import RemedyState, kept
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.ombudsman_matter import OmbudsmanMatter
from portal.records.remedy import Remedy
from portal.web.access import may
from portal.web.officer import procedure_words

COUNTED_AS: Mapping[CountedAs, str] = {
    CountedAs.NOT_FOR_US: "not for them, or not ready",
    CountedAs.ASSESSED_AND_CLOSED: "assessed and closed",
    CountedAs.INVESTIGATED: "investigated",
    CountedAs.UPHELD: "of these upheld",
}


@dataclass(frozen=True)
class AskedLine:
    """One remedy that the Ombudsman asks for. `tag` is a status and its colour."""

    kind: str
    text: str
    tag: tuple[str, str]
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True)
class Decided:
    """The Ombudsman's decision on one of the cases that it covers. `public_id` is None where the
    reader may not open the case in which it is worked; then nothing of it is told but that it is
    there."""

    public_id: str | None
    reference: str
    decision: str
    declined: str
    public_report: bool
    remedies: tuple[AskedLine, ...]


@dataclass(frozen=True)
class CoveredLine:
    """One case that a decision covers, as the page of the Ombudsman's case lists it."""

    cover_id: str
    public_id: str | None
    part: int
    reference: str


def of_case(case: Case) -> bool:
    """Whether a case was opened for the Ombudsman, so that it has the page of their decision."""
    return track_of(case.category, case.procedure) is Track.OMBUDSMAN


def fetch(session: Session, feedback: Feedback, case: Case) -> None:
    """Bring to hand the rows of a matter with those of the decision that is kept in its case.

    Args:
        session: any session.
        feedback: the matter.
        case: the case that was opened for the Ombudsman.
    """
    covers = (ombudsman_covers.CASES, ombudsman_covers.REFUSALS)
    fetch_matter(
        session,
        feedback,
        beside=[(OMBUDSMAN_MATTERS, [case.id]), *(one.wanted(case) for one in covers)],
        below=lambda *matter: [
            *failing.wanted(*matter),
            *(one.wanted_below(session, case) for one in covers),
        ],
    )


def covered_by(session: Session, case: Case) -> tuple[Decided, ...]:
    """What the Ombudsman decided on a case, in matters of their own."""
    return tuple(
        _decided(session, matter, worked_in)
        for matter, worked_in in ombudsman_covers.CASES.over(session, case)
    )


def covered(session: Session, case: Case) -> tuple[CoveredLine, ...]:
    """The cases that the decision in a case covers, as far as the reader may see them."""
    found = []
    rows = ombudsman_covers.CASES.of(session, case)
    matters = FEEDBACK.of_each(session, {other.feedback_id for _, other in rows})
    for cover, other in rows:
        [feedback] = matters[other.feedback_id]
        opens = may(Act.READ, feedback.id)
        found.append(
            CoveredLine(
                cover.public_id,
                feedback.public_id if opens else None,
                other.part,
                feedback.reference if opens else "",
            )
        )
    return tuple(found)


def refusal_covered_by(session: Session, feedback: Feedback) -> tuple[Decided, ...]:
    """What the Ombudsman decided on a refusal or redirection."""
    return tuple(
        _decided(session, matter, worked_in)
        for matter, worked_in in ombudsman_covers.REFUSALS.over(session, feedback)
    )


def refusals_covered(session: Session, case: Case) -> tuple[CoveredLine, ...]:
    """The refusals that the decision in a case is about, as far as the reader may see them."""
    found = []
    for cover, feedback in ombudsman_covers.REFUSALS.of(session, case):
        opens = may(Act.READ, feedback.id)
        reference, public_id = (feedback.reference, feedback.public_id) if opens else ("", None)
        found.append(CoveredLine(cover.public_id, public_id, 1, reference))
    return tuple(found)


def figures(session: Session) -> tuple[tuple[str, int], ...]:
    """How many of the Ombudsman's decisions count as what: one decision once."""
    found = ombudsman_matters.figures(session)
    return tuple((words, found[kind]) for kind, words in COUNTED_AS.items())


def _decided(session: Session, matter: OmbudsmanMatter, worked_in: Case) -> Decided:
    feedback = session.get_one(Feedback, worked_in.feedback_id)
    if not may(Act.READ, feedback.id):
        return Decided(None, "", "", "", False, ())
    asked = [one for one in remedies.of_case(session, worked_in) if one.giver is Giver.OMBUDSMAN]
    return Decided(
        public_id=feedback.public_id,
        reference=matter.reference or feedback.reference,
        decision=DECISIONS[matter.decision] if matter.decision is not None else "Not decided yet",
        declined=DECLINED[matter.declined] if matter.declined is not None else "",
        public_report=matter.public_report,
        remedies=tuple(_line(remedy) for remedy in asked),
    )


def _line(remedy: Remedy) -> AskedLine:
    tag = procedure_words.REMEDY_STATES[remedy.state]
    if remedy.state in (RemedyState.PROMISED, RemedyState.DONE):
        tag = procedure_words.KEPT[kept(remedy.due_on, remedy.done_on, clock.today())]
    kind = procedure_words.KINDS[remedy.kind]
    return AskedLine(kind, remedy.text, tag, remedy.due_on, remedy.done_on)
