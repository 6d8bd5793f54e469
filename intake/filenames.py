"""File names from strangers: shown to officers and offered as downloads, never used as paths."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

MAX_LENGTH = 150

# What officers recognise, where the message gives no name.
_USUAL = {
    "message/delivery-status": "delivery-status.txt",
    "message/global-delivery-status": "delivery-status.txt",
    "message/disposition-notification": "read-receipt.txt",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "invitation.ics",
    "text/vcard": "contact.vcf",
    "text/x-vcard": "contact.vcf",
    "application/ms-tnef": "winmail.dat",
    "application/vnd.ms-tnef": "winmail.dat",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "encrypted.asc",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
}
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_filename(name: str, content_type: str, number: int) -> str:
    """Return a file name without folders, controls or direction marks.

    Args:
        name: what the message says; may be empty or hostile.
        content_type: used for the ending where there is no name.
        number: which file of the message it is, from 1.

    Returns:
        A name of at most 150 characters that begins with no dot.
    """
    name = unicodedata.normalize("NFC", name)
    # Direction marks make "exe.jpg" of "gpj.exe"; other format characters are invisible.
    name = "".join(one for one in name if unicodedata.category(one) not in {"Cf", "Cc", "Cs"})
    name = name.replace("\\", "/").rstrip("/. ").rpartition("/")[2]
    name = _FORBIDDEN.sub("_", " ".join(name.split())).lstrip(". ")
    if not name and content_type in _USUAL:
        return _USUAL[content_type]
    if not name:
        # mimetypes reads the machine's own list; the ending is for people, so that is no matter.
        return f"attachment-{number}{mimetypes.guess_extension(content_type) or '.bin'}"
    if _DEVICE.match(name):
        name = "_" + name
    if len(name) > MAX_LENGTH:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if dot and len(ending) <= 10 else ""
        name = (stem if ending else name)[: MAX_LENGTH - len(ending)] + ending
    return name
