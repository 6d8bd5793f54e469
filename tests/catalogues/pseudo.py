"""A language that nobody speaks: each sentence in brackets. What stands outside brackets on a page
never went through a catalogue."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog

from portal.catalogues import FILE
from tests.catalogues.collecting import as_file

OPEN, CLOSE = "⟦", "⟧"
# Somebody's own words, letters as they were sent, secret words, dates, and reports as published.
THEIRS = ("heard-story", "heard-letter", "heard-words", "heard-reference", "heard-answer")
NOT_READ = ("script", "style", "textarea", "time")
READ_OUT = ("aria-label", "title", "alt", "placeholder")
VOID = ("br", "hr", "img", "input", "link", "meta", "progress")


def write(folder: Path, template: Catalog, language: str) -> None:
    """Write the catalogue of the language.

    Args:
        folder: of a council's translations.
        template: every sentence that there is.
        language: a code that no council offers.
    """
    made = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in template:
        if message.id and isinstance(message.id, tuple):
            forms = tuple(_bracketed(message.id[-1]) for _ in range(made.num_plurals))
            made.add(message.id, forms, context=message.context)
        elif message.id:
            made.add(message.id, _bracketed(message.id), context=message.context)
    path = folder / language / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(as_file(made))


def _bracketed(sentence: str) -> str:
    return f"{OPEN}{sentence}{CLOSE}"


class _Reader(HTMLParser):
    """Reads what stands outside brackets, and what is read out of attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outside: list[str] = []
        self.silent: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what its attributes say, and go silent inside what is not ours."""
        given = {name: value or "" for name, value in attrs}
        spoken = [text for name, text in given.items() if name in READ_OUT or "i18n" in name]
        if not self.silent:
            self.outside += [text for text in spoken if not text.startswith(OPEN)]
        if tag in VOID:
            return
        theirs = any(name in given.get("class", "").split() for name in THEIRS)
        if self.silent or tag in NOT_READ or theirs:
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Speak again after the last silent tag."""
        if self.silent:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        """Keep what stands outside brackets."""
        if self.silent:
            return
        kept = ""
        for char in data:
            self.depth += {OPEN: 1, CLOSE: -1}.get(char, 0)
            kept += char if not self.depth and char != CLOSE else " "
        self.outside.append(kept)


def outside(html: str, known: Iterable[str]) -> list[str]:
    """What a page says outside brackets that is neither a council's nor a person's.

    Args:
        html: the page.
        known: words that are not ours, such as those of the council's file.
    """
    reader = _Reader()
    reader.feed(html)
    left = (_without(text, known) for text in reader.outside)
    return [text.strip() for text in left if re.search(r"[A-Za-z]{2}", text)]


def _without(text: str, known: Iterable[str]) -> str:
    text = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    for words in known:
        text = text.replace(words, " ")
    return re.sub(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b\d{1,2} \w+ \d{4}\b", " ", text)
