"""Catalogues: for each language and voice, what stands in place of an English sentence.

A folder is named after a language (`cy`), or after the plain voice of one (`en_plain`), and holds
`messages.po`. The English of grown-ups needs none: it stands in the code. What a catalogue lacks is
said as the next one says it: the plain voice, then its language, then the code.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

ENGLISH = "en"
PLAIN = "_plain"
FILE = "messages.po"
VALUE = re.compile(r"%\(\w+\)s|\{\w+\}|%\{\w+\}")
OURS = Path(__file__).with_name("translations")


class CatalogueError(Exception):
    """A catalogue that the portal cannot start with; its text is a sentence."""


@dataclass(frozen=True)
class Catalogues:
    """Those of one council: its languages, English first, and the words of each voice."""

    languages: tuple[str, ...]
    _adult: dict[str, NullTranslations] = field(default_factory=dict)
    _plain: dict[str, NullTranslations] = field(default_factory=dict)

    def words(self, language: str, *, plain: bool) -> NullTranslations:
        """Give the words of one voice.

        Args:
            language: one of `languages`.
            plain: the plain voice, in which young people are spoken to.
        """
        return (self._plain if plain else self._adult)[language]


def read_catalogues(more: tuple[str, ...], *own: Path) -> Catalogues:
    """Read the catalogues of English and of a council's other languages.

    Args:
        more: codes of the languages beside English, such as `cy`.
        own: a council's own folders, whose words come before the portal's.

    Returns:
        The catalogues, compiled in memory, so that no compiled file can be out of date.

    Raises:
        CatalogueError: there is no such language, it has no catalogue, or one cannot be read.
    """
    for code in more:
        locale_of(code)
    folders = (*own, OURS)
    adult = {code: _chain(code, folders) for code in (ENGLISH, *more)}
    for code in more:
        if not any((folder / code / FILE).is_file() for folder in folders):
            raise CatalogueError(
                f'languages: there is no catalogue of "{code}". Put its {FILE} into '
                f"translations/{code} in the council's folder, or leave the language out."
            )
    plain = {code: _chain(code + PLAIN, folders, adult[code]) for code in adult}
    return Catalogues((ENGLISH, *more), adult, plain)


def locale_of(language: str) -> Locale:
    """The locale in which a language writes dates; English is that of Great Britain.

    Raises:
        CatalogueError: there is no such language.
    """
    try:
        return Locale.parse("en_GB" if language == ENGLISH else language)
    except (UnknownLocaleError, ValueError):
        raise CatalogueError(
            f'languages: "{language}" is not the code of a language. Use one such as cy or pl.'
        ) from None


def _chain(
    name: str, folders: tuple[Path, ...], last: NullTranslations | None = None
) -> NullTranslations:
    """The catalogues of one name, the council's own first, and behind them `last`."""
    found = [_read(path) for folder in folders if (path := folder / name / FILE).is_file()]
    chain: NullTranslations = NullTranslations()
    if last is not None:
        chain.add_fallback(last)
    for one in reversed(found):
        one.add_fallback(chain)
        chain = one
    return chain


def _check_values(path: Path, catalogue: Catalog) -> None:
    """Refuse a value that the English does not have: the page would fail that says it."""
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        known = set(VALUE.findall(" ".join(_forms(message.id))))
        for form in _forms(message.string):
            if set(VALUE.findall(form)) - known:
                raise CatalogueError(
                    f"{path.parent.name}/{path.name}: “{form}” holds a value that the English "
                    f"“{_forms(message.id)[0]}” does not have. Keep its values as they are."
                )


def _forms(said: str | Iterable[str] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def _read(path: Path) -> Translations:
    """Compile a catalogue. What is marked as fuzzy is a guess and is left out."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(f"{path.parent.name}/{path.name} cannot be read: {error}.") from None
    _check_values(path, catalogue)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
