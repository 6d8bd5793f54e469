"""Letters for paper: which wait, which are late, and what the PDF holds and where."""

import builtins
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select, true

from portal import clock
from portal.correspondence import letter_pdf, outbox, print_queue
from portal.correspondence.print_queue import NoPostWanted, Sheet
from portal.council import load_council
from portal.records.audit_event import AuditEvent
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.work import Work
from tests import matters
from tests.matters import NewParty

ADDRESS = ("Noor Whitfield", "12 Elm Row", "Upper Sample", "Stafford", "ZZ99 2ZZ")
COUNCIL = load_council("staffordshire")
# The window of a DL envelope on the sheet, in points from the lower left corner: 20 to 110 mm from
# the left, 47 to 88 mm from the top of A4.
MM = 72 / 25.4
LEFT, RIGHT = 19 * MM, 110 * MM
TOP, BOTTOM = (297 - 47) * MM, (297 - 88) * MM
SHEET = Sheet(
    ADDRESS,
    date(2026, 11, 27),
    "News about your message [7KQM-2XVD]",
    ("Hello,", "This is how we understand it:\n1. Kai’s bag was lost.", "Feedback team"),
    "7KQM-2XVD, written 27.11.2026",
)


def wants_post(work: Work, address: str | None = "12 Elm Row\nStafford\nZZ99 2ZZ") -> Feedback:
    party = NewParty(PartyRole.COMPLAINANT, "Noor Whitfield", address=address)
    return matters.make_feedback(work, contact_way=ContactWay.POST, parties=(party,))


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=clock.LONDON)


def queued(work: Work, today: date) -> list[print_queue.Queued]:
    work.session.flush()
    return print_queue.waiting(work.session, work.council, today, true())


def test_a_letter_by_post_waits_in_the_queue(work: Work) -> None:
    letter = outbox.post(work, LetterKind.THANKS, wants_post(work))
    assert letter.state is LetterState.TO_POST
    assert letter.to_address == "Noor Whitfield\n12 Elm Row\nStafford\nZZ99 2ZZ"
    assert [one.letter for one in queued(work, work.today)] == [letter]


def test_an_address_in_one_line_becomes_several_and_a_name_stands_once(work: Work) -> None:
    one_line = wants_post(work, "Noor Whitfield, 12 Elm Row, Stafford, ZZ99 2ZZ")
    letter = outbox.post(work, LetterKind.THANKS, one_line)
    assert letter.to_address == "Noor Whitfield\n12 Elm Row\nStafford\nZZ99 2ZZ"


def test_an_address_of_many_lines_still_fits_the_window(work: Work) -> None:
    many = "\n".join(f"Line {n}" for n in range(1, 10))
    letter = outbox.post(work, LetterKind.THANKS, wants_post(work, many))
    lines = (letter.to_address or "").splitlines()
    assert len(lines) == 7
    assert lines[-1] == "Line 6, Line 7, Line 8, Line 9"


@pytest.mark.parametrize("posts", [True, False])
def test_without_an_address_or_where_the_council_posts_nothing_it_is_withheld(
    work: Work, posts: bool
) -> None:
    work.council = replace(
        work.council, posting=work.council.posting.model_copy(update={"sends": posts})
    )
    letter = outbox.post(work, LetterKind.THANKS, wants_post(work, None if posts else "12 Elm Row"))
    assert letter.state is LetterState.WITHHELD


@pytest.mark.parametrize("way", [way for way in ContactWay if way is not ContactWay.POST])
def test_who_did_not_choose_post_is_never_posted_to(work: Work, way: ContactWay) -> None:
    feedback = wants_post(work)
    feedback.contact_way = way
    letter = outbox.post(work, LetterKind.THANKS, feedback)
    assert letter.state is LetterState.WITHHELD
    assert letter.to_address is None


def test_the_oldest_comes_first_and_a_late_one_says_so(work: Work) -> None:
    feedback = wants_post(work)
    # Thursday 10 December 2026: two working days later is Monday.
    for day in (date(2026, 12, 11), date(2026, 12, 10)):
        letter = outbox.post(work, LetterKind.THANKS, feedback)
        letter.written_at = at(day)
    found = queued(work, date(2026, 12, 15))
    assert [(one.written_on, one.post_by, one.late) for one in found] == [
        (date(2026, 12, 10), date(2026, 12, 14), True),
        (date(2026, 12, 11), date(2026, 12, 15), False),
    ]
    assert print_queue.late(work.session, work.council, date(2026, 12, 15)) == 1
    assert print_queue.late(work.session, work.council, date(2026, 12, 14)) == 0


def test_printing_is_noted_and_asks_again_whether_it_may(work: Work) -> None:
    feedback = wants_post(work)
    letter = outbox.post(work, LetterKind.THANKS, feedback)
    work.session.flush()
    sheet = print_queue.to_print(work, letter)
    assert sheet.address == ("Noor Whitfield", "12 Elm Row", "Stafford", "ZZ99 2ZZ")
    assert sheet.on == work.today
    assert letter.printed_at == work.now
    acts = work.session.scalars(select(AuditEvent.act)).all()
    assert acts.count("letter_printed") == 1
    feedback.contact_way = ContactWay.PORTAL_ONLY
    with pytest.raises(NoPostWanted):
        print_queue.to_print(work, letter)


