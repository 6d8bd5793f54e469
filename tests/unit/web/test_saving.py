"""Save and come back: by reference and words, from any browser, for 30 days, hard to guess."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import drafts
from portal.cases.secret_words import word_list, words_match
from portal.cases.throttling import FREE_FAILURES
from portal.db import db
from portal.records.draft import Draft
from portal.work import WORKER, begin_work
from tests.matters import enter, make_feedback, words_of
from tests.unit.web.journey_steps import EVERYONE, STORY, told, walk, words_on

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FORM = "/give-feedback"
Kept = tuple[str, str]


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as travel:
        yield travel


def draft_now() -> Draft:
    db.session.rollback()
    return db.session.scalars(select(Draft)).one()


def save(client: FlaskClient, story: str = STORY) -> Kept:
    """Begin, save on the second page, and note down what is shown."""
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    saved = client.post(f"{FORM}/what-happened", data={"story": story, "save": "1"})
    assert saved.location == f"{FORM}/saved"
    page = client.get(saved.location)
    assert page.status_code == 200
    return draft_now().reference, " ".join(words_on(page))


def come_back(browser: FlaskClient, kept: Kept):  # type: ignore[no-untyped-def]
    reference, words = kept
    return browser.post(f"{FORM}/come-back", data={"reference": reference, "words": words})


def test_another_browser_goes_on_where_the_first_stopped(app: Flask, client: FlaskClient) -> None:
    kept = save(client)
    other = app.test_client()
    assert come_back(other, kept).location == f"{FORM}/check"
    assert "Nobody rang us back." in other.get(f"{FORM}/what-happened").text
    # One browser at a time: the one that saved it has it no longer.
    assert "Nobody rang us back." not in client.get(f"{FORM}/what-happened").text


def test_the_words_are_kept_as_a_hash_and_open_what_is_sent(
    app: Flask, client: FlaskClient, monday: time_machine.Traveller
) -> None:
    reference, words = save(client)
    assert words_match(draft_now().words_hash, words)
    monday.shift(timedelta(minutes=31))
    with begin_work(WORKER) as work:
        drafts.sweep(work)
    assert draft_now().words is None
    assert words_on(client.get(f"{FORM}/saved")) == []
    walk(client, "give-feedback", EVERYONE)
    assert client.post(f"{FORM}/check").location == f"{FORM}/sent"
    sent = client.get(f"{FORM}/sent")
    assert "those that you got when you saved" in sent.text
    (feedback,) = told()
    assert feedback.reference == reference
    assert words_match(feedback.words_hash, words)


def test_whoever_came_back_sends_under_the_same_words(app: Flask, client: FlaskClient) -> None:
    kept = save(client)
    other = app.test_client()
    come_back(other, kept)
    assert draft_now().words is None
    walk(other, "give-feedback", EVERYONE)
    other.post(f"{FORM}/check")
    assert "those that you got when you saved" in other.get(f"{FORM}/sent").text
    (feedback,) = told()
    assert (feedback.reference, words_match(feedback.words_hash, kept[1])) == (kept[0], True)


def test_it_lives_for_thirty_days_and_no_longer(
    app: Flask, client: FlaskClient, monday: time_machine.Traveller
) -> None:
    kept = save(client)
    monday.shift(timedelta(days=29, hours=23))
    with begin_work(WORKER) as work:
        assert drafts.sweep(work) == 0
    assert come_back(app.test_client(), kept).status_code == 303
    monday.shift(timedelta(days=30, minutes=1))
    answer = come_back(app.test_client(), kept)
    assert answer.status_code == 422
    with begin_work(WORKER) as work:
        assert drafts.sweep(work) == 1
    assert db.session.scalar(select(Draft)) is None


def test_what_was_not_saved_lives_for_a_day(
    client: FlaskClient, monday: time_machine.Traveller
) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    assert draft_now().ends_at == MONDAY + timedelta(hours=24)
    assert draft_now().words_hash is None


def test_wrong_words_and_an_unknown_reference_are_told_alike(
    app: Flask, client: FlaskClient
) -> None:
    reference, words = save(client)
    wrong = " ".join(word_list()[at] for at in (1, 2, 3, 4, 5))
    other = app.test_client()
    said = [come_back(other, kept) for kept in ((reference, wrong), ("7KQM-2XVD", words))]
    assert [answer.status_code for answer in said] == [422, 422]
    sentence = "do not open a saved form"
    assert all(answer.text.count(sentence) == 2 for answer in said)
    # What was typed as words is never sent back.
    assert wrong not in said[0].text
    assert draft_now().words_hash is not None


def test_guessing_is_slowed_and_the_draft_is_not_opened(app: Flask, client: FlaskClient) -> None:
    reference, words = save(client)
    wrong = " ".join(word_list()[at] for at in (1, 2, 3, 4, 5))
    attacker = app.test_client()
    statuses = [
        come_back(attacker, (reference, wrong)).status_code for _ in range(FREE_FAILURES + 1)
    ]
    assert statuses[-1] == 429
    assert come_back(attacker, (reference, words)).status_code == 429
    # The browser that holds it is not kept out.
    assert "Nobody rang us back." in client.get(f"{FORM}/what-happened").text


def test_guesses_at_one_computer_close_nothing_for_others_there(
    app: Flask, client: FlaskClient
) -> None:
    kept = save(client)
    wrong = " ".join(word_list()[at] for at in (1, 2, 3, 4, 5))
    attacker = app.test_client()
    for _ in range(FREE_FAILURES + 1):
        come_back(attacker, (kept[0], wrong))
    # Somebody else of the library follows what they told us, and the owner goes on with the form.
    with begin_work(WORKER) as work:
        reference = make_feedback(work).reference
    assert enter(app.test_client(), reference, words_of()).status_code == 302
    assert come_back(app.test_client(), kept).location == f"{FORM}/check"


def test_slips_at_track_do_not_close_saved_forms(app: Flask, client: FlaskClient) -> None:
    kept = save(client)
    wrong = " ".join(word_list()[at] for at in (1, 2, 3, 4, 5))
    for _ in range(FREE_FAILURES + 1):
        enter(app.test_client(), "7KQM-2XVD", wrong)
    assert come_back(app.test_client(), kept).location == f"{FORM}/check"


def test_what_is_not_saved_cannot_be_opened_by_its_words(app: Flask, client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    draft = draft_now()
    assert draft.words is not None
    answer = come_back(app.test_client(), (draft.reference, draft.words))
    assert answer.status_code == 422


def test_what_was_sent_is_not_opened_as_a_saved_form(app: Flask, client: FlaskClient) -> None:
    kept = save(client)
    walk(client, "give-feedback", EVERYONE)
    client.post(f"{FORM}/check")
    assert come_back(app.test_client(), kept).status_code == 422


def test_a_page_that_is_not_right_yet_is_saved_as_it_stands(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    bad = {"way": "email", "email": "petra at home", "save": "1"}
    assert client.post(f"{FORM}/contact", data=bad).location == f"{FORM}/saved"
    assert "petra at home" in client.get(f"{FORM}/contact").text
    # It is no answer before it is checked, and it is not left out unsaid.
    assert "petra at home" not in client.get(f"{FORM}/check").text
    client.post(f"{FORM}/what-happened", data={"story": STORY})
    assert client.post(f"{FORM}/check").location == f"{FORM}/contact?change=1"
    assert told() == []
    good = {"way": "email", "email": "petra@example.org"}
    client.post(f"{FORM}/contact", data=good)
    assert "petra at home" not in client.get(f"{FORM}/contact").text
    assert draft_now().typed == "{}"


def test_it_is_taken_off_a_shared_device_and_stays_with_us(app: Flask, client: FlaskClient) -> None:
    kept = save(client)
    assert client.post(f"{FORM}/leave").location == f"{FORM}/come-back"
    assert "Nobody rang us back." not in client.get(f"{FORM}/what-happened").text
    assert come_back(client, kept).location == f"{FORM}/check"
    assert "Nobody rang us back." in client.get(f"{FORM}/what-happened").text


def test_after_leaving_its_words_are_shown_no_more_and_it_stays(client: FlaskClient) -> None:
    save(client)
    assert words_on(client.get(f"{FORM}/saved"))
    client.get("/exit")
    page = client.get(f"{FORM}/saved")
    assert words_on(page) == []
    assert "We cannot show them again" in page.text
    again = {"story": STORY, "save": "1"}
    assert client.post(f"{FORM}/what-happened", data=again).location == f"{FORM}/saved"
    assert words_on(client.get(f"{FORM}/saved")) == []
    # Nobody has to write it a second time.
    assert "Nobody rang us back." in client.get(f"{FORM}/what-happened").text


def test_saving_again_shows_the_words_again(client: FlaskClient) -> None:
    save(client)
    client.post(f"{FORM}/what-happened", data={"story": STORY, "save": "1"})
    assert words_on(client.get(f"{FORM}/saved"))


def test_what_is_not_saved_is_not_taken_off_a_device(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-happened", data={"story": STORY})
    client.post(f"{FORM}/leave")
    assert "Nobody rang us back." in client.get(f"{FORM}/what-happened").text


def test_opening_another_warns_of_what_is_on_this_device(client: FlaskClient) -> None:
    assert "not sent or saved" not in client.get(f"{FORM}/come-back").text
    client.post(f"{FORM}/what-happened", data={"story": STORY})
    assert "not sent or saved" in client.get(f"{FORM}/come-back").text


def test_saved_without_a_draft_leads_to_the_words(client: FlaskClient) -> None:
    assert client.get(f"{FORM}/saved").location == f"{FORM}/come-back"
    assert client.post(f"{FORM}/come-back", data={}).status_code == 422


def test_staying_and_keeping_let_the_draft_live_on(
    client: FlaskClient, monday: time_machine.Traveller
) -> None:
    client.post(f"{FORM}/what-happened", data={"story": STORY})
    monday.shift(timedelta(hours=23))
    page = client.get(f"{FORM}/put-right").text
    assert 'data-heard-left="3600"' in page
    kept = client.post(f"{FORM}/put-right", data={"wanted": "An apolo", "keep": "1"})
    assert kept.location == f"{FORM}/put-right"
    page = client.get(f"{FORM}/put-right").text
    assert "An apolo" in page
    assert 'data-heard-left="86400"' in page
    monday.shift(timedelta(hours=23))
    client.post(f"{FORM}/stay")
    assert draft_now().ends_at == MONDAY + timedelta(hours=23 + 23 + 24)


def test_no_words_and_no_reference_stand_in_an_address(app: Flask, client: FlaskClient) -> None:
    reference, words = save(client)
    answer = come_back(app.test_client(), (reference, words))
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    for text in (answer.location or "", cookies):
        assert reference not in text
        assert not [word for word in words.split() if word in text]
