"""Invented files of every kind, small and made on the spot."""

import zipfile
from io import BytesIO

import pillow_heif
from PIL import Image
from pypdf import PdfWriter

DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
PPTX = {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p:presentation/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}
# In two pieces, so that no scanner takes this file for what it tests.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PLACE = b"Elm Grove 12"


def picture(written_as: str, size: tuple[int, int] = (40, 20), turned: int = 1) -> bytes:
    """A red picture that says when, where and how it was turned."""
    image = Image.new("RGB", size, "red")
    notes = image.getexif()
    notes[0x0112] = turned
    notes[0x010E] = PLACE.decode()
    notes.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    if written_as == "HEIF":
        pillow_heif.from_pillow(image).save(out, exif=notes.tobytes())
    elif written_as == "GIF":
        image.save(out, "GIF", comment=PLACE)
    else:
        image.save(out, written_as, exif=notes.tobytes())
    return out.getvalue()


def film_of_two(written_as: str) -> bytes:
    """A moving picture of two frames."""
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, written_as, save_all=True, append_images=frames[1:], duration=80)
    return out.getvalue()


def box(kind: bytes, inside: bytes) -> bytes:
    """One box of a film."""
    return (8 + len(inside)).to_bytes(4) + kind + inside


def film_in_boxes(brand: bytes, handler: bytes = b"vide") -> bytes:
    """A film or recording as phones write it, with its place in three boxes of notes."""
    notes = box(b"udta", box(b"\xa9xyz", PLACE))
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler)) + box(b"meta", PLACE))
    # A length of 64 bits, as long films have.
    pictures = b"\x00\x00\x00\x01mdat" + (16 + 108).to_bytes(8) + b"PICTURES" + bytes(100)
    return (
        box(b"ftyp", brand + bytes(4))
        + box(b"moov", box(b"mvhd", bytes(20)) + track + notes)
        + box(b"uuid", bytes(16) + PLACE)
        + pictures
    )


def pdf(password: str | None = None) -> bytes:
    """One blank page."""
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def zipped(entries: dict[str, bytes], **more: bytes) -> bytes:
    """An archive of these entries."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**entries, **more}.items():
            archive.writestr(name, content)
    return out.getvalue()


# A frame of bare AAC of 107 bytes: its head and silence.
AAC_FRAME = b"\xff\xf1\x50\x80\x0d\x60\xfc" + bytes(100)
VOICES = {
    "note.amr": b"#!AMR\n" + bytes(200),
    "wide.awb": b"#!AMR-WB\n" + bytes(200),
    "note.aac": AAC_FRAME * 3,
    "note.mp3": b"ID3\x03\x00" + bytes(200),
    "note.m4a": b"\x00\x00\x00\x20ftypM4A " + bytes(200),
    "note.wav": b"RIFF\x00\x01\x00\x00WAVEfmt " + bytes(200),
    "note.ogg": b"OggS\x00\x02" + bytes(200),
    "note.webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmA_OPUS" + bytes(200),
}
