"""Checking files: what is taken, what is not, and what is left of it."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal.attachments import pictures, refusals
from portal.attachments.checking import CheckedFile, FileRefused, check
from portal.attachments.filenames import LONGEST, safe_name
from portal.attachments.kinds import TOLD
from tests.unit.attachments.invented import (
    DOCX,
    ODT,
    PLACE,
    PPTX,
    VOICES,
    XLSX,
    film_in_boxes,
    film_of_two,
    pdf,
    picture,
    zipped,
)

TAKEN = {
    "a.jpg": (picture("JPEG"), "image/jpeg"),
    "a.png": (picture("PNG"), "image/png"),
    "a.gif": (picture("GIF"), "image/gif"),
    "a.webp": (picture("WEBP"), "image/webp"),
    "a.pdf": (pdf(), "application/pdf"),
    "a.docx": (zipped(DOCX), TOLD["docx"].content_type),
    "a.odt": (zipped(ODT), TOLD["odt"].content_type),
    "a.txt": ("Caf\u00e9".encode("cp1252"), "text/plain; charset=utf-8"),
    "note.mp3": (VOICES["note.mp3"], "audio/mpeg"),
    "note.m4a": (VOICES["note.m4a"], "audio/mp4"),
    "note.wav": (VOICES["note.wav"], "audio/wav"),
    "note.ogg": (VOICES["note.ogg"], "audio/ogg"),
    "note.webm": (VOICES["note.webm"], "audio/webm"),
    "note.amr": (VOICES["note.amr"], "audio/amr"),
    "wide.awb": (VOICES["wide.awb"], "audio/amr"),
    "note.aac": (VOICES["note.aac"], "audio/aac"),
    "note.3gp": (film_in_boxes(b"3gp5", b"soun"), "audio/mp4"),
    "film.webm": (VOICES["note.webm"] + b"V_VP9", "video/webm"),
    "film.mp4": (film_in_boxes(b"isom"), "video/mp4"),
    "film.mov": (film_in_boxes(b"qt  "), "video/quicktime"),
    "sheet.xlsx": (zipped(XLSX), TOLD["xlsx"].content_type),
    "slides.pptx": (zipped(PPTX), TOLD["pptx"].content_type),
}
REFUSED = {
    "empty.jpg": (b"", refusals.EMPTY),
    "large.txt": (b"a" * (refusals.LARGEST + 1), refusals.TOO_LARGE),
    "page.html": (b"<html><script>1</script>", refusals.NOT_TAKEN),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", refusals.NOT_TAKEN),
    "run.pdf": (b"MZ" + bytes(300), refusals.NOT_TAKEN),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), refusals.NOT_TAKEN),
    "film.m4a": (VOICES["note.m4a"] + b"vide", refusals.NOT_TAKEN),
    "chance.aac": (b"\xff\xf1\x50\x80\x0d\x60\xfc" + bytes(300), refusals.NOT_TAKEN),
    "files.zip": (zipped({"a.exe": b"MZ"}), refusals.NOT_TAKEN),
    "not.txt": (bytes(range(256)), refusals.NOT_TAKEN),
    "half.jpg": (picture("JPEG", (400, 400))[:700], refusals.BROKEN),
    "half.pdf": (b"%PDF-1.7\n" + bytes(200), refusals.BROKEN),
    "short.mp3": (b"ID3\x03\x00", refusals.BROKEN),
    "locked.pdf": (pdf("hush"), refusals.LOCKED),
    "macro.docx": (zipped(DOCX, **{"word/vbaProject.bin": b"x"}), refusals.MACROS),
    "macro.xlsx": (zipped(XLSX, **{"xl/vbaProject.bin": b"x"}), refusals.MACROS),
    "torn.mp4": (film_in_boxes(b"isom")[:-8], refusals.BROKEN),
    "macro.odt": (zipped(ODT, **{"Basic/Standard/Module1.xml": b"x"}), refusals.MACROS),
    "bomb.docx": (
        zipped(DOCX, **{"word/media/a.png": bytes(30 * 2**20)}),
        refusals.UNPACKS_TOO_LARGE,
    ),
    "many.odt": (
        zipped(ODT, **{f"Pictures/{n}": b"" for n in range(5_001)}),
        refusals.UNPACKS_TOO_LARGE,
    ),
    "letter.eml": (b"From: a@b.example\r\n\r\n" + b"a" * 200, refusals.NOT_TAKEN),
}


@pytest.mark.parametrize("name", TAKEN)
def test_kinds_that_are_taken(name: str) -> None:
    data, content_type = TAKEN[name]
    checked = check(name, data)
    assert (checked.filename, checked.content_type) == (name, content_type)
    assert checked.size == len(checked.data)
    # The bytes decide, whatever the name says; only text has no mark of its own.
    if not name.endswith("txt"):
        assert check("wrong.exe", data).content_type == content_type


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_are_not_taken(name: str) -> None:
    data, sentence = REFUSED[name]
    with pytest.raises(FileRefused) as refused:
        check(name, data)
    assert refused.value.message == sentence


def test_a_forwarded_message_is_taken_by_mail_alone() -> None:
    data = b"From: a@b.example\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\n" + b"a" * 200
    assert check("fwd.eml", data, by_mail=True).content_type == "message/rfc822"


@pytest.mark.parametrize("name", ["half.jpg", "half.pdf", "locked.pdf"])
def test_what_cannot_be_looked_into_is_kept_as_it_came_by_mail_alone(name: str) -> None:
    kept = check(name, REFUSED[name][0], by_mail=True)
    assert (kept.data, kept.note) == (REFUSED[name][0], refusals.AS_IT_CAME)
    # Nothing shows it: it can only be saved.
    assert (kept.content_type, kept.filename) == ("application/octet-stream", name)


@pytest.mark.parametrize("name", ["macro.docx", "bomb.docx", "run.pdf", "empty.jpg"])
def test_mail_is_no_way_in_for_what_is_refused(name: str) -> None:
    with pytest.raises(FileRefused):
        check(name, REFUSED[name][0], by_mail=True)


@pytest.mark.parametrize("written_as", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_a_picture_keeps_no_place(written_as: str) -> None:
    before = picture(written_as)
    assert PLACE in before
    checked = check("IMG_0001", before)
    assert PLACE not in checked.data
    after = Image.open(BytesIO(checked.data))
    assert dict(after.getexif()) == {}
    assert after.size == (40, 20)
    assert after.convert("RGB").getpixel((5, 5))[0] > 240


def test_a_photo_from_a_phone_loses_its_place_to_the_last_byte() -> None:
    """As a phone writes it: degrees, minutes and seconds in the photo's GPS notes."""
    image, notes = Image.new("RGB", (60, 40), "green"), Image.Exif()
    notes[0x8825] = {1: "N", 2: (52.0, 48.0, 23.5), 3: "W", 4: (2.0, 7.0, 1.25)}
    out = BytesIO()
    image.save(out, "JPEG", exif=notes)
    assert dict(Image.open(BytesIO(out.getvalue())).getexif().get_ifd(0x8825))[2][1] == 48.0
    kept = check("IMG_2041.jpg", out.getvalue()).data
    left = Image.open(BytesIO(kept)).getexif()
    assert dict(left) == {}
    assert dict(left.get_ifd(0x8825)) == {}
    assert b"Exif" not in kept


