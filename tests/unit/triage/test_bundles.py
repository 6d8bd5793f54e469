"""A bundle: really without what was taken out, never with an address, numbered, and kept."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from sqlalchemy import select

from classifier.redacting.redactor import Redactor
from portal.attachments import checking, storing
from portal.attachments.file_store import StoreAway
from portal.cases import chronology, confidences
from portal.cases.points import ChangedMeanwhile
from portal.cases.receiving import NewParty
from portal.correspondence import tagged_pdf
from portal.records.bundle import Bundle, BundleFor, BundlePaper, BundleState
from portal.records.case import Case
from portal.records.case_paper import PaperKind
from portal.records.feedback import Door, Feedback
from portal.records.party import PartyRole
from portal.triage import bundle_reading, bundles
from portal.triage.bundle_pdf import FOR, BundleFault, CannotBeMade
from portal.work import Work
from tests import matters
from tests.unit.cases.procedure_world import officer_of

ADDRESS = "14 Larkspur Rise\nStafford\nZZ99 4QQ"
STORY = "Kim Harrow came to 14 Larkspur Rise. Ring me on 01632 960 717 or dana@home.example."
needs_pdf = pytest.mark.skipif(not tagged_pdf.is_possible(), reason="no Pango here")


class Takes:
    """A redactor that takes one name."""

    def spans(self, text: str, known: object = ()) -> list[object]:
        return []

    def redact(self, text: str, known: object = ()) -> str:
        return text.replace("Kim Harrow", "X")


@pytest.fixture
def made(work: Work) -> tuple[Feedback, Case]:
    officer_of(work)
    party = NewParty(
        PartyRole.COMPLAINANT, "Dana Whitlock", "dana@home.example", "01632 960717", ADDRESS
    )
    feedback = matters.make_feedback(work, None, door=Door.EVERYONE, story=STORY, parties=(party,))
    case = matters.make_case(work, feedback)
    matters.make_letter(work, feedback)
    work.session.flush()
    return feedback, case


def ask(work: Work, made: tuple[Feedback, Case], for_whom: BundleFor = BundleFor.PANEL) -> Bundle:
    feedback, case = made
    codes = {paper.code for paper in chronology.whole(work.session, feedback, case)}
    bundle = bundles.ask(work, feedback, case, for_whom, codes)
    work.session.flush()
    return bundle


def read(work: Work, bundle: Bundle) -> Bundle:
    """What the background process does first: the words of its files."""
    assert bundle_reading.to_read(work.session) == [bundle.id]
    texts = bundle_reading.read(work.session, bundle.id)
    assert texts is not None
    bundle_reading.keep_read(work, bundle.id, texts)
    work.session.flush()
    return bundle


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def texts(work: Work, bundle: Bundle) -> str:
    return "\n".join(row.text or "" for row in bundles.papers_of(work.session, bundle))


def test_it_begins_without_any_address_and_the_program_takes_names(
    work: Work, made: tuple[Feedback, Case]
) -> None:
    bundle = ask(work, made)
    said = texts(work, bundle)
    assert not any(part in said for part in ("Larkspur", "960", "dana@home"))
    assert confidences.KEPT_PRIVATE in said
    assert bundles.waits_for_names(work.session)
    (found,) = bundles.redacted(work.session, Takes()).items()
    assert bundles.keep_redacted(work, *found)
    work.session.flush()
    assert "Kim Harrow" not in texts(work, bundle)
    assert bundle.state is BundleState.CHECKING
    assert not bundles.keep_redacted(work, *found)


def test_an_officer_cannot_put_an_address_back(work: Work, made: tuple[Feedback, Case]) -> None:
    bundle = ask(work, made)
    row = bundles.papers_of(work.session, bundle)[0]
    for words in ("She lives at 14  LARKSPUR, Rise.", "+44 1632 960717", "Dana@Home.example"):
        with pytest.raises(bundles.HoldsAddress):
            bundles.check(work, made[1], bundle, {row.id: words}, bundle.version)
    with pytest.raises(ChangedMeanwhile):
        bundles.check(work, made[1], bundle, {}, bundle.version + 1)
    bundles.check(work, made[1], bundle, {row.id: "She lives near."}, bundle.version)
    work.session.flush()
    with pytest.raises(bundles.NotToCheck):
        bundles.check(work, made[1], bundle, {}, bundle.version)
    assert bundles.to_make(work.session) == [bundle.id]


def test_nothing_chosen_is_no_bundle(work: Work, made: tuple[Feedback, Case]) -> None:
    with pytest.raises(bundles.NothingChosen):
        bundles.ask(work, *made, BundleFor.PANEL, {"letter-999", "story-999"})
    assert work.session.scalars(select(Bundle)).all() == []


@needs_pdf
@pytest.mark.parametrize("for_whom", BundleFor)
def test_the_pdf_lacks_what_was_taken_out_and_numbers_its_pages(
    work: Work, made: tuple[Feedback, Case], for_whom: BundleFor
) -> None:
    add_pdf(work, made[0], count=2)
    bundle = read(work, ask(work, made, for_whom))
    row = next(one for one in bundles.papers_of(work.session, bundle) if "Kim" in (one.text or ""))
    bundles.check(work, made[1], bundle, {row.id: "X came to us."}, bundle.version)
    work.session.flush()
    content, count = bundles.made(work.session, bundle.id)
    said = pages(content)
    assert len(said) == count == 6
    assert [f"Page {at} of 6" in words for at, words in enumerate(said, start=1)] == [True] * 6
    assert not any("Kim" in words or "Larkspur" in words for words in said)
    assert b"Kim Harrow" not in content
    assert "X came to us." in "".join(said)
    assert FOR[for_whom] in said[0]
    bundles.keep_made(work, bundle.id, content, count)
    work.session.flush()
    for reader in BundleFor:
        found = bundles.made_for(work.session, made[1], reader)
        assert found == ([bundle] if reader is for_whom else [])


@needs_pdf
@pytest.mark.parametrize("for_whom", BundleFor)
def test_whom_a_pdf_names_is_found_and_its_words_go_in_without_them(
    work: Work, made: tuple[Feedback, Case], for_whom: BundleFor
) -> None:
    add_pdf(work, made[0], words="Kim Harrow saw her at 14 Larkspur Rise, and wrote it down.")
    bundle = ask(work, made, for_whom)
    with pytest.raises(bundles.NotToCheck):
        bundles.check(work, made[1], bundle, {}, bundle.version)
    assert bundles.waits_for_names(work.session)
    read(work, bundle)
    assert bundle_reading.to_read(work.session) == []
    redactor = Redactor.load(with_model=False)
    (found,) = bundles.redacted(work.session, redactor).items()
    assert bundles.keep_redacted(work, *found)
    work.session.flush()
    file = file_row(work, bundle)
    assert file.text is not None
    assert "Harrow" not in file.text
    assert "saw her at" in file.text
    bundles.check(work, made[1], bundle, {}, bundle.version)
    work.session.flush()
    content, _ = bundles.made(work.session, bundle.id)
    said = "".join(pages(content))
    assert "saw her at" in said
    assert "Harrow" not in said
    assert "Larkspur" not in said
    assert b"Harrow" not in content


@needs_pdf
def test_pages_go_in_as_they_are_where_an_officer_says_so(
    work: Work, made: tuple[Feedback, Case]
) -> None:
    add_pdf(work, made[0], words="The bus came late on eleven days.")
    bundle = read(work, ask(work, made))
    story = next(
        one for one in bundles.papers_of(work.session, bundle) if "Kim" in (one.text or "")
    )
    file = file_row(work, bundle)
    chosen = {file.id, story.id}
    bundles.check(work, made[1], bundle, {story.id: "X came."}, bundle.version, chosen)
    work.session.flush()
    assert file.text is None
    assert story.text == "X came.", "Only a file has pages."
    said = pages(bundles.made(work.session, bundle.id)[0])
    page = next(one for one in said if "eleven days" in one)
    assert bundles.WORDS[PaperKind.FILE] not in page, "The page itself, and no page about it."


@needs_pdf
def test_pages_that_say_an_address_stop_it(work: Work, made: tuple[Feedback, Case]) -> None:
    add_pdf(work, made[0], words="Visit her at 14 Larkspur Rise.")
    bundle = read(work, ask(work, made))
    file = file_row(work, bundle)
    bundles.check(work, made[1], bundle, {}, bundle.version, {file.id})
    work.session.flush()
    with pytest.raises(CannotBeMade) as refused:
        bundles.made(work.session, bundle.id)
    assert refused.value.fault is BundleFault.HOLDS_ADDRESS


def test_a_store_that_is_away_is_asked_again(
    work: Work, made: tuple[Feedback, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bytes:
        raise StoreAway

    add_pdf(work, made[0])
    bundle = ask(work, made)
    monkeypatch.setattr(storing, "read", away)
    assert bundle_reading.read(work.session, bundle.id) is None
    assert bundle_reading.to_read(work.session) == [bundle.id]


def file_row(work: Work, bundle: Bundle) -> BundlePaper:
    rows = bundles.papers_of(work.session, bundle)
    return next(one for one in rows if one.kind is PaperKind.FILE)


@given(st.text(), st.sampled_from(["01632 960717", "+441632960717", "(01632) 960-717"]))
def test_a_number_is_found_however_it_is_written(around: str, number: str) -> None:
    from portal.records.party import Party

    found = tuple(confidences._patterns(Party(phone="01632 960717")))
    text = f"{around} {number} {around}"
    assert confidences.holds(text, found)
    assert not confidences.holds(confidences.hidden(text, found), found)


def add_pdf(work: Work, feedback: Feedback, count: int = 1, words: str | None = None) -> None:
    if words is not None:
        page = f"<!doctype html><html lang='en'><title>A</title><p>{words}</p></html>"
        data = tagged_pdf.from_html(page)
    else:
        writer = PdfWriter()
        for _ in range(count):
            writer.add_blank_page(595, 842)
        written = BytesIO()
        writer.write(written)
        data = written.getvalue()
    storing.keep(work, checking.check("scan.pdf", data), feedback=feedback)
    work.session.flush()
