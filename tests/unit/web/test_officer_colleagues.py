"""Two officers on one item, one case or one message see each other."""

from datetime import timedelta

import time_machine
from flask.testing import FlaskClient

from portal import clock
from portal.records.mail import MailState
from portal.work import WORKER, begin_work
from tests.architecture.walked_pages import reads
from tests.matters import make_case, make_feedback
from tests.unit.web.officer_pages import as_another, signed_in, words_of
from tests.unit.web.test_officer_mail import keep


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


def a_case() -> str:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        make_case(work, feedback)
        return f"/officers/cases/{feedback.public_id}"


def test_two_officers_on_one_case_see_each_other(client: FlaskClient) -> None:
    first = signed_in(client)
    second, where = as_another(first), a_case()
    assert "has this open" not in words_of(first.get(where).text)
    shown = words_of(second.get(where).text)
    assert "Rowan Ashby has this open: just now. Speak to each other" in shown
    assert "Wren Oakley has this open: just now." in words_of(first.get(where).text)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert "has this open" not in words_of(second.get(where).text)


def test_who_is_on_a_matters_other_page_is_seen_once_on_its_case(client: FlaskClient) -> None:
    first = signed_in(client)
    second, where = as_another(first), a_case()
    for page in (where, where.replace("/cases/", "/feedback/")):
        first.get(page)
    assert words_of(second.get(where).text).count("Rowan Ashby has this open") == 1
    assert "has this open" not in words_of(second.get(a_case()).text)


def test_a_colleague_costs_the_page_of_a_case_no_question(client: FlaskClient) -> None:
    first = signed_in(client)
    second, where = as_another(first), a_case()
    counts = []
    second.get(where)
    for look in (lambda: None, lambda: first.get(where)):
        look()
        with reads(client.application) as statements:
            second.get(where)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_two_officers_on_mail_that_could_not_be_read_see_each_other(client: FlaskClient) -> None:
    first = signed_in(client)
    second = as_another(first)
    with begin_work(WORKER) as work:
        where = f"/officers/mail/{keep(work, state=MailState.QUARANTINED).public_id}"
    assert "has this open" not in words_of(first.get(where).text)
    shown = words_of(second.get(where).text)
    assert "Rowan Ashby has this open: just now. Only the first of you to deal with it" in shown
    assert "Wren Oakley has this open: just now." in words_of(first.get(where).text)
