"""The officer's letter: it starts the Code's clock, never the statutory one, and goes once."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal import bank_holidays
from portal.cases import acknowledging, stages, typed_words
from portal.cases.acknowledging import AlreadyAcknowledged, NothingStated
from portal.council import load_council
from portal.procedures.procedure import StartEvent, Track
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.procedures.working_days import Unit, after
from portal.records.case import Case, CaseStage
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.triage import deciding
from portal.work import Work
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

COUNCIL = load_council("staffordshire")
RECEIVED, OPENED = date(2026, 4, 1), date(2026, 4, 1)


def _opened(work: Work, procedure: ProcedureCode, **said: object) -> tuple[Case, CaseStage]:
    acting(work, an_officer(work), OPENED)
    feedback = a_feedback(work, received=RECEIVED, **said)
    deciding.confirm(work, feedback, a_choice(procedure=procedure, team=Team.SEND))
    return work.session.scalars(select(Case)).one(), work.session.scalars(select(CaseStage)).one()


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (date(2026, 4, 1), date(2026, 4, 17)),
        (date(2026, 4, 10), date(2026, 4, 24)),
        # Late: the clock has counted from day 5, so lateness earns no time.
        (date(2026, 4, 20), date(2026, 4, 24)),
    ],
)
def test_the_codes_answer_counts_from_the_letter_or_day_5(
    work: Work, written: date, due: date
) -> None:
    case, stage = _opened(work, ProcedureCode.CORPORATE)
    assert (stage.due_on, stage.start_on) == (date(2026, 4, 24), date(2026, 4, 10))
    work.today = written
    letter = acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    assert (stage.due_on, case.acknowledged_on) == (due, written)
    assert stage.first_due_on == date(2026, 4, 24), "the first date is never rewritten"
    [moved] = stage.working["recalculations"]
    assert (moved["due_before"], moved["due_after"]) == ("2026-04-24", due.isoformat())
    assert letter.kind is LetterKind.ACKNOWLEDGEMENT
    assert "1. Nobody rang back." in letter.body
    assert f"{due.day} April 2026" in letter.body


def test_the_statutory_date_does_not_move(work: Work) -> None:
    case, stage = _opened(work, ProcedureCode.STATUTORY)
    before = stage.due_on
    work.today = date(2026, 4, 9)
    acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    assert stage.due_on == before
    assert stage.working["recalculations"] == []


def test_it_goes_once_and_says_something(work: Work) -> None:
    case, _ = _opened(work, ProcedureCode.CORPORATE)
    with pytest.raises(NothingStated):
        acknowledging.acknowledge(work, case, " \n ")
    assert case.acknowledged_on is None
    acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    with pytest.raises(AlreadyAcknowledged):
        acknowledging.acknowledge(work, case, "Again.")
    kinds = work.session.scalars(select(OutboxLetter.kind)).all()
    assert kinds.count(LetterKind.ACKNOWLEDGEMENT) == 1


@pytest.mark.parametrize(
    ("story", "door", "wanted", "drafted"),
    [
        (typed_words.NO_WORDS, Door.YOUNG_PEOPLE, None, ""),
        (
            typed_words.EARLIER[0],
            Door.EVERYONE,
            "A new bag.",
            "What you would like to happen: “A new bag.”",
        ),
        (
            f"They lost my bag and coat.\n\n{typed_words.ADDED}\nSam has asked for it twice."
            f"\n\n{typed_words.NOT_READ}",
            Door.ADVOCATES,
            None,
            "In your own words:\n\n1. “They lost my bag and coat.”\n"
            "2. “Sam has asked for it twice.”",
        ),
    ],
)
def test_the_draft_quotes_no_sentence_of_ours(
    work: Work, story: str, door: Door, wanted: str | None, drafted: str
) -> None:
    said = {"story": story, "door": door, "wanted": wanted}
    case, _ = _opened(work, ProcedureCode.CORPORATE, **said)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    assert acknowledging.drafted(work.session, feedback, case) == drafted


def test_where_no_email_may_go_it_is_withheld(work: Work) -> None:
    case, _ = _opened(work, ProcedureCode.CORPORATE, contact_way=ContactWay.PORTAL_ONLY)
    letter = acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    assert letter.state is LetterState.WITHHELD


@settings(max_examples=60)
@given(received=st.dates(date(2026, 4, 1), date(2027, 10, 1)), days=st.integers(0, 40))
def test_a_letter_never_moves_the_date_back(received: date, days: int) -> None:
    calendar = bank_holidays.bundled()
    written = received if days == 0 else after(received, days, Unit.DAYS, calendar).due
    opening_events = {StartEvent.RECEIVED: received}
    before = stages.plan(COUNCIL, Track.CORPORATE, opening_events, received)
    with_letter = {**opening_events, StartEvent.ACKNOWLEDGED: written}
    now = stages.plan(COUNCIL, Track.CORPORATE, with_letter, received)
    assert now.deadline.due <= before.deadline.due
    assert now.deadline.start == min(written, before.deadline.start)
