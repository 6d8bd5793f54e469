"""Names of files: safe to show, to offer and to save, and short."""

import re
import unicodedata

LONGEST = 120
_UNSAFE = re.compile(r'[<>:"|?*%]+')


def safe_name(filename: str, endings: tuple[str, ...]) -> str:
    """Make a file's name safe.

    Args:
        filename: as it came: perhaps a path, perhaps with characters that turn text round.
        endings: the endings that fit what the file is; without one of them the first is added.

    Returns:
        A base name of at most 120 characters that begins with no dot.
    """
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    # Category C: control and formatting characters (that turn text round), lone surrogates.
    shown = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in base)
    plain = " ".join(_UNSAFE.sub(" ", shown).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending.casefold() not in endings:
        # "letter.pdf.exe" that is a PDF becomes "letter.pdf.exe.pdf": nothing runs that.
        stem, ending = plain, endings[0]
    stem = stem.strip(". ")[: LONGEST - len(ending) - 1].strip(". ") or "file"
    return f"{stem}.{ending.casefold()}"
