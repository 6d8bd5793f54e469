"""The one writer of where a case stands: something happens, by the declared table, or it does not.

Every change of state in every procedure goes through `happen`: it asks the table and the guards,
opens and ends stages, counts the clocks anew, and leaves the event, the audit row and the letter
in one act.
"""

from collections.abc import Mapping
from typing import Any

from portal import at_hand, audit
from portal.cases import (
    appointing,
    counting,
    effects,
    gathering,
    given_work_ends,
    remedy_dates,
)
from portal.cases.opening import PROCEDURES, open_stage
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.marking import marked
from portal.procedures.facts import Facts, Given
from portal.procedures.guard import Guard
from portal.procedures.procedure import (
    ANSWER_CLOCKS,
    ClockKey,
    StageKey,
)
from portal.procedures.state import ANSWER_GIVEN, OVER, Event
from portal.procedures.transitions import (
    Transition,
    sentences,
    state_after,
    transition,
    unmet,
)
from portal.records.case import Case, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.wording import worded
from portal.work import Work

WAITING_FOR_PROCEEDINGS = frozenset({Event.NOT_CONSIDERED, Event.PART_NOT_CONSIDERED})


class CannotHappen(Refused):
    """It does not belong where the case stands, or is not this person's to do."""

    title = marked("This cannot be done now")
    message = marked(
        "The case does not stand where this can be done. Somebody may have been quicker: look at "
        "the case again. Nothing was changed."
    )
    status = 409


class NotYet(Refused):
    """It belongs here, but something must come first."""

    title = marked("Something has to come first")

    def __init__(self, guards: tuple[Guard, ...]) -> None:
        """Keep the guards for the page, and say what to do about them."""
        self.guards = guards
        super().__init__(" ".join(worded(sentence) for sentence in sentences(guards)))


def happen(
    work: Work,
    case: Case,
    event: Event,
    given: Given,
    details: Mapping[str, Any] | None = None,
    letter_id: int | None = None,
) -> CaseEvent:
    """Let something happen to a case, all of it or nothing.

    Args:
        work: the open act.
        case: the case. It is read anew, so that of two at once the second sees what the first did.
        event: what happens.
        given: its day, its doer and what was filled in.
        details: codes, keys and dates to keep with it besides what `given` holds.
        letter_id: the letter that goes with it.

    Returns:
        The event as it is kept.

    Raises:
        CannotHappen: the table has no such cell, or not for this doer.
        NotYet: a guard does not hold.
        NoTimescalesThen: it opens a stage for which the council promises nothing.
    """
    work.session.flush()
    at_hand.hold(work.session, case)
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    cell = _cell(facts, event, given)
    present = gathering.current_stage(work.session, case)
    stage = _stage_for(work, case, present, facts, cell, given)
    row = _event(work, case, stage, facts, cell, given, dict(details or {}))
    row.letter_id = letter_id
    work.session.add(row)
    case.procedure_state = row.to_state
    effects.carry_out(work, case, stage, row, given)
    _settle(work, case, facts, stage, row)
    if stage.answered_on is not None or stage.ended_on is not None:
        appointing.close_with(work, case, stage)
    if stage.key != present.key or row.to_state in OVER:
        given_work_ends.end_with(work, case, over=row.to_state in OVER)
    remedy_dates.date_those_from(work, case, row)
    if stage is not present:
        # What opened the new stage meets the person's window of the one before.
        counting.recount(work, case, present, event.value)
    counting.recount(work, case, stage, event.value)
    audit.note(work, f"case_{event.value}", case)
    return row


def _event(
    work: Work,
    case: Case,
    stage: CaseStage,
    facts: Facts,
    cell: Transition,
    given: Given,
    details: dict[str, Any],
) -> CaseEvent:
    return CaseEvent(
        public_id=make_public_id(),
        case_id=case.id,
        stage_id=stage.id,
        event=cell.event,
        on=given.on,
        recorded_at=work.now,
        by=given.by,
        account_id=given.account_id,
        from_state=facts.state,
        to_state=state_after(cell, facts),
        reason=given.reason,
        words=_words(cell.event, given) or None,
        details={**_details(facts, cell, given), **details},
    )


