"""Where the words that were searched for stand in a matter's texts: short extracts with the words
marked, made after the texts of one page were opened."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.triage.find import stems
from portal.triage.find.pieces import Piece
from portal.triage.find.searching import Asked
from portal.triage.find.stems import Word

MOST_EXTRACTS = 3
BEFORE, AFTER = 60, 140


@dataclass(frozen=True)
class Run:
    """A run of an extract, and whether it is what was searched for."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Extract:
    """A few words around a find: of what, and where it was cut."""

    kind: str
    runs: tuple[Run, ...]
    cut_before: bool
    cut_after: bool


def extracts(pieces: Sequence[Piece], asked: Asked) -> list[Extract]:
    """Mark the words in the texts of a matter.

    Args:
        pieces: its texts.
        asked: the words.

    Returns:
        At most `MOST_EXTRACTS`, from the texts with the most of the words; in a text around the
        first of them. None where only the reference was found.
    """
    found = []
    for at, piece in enumerate(pieces):
        marks = _marks(piece.text, asked)
        if marks:
            told = len({stem for _, stem in marks})
            found.append((-told, at, _extract(piece, [word for word, _ in marks])))
    return [extract for _, _, extract in sorted(found, key=lambda one: one[:2])[:MOST_EXTRACTS]]


def has_phrases(pieces: Sequence[Piece], asked: Asked) -> bool:
    """Whether every phrase stands together in one of the texts, whatever its capitals and accents.

    Args:
        pieces: the texts of a matter.
        asked: what is searched for.
    """
    if not asked.phrases:
        return True
    texts = [f" {' '.join(stems.plain_words(piece.text))} " for piece in pieces]
    return all(any(f" {' '.join(phrase)} " in text for text in texts) for phrase in asked.phrases)


def _marks(text: str, asked: Asked) -> list[tuple[Word, str]]:
    """The words of a text that were asked for. Only those that begin like one are stemmed."""
    # An ending that is taken off can change the letter before it.
    beginnings = tuple(stem[: max(1, min(3, len(stem) - 1))] for stem in asked.stems)
    plain = text.lower().replace("'", "")
    if plain.isascii() and not any(one in plain for one in beginnings):
        return _wholes(text, asked.stems)
    likely = [word for word in stems.words_in(text) if word.plain.startswith(beginnings)]
    by_word = stems.stems_of(word.plain for word in likely)
    marks = [(word, by_word[word.plain]) for word in likely if by_word[word.plain] in asked.stems]
    return sorted([*marks, *_wholes(text, asked.stems)], key=lambda mark: mark[0].start)


def _wholes(text: str, wanted: Collection[str]) -> list[tuple[Word, str]]:
    found: list[tuple[Word, str]] = []
    if not any(stem.startswith(("@", "#")) for stem in wanted):
        return found
    for pattern in (stems.EMAIL, stems.NUMBER):
        for match in pattern.finditer(text):
            for whole in set(stems.wholes_in(match[0])) & set(wanted):
                found.append((Word(match.start(), match.end(), whole), whole))
    return found


def _extract(piece: Piece, marks: Sequence[Word]) -> Extract:
    text = piece.text
    start = _between_words(text, max(0, marks[0].start - BEFORE))
    end = min(len(text), max(marks[0].end + AFTER, start + BEFORE + AFTER))
    if end < len(text):
        end = max(text.rfind(" ", marks[0].end, end), marks[0].end)
    runs, at = [], start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        runs += [Run(text[at : mark.start], False), Run(text[mark.start : mark.end], True)]
        at = mark.end
    runs.append(Run(text[at:end], False))
    shown = tuple(run for run in runs if run.text)
    return Extract(piece.kind, shown, start > 0, end < len(text))


def _between_words(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at, at + BEFORE)
    return space + 1 if space >= 0 else at
