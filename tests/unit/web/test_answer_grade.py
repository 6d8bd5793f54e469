"""An answer to somebody young: whoever writes or signs it reads how hard its words are."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import answer_drafts, findings, gathering, sign_ins, signing
from portal.cases.answer_grade import graded
from portal.correspondence import reading_grade
from portal.procedures.finding import Finding, Giver
from portal.procedures.vocabulary import Relationship
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.decision import Decision
from portal.records.feedback import Door, Feedback
from portal.work import WORKER, begin_work
from tests.signing_in import let_in
from tests.unit.cases.managed_case import managed
from tests.unit.web.officer_pages import words_of

HARD = (
    "Notwithstanding considerable organisational difficulties within the department, the"
    " allocated practitioner endeavoured to facilitate communication arrangements."
)
EASY = "We read the notes. We were wrong. We will ask you first."
GRADE, WARNING = "has the reading grade", "That is harder than 5"
OFFICER, MANAGER = "officer", "manager"
Page = Callable[..., str]


@pytest.fixture
def page(client: FlaskClient) -> Page:
    """Write an answer whose second part is as given; read its page as one of the two."""

    def written(
        reader: str, apology: str = EASY, reasons: str = EASY, *, young: bool = True
    ) -> str:
        with begin_work(WORKER) as work:
            made = managed(work)
            if not young:
                made.feedback.door = Door.EVERYONE
                decision = work.session.scalars(select(Decision)).one()
                decision.relationship = Relationship.PARENT
            made.accepted()
            stage = gathering.current_stage(work.session, made.case)
            by = made.as_(made.manager)
            for point in made.points:
                found = (Giver.SERVICE, Finding.UPHELD, reasons)
                findings.record_finding(by, point, stage, *found)
            answer_drafts.write(by, made.case, "I met you.", apology, 0)
            work.session.flush()
            signing.send(by, made.case, work.session.scalars(select(AnswerDraft)).one().version)
            address = f"/officers/cases/{made.feedback.public_id}/answer"
            account = {OFFICER: made.officer, MANAGER: made.manager}[reader]
            let_in(client, sign_ins.begin(work, account, "a test"))
        return words_of(client.get(address).text)

    return written


@pytest.mark.parametrize("reader", [OFFICER, MANAGER])
def test_who_writes_or_signs_for_the_young_is_warned_of_hard_words(page: Page, reader: str) -> None:
    said = page(reader, HARD)
    assert GRADE in said
    assert WARNING in said
    assert said.count(HARD) >= 2, "in the draft, and named as the longest"
    assert said.index("longest sentences") < said.index(HARD)
    if reader == OFFICER:
        assert "Sign it" in said, "it is told, and nothing is blocked"


def test_the_reasons_count_as_well(page: Page) -> None:
    assert WARNING in page(OFFICER, reasons=HARD)


def test_easy_words_have_their_grade_and_no_warning(page: Page) -> None:
    said = page(OFFICER)
    assert GRADE in said
    assert WARNING not in said
    assert "longest sentences" not in said


def test_an_adult_reader_needs_no_grade(page: Page) -> None:
    assert GRADE not in page(OFFICER, HARD, young=False)


def test_nothing_written_has_no_grade_and_hard_words_were_still_sent(page: Page) -> None:
    page(OFFICER, HARD)
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        assert graded(work, feedback, [None, " ", ""]) is None
        assert work.session.scalars(select(AnswerDraft)).one().state is DraftState.WAITING


def test_the_longest_sentences_come_first_and_a_heading_is_none() -> None:
    text = f"What we do\n1\n{EASY}\n{HARD}"
    assert reading_grade.longest(text, 2) == (HARD, "We will ask you first.")
