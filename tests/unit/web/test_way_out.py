"""Wherever a young person is led from their own pages, they can leave at once."""

import re

from flask.testing import FlaskClient

from tests.unit.web.test_young import PAGES, YOUNG, walk

# What is saved is no page.
LINK = re.compile(r'href="(/[^"#?]*)[^>]*>(?<!download>)')
NOT_PAGES = ("/static/", "/exit")
WAY_OUT = 'class="govuk-exit-this-page'


def led_to(page: str) -> set[str]:
    """The pages of ours to which a page leads."""
    return {path for path in LINK.findall(page) if not path.startswith(NOT_PAGES)}


def read(client: FlaskClient, path: str) -> str:
    """A page as a browser comes to it."""
    page = client.get(path, follow_redirects=True)
    assert page.status_code == 200, path
    return page.text


def test_every_page_that_young_pages_lead_to_can_be_left(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    client.post("/young-people/check")
    theirs = {f"/young-people/{key}" for key in PAGES}
    near = theirs.union(*(led_to(read(client, path)) for path in theirs))
    assert near >= {"/", "/track", "/accessibility", "/annual-reports", "/young-people/privacy"}
    # The first page is also the way to the doors of others; those who took one are not followed.
    feet = (read(client, path).split("<footer", 1)[1] for path in near)
    pages = near.union(*(led_to(foot) for foot in feet))
    assert pages >= {"/privacy", "/how-complaints-work"}
    for path in pages:
        page = read(client, path)
        assert WAY_OUT in page, path
        assert "govuk-js-exit-this-page-skiplink" in page, path
        assert 'href="/exit"' in page or 'href="/track/exit"' in page, path


def test_what_leaving_does_not_do_is_said_there_too(client: FlaskClient) -> None:
    for path in ("/", "/accessibility", "/annual-reports", "/privacy", "/how-complaints-work"):
        page = client.get(path).text
        assert page.count("someone could still see it in your history") == 1, path
        assert "heard-young" not in page, "it is a page for everyone, in the size of everyone"


def test_who_tells_us_as_a_grown_up_has_no_bar_across_the_page(client: FlaskClient) -> None:
    assert WAY_OUT not in client.get("/give-feedback").text
