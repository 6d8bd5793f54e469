"""A manager's draft answer: written, checked for what is missing, sent to be signed, sent back once
or signed. What is signed is what the letter of the answer is written from."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal import audit
from portal.cases import (
    event_facts,
    event_letters,
    event_words,
    gathering,
    happening,
    joining,
    remedies,
)
from portal.cases.acting import signed_in_id
from portal.cases.draft_standing import changed_since, find
from portal.cases.happening import CannotHappen, NotYet
from portal.cases.points import ChangedMeanwhile, lock
from portal.cases.trying_out import tried_out
from portal.correspondence.letters import WrittenLetter
from portal.errors import Refused
from portal.procedures.answer_check import Action, Gap, Letter, gaps
from portal.procedures.completeness import GIVER_IN
from portal.procedures.facts import Given
from portal.procedures.finding import Giver
from portal.procedures.guard import Guard
from portal.procedures.procedure import StageKey, Track
from portal.procedures.remedy import RemedyState
from portal.procedures.state import Doer, Event, State
from portal.procedures.transitions import sentences
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case import Case, CaseStage
from portal.wording import day_in
from portal.work import Work

COMPLAINTS = (Track.STATUTORY, Track.CORPORATE)
ANSWERS = frozenset({Event.ANSWERED, Event.RESOLVED})
LONGEST_WORDS = 10_000


class NotDraftedHere(Refused):
    """Where the case stands, or by what it runs, no answer is drafted point by point."""

    title = "No answer is drafted here"
    message = (
        "No answer to a complaint is being written here now, or it is written at a lead case."
        " Look at the case again. Nothing was changed."
    )
    status = 409


class Incomplete(Refused):
    """Something is missing that an answer must have."""

    message = "Something is missing. Add what the list at the top names, then send it again."
    status = 409


@dataclass(frozen=True)
class Checked:
    """A draft as it stands: what is missing, and the letter as it would go, where it can be
    written. `first` are sentences of what else must come first."""

    gaps: tuple[Gap, ...]
    letter: WrittenLetter | None
    first: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether it may be sent to be signed."""
        return not self.gaps and not self.first and self.letter is not None


def is_drafted(session: Session, case: Case) -> bool:
    """Whether an answer is drafted where the case stands."""
    if gathering.track_for(case) not in COMPLAINTS:
        return False
    stage = gathering.current_stage(session, case)
    service = GIVER_IN.get(case.procedure_state) is Giver.SERVICE
    return service and joining.joined_to(session, case, stage) is None


def answers_with(session: Session, case: Case) -> Event:
    """With which event the answer goes: settled where the person agreed that each point is."""
    if case.procedure_state is not State.ANSWERING:
        return Event.ANSWERED
    live = [point for point in gathering.points_of(session, case) if point.live]
    key = (StageKey(case.stage_key), Giver.SERVICE)
    settled = [found.resolved for p in live if (found := p.findings.get(key)) is not None]
    all_settled = bool(live) and len(settled) == len(live) and all(settled)
    return Event.RESOLVED if all_settled else Event.ANSWERED


def check(work: Work, case: Case) -> Checked:
    """Say what is missing, and write the letter as it would go: it happens, the letter is written,
    and both are taken back.

    Args:
        work: the open act; nothing of it stays.
        case: a case whose answer is drafted.
    """
    stage = gathering.current_stage(work.session, case)
    first: tuple[str, ...] = ()
    letter, said = None, None
    try:
        with tried_out(work):
            letter = _letter(work, case, stage)
            said = _said(work, stage, letter) if letter is not None else None
    except NotYet as refused:
        first = _not_of_points(refused)
    except Refused as refused:
        first = (refused.message,)
    draft = find(work.session, stage)
    promised = remedies.of_case(work.session, case)
    actions = [
        Action(
            one.public_id,
            owned=one.owner_id is not None,
            dated=one.due_on is not None or one.base_event is not None
            or one.after_remedy_id is not None,
        )
        for one in promised
        if one.state is RemedyState.PROMISED and one.stage_key == stage.key
    ]  # fmt: skip
    sorry = bool(draft is not None and draft.apology) or remedies.promises_apology(promised)
    points = gathering.points_of(work.session, case)
    return Checked(gaps(points, StageKey(stage.key), actions, sorry, said), letter, first)


