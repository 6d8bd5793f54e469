"""What a bundle tells of a case itself: what happened, what was found and why, the investigation;
each reader gets what they may have, and nobody gets a draft."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.attachments import checking
from portal.cases import chronology, findings, gathering, investigating
from portal.cases.event_names import EVENTS, TELL_OF_ANOTHER
from portal.cases.papers import Paper
from portal.correspondence import tagged_pdf
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import Event
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.bundle import Bundle, BundleFor
from portal.records.case_paper import PaperKind
from portal.records.investigation_note import NoteKind
from portal.triage import bundle_reading, bundles
from portal.work import Work
from tests.unit.cases.investigated_case import Investigated, investigated
from tests.unit.cases.procedure_world import WORDS, let

TALK, LOG = "She said that nobody had rung.", "The log has no entry of that day."
REASONS = "Nobody rang, and nobody wrote down why."
needs_pdf = pytest.mark.skipif(not tagged_pdf.is_possible(), reason="no Pango here")


@pytest.fixture
def made(work: Work) -> Investigated:
    """A case with notes, a report and findings, none of it handed in."""
    made = investigated(work)
    work = made.as_(made.investigator)
    for kind, whom, text in (
        (NoteKind.INTERVIEW, "Kim Harrow", TALK),
        (NoteKind.EVIDENCE, "", LOG),
    ):
        investigating.add_note(work, made.case, kind, 1, whom, work.today, text)
    page = "<!doctype html><html lang='en'><title>A</title><p>What we found of it.</p></html>"
    data = tagged_pdf.from_html(page) if tagged_pdf.is_possible() else b"What we found of it."
    name = "report.pdf" if tagged_pdf.is_possible() else "report.txt"
    investigating.keep_report(work, made.case, checking.check(name, data))
    find(made, Giver.INVESTIGATOR, made.investigator)
    return made


def find(made: Investigated, giver: Giver, account: Account) -> None:
    stage = gathering.current_stage(made.work.session, made.case)
    for point in made.points:
        findings.record_finding(made.as_(account), point, stage, giver, Finding.UPHELD, REASONS)
    made.work.session.flush()


def decided(made: Investigated) -> Investigated:
    """The same, handed in and decided on: the person has both answers."""
    investigating.hand_in(made.as_(made.investigator), made.case)
    find(made, Giver.ADJUDICATOR, made.officer)
    let(made.as_(made.officer), made.case, Event.ADJUDICATED)
    made.work.session.flush()
    return made


def whole(made: Investigated) -> list[Paper]:
    made.work.session.flush()
    return chronology.whole(made.work.session, made.feedback, made.case)


def kinds(made: Investigated) -> set[PaperKind]:
    return {paper.kind for paper in whole(made)}


def ask(made: Investigated, for_whom: BundleFor, *without: PaperKind) -> Bundle:
    codes = {paper.code for paper in whole(made) if paper.kind not in without}
    bundle = bundles.ask(made.as_(made.officer), made.feedback, made.case, for_whom, codes)
    made.work.session.flush()
    return bundle


def test_every_event_has_a_name_or_tells_of_somebody_else() -> None:
    assert EVENTS.keys() | TELL_OF_ANOTHER == set(Event)
    assert not EVENTS.keys() & TELL_OF_ANOTHER


def test_drafts_are_no_papers(made: Investigated) -> None:
    assert kinds(made) == {PaperKind.EVENTS, PaperKind.POINTS, PaperKind.STORY}
    investigating.hand_in(made.as_(made.investigator), made.case)
    assert kinds(made) >= {PaperKind.NOTE, PaperKind.REPORT}
    assert PaperKind.FINDINGS not in kinds(made), "The person has not been told."


def test_each_is_called_by_something_that_nobody_can_count(made: Investigated) -> None:
    decided(made)
    own = {PaperKind.NOTE, PaperKind.REPORT, PaperKind.FINDINGS}
    for paper in whole(made):
        if paper.kind in own:
            assert paper.public_id is not None
            assert len(paper.public_id) > 15
        elif paper.kind in (PaperKind.EVENTS, PaperKind.POINTS):
            assert paper.code == f"{paper.kind.value}-1"


def test_who_sits_reads_no_notes(made: Investigated) -> None:
    decided(made)
    with pytest.raises(bundles.NotForThem):
        ask(made, BundleFor.PANEL)
    assert bundles.of_case(made.work.session, made.case) == []


@needs_pdf
@pytest.mark.parametrize("for_whom", BundleFor)
def test_the_pdf_tells_what_happened_and_what_was_found(
    made: Investigated, for_whom: BundleFor
) -> None:
    work = decided(made).work
    at_panel = for_whom is BundleFor.PANEL
    bundle = ask(made, for_whom, *([PaperKind.NOTE] if at_panel else []))
    texts = bundle_reading.read(work.session, bundle.id)
    assert texts is not None
    bundle_reading.keep_read(work, bundle.id, texts)
    work.session.flush()
    bundles.check(work, made.case, bundle, {}, bundle.version)
    work.session.flush()
    content, _ = bundles.made(work.session, bundle.id)
    said = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split()
    )
    today = in_full(work.today)
    for event in (Event.STATEMENT_AGREED, Event.REPORTS_RECEIVED, Event.ADJUDICATED):
        assert f"{today}: {EVENTS[event]}" in said
    assert said.index(EVENTS[Event.INVESTIGATION_BEGUN]) < said.index(EVENTS[Event.ADJUDICATED])
    for words in (f"1. {WORDS[0]}", "Upheld", REASONS, "The council’s decision"):
        assert words in said
    assert "What we found of it." in said
    assert all((words in said) is not at_panel for words in (TALK, LOG, "Talk with Kim Harrow"))
