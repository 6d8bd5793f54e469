"""What is read out of files, and that a bad one costs nothing but its own text."""

from io import BytesIO

import pytest
from docx import Document

from portal.attachments import reading_apart
from portal.attachments.kinds import Kind
from portal.attachments.reading import LONGEST_TEXT, text_of
from tests.unit.attachments import invented

SHEET = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<si><t>Taxi money</t></si></sst>"
)
SLIDE = (
    b'<p:sld xmlns:p="p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    b"<a:t>Taxi plan</a:t></p:sld>"
)
ODT = b'<office xmlns:text="t"><text:p>Taxi letter</text:p></office>'
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "taxi taxi taxi taxi">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
)


def a_docx() -> bytes:
    document, out = Document(), BytesIO()
    document.add_paragraph("Taxi diary")
    document.add_table(1, 1).cell(0, 0).text = "in a table"
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (Kind.TXT, "Zoë’s taxi".encode(), "Zoë’s taxi"),
        (Kind.DOCX, a_docx(), "Taxi diary\nin a table"),
        (
            Kind.XLSX,
            invented.zipped(invented.XLSX, **{"xl/sharedStrings.xml": SHEET}),
            "Taxi money",
        ),
        (
            Kind.PPTX,
            invented.zipped(invented.PPTX, **{"ppt/slides/slide1.xml": SLIDE}),
            "Taxi plan",
        ),
        (Kind.ODT, invented.zipped({**invented.ODT, "content.xml": ODT}), "Taxi letter"),
        (Kind.EML, b"Subject: Taxi\nContent-Type: text/html\n\n<p>It was <b>late</b></p>", "Taxi"),
        (Kind.PDF, invented.pdf(), ""),
        (Kind.PNG, b"no words", ""),
    ],
)
def test_the_words_of_each_kind_are_read(kind: Kind, data: bytes, words: str) -> None:
    assert text_of(kind, data).startswith(words)
    assert bool(text_of(kind, data)) is bool(words)


def test_no_more_than_the_longest_text_is_read() -> None:
    assert len(text_of(Kind.TXT, b"taxi " * LONGEST_TEXT)) <= LONGEST_TEXT


def test_entities_of_a_hostile_file_are_not_worked_out() -> None:
    data = invented.zipped({**invented.ODT, "content.xml": BOMB})
    assert text_of(Kind.ODT, data).count("taxi") <= 4


def test_a_file_is_read_in_a_process_of_its_own() -> None:
    assert reading_apart.text_apart(Kind.TXT, b"The taxi") == "The taxi"
    assert reading_apart.text_apart(Kind.DOCX, b"no archive") is None
    # Too little memory for so much: that process ends, and nothing else does.
    much = b"The taxi " * 5_000_000
    assert reading_apart.text_apart(Kind.TXT, much, memory=1024 * 1024) is None
