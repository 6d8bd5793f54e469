"""One queue for everything that waits, and the way from one item to the next."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from portal import clock
from portal.cases import messages, suggested_links
from portal.db import db
from portal.procedures.vocabulary import Category, Risk
from portal.records.feedback import Channel, Feedback
from portal.records.mail import Mail, MailState, RawMail
from portal.records.message import Sender
from portal.records.suggested_link import LinkGround
from portal.triage import deciding
from portal.work import WORKER, Who, Work, begin_work
from tests.unit.triage.matters import a_choice, a_result, an_officer
from tests.unit.web.officer_pages import (
    OPEN_A_CASE,
    as_another,
    made,
    posted_again,
    signed_in,
    words_of,
)


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def a_case(**said: object) -> Feedback:
    """A case that a colleague opened just now."""
    feedback = made(**said)
    with begin_work(WORKER) as work:
        account_id = an_officer(work, f"{feedback.public_id.lower()}@heard.example").id
    with begin_work(Who("staff", account_id)) as work:
        deciding.confirm(work, work.session.get_one(Feedback, feedback.id), a_choice())
    return db.session.get_one(Feedback, feedback.id)


def a_message(work: Work, state: MailState = MailState.QUARANTINED) -> Mail:
    now = work.now
    mail = Mail(
        public_id="mail-1", mailbox="INBOX", uid_validity=1, uid=1, sha256="x", size=2_000,
        arrived_at=now, stored_at=now, state=state, error="ValueError", tries=3,
    )  # fmt: skip
    work.session.add(mail)
    work.session.flush()
    work.session.add(RawMail(mail_id=mail.id, body=b"Subject: Help\r\n\r\nPlease help."))
    return mail


def in_order(page: str) -> list[str]:
    """Where the rows of a list lead, the first first."""
    table = page.partition("<tbody")[2]
    links = re.findall(r'href="(/officers/(?:feedback|cases|mail)/[^"]+)"', table)
    return list(dict.fromkeys(links))


def test_everything_that_waits_stands_in_one_list(officer: FlaskClient) -> None:
    enquiry = made(channel=Channel.POST, category_said=Category.MP_ENQUIRY)
    replied, asked, unlinked = a_case(), made(channel=Channel.PHONE), made()
    with begin_work(WORKER) as work:
        a_message(work)
        about = work.session.get_one(Feedback, replied.id)
        messages.add(work, about, Sender.PERSON, "Is there news?")
        newer, older = (work.session.get_one(Feedback, one.id) for one in (unlinked, asked))
        suggested_links.suggest(work, newer, older, LinkGround.OUR_LETTER)
    page = officer.get("/officers/").text
    assert set(in_order(page)) == {
        "/officers/mail/mail-1",
        f"/officers/cases/{replied.public_id}",
        *(f"/officers/feedback/{one.public_id}" for one in (enquiry, asked, unlinked)),
    }
    words = words_of(page)
    for shown in (
        "Waiting for an officer (5)",
        "They replied: read it by an officer",
        "It could not be read: look at it by an officer",
        "Say whether it belongs with another matter by an officer",
        "A decision by an officer",
        "New reply",
    ):
        assert shown in words, shown


def test_risk_then_young_people_then_the_date(officer: FlaskClient) -> None:
    calm = made(received=clock.now() - timedelta(days=9))
    late = made(received=clock.now() - timedelta(days=60))
    worry = made(received=clock.now())
    with begin_work(WORKER) as work:
        a_message(work)
        work.session.get_one(Feedback, worry.id).risk = Risk.CONCERN
    urgent = made(danger_said=True)
    assert in_order(officer.get("/officers/").text) == [
        f"/officers/feedback/{urgent.public_id}",
        "/officers/mail/mail-1",
        f"/officers/feedback/{worry.public_id}",
        f"/officers/feedback/{late.public_id}",
        f"/officers/feedback/{calm.public_id}",
    ]
    assert "overdue" in words_of(officer.get("/officers/").text)


def test_whoever_has_no_mailbox_sees_no_message(officer: FlaskClient) -> None:
    from portal.records.account import Role

    with begin_work(WORKER) as work:
        a_message(work)
    assert "/officers/mail/mail-1" in officer.get("/officers/").text
    manager = as_another(officer, Role.TEAM_MANAGER)
    assert "mail-1" not in manager.get("/officers/?view=waiting").text


def _confirm(officer: FlaskClient, feedback: Feedback, **more: str) -> str:
    """Decide on feedback, and give the address that follows."""
    checked = officer.post(
        f"/officers/feedback/{feedback.public_id}/check", data={**OPEN_A_CASE, **more}
    )
    assert checked.status_code == 200, words_of(checked.text)
    answer = officer.post(
        f"/officers/feedback/{feedback.public_id}/confirm",
        data={**posted_again(checked.text), **({"then": more["then"]} if "then" in more else {})},
    )
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_after_a_decision_the_one_behind_it_comes_with_a_notice(officer: FlaskClient) -> None:
    days = (3, 2, 1)
    first, second, third = (made(received=clock.now() - timedelta(days=d)) for d in days)
    location = _confirm(officer, second)
    assert urlsplit(location).path == f"/officers/feedback/{third.public_id}"
    page = officer.get(location)
    words = words_of(page.text)
    assert f"Case opened: {second.reference}. Answer by" in words
    assert f"Look at {second.reference}" in words
    assert "write its acknowledgement" in words
    assert f"/officers/feedback/{second.public_id}/done" in page.text
    # Behind the last one stands the case that waits for its letter, which is due later.
    assert f"/officers/cases/{second.public_id}?" in _confirm(officer, third)
    assert f"/officers/feedback/{first.public_id}" in in_order(officer.get("/officers/").text)


def test_the_notice_is_for_whoever_decided(officer: FlaskClient) -> None:
    first, second = (made(received=clock.now() - timedelta(days=d)) for d in (2, 1))
    location = _confirm(officer, first)
    colleague = as_another(officer)
    told = words_of(colleague.get(location).text)
    assert second.reference in told
    assert "Here is the next one" not in told


def test_where_nothing_else_waits_the_officer_sees_what_was_done(officer: FlaskClient) -> None:
    only = made()
    assert _confirm(officer, only).endswith(f"/officers/feedback/{only.public_id}/done")


def test_the_acknowledgement_follows_at_once_where_it_is_asked_for(officer: FlaskClient) -> None:
    feedback = made()
    made()
    location = _confirm(officer, feedback, then="acknowledge")
    assert location.endswith(f"/officers/cases/{feedback.public_id}/acknowledge")
    page = words_of(officer.get(location).text)
    assert "In your own words:" in page
    assert "Nobody rang me back for three weeks." in page
    assert "Send it" in page


def test_a_button_chooses_what_to_do_but_nothing_else(officer: FlaskClient) -> None:
    feedback = made(result=a_result())
    chosen = {name: value for name, value in OPEN_A_CASE.items() if name != "outcome"}
    url = f"/officers/feedback/{feedback.public_id}/check"
    assert officer.post(url, data=chosen).status_code == 422
    checked = officer.post(url, data={**chosen, "straight": "case_opened"})
    assert checked.status_code == 200
    assert posted_again(checked.text)["outcome"] == ["case_opened"]
    without = {name: value for name, value in chosen.items() if name != "procedure"}
    again = officer.post(url, data={**without, "straight": "case_opened"})
    assert again.status_code == 422
    assert "Choose the procedure" in words_of(again.text)


def test_a_near_match_is_linked_by_its_own_button(officer: FlaskClient) -> None:
    older, newer = made(), made()
    page = officer.get(f"/officers/feedback/{newer.public_id}").text
    assert f'name="link_to" value="{older.reference}"' in page
    chosen = {name: value for name, value in OPEN_A_CASE.items() if name != "outcome"}
    checked = officer.post(
        f"/officers/feedback/{newer.public_id}/check",
        data={**chosen, "link_to": older.reference},
    )
    assert checked.status_code == 200
    sent = posted_again(checked.text)
    assert (sent["outcome"], sent["linked_reference"]) == (["linked"], [older.reference])


def test_the_next_one_can_be_opened_without_deciding(officer: FlaskClient) -> None:
    first, second = (made(received=clock.now() - timedelta(days=d)) for d in (2, 1))
    page = officer.get(f"/officers/feedback/{first.public_id}").text
    found = re.search(r'href="(/officers/next\?after=[^"]+)"', page)
    assert found is not None
    opened = officer.get(found[1])
    assert opened.headers["Location"] == f"/officers/feedback/{second.public_id}"
    assert officer.get("/officers/next?after=x").headers["Location"] == (
        f"/officers/feedback/{first.public_id}"
    )


def test_an_empty_queue_leads_back_to_the_list(officer: FlaskClient) -> None:
    answer = officer.get("/officers/next", follow_redirects=True)
    assert "Nothing else is waiting." in words_of(answer.text)


def test_a_settled_message_leads_on(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        a_message(work)
    waiting = made()
    answer = officer.post("/officers/mail/mail-1/settle", data={"why": "machine"})
    assert answer.headers["Location"] == f"/officers/feedback/{waiting.public_id}"


def test_the_second_of_two_officers_is_told_and_loses_nothing(officer: FlaskClient) -> None:
    feedback, colleague = made(), as_another(officer)
    url = f"/officers/feedback/{feedback.public_id}"
    first, second = (
        posted_again(browser.post(f"{url}/check", data=OPEN_A_CASE).text)
        for browser in (officer, colleague)
    )
    assert officer.post(f"{url}/confirm", data=first).status_code == 302
    late = colleague.post(f"{url}/confirm", data=second)
    assert late.status_code == 409
    assert "A decision has already been made on this" in words_of(late.text)


def test_keys_are_told_and_stand_on_controls_of_the_page(officer: FlaskClient) -> None:
    older, newer = made(), made()
    page = officer.get(f"/officers/feedback/{newer.public_id}").text
    told = re.findall(r'<kbd class="heard-key">([^<]+)</kbd>', page)
    on_controls = re.findall(r'data-key="([^"]+)"', page)
    assert sorted(told) == sorted([*on_controls, "?"])
    assert set(on_controls) == {"Enter", "c", "d", "s", "h", "n"}
    assert f"linked_reference={older.reference}" in page
    checked = officer.post(f"/officers/feedback/{newer.public_id}/check", data=OPEN_A_CASE)
    assert "data-key" not in checked.text, "What goes out has a page without keys."
