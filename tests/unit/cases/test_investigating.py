"""One case from outside: what is open, what is written, and that it ends by itself."""

from datetime import timedelta

import pytest

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import person_of
from portal.attachments import checking
from portal.cases import findings, gathering, grants, investigating, papers
from portal.cases.findings import NotTheirTurn
from portal.cases.happening import NotYet
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import Event, State
from portal.records.account import Account
from portal.records.investigation_note import NoteKind
from portal.work import Work
from tests import matters
from tests.unit.cases.investigated_case import Investigated, investigated
from tests.unit.cases.procedure_world import let


@pytest.fixture
def made(work: Work) -> Investigated:
    return investigated(work)


def sees(made: Investigated, account: Account, act: Act = Act.SEE_PAPERS) -> bool:
    work = made.work
    work.session.flush()
    person = person_of(work.session, account, work.today, "")
    return permission.may(work.session, person, act, made.feedback.id, work.today, work.now).allowed


def find(made: Investigated, giver: Giver, account: Account) -> None:
    stage = gathering.current_stage(made.work.session, made.case)
    for point in made.points:
        findings.record_finding(
            made.as_(account), point, stage, giver, Finding.UPHELD, "It was so."
        )


def report(made: Investigated) -> None:
    good = checking.check("report.txt", b"What we found, point by point.")
    investigating.keep_report(made.as_(made.investigator), made.case, good)


def test_they_see_their_one_case_and_no_page_of_the_office(made: Investigated) -> None:
    for account in (made.investigator, made.independent):
        assert sees(made, account)
        assert not sees(made, account, Act.READ)
        assert not sees(made, account, Act.OPEN_FILE)
    assert sees(made, made.investigator, Act.INVESTIGATE)
    assert not sees(made, made.independent, Act.INVESTIGATE)


def test_it_ends_on_its_day(made: Investigated) -> None:
    made.work.today += timedelta(days=61)
    assert not sees(made, made.investigator)


def test_it_ends_with_the_stage(made: Investigated) -> None:
    find(made, Giver.INVESTIGATOR, made.investigator)
    report(made)
    investigating.hand_in(made.as_(made.investigator), made.case)
    assert made.case.procedure_state is State.ADJUDICATING
    assert sees(made, made.investigator)
    find(made, Giver.ADJUDICATOR, made.officer)
    let(made.as_(made.officer), made.case, Event.ADJUDICATED)
    assert not sees(made, made.investigator)
    assert not sees(made, made.independent)
    assert grants.given(made.work.session, made.feedback.id, made.work.today) == []


def test_a_report_with_a_finding_on_each_point_is_handed_in(made: Investigated) -> None:
    with pytest.raises(investigating.ReportFirst):
        investigating.hand_in(made.as_(made.investigator), made.case)
    report(made)
    with pytest.raises(NotYet):
        investigating.hand_in(made.as_(made.investigator), made.case)
    find(made, Giver.INVESTIGATOR, made.investigator)
    investigating.hand_in(made.as_(made.investigator), made.case)
    with pytest.raises(NotTheirTurn):
        report(made)
    ((kept, name),) = investigating.reports(made.work.session, made.case)
    assert kept.content == b"What we found, point by point."
    assert name == made.investigator.name


def test_talks_and_evidence_are_kept_by_point(made: Investigated) -> None:
    work, today = made.as_(made.investigator), made.work.today
    with pytest.raises(investigating.SayWithWhom):
        investigating.add_note(
            work, made.case, NoteKind.INTERVIEW, None, " ", today, "She said so."
        )
    with pytest.raises(investigating.DayNotPossible):
        investigating.add_note(
            work, made.case, NoteKind.EVIDENCE, 1, "", today + timedelta(days=1), "The log."
        )
    with pytest.raises(investigating.SayWhat):
        investigating.add_note(work, made.case, NoteKind.EVIDENCE, 1, "", today, "")
    investigating.add_note(
        work, made.case, NoteKind.INTERVIEW, None, "The worker", today, "She said so."
    )
    investigating.add_note(work, made.case, NoteKind.EVIDENCE, 2, "", today, "The log.")
    work.session.flush()
    found = investigating.notes(work.session, made.case)
    assert [(note.text, point.number if point else None) for note, point in found] == [
        ("She said so.", None), ("The log.", 2),
    ]  # fmt: skip


def test_only_chosen_papers_of_the_matter_are_read(made: Investigated) -> None:
    work = made.as_(made.officer)
    other = matters.make_feedback(work, story="Somebody else’s story.")
    work.session.flush()
    letter = matters.make_letter(work, made.feedback)
    every = papers.every(work.session, made.feedback)
    story = next(paper for paper in every if paper.text and matters.STORY in paper.text)
    assert papers.chosen(work.session, made.feedback, made.case) == []
    codes = {story.code, f"letter-{letter.public_id}", f"story-{other.public_id}", "nonsense"}
    assert papers.choose(work, made.feedback, made.case, codes) == 2
    work.session.flush()
    chosen = papers.chosen(work.session, made.feedback, made.case)
    assert {paper.code for _, paper in chosen} == {story.code, f"letter-{letter.public_id}"}
    assert papers.choose(work, made.feedback, made.case, set()) == 0
    work.session.flush()
    assert papers.chosen(work.session, made.feedback, made.case) == []
