"""The sentences of a letter's template, for the catalogues: each line of words is one.

Templates stay plain text, so that somebody who is no programmer can write one on a page. A field
is a value of its sentence: `{{ received_on|day }}` is `%(received_on)s` in a catalogue.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.support import NullTranslations

_FIELD = re.compile(r"\{\{\s*([\w.]+)(?:\s*\|\s*\w+)*\s*\}\}")
_ORDER = re.compile(r"\{%|\{#")
# What would be an order or a field, were it put into a template.
_NO_WORDS = re.compile(r"\{[{%#]|[%#}]\}")
_WORDS = re.compile(r"[^\W\d_]{2}")
_VALUE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Sentence:
    """One line of a template. `fields` are its values, each as the template writes it."""

    message: str
    fields: Mapping[str, str]

    def fault_of(self, translation: str) -> str | None:
        """Say in a sentence why a translation cannot stand in a letter; None where it can.

        Args:
            translation: as the catalogue has it.
        """
        if _NO_WORDS.search(translation):
            return f"“{translation}” holds brackets that only a template may hold"
        if set(_VALUE.findall(translation)) != set(self.fields):
            values = ", ".join(f"%({name})s" for name in self.fields) or "none"
            return f"“{translation}” must hold the values of the English, and no others: {values}"
        return None


def sentence_of(line: str) -> Sentence | None:
    """Read a line of a template.

    Args:
        line: with or without words.

    Returns:
        None for a line of orders, of fields alone, or of nothing.
    """
    if _ORDER.search(line) or not _WORDS.search(_FIELD.sub("", line)):
        return None
    fields: dict[str, str] = {}

    def value(found: re.Match[str]) -> str:
        name = found[1].replace(".", "_")
        fields[name] = found[0]
        return f"%({name})s"

    return Sentence(_FIELD.sub(value, line.strip()), fields)


def sentences_of(source: str) -> Iterator[tuple[int, Sentence]]:
    """Give the sentences of a template, each with the number of its line.

    Args:
        source: the template.
    """
    for number, line in enumerate(source.splitlines(), start=1):
        found = sentence_of(line)
        if found is not None:
            yield number, found


def in_language(source: str, words: NullTranslations) -> str:
    """Say a template in another language. What has no translation, or a faulty one, stays.

    Args:
        source: the template in English.
        words: the catalogue.
    """
    return "\n".join(_said(line, words) for line in source.split("\n"))


def faults_in(source: str, words: NullTranslations) -> Iterator[str]:
    """Say which translations of a template's sentences cannot stand in a letter.

    Args:
        source: the template in English.
        words: the catalogue.
    """
    for _, sentence in sentences_of(source):
        said = words.gettext(sentence.message)
        fault = sentence.fault_of(said) if said != sentence.message else None
        if fault is not None:
            yield fault


def _said(line: str, words: NullTranslations) -> str:
    sentence = sentence_of(line)
    if sentence is None:
        return line
    said = words.gettext(sentence.message)
    if said == sentence.message or sentence.fault_of(said) is not None:
        return line
    # A letter's first line is its subject, and stays one line.
    one_line = " ".join(said.split())
    return _VALUE.sub(lambda found: sentence.fields[found[1]], one_line)
