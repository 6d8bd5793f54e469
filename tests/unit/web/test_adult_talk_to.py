"""An adult says, if they like, whom we should talk to instead of them; officers read it wherever
somebody may be reached, and it comes along where the matter is brought again."""

import pytest
from flask.testing import FlaskClient

from portal.cases import others_told, resubmitting, young_people
from portal.cases.receiving import AboutThem
from portal.cases.references import make_reference
from portal.procedures.young_person import TalkTo
from portal.records.feedback import Feedback
from portal.web.officer import young_words
from portal.work import WORKER, Work, begin_work
from tests import matters
from tests.unit.cases.test_resubmitting import set_aside
from tests.unit.web.journey_steps import EVERYONE, told, walk
from tests.unit.web.officer_pages import signed_in, words_of

ROSA = {"talk_to": "adult", "trusted_adult": " Rosa Quill, my sister "}
HELPER = "They want us to talk to somebody else: Rosa Quill, my sister"


def answered(client: FlaskClient, said: dict[str, object]) -> None:
    steps = tuple(
        (key, {**given, **said} if key == "contact" else given) for key, given in EVERYONE
    )
    walk(client, "give-feedback", steps)


def sent(client: FlaskClient) -> Feedback:
    assert client.post("/give-feedback/check").status_code == 303
    return told()[-1]


def test_it_is_asked_and_the_name_is_not_filled_in_by_a_browser(client: FlaskClient) -> None:
    page = client.get("/give-feedback/contact").text
    assert "Who should we talk to? (optional)" in page
    (box,) = [tag for tag in page.split("<") if 'name="trusted_adult"' in tag]
    assert 'autocomplete="off"' in box


def test_what_they_said_is_checked_kept_and_read_by_officers(client: FlaskClient) -> None:
    answered(client, ROSA)
    check = words_of(client.get("/give-feedback/check").text)
    assert "Somebody else: Rosa Quill, my sister" in check
    feedback = sent(client)
    assert feedback.talk_to == TalkTo.ADULT
    assert feedback.trusted_adult == "Rosa Quill, my sister"
    # Of whom near them a young person lets us tell, an adult was not asked.
    assert young_people.said_yes_to(feedback) is None
    with begin_work(WORKER) as work:
        here = work.session.get_one(Feedback, feedback.id)
        matters.make_case(work, here)
        # Nobody else's letter may name them.
        assert "Rosa Quill, my sister" in others_told.held(work.session, here).texts
    officer = signed_in(client)
    for path in ("feedback/{}", "cases/{}", "cases/{}/acknowledge"):
        page = words_of(officer.get("/officers/" + path.format(feedback.public_id)).text)
        assert HELPER in page, path


def test_it_may_be_left_out(client: FlaskClient) -> None:
    answered(client, {})
    assert "Who we talk to" not in client.get("/give-feedback/check").text
    feedback = sent(client)
    assert (feedback.talk_to, feedback.trusted_adult) == (None, None)
    assert young_words.lines(feedback) == []


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"talk_to": "me", "trusted_adult": "Rosa"}, "They want us to talk to them."),
        ({"talk_to": "adult"}, "to somebody else. They did not say who: ask them."),
    ],
)
def test_each_answer_stands_alone(client: FlaskClient, said: dict[str, object], line: str) -> None:
    answered(client, said)
    feedback = sent(client)
    assert feedback.trusted_adult is None
    (only,) = young_words.lines(feedback)
    assert only.endswith(line)


def test_what_was_typed_survives_an_error(client: FlaskClient) -> None:
    client.post("/give-feedback/begin-now")
    answer = client.post("/give-feedback/contact", data={"way": "email", "email": "no", **ROSA})
    assert answer.status_code == 422
    assert "Rosa Quill, my sister" in answer.text
    assert 'value="adult" checked' in answer.text


def test_it_comes_along_where_the_matter_is_brought_again(work: Work) -> None:
    earlier = set_aside(work, about_them=AboutThem("adult", "Rosa Quill"))
    made = resubmitting.bring_again(
        work, earlier, make_reference(), work.today, "The court has finished."
    )
    assert (made.talk_to, made.trusted_adult) == ("adult", "Rosa Quill")
