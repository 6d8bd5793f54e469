"""The search on both databases: what tells the index of a change, what is found and by whom."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, true

from portal import clock
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.attachments import checking, storing
from portal.cases import children, contact_details, handing_over, messages
from portal.commands import finding
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.handing_over import HandedOver
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.case import CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.find_entry import FindChange, FindEntry
from portal.records.message import Sender
from portal.records.party import Party
from portal.records.point import Point, PointFinding
from portal.records.safe_contact_rule import SaidBy
from portal.records.wall import NamedPerson
from portal.triage.find import indexing, pieces, searching
from portal.triage.find.filters import Filters
from portal.work import WORKER, Who, Work, begin_work
from tests.conftest import app_for, settings_for
from tests.matters import make_account, make_case, make_feedback, make_letter


@pytest.fixture
def found_in(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on each database, made by the migrations."""
    app = app_for(settings_for(tmp_path, DATABASE_URL=database_url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def made(story: str, **more: object) -> int:
    with begin_work(WORKER) as work:
        return make_feedback(work, story=story, **more).id


def find(typed: str, visible: object = None, *, desk: bool = False) -> list[int]:
    session = db.session()
    session.rollback()
    where = true() if visible is None else visible
    asked = searching.read_words(typed, desk=desk)
    found = searching.ranked(
        session,
        asked,
        Filters(),
        where,  # type: ignore[arg-type]
        clock.today(),
        searching.MOST_RANKED,
    )
    assert found.total == len(found.places)
    return [one.id for one in found.places]


def waiting() -> set[int]:
    db.session.rollback()
    return set(db.session.scalars(select(FindChange.feedback_id)))


def test_what_is_written_waits_to_be_found_and_then_is(found_in: Flask) -> None:
    one, other = made("The taxis were late again."), made("Nobody rang back.")
    assert find("taxi") == []
    assert waiting() == {one, other}
    assert finding.index() == 2
    assert waiting() == set()
    assert find("taxi") == [one]
    assert find("late TAXI") == [one]
    assert find("taxi rang") == []
    assert finding.index() == 0


def test_every_change_is_told_and_what_is_gone_is_not_found(found_in: Flask) -> None:
    key = made("A bag was lost.")
    finding.index()
    with begin_work(WORKER) as work:
        feedback = work.session.get_one(Feedback, key)
        messages.add(work, feedback, Sender.PERSON, "It had a kingfisher on it.")
        make_letter(work, feedback, body="We looked for the wheelbarrow.")
        make_letter(work, feedback, body="An alert on the lighthouse.", shown_to_person=False)
        children.add(work, feedback, "Zoë Larkspur")
        party = contact_details.the_persons_own(work, feedback)
        details = contact_details.Details(name=party.name, address="3 Elm Row\nZZ99 3ZZ")
        contact_details.change(work, feedback, party, details, SaidBy.PERSON)
    assert waiting() == {key}
    finding.index()
    for words in ("kingfisher", "wheelbarrows", "zoe larkspur", "elm zz99"):
        assert find(words) == [key], words
    # A letter to staff stands on no page of the matter.
    assert find("lighthouse") == []
    with begin_work(WORKER) as work:
        children.remove(work, work.session.get_one(Feedback, key), 1)
        work.session.get_one(Feedback, key).story = "A coat was lost."
    finding.index()
    assert find("larkspur") == []
    assert find("bag") == []
    assert find("coat kingfisher") == [key]


def test_a_change_that_bypasses_the_records_is_told_as_well(found_in: Flask) -> None:
    key = made("A bag was lost.")
    finding.index()
    with begin_work(WORKER) as work:
        work.session.execute(delete(Party).where(Party.feedback_id == key))
    assert waiting() == {key}
    finding.index()
    assert find("robin") == []


def test_erasure_takes_the_words_with_it(found_in: Flask) -> None:
    key, other = made("A kingfisher."), made("A kingfisher too.")
    finding.index()
    with begin_work(WORKER) as work:
        work.session.execute(delete(Feedback).where(Feedback.id == key))
    assert find("kingfisher") == [other]
    assert list(db.session.scalars(select(FindEntry.feedback_id))) == [other]
    finding.index()
    assert waiting() == set()
    assert indexing.faults(db.session()) == []


def test_better_finds_come_first(found_in: Flask) -> None:
    far = made("Word " * 200 + " taxi", name="Ann Else")
    near = made("Taxi, taxi, taxi: always late.", name="Ann Else")
    named = made("Nothing else.", name="Tam Taxi")
    finding.index()
    assert find("taxi")[-1] == far
    assert set(find("taxi")) == {far, near, named}


def test_walls_stand_in_the_search_and_its_counts(found_in: Flask) -> None:
    open_one, walled, other_team = made("Taxi one."), made("Taxi two."), made("Taxi three.")
    with begin_work(WORKER) as work:
        officer = make_account(work, Role.OFFICER, "o@council.example")
        manager = make_account(work, Role.TEAM_MANAGER, "m@council.example")
        for key in (open_one, walled, other_team):
            make_case(work, work.session.get_one(Feedback, key)).team = (
                Team.SEND if key == other_team else Team.CARE_PLANNING_COURT
            )
        work.session.add(
            NamedPerson(
                public_id="named",
                feedback_id=walled,
                account_id=officer.id,
                for_designated=False,
                linked_at=work.now,
                linked_by_id=manager.id,
            )
        )
        of_team = frozenset({Team.CARE_PLANNING_COURT})
        people = {
            "officer": Person(officer.id, frozenset({Role.OFFICER})),
            "manager": Person(manager.id, frozenset({Role.TEAM_MANAGER}), of_team),
            "auditor": Person(99, frozenset({Role.AUDITOR})),
        }
    finding.index()
    seen = {
        name: set(find("taxi", permission.visible(one, Act.READ, clock.today(), clock.now())))
        for name, one in people.items()
    }
    assert seen["officer"] == {open_one, other_team}
    assert seen["manager"] == {open_one, walled}
    assert seen["auditor"] == set()


def test_the_text_of_a_file_is_found_once_it_was_read(found_in: Flask) -> None:
    key = made("See the file.")
    with begin_work(WORKER) as work:
        feedback = work.session.get_one(Feedback, key)
        checked = checking.check("note.txt", b"The wheelbarrow stood in the hall.")
        storing.keep(work, checked, feedback=feedback)
    finding.index()
    assert find("wheelbarrow hall") == [key]
    assert find("note") == [key]


def test_what_was_passed_on_is_found_by_those_who_decide(found_in: Flask) -> None:
    key = made("A bag was lost.")
    with begin_work(WORKER) as work:
        officer = make_account(work, Role.OFFICER, "o@council.example")
    with begin_work(Who("staff", officer.id)) as work:
        feedback = work.session.get_one(Feedback, key)
        what = HandedOver.SAFEGUARDING
        handing_over.record(work, feedback, what, Team.SEND, "Look at the kingfisher.")
    assert waiting() == {key}
    finding.index()
    assert find("kingfisher", desk=True) == [key]
    assert find("bag kingfisher", desk=True) == [key]
    assert find("kingfisher") == []
    texts = pieces.pieces_of(db.session(), [key], desk=False)[key]
    assert not any("kingfisher" in one.text for one in texts)


@pytest.mark.parametrize("with_lead", [False, True])
def test_reasons_are_found_once_the_person_was_told(found_in: Flask, with_lead: bool) -> None:
    key = made("A bag was lost.")
    with begin_work(WORKER) as work:
        officer = make_account(work, Role.OFFICER, "o@council.example")
        case = make_case(work, work.session.get_one(Feedback, key))
        stage = work.session.scalars(select(CaseStage).where(CaseStage.case_id == case.id)).one()
        point = Point(
            public_id="point", case_id=case.id, number=1, text="The bag.", made_at=work.now
        )
        work.session.add(point)
        work.session.flush()
        work.session.add(
            PointFinding(
                point_id=point.id, stage_id=stage.id, giver=Giver.SERVICE,
                finding=Finding.UPHELD, reasons="The wheelbarrow took it.",
                written_at=work.now, written_by_id=officer.id,
            )
        )  # fmt: skip
    finding.index()
    assert find("wheelbarrow") == []
    with begin_work(WORKER) as work:
        work.session.add(
            CaseEvent(
                public_id="event", case_id=case.id, stage_id=stage.id, event=Event.ANSWERED,
                on=work.today, recorded_at=work.now, by=Doer.MANAGER,
                from_state=case.procedure_state, to_state=case.procedure_state,
                details={"with_lead": True} if with_lead else {},
            )
        )  # fmt: skip
    assert waiting() == {key}
    finding.index()
    # A joined case is answered with its lead's findings: its own stay a draft.
    assert find("wheelbarrow") == ([] if with_lead else [key])


def test_feedback_that_nothing_told_of_is_noted_and_missed(found_in: Flask) -> None:
    key = made("A kingfisher.")
    with begin_work(WORKER) as work:
        work.session.execute(delete(FindChange))
    assert len(indexing.faults(db.session())) == 1
    assert finding.note_missing() == 1
    assert finding.note_missing() == 0
    assert indexing.faults(db.session()) == []
    finding.index()
    assert find("kingfisher") == [key]


def test_what_changes_while_it_is_indexed_is_indexed_again(found_in: Flask) -> None:
    key = made("A kingfisher.")
    due = indexing.due(db.session())
    read = indexing.read(db.session(), due)
    with begin_work(WORKER) as work:
        work.session.get_one(Feedback, key).story = "A heron."
    with begin_work(WORKER) as work:
        assert indexing.keep(work, read) == 1
    assert waiting() == {key}
    finding.index()
    assert find("kingfisher") == []
    assert find("heron") == [key]


def test_two_processes_never_keep_the_older_of_two_readings(found_in: Flask) -> None:
    made("A kingfisher.")
    read = indexing.read(db.session(), indexing.due(db.session()))
    # Another process has indexed the same, with what came after.
    other = threading.Thread(target=_index_elsewhere, args=(found_in,))
    db.session.rollback()
    other.start()
    other.join()

    def keep(work: Work) -> None:
        indexing.keep(work, read)

    with pytest.raises(indexing.IndexedMeanwhile), begin_work(WORKER) as work:
        keep(work)
    assert waiting() == set()


def _index_elsewhere(app: Flask) -> None:
    with app.app_context():
        finding.index()
        db.session.remove()
