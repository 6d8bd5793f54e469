"""Checking a file before it is kept: its size, what it really is, and that it opens.

Pure and sometimes slow, so it is done before an act is opened.
"""

import hashlib
from dataclasses import dataclass

from portal.attachments.documents import as_text, check_pdf, check_zipped
from portal.attachments.filenames import safe_name
from portal.attachments.kinds import PICTURES, TOLD, ZIPPED, Kind, kind_of
from portal.attachments.pictures import clean_picture
from portal.attachments.refusals import BROKEN, EMPTY, LARGEST, NOT_TAKEN, TOO_LARGE, FileRefused

__all__ = ["CheckedFile", "FileRefused", "check"]


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: a safe name, its true kind, and the bytes to keep."""

    filename: str
    content_type: str
    data: bytes
    size: int
    sha256: str


def check(filename: str, data: bytes, *, by_mail: bool = False) -> CheckedFile:
    """Check one file.

    Args:
        filename: as it came.
        data: its bytes.
        by_mail: whether it came by e-mail; a forwarded message (eml) is then taken too.

    Returns:
        The file to keep. A picture is a new one without its notes (place, time, camera); text is
        UTF-8; size and hash are those of what is kept.

    Raises:
        FileRefused: with a sentence that says what we take and what to do instead.
    """
    if not data:
        raise FileRefused(EMPTY)
    if len(data) > LARGEST:
        raise FileRefused(TOO_LARGE)
    kind = kind_of(filename, data, by_mail=by_mail)
    if kind is None:
        raise FileRefused(NOT_TAKEN)
    kept = _opened(kind, data)
    # A picture written anew may have grown; the store's limit is one for all.
    if len(kept) > 2 * LARGEST:
        raise FileRefused(TOO_LARGE)
    told = TOLD[kind]
    name = safe_name(filename, told.endings)
    return CheckedFile(name, told.content_type, kept, len(kept), hashlib.sha256(kept).hexdigest())


def _opened(kind: Kind, data: bytes) -> bytes:
    if kind in PICTURES:
        return clean_picture(kind, data)
    if kind is Kind.TXT:
        return as_text(data)
    if kind is Kind.PDF:
        check_pdf(data)
    elif kind in ZIPPED:
        check_zipped(data)
    elif len(data) < 100:
        # A recording or a message is longer than its own headings.
        raise FileRefused(BROKEN)
    return data
