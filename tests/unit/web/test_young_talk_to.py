"""Young people say whom we should talk to and how old they are, if they like; officers read it
wherever somebody may be reached, and nobody else does."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.cases import what_goes, young_people
from portal.db import db
from portal.procedures.young_person import AgeBand, TalkTo
from portal.records.feedback import Feedback
from portal.web.officer import young_words
from portal.work import WORKER, begin_work
from tests import matters
from tests.unit.web.journey_steps import YOUNG, told, walk
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.test_young import words_of as plain_words

HALL = {"talk_to": "adult", "trusted_adult": " Miss Hall, my form teacher ", "age": "13_15"}


def send(client: FlaskClient, said: dict[str, object]) -> Feedback:
    contact = ("contact", {**YOUNG[3][1], **said})
    walk(client, "young-people", (*YOUNG[:3], contact, YOUNG[4]))
    return sent(client)


def sent(client: FlaskClient) -> Feedback:
    assert client.post("/young-people/check").status_code == 303
    return told()[-1]


def test_who_sees_it_stands_before_the_box_and_the_name_comes_last(client: FlaskClient) -> None:
    page = client.get("/young-people/contact").text
    asked = [page.index(name) for name in ('name="talk_to"', 'name="age"', 'name="name"')]
    assert asked == sorted(asked)
    told_first = "Our feedback team, the manager who looks into it and their boss will"
    assert page.index(told_first) < asked[0]
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'name="trusted_adult"' in box]
    assert len(boxes) == 1
    assert 'autocomplete="off"' in boxes[0]


def test_what_they_said_is_checked_kept_and_read_by_officers(client: FlaskClient) -> None:
    contact = ("contact", {**YOUNG[3][1], **HALL})
    walk(client, "young-people", (*YOUNG[:3], contact, YOUNG[4]))
    check = plain_words(client.get("/young-people/check").text)
    assert "Who we talk to. Another adult I trust: Miss Hall, my form teacher." in check
    assert "How old you are. 13 to 15." in check
    assert "You said we can talk to: Miss Hall, my form teacher" in check
    assert "We will not tell anyone else near you" in check
    feedback = sent(client)
    assert feedback.talk_to == TalkTo.ADULT
    assert feedback.trusted_adult == "Miss Hall, my form teacher"
    assert feedback.age_said == AgeBand.FROM_13
    assert young_people.said_yes_to(feedback) == ("trusted",)
    with begin_work(WORKER) as work:
        matters.make_case(work, work.session.get_one(Feedback, feedback.id))
    officer = signed_in(client)
    for path in ("feedback/{}", "cases/{}", "cases/{}/acknowledge"):
        page = words_of(officer.get("/officers/" + path.format(feedback.public_id)).text)
        assert "talk to an adult they trust: Miss Hall, my form teacher" in page, path
        assert "How old they say they are: 13 to 15" in page, path
    tellings = words_of(officer.get(f"/officers/feedback/{feedback.public_id}/telling").text)
    assert "They said yes to: An adult they trust: Miss Hall, my form teacher." in tellings


def test_it_may_be_skipped(client: FlaskClient) -> None:
    feedback = send(client, {})
    assert (feedback.talk_to, feedback.trusted_adult, feedback.age_said) == (None, None, None)
    assert young_words.lines(feedback) == []
    client.post("/young-people/begin-now")
    client.post("/young-people/what-happened", data={"story": "It is loud."})
    client.post("/young-people/contact", data={"skip": "1", **HALL})
    assert sent(client).trusted_adult is None


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"talk_to": "me"}, "They want us to talk to them."),
        ({"talk_to": "advocate"}, "They want us to talk to their advocate."),
        ({"talk_to": "adult"}, "an adult they trust. They did not say who: ask them."),
        ({"age": "18_up"}, "How old they say they are: 18 or over"),
    ],
)
def test_each_answer_stands_alone(client: FlaskClient, said: dict[str, object], line: str) -> None:
    (only,) = young_words.lines(send(client, said))
    assert only.endswith(line)


def test_a_name_that_was_typed_and_left_is_not_kept(client: FlaskClient) -> None:
    feedback = send(client, {**HALL, "talk_to": "me"})
    assert (feedback.talk_to, feedback.trusted_adult) == (TalkTo.ME, None)
    assert young_people.said_yes_to(feedback) == ()


def test_it_is_sealed_as_their_words_are_and_goes_with_them(client: FlaskClient) -> None:
    feedback = send(client, HALL)
    wanted = text("SELECT talk_to, trusted_adult, age_said FROM feedback WHERE id = :id")
    row = db.session.execute(wanted, {"id": feedback.id}).one()
    for value in row:
        assert not any(plain in bytes(value) for plain in (b"Hall", b"adult", b"13_15"))
    emptied = what_goes.emptied(what_goes.table("feedback"))
    assert {name: emptied[name] for name in ("talk_to", "trusted_adult", "age_said")} == {
        "talk_to": None, "trusted_adult": None, "age_said": None,
    }  # fmt: skip


def test_how_old_is_no_answer_where_they_do_not_want_to_say(client: FlaskClient) -> None:
    contact = ("contact", {**YOUNG[3][1], "age": ""})
    walk(client, "young-people", (*YOUNG[:3], contact, YOUNG[4]))
    assert "I do not want to say" not in client.get("/young-people/check").text
    assert sent(client).age_said is None


def test_every_code_has_its_words() -> None:
    assert set(young_words.AGES) == set(AgeBand)
    assert set(young_words.TALK) == set(TalkTo)
