"""The letter that goes with an event: which kind, and when it is written.

Written after the event in the same act, so that every date in it is the one that is kept. An
officer reads it first: the page lets it happen, writes the letter, and takes both back.
"""

from collections.abc import Mapping

from portal.cases import event_facts, gathering, letter_days, others_told, part_facts
from portal.correspondence import letters, outbox
from portal.correspondence.letters import WrittenLetter
from portal.procedures.procedure import Track
from portal.procedures.state import Event
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work

KINDS: Mapping[Event, LetterKind] = {
    Event.EXTENDED: LetterKind.EXTENSION,
    Event.PAUSED: LetterKind.PAUSE,
    Event.RESUMED: LetterKind.PAUSE,
    Event.MEETING_OFFERED: LetterKind.MEETING,
    Event.ANSWERED: LetterKind.ANSWER,
    Event.RESOLVED: LetterKind.ANSWER,
    Event.ADJUDICATED: LetterKind.ANSWER,
    Event.PANEL_ANSWERED: LetterKind.ANSWER,
    Event.LAPSE_TOLD: LetterKind.LAPSE,
    Event.NEXT_STAGE_ASKED: LetterKind.NEXT_STAGE,
    Event.STAGE_1_SKIPPED: LetterKind.NEXT_STAGE,
    Event.NEXT_STAGE_ASKED_EARLY: LetterKind.NEXT_STAGE_EARLY,
    Event.NEXT_STAGE_REFUSED: LetterKind.NEXT_STAGE_DECLINED,
    Event.REQUEST_ACKNOWLEDGED: LetterKind.REQUEST_ACKNOWLEDGED,
    Event.REROUTED: LetterKind.REROUTED,
    Event.SPLIT: LetterKind.PARTS,
    Event.PART_REDIRECTED: LetterKind.PART_REDIRECTED,
    Event.DUPLICATE_CLOSED: LetterKind.LINKED,
    Event.POINTS_SENT: LetterKind.POINTS_TO_AGREE,
    Event.STATEMENT_SENT: LetterKind.STATEMENT,
    Event.INVESTIGATOR_APPOINTED: LetterKind.APPOINTED,
    Event.INDEPENDENT_PERSON_APPOINTED: LetterKind.APPOINTED,
    Event.REVIEWER_APPOINTED: LetterKind.APPOINTED,
    Event.PAPERS_SENT: LetterKind.PANEL_PAPERS,
    Event.EARLY_REFERRAL: LetterKind.EARLY_REFERRAL,
    Event.PART_NOT_CONSIDERED: LetterKind.NOT_CONSIDERED,
    Event.NOT_CONSIDERED: LetterKind.NOT_CONSIDERED,
    Event.WITHDRAWN: LetterKind.WITHDRAWN,
    Event.CONCLUDED: LetterKind.CONCLUDED,
}
"""What the person is told. Events between offices, such as the Ombudsman's, send them nothing."""


OF_TRACK: Mapping[tuple[Track, Event], LetterKind] = {
    (Track.MP_ENQUIRY, Event.ANSWERED): LetterKind.ENQUIRY_ANSWER,
    (Track.MEMBER_ENQUIRY, Event.ANSWERED): LetterKind.ENQUIRY_ANSWER,
    (Track.DATA_PROTECTION, Event.ANSWERED): LetterKind.DATA_PROTECTION_ANSWER,
}
"""What cases of their kind send instead: they have neither points nor a next stage."""


def has_letter(event: Event) -> bool:
    """Whether an event tells the person something."""
    return event in KINDS


def preview(work: Work, case: Case, row: CaseEvent) -> WrittenLetter | None:
    """Write the letter of an event that has happened in this act, and send nothing.

    Args:
        work: the open act.
        case: the case.
        row: the event.

    Returns:
        The letter; None where the event has none.

    Raises:
        NamesSomebodyElse: it would tell the person of others whose matter is worked with theirs.
    """
    if row.event not in KINDS:
        return None
    feedback = work.session.get_one(Feedback, case.feedback_id)
    kind = _kind_of(case, row)
    written = letters.preview(work, kind, feedback, _facts(work, kind, case, row))
    others_told.check(work.session, case, written.body)
    return written


def send(
    work: Work, case: Case, row: CaseEvent, body: str | None = None, *, automatic: bool = False
) -> OutboxLetter | None:
    """Put the letter of an event into the outbox and tie it to the event.

    Args:
        work: the open act.
        case: the case.
        row: the event.
        body: the letter as the officer left it; None to send it as written.
        automatic: no officer has read it.

    Returns:
        The letter; None where the event has none.

    Raises:
        NamesSomebodyElse: it would tell the person of others whose matter is worked with theirs.
    """
    if row.event not in KINDS:
        return None
    feedback, kind = work.session.get_one(Feedback, case.feedback_id), _kind_of(case, row)
    facts = _facts(work, kind, case, row)
    part = None if kind is LetterKind.PARTS else case.part
    letter = outbox.post(work, kind, feedback, facts, automatic=automatic, part=part)
    if not automatic:
        # What it was written from is read at /track as well, so changing the letter is not enough.
        others_told.check(work.session, case, letter.body)
    if body is not None and body.strip():
        letter.body = body.strip() + "\n"
        others_told.check(work.session, case, letter.body)
    work.session.flush()
    row.letter_id = letter.id
    letter_days.wait_for_post(work, row, letter)
    return letter


def _kind_of(case: Case, row: CaseEvent) -> LetterKind:
    return OF_TRACK.get((gathering.track_for(case), row.event)) or KINDS[row.event]


def _facts(work: Work, kind: LetterKind, case: Case, row: CaseEvent) -> dict[str, object]:
    if kind in part_facts.FACTS:
        return part_facts.facts_for(work, kind, case, row)
    return event_facts.facts_for(work, kind, case, row)