def write(work: Work, case: Case, opening: str, apology: str, version: int) -> AnswerDraft:
    """Keep the words with which the answer begins, and those that say sorry.

    Args:
        work: the open act.
        case: a case whose answer is drafted.
        opening, apology: for the person to read; either may be empty.
        version: which version was seen, 0 for none.

    Raises:
        NotDraftedHere: no answer is drafted there.
        ChangedMeanwhile: a colleague has written since.
    """
    stage = _drafted_stage(work, case)
    draft = find(work.session, stage)
    if version != (draft.version if draft is not None else 0):
        raise ChangedMeanwhile
    words = tuple(text.replace("\r\n", "\n").strip() or None for text in (opening, apology))
    if draft is None:
        draft = AnswerDraft(
            case_id=case.id, stage_id=stage.id, written_at=work.now,
            written_by_id=signed_in_id(work),
        )  # fmt: skip
        work.session.add(draft)
    elif (draft.opening, draft.apology) == words:
        return draft
    draft.opening, draft.apology = words
    draft.written_at, draft.written_by_id = work.now, signed_in_id(work)
    mends = draft.state is DraftState.WAITING and draft.sent_by_id != work.who.account_id
    if draft.state is DraftState.SIGNED or (draft.state is DraftState.WAITING and not mends):
        # What was signed or lies with somebody is not what stands there any more.
        draft.state = DraftState.WRITTEN
    audit.note(work, "answer_drafted", case, ["opening", "apology"])
    return draft


def drafted(work: Work, case: Case) -> AnswerDraft:
    """The draft of a case's answer, an empty one where nobody has begun.

    Raises:
        NotDraftedHere: no answer is drafted there.
    """
    stage = _drafted_stage(work, case)
    found = find(work.session, stage)
    return found if found is not None else write(work, case, "", "", 0)


def is_signed(session: Session, case: Case) -> bool:
    """Whether the draft of the present stage is signed, and unchanged since."""
    draft = find(session, gathering.current_stage(session, case))
    if draft is None or draft.state is not DraftState.SIGNED:
        return False
    return not changed_since(session, draft)


def _drafted_stage(work: Work, case: Case) -> CaseStage:
    lock(work, case)
    if not is_drafted(work.session, case):
        raise NotDraftedHere
    return gathering.current_stage(work.session, case)


def _letter(work: Work, case: Case, stage: CaseStage) -> WrittenLetter | None:
    draft = find(work.session, stage)
    if draft is not None:
        # As if it were signed: the same act takes it back.
        draft.state, draft.signed_at = DraftState.SIGNED, work.now
    event = answers_with(work.session, case)
    given = Given(on=work.today, by=Doer.MANAGER, account_id=work.who.account_id)
    try:
        row = happening.happen(work, case, event, given)
    except CannotHappen:
        raise NotDraftedHere from None
    return event_letters.preview(work, case, row)


def _not_of_points(refused: NotYet) -> tuple[str, ...]:
    """What else must come first: what points lack stands in the list already."""
    of_points = {Guard.EVERY_POINT_ANSWERED, Guard.EVERY_POINT_RESOLVED}
    return tuple(sentences(tuple(one for one in refused.guards if one not in of_points)))


def _said(work: Work, stage: CaseStage, letter: WrittenLetter) -> Letter:
    """What the letter says of how to go on. Read from its words: a council may have its own."""
    ask_by = event_facts.ask_by(work.session, stage)
    return Letter(
        next_step=any(letter.says(step) for step in event_words.STEPS),
        ask_by=ask_by is None or day_in(ask_by, letter.language) in letter.body,
        ombudsman=letter.says(work.council.ombudsman.name),
    )
