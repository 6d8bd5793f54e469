"""Answering the parts of a matter by one letter, while the shorter of their times runs.

Each part is answered by its own event, with its own date; only the letter is one.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import at_hand
from portal.cases import event_facts, gathering, happening, others_told, parting
from portal.cases.kinds import kind_label
from portal.correspondence import letters, outbox
from portal.correspondence.letters import WrittenLetter
from portal.council import Council
from portal.errors import Refused
from portal.procedures.facts import Given
from portal.procedures.joint_answer import ANSWERED_IN, SENTENCES, Apart, PartFacts, apart
from portal.procedures.state import Doer, Event
from portal.procedures.transitions import transition, unmet
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work


class LetterEach(Refused):
    """One letter would make somebody wait, or say too little."""

    title = "These parts need a letter each"
    status = 409

    def __init__(self, reasons: tuple[Apart, ...]) -> None:
        """Keep the reasons, and say them."""
        self.reasons = reasons
        super().__init__(" ".join(SENTENCES[reason] for reason in reasons))


@dataclass(frozen=True)
class Answered:
    """One part with the event that answered it."""

    case: Case
    event: CaseEvent


def apart_why(
    session: Session, council: Council, feedback: Feedback, today: date
) -> tuple[Apart, ...]:
    """Say why the parts of a matter cannot be answered by one letter today.

    Args:
        session: any session, flushed.
        council: for stages and timescales.
        feedback: the matter.
        today: the day of the letter.
    """
    found = parting.parts(session, feedback)
    return apart([_facts(session, council, case, today) for case in found], today)


def answer(work: Work, feedback: Feedback, account_id: int, on: date) -> list[Answered]:
    """Answer every part that waits for the service. The letter is `preview`'s or `send`'s.

    Args:
        work: the open act.
        feedback: the matter.
        account_id: who answers.
        on: the day of the letter.

    Raises:
        LetterEach: the parts cannot be answered by one letter on that day.
        CannotHappen, NotYet: as `happen` says.
    """
    found = parting.parts(work.session, feedback)
    for case in found:
        at_hand.hold(work.session, case)
    if reasons := apart_why(work.session, work.council, feedback, on):
        raise LetterEach(reasons)
    given = Given(on=on, by=Doer.OFFICER, account_id=account_id)
    return [
        Answered(case, happening.happen(work, case, Event.ANSWERED, given))
        for case in found
        if case.procedure_state in ANSWERED_IN
    ]


def preview(work: Work, feedback: Feedback, answered: list[Answered]) -> WrittenLetter:
    """Write the letter of parts that were answered in this act, and send nothing."""
    written = letters.preview(work, LetterKind.JOINT_ANSWER, feedback, _in_words(work, answered))
    _check(work, answered, written.body)
    return written


def send(
    work: Work, feedback: Feedback, answered: list[Answered], body: str | None = None
) -> OutboxLetter:
    """Put the one letter into the outbox and tie it to each part's event.

    Args:
        work: the open act.
        feedback: the matter.
        answered: its parts, as `answer` gives them.
        body: the letter as the officer left it; None to send it as written.

    Raises:
        NamesSomebodyElse: it would tell the person of others whose matter is worked with theirs.
    """
    facts = _in_words(work, answered)
    letter = outbox.post(work, LetterKind.JOINT_ANSWER, feedback, facts)
    _check(work, answered, letter.body)
    if body is not None and body.strip():
        letter.body = body.strip() + "\n"
        _check(work, answered, letter.body)
    work.session.flush()
    for one in answered:
        one.event.letter_id = letter.id
    return letter


def _check(work: Work, answered: list[Answered], body: str) -> None:
    for one in answered:
        others_told.check(work.session, one.case, body)


def _in_words(work: Work, answered: list[Answered]) -> dict[str, object]:
    return {
        "answers": [
            {
                **event_facts.facts_for(work, LetterKind.ANSWER, one.case, one.event),
                "procedure_label": kind_label(work.council, one.case.category, one.case.procedure),
            }
            for one in answered
        ]
    }


def _facts(session: Session, council: Council, case: Case, today: date) -> PartFacts:
    facts = gathering.facts_of(session, council, case, today)
    cell = transition(facts.track, facts.state, Event.ANSWERED, facts.stage)
    given = Given(on=today, by=Doer.OFFICER)
    due_on = gathering.current_stage(session, case).due_on
    # A joined part is answered in words of its own, so it is never ready for a letter of several.
    return PartFacts(
        state=case.procedure_state,
        due_on=due_on,
        ready=cell is not None and not unmet(cell, facts, given),
    )
