"""What of a file an officer's page may show: a picture, a sound, or bare text. Nothing is run.

A browser's own viewers run what is in a file: a PDF can hold scripts, an office document macros. So
of these the page shows words alone, and the file itself is only ever saved.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from pypdf import PdfReader

# What is beyond is read by saving the file: a page is made while an officer waits.
LARGEST_READ = 5 * 1024 * 1024
MOST_PAGES = 30
MOST_SHOWN = 100_000
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
# Browsers play no AMR: it is saved, and heard with another program.
SOUNDS = frozenset({"audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", "audio/webm", "audio/aac"})


class ShownAs(StrEnum):
    """How a file is shown."""

    PICTURE = "picture"
    SOUND = "sound"
    TEXT = "text"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Shown:
    """What the page shows; `cut` says that there is more than the text."""

    how: ShownAs
    text: str = ""
    cut: bool = False


def as_what(content_type: str) -> ShownAs:
    """Say how a file of a kind is shown, before its bytes are read.

    Args:
        content_type: what it was found to be, by its bytes, when it came.
    """
    if content_type in PICTURES:
        return ShownAs.PICTURE
    if content_type in SOUNDS:
        return ShownAs.SOUND
    if content_type == "application/pdf" or content_type.startswith("text/plain"):
        return ShownAs.TEXT
    return ShownAs.NOTHING


def text_of(content_type: str, data: bytes) -> Shown:
    """Read the words of a PDF or of a plain text.

    Args:
        content_type: as in `as_what`.
        data: the file.

    Returns:
        Its words, or nothing where it has none that can be read: a scan, or a damaged file.
    """
    if content_type.startswith("text/plain"):
        text = data[: MOST_SHOWN * 4].decode("utf-8", "replace")
    elif len(data) > LARGEST_READ:
        return Shown(ShownAs.NOTHING)
    else:
        text = _of_pdf(data)
    if not text.strip():
        return Shown(ShownAs.NOTHING)
    return Shown(ShownAs.TEXT, text[:MOST_SHOWN], len(text) > MOST_SHOWN)


def _of_pdf(data: bytes) -> str:
    found: list[str] = []
    length = 0
    try:
        for number, page in enumerate(PdfReader(BytesIO(data), strict=False).pages):
            if number == MOST_PAGES or length > MOST_SHOWN:
                break
            found.append(page.extract_text())
            length += len(found[-1])
    # pypdf raises many things on a damaged file; what was read until then is shown.
    except Exception:
        return "\n\n".join(found)
    return "\n\n".join(found)
