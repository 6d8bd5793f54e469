"""Checking a file before it is kept: its size, what it really is, and that it opens.

Pure and sometimes slow, so it is done before an act is opened.
"""

import hashlib

from portal.attachments.checked_file import CheckedFile
from portal.attachments.documents import as_text, check_pdf, check_zipped, pdf_has_text
from portal.attachments.filenames import safe_name
from portal.attachments.films import without_notes
from portal.attachments.kinds import IN_BOXES, PICTURES, TOLD, WITH_TEXT, ZIPPED, Kind, kind_of
from portal.attachments.pictures import clean_picture
from portal.attachments.refusals import (
    AS_IT_CAME,
    BROKEN,
    EMPTY,
    LARGEST,
    LOCKED,
    NOT_TAKEN,
    TOO_LARGE,
    FileRefused,
)

__all__ = ["CheckedFile", "FileRefused", "check"]


def check(filename: str, data: bytes, *, by_mail: bool = False) -> CheckedFile:
    """Check one file.

    Args:
        filename: as it came.
        data: its bytes.
        by_mail: whether it came by e-mail; a forwarded message (eml) is then taken too, and a file
            that cannot be looked into is kept as it came.

    Returns:
        The file to keep. A picture is a new one without its notes (place, time, camera), a film has
        its notes blanked; text is UTF-8; size and hash are those of what is kept.

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
    told, note = TOLD[kind], None
    content_type = told.content_type
    try:
        kept = _opened(kind, data)
    except FileRefused as refused:
        if not by_mail or refused.message not in (BROKEN, LOCKED):
            raise
        # What somebody sent by e-mail may be all they have, so an officer gets it as it came.
        kept, content_type, note = data, "application/octet-stream", AS_IT_CAME
    # A picture written anew may have grown; the store's limit is one for all.
    if len(kept) > 2 * LARGEST:
        raise FileRefused(TOO_LARGE)
    name = safe_name(filename, told.endings)
    sha256 = hashlib.sha256(kept).hexdigest()
    silent = _is_silent(kind, kept, could_look=note is None)
    return CheckedFile(name, content_type, kept, len(kept), sha256, note, silent)


def _is_silent(kind: Kind, data: bytes, *, could_look: bool) -> bool:
    """Whether nobody knows what it says before a person has heard or looked at it."""
    if kind is Kind.PDF:
        return not could_look or not pdf_has_text(data)
    return not could_look or kind not in WITH_TEXT


def _opened(kind: Kind, data: bytes) -> bytes:
    if kind in PICTURES:
        return clean_picture(kind, data)
    if kind is Kind.TXT:
        return as_text(data)
    if kind is Kind.PDF:
        check_pdf(data)
    elif kind in ZIPPED:
        check_zipped(data)
    elif kind in IN_BOXES:
        return without_notes(data)
    elif len(data) < 100:
        # A recording or a message is longer than its own headings.
        raise FileRefused(BROKEN)
    return data
