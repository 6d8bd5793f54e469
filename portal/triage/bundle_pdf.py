"""The pages of a bundle: words and pictures set as PDF, PDFs taken page by page, an index in front
and a number on each page."""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pypdf import PdfReader, PdfWriter

from portal.attachments import storing
from portal.correspondence import tagged_pdf
from portal.errors import Refused
from portal.procedures.working_days import in_full
from portal.records.attachment import Attachment
from portal.records.bundle import BundleFor
from portal.records.investigation_report import InvestigationReport

File = Attachment | InvestigationReport
"""A file of a matter, or a report, which is kept with its case."""

PAPER = Path(__file__).with_name("paper")
PDF = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg"})
PAGED = PICTURES | {PDF}
MOST_PAGES = 500
NO_WORDS = "[Page {number} has no words that can be read.]"
MOST_BYTES = 60 * 1024 * 1024
FOR = {
    BundleFor.INVESTIGATOR: "For the investigation",
    BundleFor.PANEL: "For the panel",
    BundleFor.OMBUDSMAN: "For the Ombudsman",
}


class BundleFault(StrEnum):
    """Why a bundle cannot be made."""

    FILE_UNREADABLE = "file_unreadable"
    TOO_LONG = "too_long"
    HOLDS_ADDRESS = "holds_address"


class CannotBeMade(Exception):
    """A bundle that cannot be made; the officer is told why."""

    def __init__(self, fault: BundleFault) -> None:
        """Keep the fault."""
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Sheet:
    """One paper as pages: what the index calls it, the day it is from, and its PDF."""

    title: str
    on: date
    pdf: bytes

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(PdfReader(BytesIO(self.pdf)).pages)

    @property
    def words(self) -> str:
        """Every word that stands on them."""
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(self.pdf)).pages)


def words_of(file: File) -> str | None:
    """Read the words of a PDF, page by page. It is slow, so outside any act.

    Args:
        file: the file.

    Returns:
        None where it has none, is no PDF or cannot be read.

    Raises:
        StoreAway: the store does not answer: ask again.
    """
    if file.content_type != PDF:
        return None
    try:
        data = _bytes_of(file)
    except (storing.NotToBeOpened, storing.BytesMissing):
        return None
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        found = [_clean(page.extract_text()) for page in reader.pages[:MOST_PAGES]]
    # pypdf raises many things on a damaged file; each means that it has no words for us.
    except Exception:
        return None
    if not any(found):
        return None
    return "\n\n".join(
        words or NO_WORDS.format(number=number) for number, words in enumerate(found, start=1)
    )


def pages_of(title: str, on: date, text: str | None, file: File | None) -> bytes:
    """Show one paper as pages.

    Args:
        title: what the index calls it.
        on: the day it is from.
        text: its words as they go in; None for a file.
        file: the file; None for words.

    Raises:
        CannotBeMade: the file cannot be read or shown.
    """
    if text is not None:
        paragraphs = [part for part in text.split("\n\n") if part.strip()]
        return _set("paper.html", title=title, on=on, paragraphs=paragraphs, picture=None)
    assert file is not None, "A paper is words or a file."
    try:
        data = _bytes_of(file)
        if file.content_type in PICTURES:
            picture = f"data:{file.content_type};base64,{base64.b64encode(data).decode()}"
            return _set("paper.html", title=title, on=on, paragraphs=[], picture=picture)
        return _plain_pages(data)
    except (Refused, OSError):
        raise CannotBeMade(BundleFault.FILE_UNREADABLE) from None


def bound(reference: str, for_whom: BundleFor, sheets: Sequence[Sheet]) -> tuple[bytes, int]:
    """Bind papers into one PDF: an index, then each from a page of its own, all numbered.

    Args:
        reference: of the case.
        for_whom: whom it is for.
        sheets: the papers in their order.

    Returns:
        The PDF and how many pages it has.

    Raises:
        CannotBeMade: it has too many pages, or is too large.
    """
    lengths = [sheet.pages for sheet in sheets]
    index = _index(reference, for_whom, sheets, lengths, 1)
    front = len(PdfReader(BytesIO(index)).pages)
    index = _index(reference, for_whom, sheets, lengths, front)
    total = front + sum(lengths)
    if total > MOST_PAGES:
        raise CannotBeMade(BundleFault.TOO_LONG)
    writer = PdfWriter()
    for pdf in (index, *(sheet.pdf for sheet in sheets)):
        for page in PdfReader(BytesIO(pdf)).pages:
            writer.add_page(page)
    numbers = PdfReader(BytesIO(_set("numbers.html", title="Page numbers", total=total)))
    for page, number in zip(writer.pages, numbers.pages, strict=True):
        page.merge_page(number)
    writer.add_metadata({"/Title": f"{reference}: {FOR[for_whom]}"})
    written = BytesIO()
    writer.write(written)
    if written.tell() > MOST_BYTES:
        raise CannotBeMade(BundleFault.TOO_LONG)
    return written.getvalue(), total


def _index(
    reference: str, for_whom: BundleFor, sheets: Sequence[Sheet], lengths: list[int], front: int
) -> bytes:
    rows, page = [], front + 1
    for sheet, length in zip(sheets, lengths, strict=True):
        rows.append({"title": sheet.title, "on": sheet.on, "page": page})
        page += length
    title = f"{reference}: {FOR[for_whom]}"
    return _set("index.html", title=title, rows=rows)


def _clean(words: str) -> str:
    """Words without what a damaged font makes of letters, and what no text may hold."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()


def _bytes_of(file: File) -> bytes:
    return storing.read(file) if isinstance(file, Attachment) else file.content


def _plain_pages(data: bytes) -> bytes:
    """A PDF's pages, without what a reader could press or run."""
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotBeMade(BundleFault.FILE_UNREADABLE)
        if len(reader.pages) > MOST_PAGES:
            raise CannotBeMade(BundleFault.TOO_LONG)
        writer = PdfWriter()
        for page in reader.pages:
            added = writer.add_page(page)
            for key in ("/Annots", "/AA"):
                added.pop(key, None)
            added.transfer_rotation_to_content()
        written = BytesIO()
        writer.write(written)
        return written.getvalue()
    except CannotBeMade:
        raise
    # pypdf raises many things on a damaged file; each means that it cannot be shown.
    except Exception:
        raise CannotBeMade(BundleFault.FILE_UNREADABLE) from None


def _set(template: str, **facts: object) -> bytes:
    return tagged_pdf.from_html(_environment().get_template(template).render(**facts))


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(os.fspath(PAPER)), undefined=StrictUndefined, autoescape=True
    )
    environment.filters["day"] = in_full
    return environment
