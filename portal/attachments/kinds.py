"""The kinds of file that we take, told apart by their bytes and never by their name."""

import email
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType
from typing import Final

import filetype


class Kind(StrEnum):
    """Every kind that we take. `TOLD` says what each is called."""

    JPG = "jpg"
    PNG = "png"
    HEIC = "heic"
    GIF = "gif"
    WEBP = "webp"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    TXT = "txt"
    EML = "eml"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    OGG = "ogg"
    WEBM = "webm"
    AMR = "amr"
    AAC = "aac"
    MP4 = "mp4"
    MOV = "mov"
    WEBM_FILM = "webm-film"


@dataclass(frozen=True)
class _Told:
    content_type: str
    endings: tuple[str, ...]


TOLD: Final = MappingProxyType(
    {
        Kind.JPG: _Told("image/jpeg", ("jpg", "jpeg")),
        Kind.PNG: _Told("image/png", ("png",)),
        # Officers' browsers show no HEIC, so it is kept as a JPG.
        Kind.HEIC: _Told("image/jpeg", ("jpg", "jpeg")),
        Kind.GIF: _Told("image/gif", ("gif",)),
        Kind.WEBP: _Told("image/webp", ("webp",)),
        Kind.PDF: _Told("application/pdf", ("pdf",)),
        Kind.DOCX: _Told(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)
        ),
        Kind.XLSX: _Told(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)
        ),
        Kind.PPTX: _Told(
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",)
        ),
        Kind.ODT: _Told("application/vnd.oasis.opendocument.text", ("odt",)),
        Kind.TXT: _Told("text/plain; charset=utf-8", ("txt",)),
        Kind.EML: _Told("message/rfc822", ("eml",)),
        Kind.MP3: _Told("audio/mpeg", ("mp3",)),
        Kind.M4A: _Told("audio/mp4", ("m4a", "mp4", "3gp")),
        Kind.WAV: _Told("audio/wav", ("wav",)),
        Kind.OGG: _Told("audio/ogg", ("ogg", "oga", "opus")),
        Kind.WEBM: _Told("audio/webm", ("webm", "weba")),
        # Voice notes of older phones.
        Kind.AMR: _Told("audio/amr", ("amr", "awb")),
        Kind.AAC: _Told("audio/aac", ("aac",)),
        Kind.MP4: _Told("video/mp4", ("mp4", "m4v", "3gp")),
        Kind.MOV: _Told("video/quicktime", ("mov",)),
        Kind.WEBM_FILM: _Told("video/webm", ("webm",)),
    }
)
"""What a kept file is called to a browser, and the endings that its name may keep."""

PICTURES = frozenset({Kind.JPG, Kind.PNG, Kind.HEIC, Kind.GIF, Kind.WEBP})
ZIPPED = frozenset({Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT})
IN_BOXES = frozenset({Kind.M4A, Kind.MP4, Kind.MOV})
# What is written, so that it can be read; a PDF may be, or may be a picture of paper.
WITH_TEXT = frozenset({*ZIPPED, Kind.TXT, Kind.EML})

_BY_MAGIC = MappingProxyType(
    {
        "image/jpeg": Kind.JPG,
        "image/png": Kind.PNG,
        "image/apng": Kind.PNG,
        "image/gif": Kind.GIF,
        "image/webp": Kind.WEBP,
        "application/pdf": Kind.PDF,
        "audio/mpeg": Kind.MP3,
        "audio/x-wav": Kind.WAV,
        "audio/ogg": Kind.OGG,
        "video/webm": Kind.WEBM,
    }
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_AUDIO_BRANDS = frozenset(
    {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash", b"3gp4",
     b"3gp5", b"3gp6"}
)  # fmt: skip
_AMR = (b"#!AMR\n", b"#!AMR-WB\n")
_QUICKTIME = b"qt  "
_FILM_BRANDS = frozenset(
    {b"mp42", b"mp41", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"avc1", b"M4V ", b"M4VH",
     b"MSNV", b"dash", b"3gp4", b"3gp5", b"3gp6", b"hvc1", _QUICKTIME}
)  # fmt: skip
# A film in the same wrapping as a voice recording: a video track, or a video codec's name.
_FILM = (b"vide", b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")
# What each kind of Office file must hold.
_OFFICE = MappingProxyType(
    {
        "word/document.xml": Kind.DOCX,
        "xl/workbook.xml": Kind.XLSX,
        "ppt/presentation.xml": Kind.PPTX,
    }
)
_FRAMES_ASKED, _FRAME_HEAD = 2, 7
_MAIL_FIELDS = ("From", "Date", "Received")


def kind_of(filename: str, data: bytes, *, by_mail: bool = False) -> Kind | None:
    """Say what a file is.

    Args:
        filename: only asked about text and mail, which have no mark of their own.
        data: all of its bytes.
        by_mail: whether it came by e-mail, where a forwarded message is a file like any other.

    Returns:
        Its kind, or None when it is none that we take.
    """
    if data[:4] == b"PK\x03\x04":
        return _zipped(data)
    if data[4:8] == b"ftyp":
        return _in_boxes(data)
    kind = _by_magic(data)
    if kind is Kind.WEBM and any(mark in data for mark in _FILM):
        return Kind.WEBM_FILM
    if kind is not None:
        return kind
    if data.startswith(_AMR):
        return Kind.AMR
    if _is_aac(data):
        return Kind.AAC
    ending = filename.rpartition(".")[2].casefold()
    if ending == "txt":
        return Kind.TXT
    return Kind.EML if by_mail and ending == "eml" and _is_mail(data) else None


def _by_magic(data: bytes) -> Kind | None:
    guessed = filetype.guess_mime(data[:8192])
    return _BY_MAGIC.get(guessed) if guessed else None


def _is_aac(data: bytes) -> bool:
    """Whether it is bare AAC (ADTS, ISO/IEC 13818-7): its mark is of twelve bits, which chance may
    bring, so the second frame must stand where the first one says."""
    start, frames = 0, 0
    while frames < _FRAMES_ASKED and start + _FRAME_HEAD <= len(data):
        head = data[start : start + _FRAME_HEAD]
        length = (head[3] & 0x03) << 11 | head[4] << 3 | head[5] >> 5
        # Twelve ones, a bit that may be either, and two noughts.
        if head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or length < _FRAME_HEAD:
            return False
        start, frames = start + length, frames + 1
    return frames == _FRAMES_ASKED


def _in_boxes(data: bytes) -> Kind | None:
    brand = data[8:12]
    if brand in _HEIC_BRANDS:
        return Kind.HEIC
    if _FILM[0] in data:
        film = Kind.MOV if brand == _QUICKTIME else Kind.MP4
        return film if brand in _FILM_BRANDS else None
    return Kind.M4A if brand in _AUDIO_BRANDS else None


def _zipped(data: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return next((kind for name, kind in _OFFICE.items() if name in names), None)
            if {"mimetype", "content.xml"} <= names:
                with archive.open("mimetype") as first:
                    said = first.read(100).strip().decode("ascii", "replace")
                return Kind.ODT if said == TOLD[Kind.ODT].content_type else None
    # zipfile raises many things on a broken or hostile archive; each means "not one we take".
    except Exception:
        return None
    return None


def _is_mail(data: bytes) -> bool:
    message = email.message_from_bytes(data[:65536])
    return any(field in message for field in _MAIL_FIELDS)