def check(work: Work, case: Case, event: Event, given: Given) -> tuple[Guard, ...]:
    """The guards that would refuse it; none when it may happen.

    Raises:
        CannotHappen: the table has no such cell, or not for this doer.
    """
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    cell = transition(facts.track, facts.state, event, facts.stage)
    if cell is None or given.by not in cell.doers:
        raise CannotHappen
    return unmet(cell, facts, given)


def _cell(facts: Facts, event: Event, given: Given) -> Transition:
    cell = transition(facts.track, facts.state, event, facts.stage)
    if cell is None or given.by not in cell.doers:
        raise CannotHappen
    if missing := unmet(cell, facts, given):
        raise NotYet(missing)
    return cell


def _stage_for(
    work: Work, case: Case, present: CaseStage, facts: Facts, cell: Transition, given: Given
) -> CaseStage:
    """The stage that the event belongs to: the present one, or the one that it opens."""
    if cell.opens and facts.next_stage is not None:
        opened = open_stage(work, case, facts.track, facts.next_stage, given.on)
    elif cell.event is Event.REROUTED and given.track is not None:
        opened = open_stage(work, case, given.track, StageKey.STAGE_1, given.on)
        case.procedure, case.chosen_track = PROCEDURES[given.track], None
    else:
        return present
    # Nothing is written before the new stage is known to have timescales.
    if present.answered_on is None:
        present.ended_on = given.on
    return opened


def _settle(work: Work, case: Case, facts: Facts, stage: CaseStage, row: CaseEvent) -> None:
    """Close what the new state closes, and open what it opens again."""
    if row.event is Event.NEXT_STAGE_REFUSED:
        # The case is where it was before it was asked, and the person may ask again.
        stages_here = work.council.stages_of(facts.track)
        stage.ended_on = row.on
        case.stage_key = stages_here[stages_here.index(facts.stage) - 1].value
    elif row.to_state in ANSWER_GIVEN and row.from_state not in ANSWER_GIVEN:
        stage.answered_on = row.on
    elif row.event is Event.ANSWERED:
        # An answer that ends its case is an answer all the same.
        stage.answered_on = row.on
    if row.to_state in OVER:
        if stage.answered_on is None and stage.ended_on is None:
            stage.ended_on = row.on
        case.state, case.closed_at = CaseState.CLOSED, work.now
    elif case.state is CaseState.CLOSED:
        case.state, case.closed_at = CaseState.OPEN, None


def _words(event: Event, given: Given) -> str:
    if event in WAITING_FOR_PROCEEDINGS:
        # Which proceedings, then why it might prejudice them: the letter states both.
        return f"{given.proceedings.strip()}\n\n{given.prejudice.strip()}"
    if event is Event.WITHDRAWN and given.talked_with.strip():
        return "\n\n".join(
            part for part in (given.talked_with.strip(), given.words.strip()) if part
        )
    return given.words.strip()


def _details(facts: Facts, cell: Transition, given: Given) -> dict[str, Any]:
    """What was given that is neither words nor a column, as plain values."""
    found: dict[str, Any] = {}
    if given.agreed_by_person or given.agreed_by_council:
        ticked = (("person", given.agreed_by_person), ("council", given.agreed_by_council))
        found["agreed_by"] = [who for who, agreed in ticked if agreed]
    if state_after(cell, facts) in OVER and facts.promises_open:
        # A person may withdraw while something is promised to them: it is still owed.
        found["promises_open"] = facts.promises_open
    if given.new_date is not None and cell.event in WAITING_FOR_PROCEEDINGS:
        found["resubmit_by"] = given.new_date.isoformat()
    elif given.new_date is not None:
        found["new_date"] = given.new_date.isoformat()
        found["clock"] = _clock_of(facts).value
    if given.track is not None:
        found["from_track"], found["to_track"] = facts.track.value, given.track.value
    if given.second_officer_id is not None:
        found["second_officer_id"] = given.second_officer_id
    if given.team is not None:
        found["team"] = given.team.value
    if facts.joined_to is not None and cell.event is Event.ANSWERED:
        # What was found stands with the lead: nothing that was drafted here is told.
        found["with_lead"] = True
    if given.points:
        found["points"] = sorted(given.points)
    if given.conditions:
        found["conditions"] = sorted(given.conditions)
    return found


def _clock_of(facts: Facts) -> ClockKey:
    """The clock whose date an event moves or names: the stage's own."""
    return ANSWER_CLOCKS[facts.track, facts.stage][0]
