"""How it went: the person's answer to one question, at the end, and each advocate's beside it.

Neither takes the place of the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import parting
from portal.cases.progress import progress
from portal.errors import Refused
from portal.marking import marked
from portal.matter_rows import ACCOUNT, EXPERIENCES
from portal.records.experience import Experience, Experienced
from portal.records.feedback import Feedback
from portal.work import Work


class NotOver(Refused):
    """An advocate says how it went before anything has ended."""

    message = marked("This is not over yet. You can say how it went when it is.")
    status = 409


class SaidBefore(Refused):
    """An advocate says something else than before."""

    message = marked(
        "You told us before how it went, and what you said then stays. You can still write to us."
    )
    status = 409


@dataclass(frozen=True)
class Told:
    """One answer, with the advocate's name where it is an advocate's."""

    experience: Experience
    advocate: str | None


def say(work: Work, feedback: Feedback, code: Experienced, words: str = "") -> None:
    """Keep the person's answer; the same one twice is one.

    Args:
        work: the open act.
        feedback: the matter.
        code: the answer.
        words: what they add; they need add nothing.
    """
    before = latest(work.session, feedback.id)
    said = words.strip() or None
    if before is not None and (before.code, before.words) == (code, said):
        return
    work.session.add(Experience(feedback_id=feedback.id, code=code, words=said, said_at=work.now))
    audit.note(work, "experience_said", feedback)


def say_as_advocate(
    work: Work, feedback: Feedback, account_id: int, code: Experienced, words: str = ""
) -> None:
    """Keep an advocate's own view; the same one twice is one.

    Args:
        work: the open act.
        feedback: the matter, in which the advocate may speak for the person.
        account_id: the advocate.
        code: the answer.
        words: what they add; they need add nothing.

    Raises:
        SaidBefore: they have said something else.
        NotOver: every part that is open to them goes on.
    """
    # Whoever presses twice waits here for the first.
    work.session.refresh(feedback, with_for_update=True)
    before = of_advocate(work.session, feedback.id, account_id)
    said = words.strip() or None
    if before is not None:
        if (before.code, before.words) != (code, said):
            raise SaidBefore
        return
    if not _is_over_for_advocates(work, feedback):
        raise NotOver
    work.session.add(
        Experience(
            feedback_id=feedback.id,
            code=code,
            words=said,
            said_at=work.now,
            advocate_id=account_id,
        )
    )
    audit.note(work, "advocate_experience_said", feedback)


def latest(session: Session, feedback_id: int) -> Experience | None:
    """The person's answer that counts; None where they have not said."""
    return own(told(session, feedback_id))


def of_advocate(session: Session, feedback_id: int, account_id: int) -> Experience | None:
    """What one advocate said; None where they have not."""
    said = EXPERIENCES.of(session, feedback_id)
    return next((one for one in said if one.advocate_id == account_id), None)


def told(session: Session, feedback_id: int) -> list[Told]:
    """Every answer of a matter with who gave it, the oldest first."""
    said = EXPERIENCES.of(session, feedback_id)
    return [Told(one, _name(session, one.advocate_id)) for one in said]


def own(answers: Sequence[Told]) -> Experience | None:
    """Of a matter's answers, the person's that counts."""
    theirs = [one.experience for one in answers if one.experience.advocate_id is None]
    return theirs[-1] if theirs else None


def advocates(answers: Sequence[Told]) -> list[Told]:
    """Of a matter's answers, those of advocates."""
    return [one for one in answers if one.experience.advocate_id is not None]


def _name(session: Session, account_id: int | None) -> str | None:
    account = ACCOUNT.first(session, account_id) if account_id is not None else None
    return account.name if account is not None else None


def _is_over_for_advocates(work: Work, feedback: Feedback) -> bool:
    parts = parting.parts(work.session, feedback)
    numbers = [case.part for case in parts if not case.other_child] if parts else [1]
    return any(
        progress(work.session, work.council, feedback, work.today, number).is_over
        for number in numbers
    )
