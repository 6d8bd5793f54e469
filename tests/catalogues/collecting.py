"""`make catalogues`: collects every public sentence into `messages.pot`, and brings the catalogues
of voices and languages up to date with it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from portal.catalogues import ENGLISH, FILE, OURS, PLAIN
from portal.correspondence import letter_sentences
from portal.correspondence.letter_templates import INCLUDED
from portal.correspondence.letter_templates import TEMPLATES as LETTERS
from portal.correspondence.letters import FACTS, voices_for
from portal.web.information import tested

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = OURS / "messages.pot"
IN_PYTHON = {"marked": None, "say": None, "say_number": (1, 2), "pgettext": ((1, "c"), 2)}
IN_PAGES = {"_": None, "gettext": None}
PAGE_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
# WTForms' own sentence for a choice that was not offered. Its catalogues have few languages.
NOT_OFFERED = "Not a valid choice."
# The files are compared, so nothing in them may tell when they were written.
ALWAYS = datetime(2026, 11, 27, tzinfo=UTC)


def collected() -> Catalog:
    """Every sentence that goes through the catalogues, with the files that say it."""
    found = Catalog(project="Heard", version="", charset="utf-8", fuzzy=False)
    found.creation_date = found.revision_date = ALWAYS
    for path in sorted((ROOT / "portal").rglob("*.py")):
        _from(found, path, "python", IN_PYTHON, {})
    for path in sorted((ROOT / "portal" / "web" / "templates").rglob("*.html")):
        _from(found, path, "jinja2.ext:babel_extract", IN_PAGES, PAGE_OPTIONS)
    for path in letters_to_the_public():
        for line, sentence in letter_sentences.sentences_of(path.read_text(encoding="utf-8")):
            found.add(sentence.message, locations=[(_name(path), line)])
    found.add(NOT_OFFERED)
    for sentence in _of_results():
        found.add(sentence, locations=[(_name(tested.FILE), 0)])
    return found


def letters_to_the_public() -> list[Path]:
    """The templates of letters that go to people outside, and the parts that those include."""
    asked = [
        f"{kind.value}.{voice.value}.txt"
        for kind, facts in FACTS.items()
        if not facts.to_staff
        for voice in voices_for(kind)
    ]
    found: set[str] = set()
    while asked:
        name = asked.pop()
        found.add(name)
        source = (LETTERS / name).read_text(encoding="utf-8")
        asked += set(INCLUDED.findall(source)) - found
    return [LETTERS / name for name in sorted(found)]


def as_file(catalogue: Catalog) -> bytes:
    """A catalogue as it is kept: in the order of its sentences, without numbers of lines."""
    written = BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, include_lineno=False)
    return written.getvalue()


def updated(path: Path, template: Catalog) -> bytes:
    """A catalogue of a voice or a language with the sentences of today.

    Args:
        path: its file; none is needed yet.
        template: what was collected.
    """
    name = path.parent.name
    locale = None if name.startswith(ENGLISH) else name.removesuffix(PLAIN)
    kept = Catalog(locale=locale, project="Heard", version="", charset="utf-8", fuzzy=False)
    if path.is_file():
        with path.open("rb") as file:
            kept = read_po(file, locale=locale)
    kept.update(template, no_fuzzy_matching=True)
    kept.creation_date = kept.revision_date = ALWAYS
    if name.endswith(PLAIN):
        # A voice says otherwise only some of what its language says.
        for message in [one for one in kept if one.id and not any(one.string or "")]:
            kept.delete(message.id, message.context)
    return as_file(kept)


def _from(
    found: Catalog, path: Path, method: str, keywords: dict[str, object], options: dict[str, str]
) -> None:
    for line, message, _, context in extract_from_file(
        method, path, keywords=keywords, options=options
    ):
        found.add(message, locations=[(_name(path), line)], context=context)


def _of_results() -> Iterator[str]:
    results = json.loads(tested.FILE.read_text(encoding="utf-8"))
    yield from results["own"].values()
    yield from results["not_done"]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def main() -> None:
    """Write the template, and each catalogue that there is."""
    template = collected()
    TEMPLATE.write_bytes(as_file(template))
    for path in sorted(OURS.glob(f"*/{FILE}")):
        path.write_bytes(updated(path, template))


if __name__ == "__main__":
    main()
