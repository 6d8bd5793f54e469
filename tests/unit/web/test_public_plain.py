"""How plainly the pages for adults speak: every page, hint and error at grade 8 or below."""

import pytest
import textstat
from flask.testing import FlaskClient

from portal.web.public.questions import JOURNEY
from tests.unit.web.journey_steps import EVERYONE, walk
from tests.unit.web.test_young import words_of

HARDEST = 8.0
FORM = "/give-feedback"
EHCP = "The EHCP was changed. Nobody told us why."
# What makes each question say something is wrong.
BAD = {
    "what-kind": {"kind": "compliment"},
    "what-happened": {"story": " "},
    "contact": {"way": "email", "email": "x"},
    "you": {"name": "n" * 301},
    "adjustments": {"language": "n" * 301},
    "service": {"about_whom": "n" * 301},
}


def grade(page: str) -> float:
    """The reading grade of a page's main part."""
    return float(textstat.flesch_kincaid_grade(words_of(page)))


@pytest.mark.parametrize("path", ["/", FORM, f"{FORM}/come-back", f"{FORM}/sent"])
def test_pages_around_the_form_are_plain(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert grade(page) <= HARDEST, words_of(page)


@pytest.mark.parametrize("key", [question.key for question in JOURNEY.steps({})])
def test_each_question_is_plain(client: FlaskClient, key: str) -> None:
    page = client.get(f"{FORM}/{key}").text
    assert grade(page) <= HARDEST, words_of(page)


@pytest.mark.parametrize("key", ["who-else", "plan-decision", "points"])
def test_questions_that_follow_from_answers_are_plain(client: FlaskClient, key: str) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    client.post(f"{FORM}/what-happened", data={"story": EHCP})
    every = ["court", "plan", "school", "place", "others"]
    client.post(f"{FORM}/elsewhere", data={"elsewhere": every if key == "who-else" else []})
    page = client.get(f"{FORM}/{key}").text
    assert grade(page) <= HARDEST, words_of(page)


@pytest.mark.parametrize("key", BAD)
def test_each_error_is_plain(client: FlaskClient, key: str) -> None:
    page = client.post(f"{FORM}/{key}", data=BAD[key])
    assert page.status_code == 422
    shown = page.text.replace("n" * 301, "")
    assert grade(shown) <= HARDEST, words_of(shown)


def test_the_pages_around_sending_are_plain(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    client.post(f"{FORM}/elsewhere", data={"elsewhere": ["plan"]})
    pages = {"check": client.get(f"{FORM}/check").text}
    client.post(f"{FORM}/put-right", data={"wanted": "An apology", "save": "1"})
    pages["saved"] = client.get(f"{FORM}/saved").text
    pages["wrong words"] = client.post(
        f"{FORM}/come-back", data={"reference": "x", "words": "y"}
    ).text
    client.post(f"{FORM}/check")
    pages["sent"] = client.get(f"{FORM}/sent").text
    pages["equality"] = client.get(f"{FORM}/equality").text
    hard = {name: grade(page) for name, page in pages.items() if grade(page) > HARDEST}
    assert hard == {}


def test_the_check_page_of_thanks_is_plain(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "compliment", "praise": "They were kind."})
    page = client.get(f"{FORM}/check").text
    assert grade(page) <= HARDEST, words_of(page)
