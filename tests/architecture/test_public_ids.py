"""No page tells a key of the database: not in an address, not in what a form sends, not in words.
Keys can be counted, and whoever has one knows of the next."""

import re

import pytest

from portal.db import Record, db
from tests.architecture.walked_pages import FIRST_KEY, Walked, elements
from tests.journeys.tour.world import World

# The walk is long where several things run at once.
pytestmark = pytest.mark.timeout(900)
# An auditor reads the trail as it is kept: the numbers of its rows are what `flask check` names,
# and a key is all that is left of what was erased. Its addresses and forms have none either.
THE_TRAIL = {"audit.trail"}
# A number that stands alone or behind a hyphen; in the midst of a token it is chance.
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{7}(?![0-9A-Za-z])")


def keys_of(world: World) -> dict[str, str]:
    """The keys of the walk's world, each with its table."""
    with world.app.app_context():
        return {
            str(key): table.name
            for table in Record.metadata.sorted_tables
            if "id" in table.c
            for key in db.session.scalars(table.select().with_only_columns(table.c.id))
            if isinstance(key, int) and key >= FIRST_KEY
        }


def said(page: Walked) -> str:
    """What a page must not tell a key in."""
    if page.endpoint not in THE_TRAIL:
        return page.text
    return "\n".join(value for one in elements(page.text) for value in one.values.values())


def test_no_page_tells_a_key(filled: World, walked: list[Walked]) -> None:
    keys = keys_of(filled)
    assert {"feedback", "case", "account", "message", "outbox_letter", "bundle_paper"} <= set(
        keys.values()
    )
    told = {
        (page.endpoint, keys[found[0]], text[max(0, found.start() - 40) : found.end()])
        for page, text in ((page, said(page)) for page in walked)
        for found in NUMBER.finditer(text)
        if found[0] in keys
    }
    assert told == set()
