"""A complaint as the person reads it: its points in their words, what was found, what we promised.

One wording for everybody, as plain as for a child.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import agreeing, answers, promises_told
from portal.cases.agreeing import Statement
from portal.cases.answers import OnePoint
from portal.marking import marked
from portal.matter_rows import CASES
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.remedy import Kept, RemedyState, kept
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.records.remedy import Remedy
from portal.web.tracking.forms import DisputeForm
from portal.wording import day_in_words, say, worded

# As the letter with the answer says it.
WE_FOUND: Mapping[Finding, str] = {
    Finding.UPHELD: marked("We agree."),
    Finding.PARTIALLY_UPHELD: marked("We agree in part."),
    Finding.NOT_UPHELD: marked("We do not agree."),
    Finding.NO_FINDING: marked("We could not tell what happened."),
}
THEY_FOUND: Mapping[Finding, str] = {
    Finding.UPHELD: marked("They agree."),
    Finding.PARTIALLY_UPHELD: marked("They agree in part."),
    Finding.NOT_UPHELD: marked("They do not agree."),
    Finding.NO_FINDING: marked("They could not tell what happened."),
}
HEADINGS: Mapping[Giver, tuple[str, Mapping[Finding, str]]] = {
    Giver.SERVICE: (marked("Our answer"), WE_FOUND),
    Giver.INVESTIGATOR: (marked("What the people from outside found"), THEY_FOUND),
    Giver.ADJUDICATOR: (marked("What the council says to that"), WE_FOUND),
    Giver.PANEL: (marked("What the three people from outside found"), THEY_FOUND),
    Giver.COUNCIL: (marked("What the council says to the three people"), WE_FOUND),
    Giver.OMBUDSMAN: (marked("What the Ombudsman found"), THEY_FOUND),
}
SETTLED = marked("You told us that this is put right now.")


@dataclass(frozen=True)
class PointShown:
    """One point that the person may say yes or no to. `form` is None where nobody waits for it."""

    number: int
    text: str
    dispute: str | None
    disputed: bool
    agreed: bool
    form: DisputeForm | None


@dataclass(frozen=True)
class FoundShown:
    """What was found on one point, in words."""

    number: int
    text: str
    found: str
    reasons: str


@dataclass(frozen=True)
class AnswerShown:
    """What one giver found, point by point."""

    heading: str
    points: tuple[FoundShown, ...]


@dataclass(frozen=True)
class PromiseShown:
    """Something that we said we would do, and whether we did. `tag` is a status and its colour."""

    text: str
    said: str
    tag: tuple[str, str]


@dataclass(frozen=True)
class Complaint:
    """One case of a matter: a part of it where it was split."""

    part: int
    asks: bool
    disputed: bool
    mark: str
    points: tuple[PointShown, ...]
    answers: tuple[AnswerShown, ...]
    promises: tuple[PromiseShown, ...]

    @property
    def may_agree(self) -> bool:
        """Whether a yes is waited for: not while something waits to be mended."""
        return self.asks and not self.disputed


def complaints(
    session: Session,
    feedback: Feedback,
    today: date,
    posted: Mapping[tuple[int, int], DisputeForm] | None = None,
) -> list[Complaint]:
    """The cases of a matter, as the person reads them.

    Args:
        session: any session, flushed.
        feedback: the matter.
        today: to tell whether a promise is late.
        posted: forms that come back with what was typed, by part and number.
    """
    cases = sorted(CASES.of(session, feedback.id), key=lambda case: case.part)
    return [_complaint(session, case, today, posted or {}) for case in cases]


def form_for(part: int, number: int) -> DisputeForm:
    """The form of one point as it was posted."""
    return DisputeForm(prefix=_prefix(part, number))


def _complaint(
    session: Session, case: Case, today: date, posted: Mapping[tuple[int, int], DisputeForm]
) -> Complaint:
    state = agreeing.statement(session, case)
    told = answers.given(session, case, answers.told(session, case))
    return Complaint(
        part=case.part,
        asks=state.asks,
        disputed=state.disputed,
        mark=state.mark,
        points=tuple(_point(case, state, point, posted) for point in state.points),
        answers=tuple(
            AnswerShown(
                _heading(answer.giver, earlier=answer.earlier),
                tuple(_found(one, HEADINGS[answer.giver][1]) for one in answer.points),
            )
            for answer in told
        ),
        promises=tuple(_promise(one, today) for one in promises_told.shown(session, case)),
    )


def _point(
    case: Case, state: Statement, point: Point, posted: Mapping[tuple[int, int], DisputeForm]
) -> PointShown:
    disputed = point.state is PointState.DISPUTED
    form = posted.get((case.part, point.number))
    if form is None and state.asks and not disputed:
        prefix = _prefix(case.part, point.number)
        form = DisputeForm(formdata=None, prefix=prefix, data={"mark": state.mark})
    elif form is not None:
        form.mark.data = state.mark
    agreed = point.state is PointState.AGREED
    return PointShown(point.number, point.text, point.dispute, disputed, agreed, form)


def _prefix(part: int, number: int) -> str:
    return f"point-{part}-{number}-"


def _heading(giver: Giver, *, earlier: bool) -> str:
    heading = worded(HEADINGS[giver][0])
    if not earlier:
        return heading
    return say("%(heading)s, before we changed how we deal with it", heading=heading)


def _found(one: OnePoint, found: Mapping[Finding, str]) -> FoundShown:
    said = SETTLED if one.resolved else found[one.finding or Finding.NO_FINDING]
    return FoundShown(one.point.number, one.point.text, worded(said), one.reasons)


def _promise(remedy: Remedy, today: date) -> PromiseShown:
    if remedy.state is RemedyState.NOT_ACCEPTED:
        said = say(
            "We were asked to do this. We will not do it. This is why: %(reasons)s",
            reasons=remedy.reasons,
        )
        return PromiseShown(remedy.text, said, (say("Not done"), "grey"))
    if remedy.state is RemedyState.GIVEN_UP:
        said = say(
            "We said that we would do this. We will not do it now. This is why: %(reasons)s",
            reasons=remedy.reasons,
        )
        return PromiseShown(remedy.text, said, (say("Not done"), "grey"))
    how = kept(remedy.due_on, remedy.done_on, today)
    tag, colour = TAGS[how]
    return PromiseShown(remedy.text, _kept_words(remedy, how), (worded(tag), colour))


TAGS: Mapping[Kept, tuple[str, str]] = {
    Kept.WAITING: (marked("To do"), "blue"),
    Kept.LATE: (marked("Late"), "red"),
    Kept.ON_TIME: (marked("Done"), "green"),
    Kept.DONE_LATE: (marked("Done late"), "orange"),
}


def _kept_words(remedy: Remedy, how: Kept) -> str:
    if how is Kept.WAITING:
        if remedy.due_on is None:
            return say("We will do this. There is no day for it yet.")
        return say("We will do this by %(day)s.", day=day_in_words(remedy.due_on))
    said = []
    if remedy.due_on is not None:
        by = day_in_words(remedy.due_on)
        said.append(say("We said that we would do this by %(day)s.", day=by))
    if how is Kept.LATE:
        said.append(say("We have not done it yet. We are sorry."))
    elif remedy.done_on is not None:
        said.append(say("We did it on %(day)s.", day=day_in_words(remedy.done_on)))
    if how is Kept.DONE_LATE:
        said.append(say("We were late. We are sorry."))
    return " ".join(said)
