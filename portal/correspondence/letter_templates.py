"""Where letters' templates lie, and what they are read with, in each language and voice."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path

from babel.support import NullTranslations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal import council as councils
from portal.catalogues import ENGLISH
from portal.correspondence import letter_sentences
from portal.correspondence.voices import Voice
from portal.council import Council
from portal.procedures.working_days import in_full
from portal.wording import day_in, words_of

TEMPLATES = Path(__file__).with_name("templates")
INCLUDED = re.compile(r'\{%-? *include "([^"]+)"')


class _InLanguage(FileSystemLoader):
    """Reads templates in English, and their sentences as a catalogue has them."""

    def __init__(self, folders: list[Path], words: NullTranslations) -> None:
        super().__init__(folders)
        self.words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, object]:  # type: ignore[override]
        """Return what Jinja compiles, its file, and whether that is still the same."""
        source, file, same = super().get_source(environment, template)
        return letter_sentences.in_language(source, self.words), file, same


def folder(council: Council) -> Path:
    """Where a council's own wordings lie, which come before those of the portal."""
    return councils.COUNCILS / council.slug / "letters"


def source(council: Council, name: str) -> str:
    """A template in English, as whoever writes another one must see it.

    Args:
        council: whose.
        name: such as `receipt.adult.txt`.
    """
    read = reader(council)
    assert read.loader is not None
    return read.loader.get_source(read, name)[0]


def with_parts(council: Council, name: str) -> Iterator[str]:
    """A template in English, and each part that it includes.

    Args:
        council: whose.
        name: such as `receipt.adult.txt`.
    """
    found = source(council, name)
    yield found
    for part in INCLUDED.findall(found):
        yield from with_parts(council, part)


def reader(council: Council, language: str = ENGLISH, voice: Voice = Voice.ADULT) -> Environment:
    """What a council's templates are read with.

    Args:
        council: whose.
        language: one that the council offers.
        voice: in which the letter speaks: a language may have words for young people of its own.
    """
    words = None if language == ENGLISH else words_of(language, plain=voice is Voice.YOUNG)
    return _reader(folder(council), language, words)


def forms_of(sentence: str, language: str) -> tuple[str, ...]:
    """How a sentence of ours can stand in a letter: as grown-ups and as young people read it.

    Args:
        sentence: the English.
        language: one that the council offers.
    """
    if language == ENGLISH:
        return (sentence,)
    return tuple(words_of(language, plain=plain).gettext(sentence) for plain in (False, True))


def said(read: Environment, wording: str) -> str:
    """A wording that lies in no file, in the language of what the files are read with.

    Args:
        read: what `reader` gave.
        wording: a template in English.
    """
    if isinstance(read.loader, _InLanguage):
        return letter_sentences.in_language(wording, read.loader.words)
    return wording


@lru_cache
def _reader(own: Path, language: str, words: NullTranslations | None) -> Environment:
    folders = [own, TEMPLATES]
    environment = Environment(
        loader=FileSystemLoader(folders) if words is None else _InLanguage(folders, words),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  Letters are plain text: an apostrophe must stay one.
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=None if words is None else partial(_known, words),
    )
    environment.filters["day"] = in_full if words is None else partial(day_in, code=language)
    return environment


def _known(words: NullTranslations, value: object) -> object:
    """A value in another language where it is a sentence of ours; people's words stay as they
    are."""
    return words.gettext(value) if isinstance(value, str) and value else value