@pytest.mark.parametrize("brand", [b"isom", b"qt  ", b"M4A "])
def test_a_film_loses_its_notes_and_nothing_else(brand: bytes) -> None:
    before = film_in_boxes(brand, b"soun" if brand == b"M4A " else b"vide")
    assert before.count(PLACE) == 3
    kept = check("film", before).data
    assert PLACE not in kept
    assert len(kept) == len(before)
    # The pictures and the sound lie where they lay.
    assert kept.index(b"PICTURES") == before.index(b"PICTURES")
    assert kept.index(b"hdlr") == before.index(b"hdlr")


@pytest.mark.parametrize("written_as", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_before_its_notes_go(written_as: str) -> None:
    checked = check("IMG_0001", picture(written_as, turned=6))
    assert Image.open(BytesIO(checked.data)).size == (20, 40)


def test_an_iphone_photo_becomes_one_that_browsers_show() -> None:
    checked = check("IMG_0001.HEIC", picture("HEIF"))
    assert (checked.filename, checked.content_type) == ("IMG_0001.HEIC.jpg", "image/jpeg")


@pytest.mark.parametrize("written_as", ["GIF", "WEBP"])
def test_a_moving_picture_keeps_its_frames(written_as: str) -> None:
    checked = check("film", film_of_two(written_as))
    assert Image.open(BytesIO(checked.data)).n_frames == 2  # type: ignore[attr-defined]


def test_too_many_pixels_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 799)
    for written_as in ("JPEG", "HEIF"):
        with pytest.raises(FileRefused, match="larger than we can open"):
            check("a.jpg", picture(written_as))
    assert check("a.jpg", picture("PNG", (20, 20))).size


