"""The door for everyone: who else can help, points one by one, what people need, short thanks."""

import dataclasses

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import acknowledging, drafted_points, safe_contact_rules
from portal.db import db
from portal.procedures.vocabulary import Category
from portal.records.case import Case
from portal.records.feedback import ActingFor, Channel, ContactWay, Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.publishing_consent import PublishingConsent
from portal.web.public.questions import JOURNEY
from portal.work import WORKER, begin_work
from tests import matters
from tests.unit.web.journey_steps import EVERYONE, STORY, told, walk
from tests.unit.web.officer_pages import signed_in, words_of

PLAN_STORY = "My son\u2019s EHCP says speech therapy and you took it out."
CLOCK = "does not stop the tribunal"
ADVICE = "01632\N{NO-BREAK SPACE}960155"
FORM = "/give-feedback"
OURS = 'href="tel:01632960100"'


def send(client: FlaskClient, **changed: dict[str, object]) -> Feedback:
    """Walk through with some answers changed or added, and send it."""
    walk(client, "give-feedback", EVERYONE)
    for key, data in changed.items():
        path = f"{FORM}/{key.replace('_', '-')}"
        assert client.post(path, data=data).status_code == 303, key
    assert client.post(f"{FORM}/check").location == f"{FORM}/sent"
    return told()[-1]


