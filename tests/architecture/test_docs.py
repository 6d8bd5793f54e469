"""The documents are true: what they name exists, and what must be explained is."""

import importlib.util
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo

from portal.procedures import vocabulary
from portal.records.outbox_letter import LetterKind

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
LETTERS = ROOT / "docs" / "letters.md"
DOCUMENTS = sorted(
    [
        README,
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "LICENSES").glob("*.md"),
        *(ROOT / "frontend").glob("*.md"),
        *(ROOT / "classifier").glob("*.md"),
    ]
)
VOCABULARIES = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]
COMMAND_LINE = re.compile(r"(?:`|^)(?:\.venv/bin/)?flask ([a-z][^`\n]*)", re.MULTILINE)
MODULE = re.compile(r"python -m ([a-z]+)")
TARGET = re.compile(r"(?:`|^)make ([a-z][a-z-]*)", re.MULTILINE)
FOLDERS = "portal|intake|classifier|councils|migrations|tests|frontend|docs|bench"
# A file of ours by its path; `<slug>` and `*` stand for several and are no path.
OWN_PATH = re.compile(rf"`((?:{FOLDERS})/[\w./-]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:work|root|home|Users)(?:/|\b(?!-))")
HOST = re.compile(r"https?://([\w.-]+)")
# Documents are about this project: an address of anything else in them has slipped in.
HOSTS = {"localhost", "127.0.0.1"}


def relative(path: Path) -> str:
    """A document's name in a failure."""
    return str(path.relative_to(ROOT))


def documented_commands() -> list[str]:
    """Every `flask` command line of the README."""
    return [found.strip() for found in COMMAND_LINE.findall(README.read_text())]


def walk(group: click.Command, words: list[str], context: click.Context) -> Iterator[str]:
    """What of a command line does not exist."""
    while isinstance(group, click.Group) and words:
        name = words.pop(0)
        found = group.get_command(context, name)
        if found is None:
            yield name
            return
        group = found
    known = {option for parameter in group.params for option in parameter.opts}
    yield from (word for word in words if word.startswith("--") and word not in known)
    choices = [
        parameter.type.choices
        for parameter in group.params
        if isinstance(parameter, click.Argument) and isinstance(parameter.type, click.Choice)
    ]
    if choices and words:
        yield from {words[0]} - set(choices[0])


def test_the_readme_has_the_commands_that_are_promised() -> None:
    text = README.read_text()
    assert {"demo", "test"} <= set(TARGET.findall(text))
    assert {"db upgrade", "work", "check"} <= set(documented_commands())


@pytest.mark.parametrize("line", documented_commands())
def test_every_flask_command_exists(app: Flask, line: str) -> None:
    group = FlaskGroup(create_app=lambda: app)
    context = click.Context(group, obj=ScriptInfo(create_app=lambda: app))
    assert list(walk(group, line.split(), context)) == []


@pytest.mark.parametrize("module", sorted(set(MODULE.findall(README.read_text()))))
def test_every_module_that_is_run_can_be_run(module: str) -> None:
    assert importlib.util.find_spec(f"{module}.__main__") is not None


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_make_target_exists(document: Path) -> None:
    named = set(TARGET.findall(document.read_text()))
    if named:
        makefile = (ROOT / "Makefile").read_text()
        assert named <= set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))


def test_every_letter_is_documented() -> None:
    page = LETTERS.read_text()
    assert [kind.value for kind in LetterKind if f"`{kind.value}`" not in page] == []


@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_the_glossary_has_each_code_once_under_its_kind(kind: type[StrEnum]) -> None:
    page = (ROOT / "docs" / "glossary.md").read_text()
    sections = {
        part.partition("\n")[0].strip(): part for part in re.split(r"^## ", page, flags=re.M)
    }
    codes = re.findall(r"^\| `([a-z_]+)` \|", sections[kind.__name__], re.MULTILINE)
    assert sorted(codes) == sorted(member.value for member in kind)


def test_decisions_are_numbered_without_a_gap() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers[0] == 1
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
    for path, number in zip(files, numbers, strict=True):
        assert path.read_text().startswith(f"# {number}. "), path.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_every_path_and_link_leads_somewhere(document: Path) -> None:
    text = document.read_text()
    missing = [path for path in OWN_PATH.findall(text) if not (ROOT / path).exists()]
    links = [link for link in LINK.findall(text) if ":" not in link]
    missing += [link for link in links if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_no_document_names_a_machine_or_an_address_elsewhere(document: Path) -> None:
    text = document.read_text()
    assert MACHINE_PATH.findall(text) == []
    named = {host for host in HOST.findall(text) if not host.endswith(".example")}
    assert named <= HOSTS


def test_what_others_made_is_listed() -> None:
    page = (ROOT / "LICENSES" / "README.md").read_text()
    listed = set(re.findall(r"\]\(([^)]+)\)", page))
    kept = {path.name for path in (ROOT / "LICENSES").glob("*.txt")}
    assert listed == kept
