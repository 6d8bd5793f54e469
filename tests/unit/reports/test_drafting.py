"""What officers write and pick for a report, and how it comes to stand in it."""

import pytest
from sqlalchemy import func, select

from portal.cases import publishing_consent
from portal.cases.publishing_consent import Said
from portal.errors import Refused
from portal.procedures.remedy import RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.records.feedback import Feedback
from portal.records.publication import Publication
from portal.records.publishing_consent import SaidHow
from portal.records.report_draft import PickKind, ReportPick
from portal.reports import drafting, picking
from portal.reports.drafting import ChangedByAnother
from portal.reports.finishing import UNREAD, finished
from portal.work import Work
from tests.unit.reports.drafted_year import (
    EVERYTHING,
    LEARNED,
    SHOWN,
    THANKS,
    a_matter,
    a_remedy,
    as_staff,
    column,
    figures,
    paragraphs,
    thanks,
)
from tests.unit.reports.sample_report import YEAR


def test_a_passage_stands_at_the_end_of_its_chapter(work: Work) -> None:
    as_staff(work)
    drafting.save_passage(work, YEAR.name, "statutory_1", "One.\r\n\r\nTwo.\n\n\n", 0)
    drafting.save_passage(work, YEAR.name, "commentary", "All in all.", 0)
    found = paragraphs(finished(work.session, figures()))
    assert found["statutory_1-commentary"] == ("One.", "Two.")
    assert found["T36"] == ("All in all.",)
    other = paragraphs(finished(work.session, figures()))
    assert other == found
    drafting.save_passage(work, YEAR.name, "statutory_1", "", 1)
    assert "statutory_1-commentary" not in paragraphs(finished(work.session, figures()))


def test_until_somebody_writes_the_commentary_is_made_of_figures(work: Work) -> None:
    (first, *_) = paragraphs(finished(work.session, figures()))["T36"]
    assert first == "There was more than in the year before of duty (212 after 186, 14%)."


def test_of_two_who_write_on_one_chapter_the_second_is_told(work: Work) -> None:
    as_staff(work)
    drafting.save_passage(work, YEAR.name, "duty", "Mine.", 0)
    with pytest.raises(ChangedByAnother):
        drafting.save_passage(work, YEAR.name, "duty", "Theirs.", 0)
    assert drafting.passages(work.session, YEAR.name)["duty"].text == "Mine."
    with pytest.raises(drafting.TooLong):
        drafting.save_passage(work, YEAR.name, "duty", "x" * 20_001, 1)


def test_a_quarter_has_themes_and_no_commentary_on_the_year(work: Work) -> None:
    from dataclasses import replace

    as_staff(work)
    drafting.save_passage(work, YEAR.name, "commentary", "All in all.", 0)
    quarter = finished(work.session, replace(figures(), quarter=1))
    assert paragraphs(quarter)["T36"] != ("All in all.",)
    assert column(quarter, "T17") == []


def test_learning_is_printed_in_the_words_that_were_chosen(work: Work) -> None:
    officer = as_staff(work)
    remedy = a_remedy(work, a_matter(work, officer), officer)
    unread = finished(work.session, figures(), unread=True)
    assert column(unread, "T17") == [LEARNED]
    assert UNREAD in unread.table("T17").notes
    assert column(finished(work.session, figures()), "T17") == [], "not on a page before it is read"
    offered = picking.learned(work.session, YEAR, EVERYTHING)
    assert [(one.text, one.picked) for one in offered] == [(LEARNED, False)]
    picking.choose_learned(work, YEAR, offered, {remedy.public_id: SHOWN})
    for unread_too in (True, False):
        printed = finished(work.session, figures(), unread=unread_too)
        assert column(printed, "T17") == [SHOWN]
        assert printed.table("T17").base_count == figures().table("T17").base_count
    again = picking.learned(work.session, YEAR, EVERYTHING)
    assert [(one.text, one.picked) for one in again] == [(SHOWN, True)]


