"""Promises as the person learns of them: which they may see, and the letter when one is kept."""

from sqlalchemy.orm import Session

from portal.cases import answers, gathering, others_told, remedies
from portal.correspondence import outbox
from portal.procedures.finding import Giver
from portal.procedures.remedy import RemedyState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.remedy import Remedy
from portal.work import Work

ANSWERS = frozenset({Giver.SERVICE, Giver.ADJUDICATOR, Giver.COUNCIL, Giver.OMBUDSMAN})
"""With these givers' word a stage is answered, and what is promised at it is no draft any more."""


def answered_stages(session: Session, case: Case) -> frozenset[str]:
    """The keys of the stages of whose answer the person was told; of two stages of one key, before
    and after the other procedure took over, the later counts.

    Args:
        session: any session, flushed.
        case: the case.
    """
    told = {stage for stage, giver in answers.told(session, case) if giver in ANSWERS}
    latest = gathering.latest_stages(session, case)
    return frozenset(key for key, stage_id in latest.items() if stage_id in told)


def shown(session: Session, case: Case) -> list[Remedy]:
    """What a person may see of the promises in their case: none before the answer that makes it,
    and nothing that nobody has said yes or no to.

    Args:
        session: any session, flushed.
        case: their case.
    """
    answered = answered_stages(session, case)
    return [
        remedy
        for remedy in remedies.of_case(session, case)
        if remedy.shown_to_person
        and remedy.state is not RemedyState.PROPOSED
        and remedy.stage_key in answered
    ]


def tell_done(work: Work, case: Case, remedy: Remedy) -> OutboxLetter | None:
    """Write to the person that something promised is done.

    Args:
        work: the open act in which it was recorded as done.
        case, remedy: the remedy and its case.

    Returns:
        The letter; None where the person does not see this promise, so that no letter tells them
        of an answer that they do not have.

    Raises:
        NamesSomebodyElse: it would tell the person of others whose matter is worked with theirs.
    """
    work.session.flush()
    if remedy.id not in {one.id for one in shown(work.session, case)} or remedy.done_on is None:
        return None
    feedback = work.session.get_one(Feedback, case.feedback_id)
    facts: dict[str, object] = {"text": remedy.text, "done_on": remedy.done_on}
    if remedy.due_on is not None:
        facts["due_on"] = remedy.due_on
    letter = outbox.post(work, LetterKind.PROMISE_DONE, feedback, facts, part=case.part)
    others_told.check(work.session, case, letter.body)
    return letter
