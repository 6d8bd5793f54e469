"""Documents: a PDF that opens, a text document without macros, text that can be read."""

import logging
import zipfile
from io import BytesIO

from pypdf import PdfReader

from portal.attachments.refusals import (
    BROKEN,
    LOCKED,
    MACROS,
    NOT_TAKEN,
    UNPACKS_TOO_LARGE,
    FileRefused,
)

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
# Text packs up to about twenty times; a bomb packs a thousand times.
MOST_TIMES = 100
SMALL_ENOUGH = 5 * 1024 * 1024
ENCRYPTED = 0x1
# Pages lie in a tree, which a made-up file may make endless.
DEEPEST_PAGE = 20
# Word's macros by name, whatever folder they lie in; an ODT's by folder.
MACRO_NAMES = ("vbaproject.bin", "vbadata.xml")
MACRO_FOLDERS = ("basic/", "scripts/")

# pypdf tells a log of each oddity, with pieces of the document in it: those are people's words.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


def check_pdf(data: bytes) -> None:
    """Make sure that a PDF opens and has pages.

    Raises:
        FileRefused: it is locked or damaged.
    """
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileRefused(LOCKED)
        # The first page only: walking a made-up tree of a million pages is what a trap wants.
        if not reader.root_object["/Pages"].get_object()["/Kids"]:  # type: ignore[index]
            raise FileRefused(BROKEN)
    except FileRefused:
        raise
    # pypdf raises many things on a damaged file; each means that it cannot be opened.
    except Exception:
        raise FileRefused(BROKEN) from None


def pdf_has_text(data: bytes) -> bool:
    """Say whether the first page of a PDF uses a font: a scan or a photo of paper does not.

    Args:
        data: a PDF that `check_pdf` let pass.
    """
    try:
        node = PdfReader(BytesIO(data), strict=False).root_object["/Pages"].get_object()
        for _ in range(DEEPEST_PAGE):
            resources = node.get("/Resources")  # type: ignore[union-attr]
            if resources is not None and "/Font" in resources.get_object():
                return True
            kids = node.get("/Kids")  # type: ignore[union-attr]
            if not kids:
                return False
            node = kids[0].get_object()
    # As above; what cannot be told is looked at by a person.
    except Exception:
        return False
    return False


def check_zipped(data: bytes) -> None:
    """Look through the list of a docx or odt, without unpacking it.

    Raises:
        FileRefused: it holds macros, is locked, or unpacks to far more than it is.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    # As above: whatever zipfile raises, the archive is not whole.
    except Exception:
        raise FileRefused(BROKEN) from None
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise FileRefused(LOCKED)
    if any(_is_macro(entry.filename) for entry in entries):
        raise FileRefused(MACROS)
    unpacked = sum(entry.file_size for entry in entries)
    bomb = unpacked > SMALL_ENOUGH and unpacked > MOST_TIMES * len(data)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or bomb:
        raise FileRefused(UNPACKS_TOO_LARGE)


def as_text(data: bytes) -> bytes:
    """Read a plain text in whatever usual coding it has.

    Returns:
        The same text in UTF-8, so that every browser shows it alike.

    Raises:
        FileRefused: it is no text.
    """
    for coding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if not any(char < " " and char not in "\t\n\r\f" for char in text):
            return text.encode()
    raise FileRefused(NOT_TAKEN)


def _is_macro(name: str) -> bool:
    plain = name.casefold().replace("\\", "/")
    return plain.endswith(MACRO_NAMES) or plain.startswith(MACRO_FOLDERS)