def test_a_letter_that_was_posted_is_printed_with_its_own_day(work: Work) -> None:
    letter = outbox.post(work, LetterKind.THANKS, wants_post(work))
    work.session.flush()
    letter.state, letter.posted_on = LetterState.POSTED, work.today - timedelta(days=3)
    assert print_queue.to_print(work, letter).on == work.today - timedelta(days=3)
    assert letter.printed_at is None


def test_a_letter_by_email_is_not_printed(work: Work) -> None:
    letter = matters.make_letter(work, matters.make_feedback(work))
    with pytest.raises(NoPostWanted):
        print_queue.to_print(work, letter)
    assert work.session.scalars(select(OutboxLetter.printed_at)).all() == [None]


def read(*sheets: Sheet) -> PdfReader:
    return PdfReader(BytesIO(letter_pdf.as_pdf(sheets, COUNCIL)))


def words_in_window(pdf: PdfReader, page: int) -> list[str]:
    """Everything whose place on the page lies in the window, from the top."""
    found: list[tuple[float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, _size: Any) -> None:
        # The matrix of the text in that of the page.
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if text.strip() and LEFT <= x <= RIGHT and BOTTOM <= y <= TOP:
            found.append((-y, " ".join(text.split())))

    pdf.pages[page].extract_text(visitor_text=visit)
    return [text for _, text in sorted(found)]


def test_the_pdf_is_tagged_and_says_its_language_and_its_title() -> None:
    pdf = read(SHEET)
    root: Mapping[str, Any] = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == SHEET.subject
    xmp = pdf.xmp_metadata
    assert xmp is not None
    assert 'pdfuaid:part="1"' in xmp.rdf_root.toxml()
    text = " ".join(pdf.pages[0].extract_text().split())
    for said in ("Hello,", "Kai’s bag was lost.", "Friday 27 November 2026", *ADDRESS):
        assert said in text
    for line in COUNCIL.contact.post:
        assert line in text


def test_the_window_shows_name_address_and_a_neutral_return_line_alone() -> None:
    pdf = read(SHEET)
    assert words_in_window(pdf, 0) == [COUNCIL.posting.return_line, *ADDRESS]


def test_a_long_address_stays_in_the_window_and_nothing_else_comes_in() -> None:
    long = ("Noor Whitfield", *(f"Line {n} of a long address, Upper Sample" for n in range(1, 6)))
    shown = words_in_window(read(replace(SHEET, address=long)), 0)
    assert shown == [COUNCIL.posting.return_line, *long]


def test_several_letters_have_a_bookmark_and_a_first_page_each() -> None:
    others = [replace(SHEET, bookmark=f"Letter {n}") for n in range(2, 5)]
    long = replace(others[0], paragraphs=SHEET.paragraphs * 40)
    pdf = read(SHEET, long, *others[1:])
    marks = [(mark.title, pdf.get_destination_page_number(mark)) for mark in pdf.outline]
    assert [title for title, _ in marks] == [SHEET.bookmark, "Letter 2", "Letter 3", "Letter 4"]
    pages = [page for _, page in marks]
    assert pages[:2] == [0, 1]
    assert pages[2] > 2, "the second is longer than a page"
    assert pages[3] == pages[2] + 1
    for page in pages:
        assert words_in_window(pdf, page)[-5:] == list(ADDRESS)
    for page in range(pages[1], pages[2]):
        assert "Letter 2" in pdf.pages[page].extract_text(), "no page gets lost in a pile"
        assert "Letter 3" not in pdf.pages[page].extract_text()


def test_what_a_person_wrote_is_text_and_fetches_nothing() -> None:
    evil = replace(
        SHEET,
        paragraphs=('<img src="file:///etc/passwd"><script>x</script>', "{{ 7 * 7 }}"),
        address=("<b>Noor</b>", "1 A&B Street"),
    )
    html = letter_pdf.as_html([evil], COUNCIL)
    assert "<script>" not in html
    assert "<img" not in html
    text = read(evil).pages[0].extract_text()
    assert "<b>Noor</b>" in text
    assert "{{ 7 * 7 }}" in text


@pytest.mark.parametrize("failure", [ImportError, OSError("cannot load library 'libpango'")])
def test_without_pango_there_is_the_page_to_print(
    monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    real = builtins.__import__

    def no_pango(name: str, *args: Any, **options: Any) -> Any:
        if name.startswith("weasyprint"):
            raise failure
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", no_pango)
    assert not letter_pdf.is_possible()
    with pytest.raises(RuntimeError):
        letter_pdf.as_pdf([SHEET], COUNCIL)
    html = letter_pdf.as_html([SHEET], COUNCIL)
    assert '<html lang="en-GB">' in html
    assert "12 Elm Row" in html
    assert "libpango-1.0-0" in letter_pdf.WHAT_TO_INSTALL
