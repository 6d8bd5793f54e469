"""The person's words with those marked that moved the classifier. Everything is escaped.

Spans are another program's numbers about a text anyone may write: they may overlap, end before
they begin or point outside it. None of that may lose or repeat a character.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.triage.suggested_labels import Span

SHOWN_AT_ONCE = 3_000
STRONG_SHARE = 0.5


@dataclass(frozen=True)
class Piece:
    """A run of the text: plain when it has no label."""

    text: str
    label: str | None = None
    strong: bool = False


@dataclass(frozen=True)
class Folded:
    """A text in two parts: what is shown at once and what a press unfolds."""

    first: Markup
    rest: Markup | None
    rest_words: int


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Cut a text at its spans.

    Args:
        text: the person's words.
        spans: what moved the classifier. Where two overlap the earlier keeps its length.

    Returns:
        Pieces that put together are the text.
    """
    sound = [s for s in spans if s.start < s.end and s.end > 0 and s.start < len(text)]
    heaviest = max((abs(span.weight) for span in sound), default=0.0)
    cut: list[Piece] = []
    at = 0
    for span in sorted(sound, key=lambda span: (span.start, -abs(span.weight))):
        start, end = max(span.start, at), min(span.end, len(text))
        if start >= end:
            continue
        if start > at:
            cut.append(Piece(text[at:start]))
        strong = heaviest > 0 and abs(span.weight) >= STRONG_SHARE * heaviest
        cut.append(Piece(text[start:end], span.label, strong))
        at = end
    if at < len(text):
        cut.append(Piece(text[at:]))
    return cut


def folded(text: str, spans: Iterable[Span]) -> Folded:
    """Mark a text, and fold what is beyond a screen or two.

    Args:
        text: the person's words.
        spans: as in `pieces`.

    Returns:
        Both parts as markup; a mark that lies across the fold is in both, cut there.
    """
    first: list[Piece] = []
    rest: list[Piece] = []
    limit = _fold_at(text)
    at = 0
    for piece in pieces(text, spans):
        inside = max(0, min(len(piece.text), limit - at))
        if inside:
            first.append(Piece(piece.text[:inside], piece.label, piece.strong))
        if inside < len(piece.text):
            rest.append(Piece(piece.text[inside:], piece.label, piece.strong))
        at += len(piece.text)
    return Folded(_markup(first), _markup(rest) if rest else None, len(text[limit:].split()))


def label_words(label: str) -> str:
    """A classifier's label as words: "case_management" becomes "case management"."""
    return label.replace("_", " ").replace(":", ": ")


def _fold_at(text: str) -> int:
    if len(text) <= SHOWN_AT_ONCE * 4 // 3:
        return len(text)
    # Between two words where there is one near, so that no word is read in halves.
    space = text.rfind(" ", SHOWN_AT_ONCE - 200, SHOWN_AT_ONCE)
    return space + 1 if space > 0 else SHOWN_AT_ONCE


def _markup(cut: list[Piece]) -> Markup:
    return Markup("").join(_one(piece) for piece in cut)


def _one(piece: Piece) -> Markup:
    if piece.label is None:
        return escape(piece.text)
    # The label stands in the text for those who hear the page: a title would not be read out.
    return Markup(
        '<mark class="heard-why{strong}">{text}<span class="heard-why__label"> (points to'
        " {label})</span></mark>"
    ).format(
        strong=" heard-why--strong" if piece.strong else "",
        text=piece.text,
        label=label_words(piece.label),
    )