def test_who_names_a_court_reads_who_else_can_help_and_goes_on(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    after = client.post(f"{FORM}/elsewhere", data={"elsewhere": ["court", "school"]})
    assert after.location == f"{FORM}/who-else"
    page = words_of(client.get(f"{FORM}/who-else").text)
    assert "what a judge has decided" in page
    assert "Ask the school" in page
    assert "You can still tell us" in page
    assert CLOCK not in page
    assert client.post(f"{FORM}/who-else", data={}).location == f"{FORM}/what-happened"


@pytest.mark.parametrize(
    ("chosen", "number", "website"),
    [
        ("court", "01632960156", "https://family-law-advice.example"),
        ("school", "01632960157", "https://school-governors.example"),
        ("place", "01632960158", "https://school-appeals.example"),
        ("others", "01632960159", "https://police-complaints.example"),
    ],
)
def test_whatever_is_named_leads_to_somebody_who_can_be_called(
    client: FlaskClient, chosen: str, number: str, website: str
) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    client.post(f"{FORM}/elsewhere", data={"elsewhere": [chosen]})
    page = client.get(f"{FORM}/who-else").text
    assert f'href="tel:{number}"' in page
    assert f'href="{website}"' in page
    # Nobody is left with what was not chosen, and the way on is told.
    assert page.count('href="tel:016329601') == page.count(f"tel:{number}") + page.count(OURS)
    assert "go on with this form" in words_of(page)


def test_where_the_council_names_nobody_we_are_called(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = app.extensions["heard"]
    without = dataclasses.replace(heard.council, elsewhere={})
    monkeypatch.setitem(app.extensions, "heard", dataclasses.replace(heard, council=without))
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    client.post(f"{FORM}/elsewhere", data={"elsewhere": ["court", "school", "place", "others"]})
    page = client.get(f"{FORM}/who-else").text
    assert "family-law-advice" not in page
    assert OURS in page
    assert "Not sure whom to ask?" in words_of(page)


@pytest.mark.parametrize("chosen", [[], ["none"]])
def test_who_names_nothing_is_not_held_up(client: FlaskClient, chosen: list[str]) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    after = client.post(f"{FORM}/elsewhere", data={"elsewhere": chosen})
    assert after.location == f"{FORM}/what-happened"


def test_who_names_a_plan_reads_of_the_tribunals_clock_there_and_after(
    client: FlaskClient,
) -> None:
    feedback = send(client, elsewhere={"elsewhere": ["plan", "others"]})
    assert feedback.about_plan is True
    assert "NHS" in (feedback.elsewhere_said or "")
    sent = client.get(f"{FORM}/sent").text
    assert CLOCK in sent
    assert ADVICE in sent
    # The mailbox is theirs alone, so the receipt may say it too.
    (letter,) = db.session.scalars(select(OutboxLetter))
    assert CLOCK in letter.body
    assert "Sample SEND Advice" in letter.body


def test_words_that_name_a_plan_bring_the_question(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    after = client.post(f"{FORM}/what-happened", data={"story": PLAN_STORY})
    assert after.location == f"{FORM}/plan-decision"
    page = client.get(after.location).text
    assert CLOCK in page
    assert ADVICE in page
    assert client.post(after.location, data={}).location == f"{FORM}/points"


def test_words_that_name_none_bring_no_question(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    after = client.post(f"{FORM}/what-happened", data={"story": STORY})
    assert after.location == f"{FORM}/points"
    assert CLOCK not in client.get(after.location).text


@pytest.mark.parametrize(
    ("said", "shared", "in_receipt", "in_letter"),
    [
        ("yes", "no", True, True),
        ("yes", "safe", False, True),
        ("", "no", True, True),
        ("no", "no", False, False),
    ],
)
def test_the_letters_tell_of_the_clock(
    client: FlaskClient, said: str, shared: str, in_receipt: bool, in_letter: bool
) -> None:
    feedback = send(
        client,
        what_happened={"story": PLAN_STORY},
        plan_decision={"about_plan": said},
        safe_contact={"shared": shared},
    )
    (receipt,) = db.session.scalars(select(OutboxLetter))
    assert (CLOCK in receipt.body) is in_receipt
    with begin_work(WORKER) as work:
        feedback = work.session.get_one(Feedback, feedback.id)
        matters.make_case(work, feedback)
        case = work.session.scalars(select(Case)).one()
        letter = acknowledging.acknowledge(work, case, "The plan lost its speech therapy.")
        # In whatever voice it is written, with where advice is had.
        assert ("01632 960155" in letter.body) is in_letter
        assert ("2 months" in letter.body or "two months" in letter.body) is in_letter


def test_points_are_added_one_by_one_without_scripts(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "complaint"})
    path = f"{FORM}/points"
    assert client.get(path).text.count("<textarea") == 3
    three = {"point_1": "He was late.", "point_2": "", "point_3": "She shouted."}
    assert client.post(path, data={**three, "more": "1"}).location == path
    page = client.get(path).text
    assert page.index("He was late.") < page.index("She shouted.")
    full = {"point_1": "He was late.", "point_2": "She shouted.", "point_3": "Nobody rang."}
    client.post(path, data={**full, "more": "1"})
    assert client.get(path).text.count("<textarea") == 4
    check = words_of(client.get(f"{FORM}/check").text)
    assert "1. He was late. 2. She shouted. 3. Nobody rang." in check


def test_points_of_the_form_are_the_drafted_points_of_the_case(client: FlaskClient) -> None:
    points = {"point_1": "The taxi came late.\nTwice.", "point_2": "- Nobody rang us back."}
    feedback = send(client, points=points)
    assert feedback.story.startswith(STORY)
    assert drafted_points.draft(feedback.story)[:2] == (
        "The taxi came late. Twice.",
        "Nobody rang us back.",
    )
    with begin_work(WORKER) as work:
        matters.make_case(work, work.session.get_one(Feedback, feedback.id))
    page = signed_in(client).get(f"/officers/cases/{feedback.public_id}/points/draft").text
    assert ">The taxi came late. Twice.</textarea>" in page


def test_for_whom_they_write_is_kept_and_shown(client: FlaskClient) -> None:
    you = {"acting_for": "other_child", "relationship": "relative", "name": "Petra Quill"}
    feedback = send(client, you=you)
    assert feedback.acting_for is ActingFor.OTHER_CHILD
    page = words_of(signed_in(client).get(f"/officers/feedback/{feedback.public_id}").text)
    assert "For whom Another child or young person" in page
    assert "Relative or special guardian" in page


NEEDS = {
    "needs": ["large_print", "interpreter", "phone_only"],
    "language": "Polish",
    "needs_more": "Short calls",
}


def test_what_they_need_stands_first_on_every_officers_page(client: FlaskClient) -> None:
    feedback = send(client, adjustments=NEEDS)
    check = [
        "Large print.", "An interpreter.", "Speak to them by phone", "Polish", "Short calls",
    ]  # fmt: skip
    with begin_work(WORKER) as work:
        matters.make_case(work, work.session.get_one(Feedback, feedback.id))
    officer = signed_in(client)
    for path in ("feedback/{}", "cases/{}", "cases/{}/acknowledge", "cases/{}/points"):
        page = words_of(officer.get("/officers/" + path.format(feedback.public_id)).text)
        assert all(words in page for words in check), path
        # Before the way by which they are reached.
        assert page.index("What they need:") < page.index("Letters go by e-mail"), path


def test_thanks_take_two_screens(client: FlaskClient) -> None:
    thanks = {"kind": "compliment", "praise": "Jo rang every day. Thank you."}
    assert client.post(f"{FORM}/what-kind", data=thanks).location == f"{FORM}/check"
    page = client.get(f"{FORM}/check").text
    assert "Jo rang every day." in page
    assert "Photos and documents" not in page
    sent = {"signed": "Ines Ray", "may_publish": "yes"}
    assert client.post(f"{FORM}/check", data=sent).location == f"{FORM}/sent"
    (feedback,) = told()
    assert feedback.category_said is Category.COMPLIMENT
    assert feedback.story == thanks["praise"]
    assert (feedback.channel, feedback.contact_way) == (Channel.WEB, ContactWay.PORTAL_ONLY)
    assert db.session.scalars(select(Party.name)).one() == "Ines Ray"
    assert db.session.scalars(select(PublishingConsent.agrees)).one() is True


def test_thanks_need_no_name_and_no_yes(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "compliment", "praise": "Kind people."})
    client.post(f"{FORM}/check", data={})
    assert told()[0].story == "Kind people."
    assert db.session.scalar(select(Party)) is None
    assert db.session.scalar(select(PublishingConsent)) is None


def test_thanks_without_words_come_back(client: FlaskClient) -> None:
    page = client.post(f"{FORM}/what-kind", data={"kind": "compliment", "praise": " "})
    assert page.status_code == 422
    assert page.text.count("A few words are enough") == 2


def test_a_bad_answer_beside_send_sends_nothing(client: FlaskClient) -> None:
    client.post(f"{FORM}/what-kind", data={"kind": "compliment", "praise": "Kind people."})
    page = client.post(f"{FORM}/check", data={"signed": "n" * 301})
    assert page.status_code == 422
    assert "300 characters or fewer" in page.text
    assert "n" * 301 in page.text
    assert told() == []


def test_that_nothing_changes_stands_beside_the_button(client: FlaskClient) -> None:
    walk(client, "give-feedback", EVERYONE)
    page = client.get(f"{FORM}/check").text
    before = page.rindex("Complaining will not change the help you get.")
    assert 0 < page.index("Send\n", before) - before < 400


def test_what_is_asked_beside_send_is_no_page(client: FlaskClient) -> None:
    assert JOURNEY.find("thanks") is None
    assert client.get(f"{FORM}/thanks").status_code == 404


@pytest.mark.parametrize("said", [{}, {"others": "say"}])
def test_a_young_person_at_this_door_who_skips_it_is_written_to_neutrally(
    client: FlaskClient, said: dict[str, object]
) -> None:
    feedback = send(
        client,
        you={"relationship": "young_person"},
        safe_contact={"good_time": "any", **said},
    )
    assert safe_contact_rules.in_force(db.session(), feedback).neutral is (not said)
