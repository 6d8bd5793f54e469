"""White words on a colour: in forced colours axe sees white on white and cannot decide, because the
browser puts the reader's own colours in place of both. In our own colours it is counted here; what
follows from a council's colour is counted in test_static.py."""

import re
from pathlib import Path

import pytest

from portal.web.theme import contrast, parse_colour

STATIC = Path(__file__).parents[3] / "portal" / "web" / "static"
CSS = "".join((STATIC / name).read_text(encoding="utf-8") for name in ("portal.css", "staff.css"))
WHITE = parse_colour("#ffffff")


@pytest.mark.parametrize(
    "rule",
    [
        r"--heard-brand: ?(#\w{6})",
        r"--heard-button: ?(#\w{6})",
        r"--heard-button-hover: ?(#\w{6})",
        r"\.govuk-button--warning\{background-color:(#\w{6})",
        r"\.govuk-button--warning:hover\{background-color:(#\w{6})",
        r"\.heard-risk--now\{[^}]*background:(#\w{6})",
    ],
)
def test_white_words_can_be_read_on_what_the_stylesheet_gives(rule: str) -> None:
    found = re.findall(rule, CSS)
    assert found, "The stylesheet has no such rule: bring this list up to date."
    for colour in found:
        assert contrast(parse_colour(colour), WHITE) >= 4.5, colour
