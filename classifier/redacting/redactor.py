"""Finds and replaces what could say who somebody is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from classifier.redacting import addresses, letters, patterns, people, places, statistical
from classifier.redacting.kinds import Because, Kind, Span
from classifier.redacting.statistical import Model
from classifier.redacting.tokens import PLACEHOLDER, Token, tokenise
from classifier.redacting.words import NOT_A_NAME


@dataclass(frozen=True)
class Redactor:
    """Rules and word lists, and the statistical model where it is installed."""

    model: Model | None

    @classmethod
    def load(cls, *, with_model: bool = True) -> "Redactor":
        """Return a redactor.

        Args:
            with_model: False leaves the model out though it is installed.
        """
        return cls(statistical.load() if with_model else None)

    @property
    def uses_model(self) -> bool:
        """Whether the statistical model helps; without it, rules and lists work alone."""
        return self.model is not None

    def spans(self, text: str, known: Iterable[str] = ()) -> list[Span]:
        """Return what must go, in order, each with its kind, its reason and what replaces it.

        It looks again at what it has redacted until it finds nothing more; so redacting twice
        changes nothing.

        Args:
            text: a person's words.
            known: names of the case's parties. They are taken wherever they stand, even where
                they are ordinary words.
        """
        names = _parts(known)
        found: list[Span] = []
        while True:
            written = letters.write(text, found)
            masked, origins = _mask(text, written)
            fresh = [
                replace(span, start=origins[span.start], end=origins[span.end - 1] + 1)
                for span in self._find(masked, names)
            ]
            more = _joined(text, sorted([*found, *fresh], key=lambda span: span.start))
            if _letters(more) <= _letters(found):
                return written
            found = more

    def redact(self, text: str, known: Iterable[str] = ()) -> str:
        """Return the text with everything replaced that `spans` finds."""
        return _mask(text, self.spans(text, known))[0]

    def _find(self, text: str, names: frozenset[str]) -> list[Span]:
        tokens = tokenise(text)
        claimed = _Claims(text)
        for span in _parties(text, names):
            claimed.add(span)
        for finder in (patterns.find(text), addresses.find(text), places.find(text, tokens)):
            for span in finder:
                claimed.add(span)
        for span in people.find(tokens, claimed.words(tokens), names):
            claimed.add(span)
        if self.model is not None:
            taken = claimed.words(tokens)
            for span in statistical.find(self.model, text, tokens, taken):
                claimed.add(span)
        return sorted(claimed.spans, key=lambda span: span.start)


class _Claims:
    """Stretches that are taken, the first to come being served; placeholders are never taken."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = []
        self._taken = bytearray(len(text))
        for match in PLACEHOLDER.finditer(text):
            self._taken[match.start() : match.end()] = b"\2" * len(match.group())
        self._text = text

    def add(self, span: Span) -> None:
        """Take what is still free of a stretch, if it is more than space and stops.

        Words go whole: half a word left would be read as another word the next time.
        """
        span = self._whole_words(span)
        start = span.start
        while start < span.end:
            while start < span.end and self._taken[start]:
                start += 1
            end = start
            while end < span.end and not self._taken[end]:
                end += 1
            self._add(replace(span, start=start, end=end))
            start = end

    def _whole_words(self, span: Span) -> Span:
        start, end, text = span.start, span.end, self._text
        while 0 < start < len(text) and _in_word(text[start - 1]) and _in_word(text[start]):
            start -= 1
        while 0 < end < len(text) and _in_word(text[end - 1]) and _in_word(text[end]):
            end += 1
        return replace(span, start=start, end=end)

    def _add(self, span: Span) -> None:
        words = self._text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip(" ,.;:-\n"))
        end = span.start + len(words.rstrip(" ,;:-\n"))
        if start < end and any(sign.isalnum() for sign in self._text[start:end]):
            self._taken[start:end] = b"\1" * (end - start)
            self.spans.append(replace(span, start=start, end=end))

    def words(self, tokens: list[Token]) -> set[int]:
        """The numbers of the words that are taken."""
        return {at for at, token in enumerate(tokens) if any(self._taken[token.start : token.end])}


def _letters(spans: list[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _parts(known: Iterable[str]) -> frozenset[str]:
    """The words of the parties' names that could name somebody."""
    parts = {
        part.strip(".,;:()'\"’").lower().replace("’", "'")
        for name in known
        for part in name.split()
    }
    return frozenset(part for part in parts if len(part) > 1 and part not in NOT_A_NAME)


def _parties(text: str, names: frozenset[str]) -> Iterator[Span]:
    if not names:
        return
    forms = "|".join(
        re.escape(name).replace("'", "['’]") for name in sorted(names, key=len, reverse=True)
    )
    # A hyphen or an apostrophe does not hide a name: "Okafor" in "Okafor-Hughes".
    for match in re.finditer(
        rf"(?<![^\W_])(?:{forms})(?=(?:['’]?s)?(?![^\W_]))", text, re.IGNORECASE
    ):
        yield Span(*match.span(), Kind.NAME, Because.PARTY)


def _mask(text: str, spans: list[Span]) -> tuple[str, list[int]]:
    """Return the text with its replacements, and for each letter where it came from."""
    pieces: list[str] = []
    origins: list[int] = []
    at = 0
    for span in spans:
        pieces += [text[at : span.start], span.replacement]
        origins += [*range(at, span.start), *[span.start] * len(span.replacement)]
        at = span.end
    return "".join([*pieces, text[at:]]), [*origins, *range(at, len(text))]


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Make one of what stands side by side and is of one kind: a name and its surname."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        between = text[last.end : span.start] if last else ""
        initial = last is not None and len(text[last.start : last.end].rpartition(" ")[2]) == 1
        if (
            last
            and last.kind is span.kind
            and (between in {" ", ""} or (initial and between == ". "))
        ):
            joined[-1] = replace(last, end=span.end)
        else:
            joined.append(span)
    return joined
