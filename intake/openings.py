"""Files that say something themselves: packs, seals, invitations, contact cards, reports."""

from __future__ import annotations

import mimetypes

from intake.contact_cards import text_of_card
from intake.delivery_reports import text_of_report
from intake.gathering import Reading
from intake.invitations import text_of_invitation
from intake.mime import Part, is_content_type
from intake.reading import text_of_html
from intake.rtf import text_of_compressed_rtf
from intake.tnef import SIGNATURE, Packed, unpack

MAX_FILES = 500

_PACKS = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SEALS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_CALENDARS = {"text/calendar", "application/ics", "text/x-vcalendar"}
_CARDS = {"text/vcard", "text/x-vcard", "text/directory"}
# What many programs call any file at all.
_ANY_FILE = {"application/octet-stream", "text/plain"}

_SEALED = "The message is encrypted or sealed (S/MIME); it is kept as a file."
_SIGNED = "The message is wrapped in a signature (S/MIME); it was read, the signature not checked."
_PGP = "The message is encrypted (PGP); it is kept as a file."
_FULL_PACK = (
    f"There are more than {MAX_FILES} files in winmail.dat; the rest were not taken out of it."
    " It is kept as a file."
)
_CLOSED_PACK = "Outlook packed files into winmail.dat; it is kept as a file."


def sealed_content(reading: Reading, part: Part, content: bytes) -> bytes | None:
    """Return the message that a signature is wrapped around, or None; notes what is locked.

    Args:
        reading: where the defect is noted.
        part: the part as declared.
        content: its decoded bytes.
    """
    if part.content_type == "application/pgp-encrypted":
        reading.note(_PGP)
    if part.content_type not in _SEALS:
        return None
    if (part.parameter("smime-type") or "").lower() == "certs-only":
        return None
    # The library is only loaded for the few messages that need it.
    from intake.sealed import SIGNED, open_sealed

    kind, inside = open_sealed(content)
    reading.note(_SIGNED if kind == SIGNED else _SEALED)
    return inside if kind == SIGNED else None


def read_packed(reading: Reading, part: Part, content: bytes) -> bool:
    """Take the body and the files out of winmail.dat.

    Returns:
        Whether all that it holds is now listed on its own.
    """
    if part.content_type not in _PACKS and not content.startswith(SIGNATURE):
        return False
    packed = unpack(content)
    if packed is None:
        reading.note(_CLOSED_PACK)
        return False
    if packed.damaged:
        reading.note("winmail.dat is damaged; what could be read of it is listed.")
    body = _body(packed)
    reading.packed_text = reading.packed_text or body
    listed = _keep_files(reading, packed)
    return listed and not packed.damaged and bool(body or packed.files)


def _body(packed: Packed) -> str:
    for text in (packed.plain, text_of_html(packed.html)):
        if text.strip():
            return text.strip("\n").rstrip()
    return text_of_compressed_rtf(packed.rtf)


def _keep_files(reading: Reading, packed: Packed) -> bool:
    """List the files of a pack; whether all of them are listed. The number is of the whole message:
    a thousand small packs hold as much as one large one."""
    for one in packed.files:
        if reading.unpacked >= MAX_FILES:
            reading.note(_FULL_PACK)
            return False
        reading.unpacked += 1
        declared = one.content_type if is_content_type(one.content_type) else ""
        guessed = mimetypes.guess_type(one.filename)[0] or "application/octet-stream"
        opened = one.message is not None and not one.message.damaged
        reading.keep(one.filename, declared or guessed, one.content, one.inline, opened)
        if one.message is not None:
            title = f"---------- Attached message: {one.message.subject or 'no subject'} ----------"
            reading.say(f"{title}\n\n{_body(one.message)}")
            if not _keep_files(reading, one.message):
                return False
    return True


def read_lines(reading: Reading, part: Part, content: bytes, name: str) -> None:
    """Add what an invitation, a contact card or a delivery report says to the readable text.

    Args:
        reading: where the text is added.
        part: the part as declared.
        content: its decoded bytes.
        name: its file name, for senders that declare any file as bytes.
    """
    kind, charset = part.content_type, part.parameter("charset")
    ending = name.lower().rpartition(".")[2] if kind in _ANY_FILE else ""
    if kind in _CALENDARS or ending == "ics":
        reading.say(text_of_invitation(content, charset))
    elif kind in _CARDS or ending == "vcf":
        reading.say(text_of_card(content, charset))
    elif kind.endswith("/delivery-status"):
        reading.say(text_of_report(content))
