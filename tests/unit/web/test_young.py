"""The pages for young people: a way out on each, plain enough to read, told before asked."""

import html
import re

import pytest
import textstat
from flask.testing import FlaskClient

from tests.unit.web.journey_steps import YOUNG, walk

PAGES = ["", *(key for key, _ in YOUNG), "check", "sent"]
OLDEST_GRADE = 5.0


def words_of(page: str) -> str:
    """What a page says in its main part: a sentence for each block, as a reader takes it."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0].split(">", 1)[1]
    blocks = re.sub(r"</(p|li|h1|h2|legend|label|div|dt|dd|button)>", ". ", main)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", blocks))
    return re.sub(r"([.?!:])(\s*\.)+", r"\1", re.sub(r"\s+", " ", plain))


@pytest.mark.parametrize("key", PAGES)
def test_each_page_is_plain_and_can_be_left(client: FlaskClient, key: str) -> None:
    if key in ("check", "sent"):
        walk(client, "young-people", YOUNG)
    if key == "sent":
        client.post("/young-people/check")
    page = client.get(f"/young-people/{key}")
    assert page.status_code == 200
    assert 'href="/exit"' in page.text
    assert textstat.flesch_kincaid_grade(words_of(page.text)) <= OLDEST_GRADE, words_of(page.text)


@pytest.mark.parametrize("key", ["what-happened", "contact"])
def test_error_pages_are_plain_too(client: FlaskClient, key: str) -> None:
    page = client.post(f"/young-people/{key}", data={"way": "email"})
    assert page.status_code == 422
    assert 'href="/exit"' in page.text
    assert textstat.flesch_kincaid_grade(words_of(page.text)) <= OLDEST_GRADE


def test_who_reads_it_is_told_before_the_box(client: FlaskClient) -> None:
    start = client.get("/young-people/").text
    assert start.index("Who will see this?") < start.index("Start\n")
    story = client.get("/young-people/what-happened").text
    assert story.index("will read this") < story.index("<textarea")


def test_everything_but_the_words_has_a_skip_button(client: FlaskClient) -> None:
    for key, _ in YOUNG:
        page = client.get(f"/young-people/{key}").text
        assert ('name="skip"' in page) == (key != "what-happened"), key


def test_skipping_the_words_is_not_offered_by_hand_either(client: FlaskClient) -> None:
    assert client.post("/young-people/what-happened", data={"skip": "1"}).status_code == 422


def test_no_name_in_a_title(client: FlaskClient) -> None:
    walk(client, "young-people", YOUNG)
    for key in PAGES[:-1]:
        title = client.get(f"/young-people/{key}").text.split("</title>")[0]
        assert "Sky" not in title
