"""The second opinion on pages finds what is wrong, and nothing in a page that is right."""

import pytest
from flask.testing import FlaskClient

from tests.journeys.validity import LONGEST, faults_of, title_of

RIGHT = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A page</title></head>'
    "<body><main><h1>A page</h1>{}</main></body></html>"
)
WRONG = {
    "<p>open<div>in</div></p>": "line",
    '<p id="a">x</p><p id="a">y</p>': "'a' stands 2 times",
    '<label for="nowhere">Name</label>': "'nowhere', which is not there",
    '<input type="text" name="q">': "has no label",
    "<h3>Too deep</h3>": "level 3 stands under one of level 1",
    "<h1>Again</h1>": "2 first headings",
    "<span><div>x</div></span>": "<div> stands inside <span>",
    "<ul><p>x</p></ul>": "<p> stands directly in <ul>",
    '<img src="a.png">': "no alt",
    '<a href="#gone">x</a>': "#gone, which is not there",
    '<a href="/x"><button>x</button></a>': "<button> stands inside <a>",
    '<p style="color:red">x</p>': "forbids",
    '<button type="submit"></button>': "has no words",
    "<dl><dd>x</dd></dl>": "does not begin with a <dt>",
    "<center>x</center>": "obsolete",
    '<p class="a" class="b">x</p>': "line",
    "<details><p>x</p></details>": "without <summary>",
    "<table><tr><td>x</td></tr></table>": "without a heading cell",
}


def test_a_page_that_is_right_has_no_fault() -> None:
    box = '<label for="a">Name</label><input id="a" name="a" type="text">'
    assert faults_of(RIGHT.format(f"<h2>More</h2><p>Words.</p>{box}")) == []
    assert title_of(RIGHT) == "A page"


@pytest.mark.parametrize("body", WRONG)
def test_what_is_wrong_is_found(body: str) -> None:
    found = faults_of(RIGHT.format(body))
    assert any(WRONG[body] in fault for fault in found), found


def test_a_page_without_a_language_or_a_title_is_wrong() -> None:
    found = faults_of(RIGHT.replace(' lang="en-GB"', "").replace("A page</title>", "</title>"))
    assert len([one for one in found if "language" in one or "titles" in one]) == 2


def test_the_first_pages_are_right(client: FlaskClient) -> None:
    for path in ("/", "/young-people/", "/give-feedback", "/track", "/sign-in", "/accessibility"):
        page = client.get(path).text
        assert len(page) < LONGEST
        assert faults_of(page) == [], path
