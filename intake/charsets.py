"""Bytes to text when the declared charset may be missing, unknown or wrong."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

# Enough to tell a charset by; detection costs some ten microseconds a byte.
_SAMPLE = 16_384

# What senders write, and what they mean. ISO-8859-1 mail holds Windows quotation marks as often as
# not, and Windows-1252 reads both; the Asian sets have later, larger forms that contain them.
_MEANT = {
    "ascii": "utf-8", "us-ascii": "utf-8", "ansi_x3.4-1968": "utf-8", "646": "utf-8",
    "utf8mb4": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "iso_8859-1": "cp1252", "l1": "cp1252", "8859_1": "cp1252", "ansi": "cp1252",
    "windows-874": "cp874", "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "korean": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "big5": "cp950",
    "big5-hkscs": "big5hkscs", "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
}  # fmt: skip
# Python codecs that are no charsets of mail: they would mangle the text or take very long.
_NO_CHARSETS = {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "rot13",
                "mbcs", "oem", "charmap", "palmos"}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
         (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
         (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_HIGH = bytes(range(0x80, 0x100))
_SLICE = 65_536
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


@lru_cache(maxsize=500)
def known_codec(declared: str | None) -> str | None:
    """Return the Python codec for a declared charset, or None where it names none."""
    name = (declared or "").strip().strip("'\"").lower()[:60]
    name = name.split("*")[0]  # RFC 2231 language suffix of an encoded word
    name = _MEANT.get(name, name)
    if not re.fullmatch(r"[a-z0-9_.:-]+", name) or name.replace("_", "-") in _NO_CHARSETS:
        return None
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    # codecs that turn bytes into bytes (zip, hex, base64) refuse to decode to text
    return name if getattr(info, "_is_text_encoding", True) else None


def clean(text: str) -> str:
    """Return text with line ends as `\\n` and without characters no database or page can hold."""
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) <= _SLICE:
        return _UNSAFE.sub("", text)
    # The pattern keeps every piece between two finds until it is done: a long text that is mostly
    # such characters would take forty times its room.
    slices = (text[here : here + _SLICE] for here in range(0, len(text), _SLICE))
    return "".join(_UNSAFE.sub("", one) for one in slices)


def decode(content: bytes, declared: str | None) -> tuple[str, bool]:
    """Decode bytes by the declared charset, else by what they look like, else as Windows-1252.

    Args:
        content: the decoded body of a part, or the bytes of a header.
        declared: the charset the message names, or None.

    Returns:
        The clean text, and whether the charset had to be guessed.
    """
    codec = known_codec(declared)
    if codec is not None and not _plainly_utf8(content, codec, declared or ""):
        text = _strictly(content, codec)
        if text is not None:
            return clean(text), False
    # Plain ASCII reads the same in whatever was not said; a wrong or unknown name is still a guess.
    guessed = declared is not None or not content.isascii() or b"\x1b$" in content
    return clean(_guess(content)), guessed


def _plainly_utf8(content: bytes, codec: str, declared: str) -> bool:
    """Whether a one-byte charset was named for what can only be UTF-8, or ASCII for more."""
    if content.isascii() or not (codec == "cp1252" or "ascii" in declared.lower()):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "ascii" in declared.lower()
    return True


def _strictly(content: bytes, codec: str) -> str | None:
    for mark, sealed in _BOMS:
        if content.startswith(mark):
            codec = sealed
            break
    try:
        return content.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return _forgiven(content, codec)


def _forgiven(content: bytes, codec: str) -> str | None:
    """Read a body whose charset is right but for a cut or damaged character."""
    if codec == "cp1252":  # five bytes of it are unassigned; the page of Latin-1 has them
        return content.decode("cp1252", "replace")
    if codec not in {"utf-8", "utf-7", "iso2022_jp_ext", "cp932", "gb18030", "cp949", "cp950"}:
        return None
    if codec == "utf-8":
        return _damaged_utf8(content)
    text = content.decode(codec, "replace")
    damaged = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    # One bad character among many good ones is damage; mostly bad ones mean another charset.
    return text if damaged * 20 <= foreign and foreign > 20 else None


def _damaged_utf8(content: bytes) -> str | None:
    """Read UTF-8 of which a few characters are cut. Hardly any other charset looks like it."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return text if whole >= 8 and whole >= 6 * damaged else None


def _guess(content: bytes) -> str:
    if b"\x1b$" in content:
        japanese = content.decode("iso2022_jp_ext", "replace")
        if "\ufffd" not in japanese:
            return japanese
    for mark, sealed in _BOMS:
        if content.startswith(mark):
            return content.decode(sealed, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if (text := _damaged_utf8(content)) is not None:
            return text
    sample = content[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    # A few accents in Latin letters: detection guesses wildly there, and this is English mail.
    if high * 6 > len(sample) and high > 8:
        found = from_bytes(sample, threshold=0.4).best()
        wide = found is not None and found.encoding.startswith(("utf_16", "utf_32"))
        # Without a mark and without zeros it is no UTF-16: any bytes at all can be read as that.
        if found is not None and known_codec(found.encoding) and (b"\0" in sample or not wide):
            return content.decode(found.encoding, "replace")
    return content.decode("cp1252", "replace")
