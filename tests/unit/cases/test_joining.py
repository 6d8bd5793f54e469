"""Joined cases: worked once, answered to each person alone, and nothing of one told to another."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.cases import answers, consent, event_letters, findings, gathering, joining, points
from portal.cases.happening import NotYet
from portal.cases.others_told import NamesSomebodyElse
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.guard import Guard
from portal.procedures.matter import Consent
from portal.procedures.state import Event, State
from portal.procedures.vocabulary import ProcedureCode
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.joined_case import JoinedCase
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, Who, Work, begin_work
from tests.conftest import settings_for
from tests.unit.cases.parted_world import (
    MP_STORY,
    PARENT,
    PARENT_STORY,
    a_case,
    find_on,
    happens,
    join,
    parent_and_mp,
)

ANSWER = "The taxi should not have been stopped. It comes again from Monday."


def reference(work: Work, case: Case) -> str:
    return work.session.get_one(Feedback, case.feedback_id).reference


def test_a_joined_case_waits_for_its_lead_and_is_answered_in_its_own_words(work: Work) -> None:
    lead, mp = parent_and_mp(work)
    due = gathering.current_stage(work.session, mp).due_on
    join(work, mp, lead)
    with pytest.raises(NotYet) as told:
        happens(work, mp, Event.ANSWERED, words=ANSWER)
    assert told.value.guards == (Guard.LEAD_ANSWERED,)
    find_on(work, lead)
    happens(work, lead, Event.ANSWERED)
    row = happens(work, mp, Event.ANSWERED, words=ANSWER)
    letter = event_letters.send(work, mp, row)
    assert letter is not None
    assert letter.feedback_id == mp.feedback_id
    assert ANSWER in letter.body
    # Its clock ran on its own dates, and stands met by its own letter.
    assert gathering.current_stage(work.session, mp).due_on == due
    assert gathering.current_stage(work.session, mp).answered_on == work.today


@pytest.mark.parametrize(
    "words",
    [
        "As Marigold Quillfeather told us, the taxi was stopped.",
        "Mrs Quillfeather has it back.",
        "Write to marigold@home.example.",
        "Ring 01632 960777.",
        f"{PARENT_STORY} We agree.",
    ],
)
def test_no_letter_of_a_joined_matter_tells_of_its_other_people(work: Work, words: str) -> None:
    lead, mp = parent_and_mp(work)
    join(work, mp, lead)
    find_on(work, lead)
    happens(work, lead, Event.ANSWERED)
    row = happens(work, mp, Event.ANSWERED, words=words)
    with pytest.raises(NamesSomebodyElse):
        event_letters.preview(work, mp, row)
    with pytest.raises(NamesSomebodyElse):
        event_letters.send(work, mp, row, f"Hello,\n\n{words}\n")
    with pytest.raises(NamesSomebodyElse):
        event_letters.send(work, mp, row, f"See {reference(work, lead)}.")


def test_the_lead_persons_letter_tells_nothing_of_the_others(work: Work) -> None:
    lead, mp = parent_and_mp(work)
    join(work, mp, lead)
    find_on(work, lead, f"Ptolemy Ashgrove wrote as well. {MP_STORY}")
    row = happens(work, lead, Event.ANSWERED)
    with pytest.raises(NamesSomebodyElse) as told:
        event_letters.send(work, lead, row)
    assert {kind.value for kind in told.value.kinds} == {"a name", "words that they wrote"}


def test_no_letter_that_went_names_anybody_else(work: Work) -> None:
    lead, mp = parent_and_mp(work)
    join(work, mp, lead)
    event_letters.send(work, lead, happens(work, lead, Event.POINTS_SENT))
    find_on(work, lead)
    event_letters.send(work, lead, happens(work, lead, Event.ANSWERED))
    event_letters.send(work, mp, happens(work, mp, Event.ANSWERED, words=ANSWER))
    of_parent = (PARENT.name, "Quillfeather", PARENT.email, PARENT_STORY, reference(work, lead))
    of_mp = ("Ptolemy", "Ashgrove", "office@mp.example", MP_STORY, reference(work, mp))
    for case, others in ((lead, of_mp), (mp, of_parent)):
        wanted = select(OutboxLetter).where(OutboxLetter.feedback_id == case.feedback_id)
        letters = list(work.session.scalars(wanted))
        assert letters
        for letter in letters:
            assert letter.to_email not in others
            assert not [one for one in others if one and one in letter.subject + letter.body]


def test_a_join_is_undone_with_a_reason_and_the_case_stands_alone_again(work: Work) -> None:
    lead, mp = parent_and_mp(work)
    join(work, mp, lead)
    with pytest.raises(NotYet) as told:
        happens(work, mp, Event.JOIN_UNDONE)
    assert told.value.guards == (Guard.REASON_GIVEN,)
    happens(work, mp, Event.JOIN_UNDONE, words="Another taxi.")
    assert joining.under(work.session, lead) == []
    assert list(joining.together(work.session, mp)) == []
    row = work.session.scalars(select(JoinedCase)).one()
    assert row.undone_at == work.now
    events = work.session.scalars(
        select(CaseEvent.event).where(CaseEvent.case_id == mp.id).order_by(CaseEvent.id)
    ).all()
    assert events == [Event.JOINED, Event.JOIN_UNDONE]
    happens(work, mp, Event.ANSWERED, words=ANSWER)
    # An MP’s enquiry ends with its answer.
    assert mp.procedure_state is State.CONCLUDED


def test_no_chains_and_no_second_lead(work: Work) -> None:
    lead, mp = parent_and_mp(work)
    another = a_case(work, story="The taxi for my son has stopped too, and he is late each day.")
    join(work, another, lead)
    with pytest.raises(NotYet) as told:
        join(work, another, lead)
    assert Guard.NOT_JOINED in told.value.guards
    with pytest.raises(NotYet) as told:
        join(work, mp, another)
    assert told.value.guards == (Guard.CAN_LEAD,)
    third = a_case(work, story="And mine.")
    with pytest.raises(NotYet) as told:
        join(work, lead, third)
    assert told.value.guards == (Guard.CAN_LEAD,)
    other = a_case(work, ProcedureCode.STATUTORY, story="Our social worker is never there.")
    with pytest.raises(NotYet) as told:
        join(work, other, lead)
    assert told.value.guards == (Guard.CAN_LEAD,)


def test_what_was_drafted_in_a_joined_case_is_never_told(work: Work) -> None:
    lead = a_case(work, party=PARENT, story=PARENT_STORY)
    points.add(work, lead, (PARENT_STORY,))
    another = a_case(work, story="The taxi for my son has stopped too, and he is late each day.")
    (point,) = points.add(work, another, ("My son is late each day.",))
    stage = gathering.current_stage(work.session, another)
    findings.record_finding(work, point, stage, Giver.SERVICE, Finding.NOT_UPHELD, "A draft.")
    join(work, another, lead)
    with pytest.raises(findings.WorkedAtLead):
        findings.record_finding(work, point, stage, Giver.SERVICE, Finding.UPHELD, "Another.")
    find_on(work, lead)
    happens(work, lead, Event.ANSWERED)
    row = happens(work, another, Event.ANSWERED, words=ANSWER)
    assert answers.told(work.session, another) == frozenset()
    letter = event_letters.send(work, another, row)
    assert letter is not None
    assert "A draft." not in letter.body
    # The next step is theirs, by themselves.
    happens(work, another, Event.NEXT_STAGE_ASKED)
    facts = gathering.facts_of(work.session, work.council, another, work.today)
    assert facts.joined_to is None


def test_what_one_person_sent_twice_is_closed_with_their_own_reference(work: Work) -> None:
    lead = a_case(work, party=PARENT, story=PARENT_STORY)
    twice = a_case(work, party=PARENT, story="I wrote already: the taxi does not come any more.")
    join(work, twice, lead, "The same parent, the same taxi.")
    row = happens(work, twice, Event.DUPLICATE_CLOSED)
    letter = event_letters.send(work, twice, row)
    assert letter is not None
    assert letter.kind is LetterKind.LINKED
    assert reference(work, lead) in letter.body
    assert (twice.procedure_state, row.reason) == (State.CONCLUDED, "already_open")
    assert lead.procedure_state is State.ANSWERING


def test_another_persons_case_is_never_closed_as_a_duplicate(work: Work) -> None:
    lead = a_case(work, party=PARENT, story=PARENT_STORY)
    another = a_case(work, story="The taxi for my son has stopped too, and he is late each day.")
    join(work, another, lead)
    with pytest.raises(NotYet) as told:
        happens(work, another, Event.DUPLICATE_CLOSED)
    assert told.value.guards == (Guard.SAME_PERSON,)


def test_of_two_who_join_each_to_the_other_one_is_told(database_url: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, DATABASE_URL=database_url))
    together = Barrier(2)
    with app.app_context(), begin_work(WORKER) as work:
        one, other = (a_case(work, story=f"The taxi, letter {n}.").id for n in (1, 2))
        officer_id = work.who.account_id

    def both(pair: tuple[int, int]) -> str:
        with app.app_context():
            together.wait()
            try:
                with begin_work(Who("staff", officer_id)) as work:
                    case, lead = (work.session.get_one(Case, key) for key in pair)
                    joining.lock_together(work, case, lead)
                    join(work, case, lead)
            except NotYet:
                return "told"
            return "joined"

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(both, ((one, other), (other, one))))
    assert sorted(results) == ["joined", "told"]
    with app.app_context():
        assert len(list(db.session.scalars(select(JoinedCase)))) == 1
        db.session.remove()
        db.engine.dispose()


def test_a_letter_about_consent_in_a_joined_matter_names_nobody_else(work: Work) -> None:
    lead, mp = parent_and_mp(work)
    join(work, mp, lead)
    matter = work.session.get_one(Feedback, mp.feedback_id)
    asked = consent.Given(
        Consent.ASKED, work.today, "Ask Marigold Quillfeather to agree.", ask_by_letter=True
    )
    with pytest.raises(NamesSomebodyElse):
        consent.record(work, matter, asked)
    consent.record(work, matter, replace(asked, words="Please ask your constituent to agree."))
    latest = consent.latest(work.session, matter)
    assert latest is not None
    assert latest.state is Consent.ASKED
