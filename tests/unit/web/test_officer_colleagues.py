"""Two officers on one item see each other."""

from datetime import timedelta

import time_machine
from flask.testing import FlaskClient

from portal import clock
from portal.work import WORKER, begin_work
from tests.matters import make_feedback
from tests.unit.web.officer_pages import as_another, signed_in, words_of


def an_item() -> str:
    with begin_work(WORKER) as work:
        return f"/officers/feedback/{make_feedback(work).public_id}"


def test_two_officers_on_one_item_see_each_other(client: FlaskClient) -> None:
    first = signed_in(client)
    second, where = as_another(first), an_item()
    assert "Only the first of you" not in words_of(first.get(where).text)
    assert "Rowan Ashby has this open: just now." in words_of(second.get(where).text)
    assert "Wren Oakley has this open: just now." in words_of(first.get(where).text)


def test_whoever_left_a_while_ago_is_not_there(client: FlaskClient) -> None:
    first = signed_in(client)
    second, where = as_another(first), an_item()
    first.get(where)
    with time_machine.travel(clock.now() + timedelta(minutes=4), tick=False):
        assert "Rowan Ashby has this open: 4 minutes ago." in words_of(second.get(where).text)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert "has this open" not in words_of(second.get(where).text)


def test_somebody_on_the_check_page_is_deciding(client: FlaskClient) -> None:
    from tests.unit.web.officer_pages import OPEN_A_CASE

    first = signed_in(client)
    second, where = as_another(first), an_item()
    assert first.post(f"{where}/check", data=OPEN_A_CASE).status_code == 200
    assert "Rowan Ashby is deciding on this" in words_of(second.get(where).text)