def test_whoever_chooses_none_has_chosen(work: Work) -> None:
    officer = as_staff(work)
    a_remedy(work, a_matter(work, officer), officer)
    thanks(work, officer, THANKS[0])
    picking.choose_learned(work, YEAR, picking.learned(work.session, YEAR, EVERYTHING), {})
    picking.choose_thanks(work, YEAR, [])
    assert picking.chosen(work.session, YEAR) == {PickKind.LEARNED, PickKind.THANKS}
    report = finished(work.session, figures(), unread=True)
    assert (column(report, "T17"), column(report, "T35")) == ([], [])
    picking.choose_thanks(work, YEAR, [])
    rows = select(func.count(ReportPick.id)).where(ReportPick.kind == PickKind.THANKS)
    assert work.session.scalar(rows) == 1


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Ask ROBIN first.", picking.NamesSomebody),
        ("What Example's school does.", picking.NamesSomebody),
        (" \n", picking.NoWords),
        ("x" * 2_001, picking.TooLong),
    ],
)
def test_a_name_of_the_case_is_not_printed(work: Work, text: str, refused: type[Refused]) -> None:
    officer = as_staff(work)
    remedy = a_remedy(work, a_matter(work, officer), officer)
    offered = picking.learned(work.session, YEAR, EVERYTHING)
    with pytest.raises(refused):
        picking.choose_learned(work, YEAR, offered, {remedy.public_id: text})
    assert picking.chosen(work.session, YEAR) == frozenset()


def test_only_what_was_offered_can_be_chosen(work: Work) -> None:
    officer = as_staff(work)
    remedy = a_remedy(work, a_matter(work, officer), officer)
    with pytest.raises(picking.NotOffered):
        picking.choose_learned(work, YEAR, (), {remedy.public_id: SHOWN})
    with pytest.raises(picking.NotOffered):
        picking.choose_thanks(work, YEAR, ["nobody's"])
    remedy.state, remedy.reasons = RemedyState.GIVEN_UP, "The school closed."
    work.session.flush()
    (one,) = picking.learned(work.session, YEAR, EVERYTHING)
    assert one.text == f"{LEARNED}\n\nNot made, because: The school closed."
    remedy.for_report = False
    work.session.flush()
    assert picking.learned(work.session, YEAR, EVERYTHING) == []
    assert picking.learned(work.session, ReportingYear(2018), EVERYTHING) == []


def test_a_choice_of_what_one_sees_leaves_the_rest_as_it_was(work: Work) -> None:
    officer = as_staff(work)
    first, second = (a_remedy(work, a_matter(work, officer), officer) for _ in range(2))
    both = picking.learned(work.session, YEAR, EVERYTHING)
    texts = {first.public_id: "First.", second.public_id: "Second."}
    picking.choose_learned(work, YEAR, both, texts)
    picking.choose_learned(work, YEAR, both[:1], {})
    picked = [one.remedy.public_id for one in picking.learned(work.session, YEAR, EVERYTHING)
              if one.picked]  # fmt: skip
    assert picked == [second.public_id]


def test_compliments_are_printed_until_their_writer_says_no(work: Work) -> None:
    officer = as_staff(work)
    found = [thanks(work, officer, text) for text in THANKS]
    assert column(finished(work.session, figures()), "T35") == list(THANKS)
    picking.choose_thanks(work, YEAR, [found[0].public_id])
    assert column(finished(work.session, figures()), "T35") == [THANKS[0]]
    feedback = work.session.get_one(Feedback, found[0].feedback_id)
    publishing_consent.record(
        work, feedback, Said(False, SaidHow.PHONE, work.today, "They rang and said no.")
    )
    assert column(finished(work.session, figures()), "T35") == []


@pytest.mark.parametrize("who", [0, 1])
def test_a_writer_who_says_no_speaks_for_nobody_else(work: Work, who: int) -> None:
    officer = as_staff(work)
    found = [thanks(work, officer, text) for text in THANKS]
    picking.choose_thanks(work, YEAR, [one.public_id for one in found])
    feedback = work.session.get_one(Feedback, found[who].feedback_id)
    no = Said(False, SaidHow.PHONE, work.today, "They rang and said no.")
    publishing_consent.record(work, feedback, no)
    others = [text for number, text in enumerate(THANKS) if number != who]
    assert column(finished(work.session, figures()), "T35") == others
    assert [work.session.scalar(select(publishing_consent.is_given(Publication.feedback_id))
            .where(Publication.id == one.id)) for one in found
            ] == [number != who for number in range(len(found))]  # fmt: skip
