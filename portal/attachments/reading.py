"""The text that a file holds, as far as it holds any: pure, and done in a process of its own.

Only what is written is read: no formula is worked out, no link followed, nothing run.
"""

import email
import email.policy
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from io import BytesIO

from inscriptis import get_text
from lxml import etree
from pypdf import PdfReader

from portal.attachments.kinds import Kind

MOST_PAGES = 300
LONGEST_TEXT = 500_000
LARGEST_PART = 20 * 1024 * 1024
# Which parts of an Office file hold words.
_PARTS: Mapping[Kind, re.Pattern[str]] = {
    Kind.XLSX: re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml"),
    Kind.PPTX: re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml"),
    Kind.ODT: re.compile(r"content\.xml"),
}
# In a sheet, numbers stand between the words and mean places in a list.
_WORDS_ONLY = {Kind.XLSX: "t", Kind.PPTX: "t"}


def text_of(kind: Kind, data: bytes) -> str:
    """Read the words out of a file.

    Args:
        kind: what it is; a kind without words gives none.
        data: its bytes.

    Returns:
        At most `LONGEST_TEXT` characters.

    Raises:
        Exception: whatever a damaged or hostile file makes its reader raise.
    """
    reader = _READERS.get(kind)
    return _cut(reader(data)) if reader is not None else ""


def _cut(parts: Iterator[str]) -> str:
    found, length = [], 0
    for part in parts:
        found.append(part)
        length += len(part) + 1
        if length > LONGEST_TEXT:
            break
    return "\n".join(found)[:LONGEST_TEXT].strip()


def _pdf(data: bytes) -> Iterator[str]:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text()


def _docx(data: bytes) -> Iterator[str]:
    # Imported here: pages that only ask which kinds can be read must not wait for it.
    from docx import Document

    document = Document(BytesIO(data))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def _zipped(kind: Kind) -> Callable[[bytes], Iterator[str]]:
    def read(data: bytes) -> Iterator[str]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.infolist():
                if _PARTS[kind].fullmatch(part.filename) and part.file_size <= LARGEST_PART:
                    yield from _words_of(archive.read(part), _WORDS_ONLY.get(kind))

    return read


def _words_of(xml: bytes, element: str | None) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml, parser)
    for node in root.iter("{*}" + element) if element else [root]:
        yield from (str(words) for words in node.itertext() if str(words).strip())


def _txt(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "replace")


def _eml(data: bytes) -> Iterator[str]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    yield str(message.get("Subject", ""))
    body = message.get_body(("plain", "html"))
    if body is not None:
        written = str(body.get_content())
        yield get_text(written) if body.get_content_subtype() == "html" else written


_READERS: Mapping[Kind, Callable[[bytes], Iterator[str]]] = {
    Kind.PDF: _pdf,
    Kind.DOCX: _docx,
    Kind.XLSX: _zipped(Kind.XLSX),
    Kind.PPTX: _zipped(Kind.PPTX),
    Kind.ODT: _zipped(Kind.ODT),
    Kind.TXT: _txt,
    Kind.EML: _eml,
}
READABLE = frozenset(_READERS)