def test_text_is_kept_as_utf_8() -> None:
    text = "Caf\u00e9 \u00a35\n"
    for coding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert check("a.txt", text.encode(coding)).data == text.encode()


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Wren\letter.PDF", "letter.pdf"),
        ("letter.pdf.exe", "letter.pdf.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("a\r\nb: c.pdf", "a b c.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("\ud800name.pdf", "name.pdf"),
    ],
)
def test_names_are_made_safe(came: str, kept: str) -> None:
    assert safe_name(came, ("pdf",)) == kept


@given(st.text(max_size=300))
def test_no_name_is_unsafe(came: str) -> None:
    name = safe_name(came, ("jpg", "jpeg"))
    assert 5 <= len(name) <= LONGEST
    assert name.endswith((".jpg", ".jpeg"))
    assert not name.startswith((".", " "))
    assert not set(name) & set('/\\<>:"|?*\r\n\0\u202e')
    name.encode("utf-8")
    assert safe_name(name, ("jpg", "jpeg")) == name


HEIC = b"\x00\x00\x00\x18ftypheic"
STARTS = [data[:40] for data, _ in TAKEN.values()] + [b"", b"PK\x03\x04", HEIC]


@given(
    st.text(max_size=40) | st.sampled_from(["a.txt", "a.eml", "a.pdf"]),
    st.builds(bytes.__add__, st.sampled_from(STARTS), st.binary(max_size=400)),
    st.booleans(),
)
def test_any_bytes_are_taken_or_refused_and_nothing_else(
    name: str, data: bytes, by_mail: bool
) -> None:
    outcome = _outcome(name, data, by_mail=by_mail)
    if isinstance(outcome, CheckedFile) and outcome.note is None:
        assert outcome.content_type in {told.content_type for told in TOLD.values()}
    elif isinstance(outcome, CheckedFile):
        assert by_mail
        assert (outcome.content_type, outcome.data) == ("application/octet-stream", data)
    else:
        assert outcome.message.endswith(".")


@given(st.data())
def test_a_damaged_file_is_taken_or_refused_and_nothing_else(draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from(sorted(TAKEN)))
    data = bytearray(TAKEN[name][0])
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    assert isinstance(_outcome(name, bytes(data)), CheckedFile | FileRefused)


def test_an_archive_that_lies_about_its_sizes_is_not_unpacked() -> None:
    whole = zipped(DOCX)
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        assert archive.testzip() is None
    at = whole.rindex(b"PK\x01\x02")
    lying = whole[: at + 24] + b"\xff\xff\xff\x7f" + whole[at + 28 :]
    with pytest.raises(FileRefused, match="too large once it is opened"):
        check("a.docx", lying)


def _outcome(name: str, data: bytes, *, by_mail: bool = False) -> CheckedFile | FileRefused:
    try:
        return check(name, data, by_mail=by_mail)
    except FileRefused as refused:
        return refused
