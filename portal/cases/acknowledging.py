"""The acknowledgement: the officer's letter that states the complaint as understood.

It is not the automatic receipt. Under the Code the answer's clock counts from this letter, or from
the last day for it where the letter is late.
"""

from datetime import date

from sqlalchemy.orm import Session

from portal.cases import (
    drafted_points,
    gathering,
    happening,
    letter_days,
    others_told,
    plan_decisions,
    points,
    stages,
    typed_words,
)
from portal.cases.kinds import kind_label
from portal.correspondence import outbox
from portal.council import Council
from portal.errors import Refused
from portal.matter_rows import CASE_STAGES, EVENTS
from portal.procedures.clocks import StageEvents
from portal.procedures.facts import Given
from portal.procedures.procedure import STAGES, StageKey, StartEvent, Track
from portal.procedures.state import Doer, Event
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work


class AlreadyAcknowledged(Refused):
    """The letter has gone; a second one would be a second date."""

    message = (
        "This case has been acknowledged already. To add something, write to the person instead."
    )
    status = 409


class NothingStated(Refused):
    """An acknowledgement without the complaint in it is only another receipt."""

    message = "Write what you understand the complaint to be. Nothing was sent."


def first_stage(session: Session, case: Case) -> CaseStage:
    """The stage that a case opened with."""
    key = STAGES[gathering.track_for(case)][0].value
    return [stage for stage in CASE_STAGES.of(session, case.id) if stage.key == key][-1]


def date_to_state(
    council: Council, feedback: Feedback, case: Case, stage: CaseStage, on: date
) -> date:
    """The date that the letter will state: a letter sent on this day may bring it forward.

    Args:
        council: for the profile that the stage keeps.
        feedback: for its day of receipt.
        case: the case.
        stage: its first stage.
        on: the day of the letter.
    """
    if not _starts_clock(stage):
        return stage.due_on
    return _plan(council, feedback, case, stage, on).deadline.due


def acknowledge(work: Work, case: Case, text: str) -> OutboxLetter:
    """Send the officer's letter and count the corporate clock from it.

    Args:
        work: the open act.
        case: the case, not yet acknowledged.
        text: the complaint as the officer understands it.

    Returns:
        The letter: in the outbox, in the print queue, or withheld by the person's safe-contact
        rule. One that goes by post counts from the day on which it is posted.

    Raises:
        AlreadyAcknowledged: a letter went before.
        NothingStated: the text is empty.
        NamesSomebodyElse: it would tell the person of others whose matter is worked with theirs.
    """
    if is_written(work.session, case):
        raise AlreadyAcknowledged
    if not text.strip():
        raise NothingStated
    feedback = work.session.get_one(Feedback, case.feedback_id)
    stage = first_stage(work.session, case)
    given = Given(on=work.today, by=Doer.OFFICER, account_id=work.who.account_id)
    happened = happening.happen(work, case, Event.ACKNOWLEDGED, given)
    kind, facts = what_it_states(work.council, feedback, case, text, stage.due_on)
    letter = outbox.post(work, kind, feedback, facts, part=case.part)
    others_told.check(work.session, case, letter.body)
    work.session.flush()
    happened.letter_id = letter.id
    letter_days.wait_for_post(work, happened, letter)
    return letter


def drafted(session: Session, feedback: Feedback, case: Case) -> str:
    """Draft the complaint as understood: the points as an officer has drawn them up, else the
    person's own words cut into points and marked as theirs, without any sentence of ours that
    stands among them. It is read and changed before it goes.

    Args:
        session: any session.
        feedback: for the person's words and what they want.
        case: for its points.
    """
    drawn_up = [point.text for point in points.live(session, case)]
    if drawn_up:
        text = drafted_points.as_list(drawn_up)
    else:
        cut = drafted_points.draft(typed_words.typed(feedback))
        pieces = [f"“{' '.join(one.split())}”" for one in cut]
        # Who sent a voice note or a drawing wrote nothing that could be quoted.
        text = f"In your own words:\n\n{drafted_points.as_list(pieces)}" if pieces else ""
    wanted = " ".join((feedback.wanted or "").split())
    wish = f"What you would like to happen: “{wanted}”" if wanted else ""
    return "\n\n".join(part for part in (text, wish) if part)


def is_written(session: Session, case: Case) -> bool:
    """Whether the letter is there, sent or waiting to be posted."""
    if case.acknowledged_on is not None:
        return True
    return any(one.event is Event.ACKNOWLEDGED for one in EVENTS.of(session, case.id))


def what_it_states(
    council: Council, feedback: Feedback, case: Case, text: str, due_on: date
) -> tuple[LetterKind, dict[str, object]]:
    """The letter's kind and facts.

    Args:
        council: for the words of the procedure.
        feedback: tells whether it is about a decision for which there is a tribunal.
        case: a complaint about personal data is acknowledged under another law.
        text: the complaint as the officer understands it.
        due_on: the date of the answer.
    """
    facts: dict[str, object] = {"text": text.strip(), "due_on": due_on}
    if gathering.track_for(case) is Track.DATA_PROTECTION:
        return LetterKind.DATA_PROTECTION_ACKNOWLEDGED, facts
    facts["procedure_label"] = kind_label(council, case.category, case.procedure)
    facts["about_plan"] = plan_decisions.is_about_one(feedback)
    return LetterKind.ACKNOWLEDGEMENT, facts


def _starts_clock(stage: CaseStage) -> bool:
    """A date stays where it is unless the letter starts its clock: the statutory one counts from
    receipt whatever letters go."""
    return StartEvent(stage.starts) is StartEvent.ACKNOWLEDGED and stage.answered_on is None


def _plan(
    council: Council, feedback: Feedback, case: Case, stage: CaseStage, on: date
) -> stages.StagePlan:
    started = {
        StartEvent.RECEIVED: feedback.received_on,
        StartEvent.ACCEPTED: case.opened_on,
        StartEvent.ACKNOWLEDGED: on,
    }
    events = StageEvents(started=started, met={})
    profile = stages.profile_of(council, stage)
    return stages.plan_in(profile, StageKey(stage.key), events, council.calendar)
