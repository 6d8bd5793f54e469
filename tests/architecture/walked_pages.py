"""What the walk through every page keeps, and how it counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from portal.db import db

# From here on the walk's world counts its rows, each table by its own ten thousand.
FIRST_KEY, KEYS_OF_A_TABLE = 7_000_001, 10_000
Statement = tuple[str, Any]


@dataclass(frozen=True)
class Walked:
    """A page as it was shown, and what it asked the database."""

    endpoint: str
    path: str
    text: str
    asked: list[Statement]


@dataclass(frozen=True)
class Element:
    """One element: what it says of itself, and the form that it would send."""

    tag: str
    values: dict[str, str]
    form: dict[str, str] | None


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.form: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = values
        self.found.append(Element(tag, values, self.form))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def elements(page: str) -> list[Element]:
    """Every element of a page, in its order."""
    parser = _Elements()
    parser.feed(page)
    return parser.found


@contextmanager
def reads(app: Flask) -> Iterator[list[Statement]]:
    """The statements that read, with what they are asked with, while a block runs."""
    seen: list[Statement] = []

    def keep(_c: object, _k: object, statement: str, given: Any, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append((statement, given))

    engine = engine_of(app)
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def engine_of(app: Flask) -> Engine:
    """The engine. No context stays open: a page must not find what the page before it kept."""
    with app.app_context():
        return db.engine
