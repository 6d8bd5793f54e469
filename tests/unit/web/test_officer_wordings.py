"""Letters' wording by page: tried on invented facts, in force from a day, taken back, noted."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import letter_wordings, sign_ins
from portal.cases.letter_wordings import WordingRefused
from portal.correspondence import letters, outbox
from portal.correspondence.voices import Voice
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.letter_wording import LetterWording
from portal.records.outbox_letter import LetterKind
from portal.work import WORKER, begin_work
from tests.matters import make_account, make_feedback
from tests.signing_in import let_in

NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
URL = "/officers/wordings/thanks/young"
WORDS = """{{ council.mail.subject_update }}
Hi!

You made our day brighter. We told the team.

{% include "parts/ending.young.txt" %}
"""


@pytest.fixture(autouse=True)
def _now(app: Flask) -> Iterator[None]:
    with time_machine.travel(NOON) as clock:
        app.extensions["test clock"] = clock
        yield


@pytest.fixture
def manager(app: Flask) -> FlaskClient:
    client = app.test_client()
    with begin_work(WORKER) as work:
        account = make_account(work, Role.COMPLAINTS_MANAGER, "ash@council.example", "Ash Reed")
        let_in(client, sign_ins.begin(work, account, "a test"))
    return client


def posted(client: FlaskClient, step: str, template: str = WORDS, day: str = "7") -> Any:
    data = {"template": template, "step": step, "in_force_from": [day, "12", "2026"]}
    return client.post(URL, data=data)


def thanks() -> str:
    """What a young person is sent as thanks, now."""
    with begin_work(WORKER) as work:
        feedback = make_feedback(work)
        letter = outbox.post(work, LetterKind.THANKS, feedback)
        return letter.body


def test_every_letter_is_listed_with_whose_wording_it_has(manager: FlaskClient) -> None:
    page = manager.get("/officers/wordings").text
    for kind in LetterKind:
        for voice in letters.voices_for(kind):
            assert f'href="/officers/wordings/{kind.value}/{voice.value}"' in page
    assert "Yours" not in page
    posted(manager, "keep")
    assert "since 7 December 2026" in manager.get("/officers/wordings").text


def test_it_is_seen_on_invented_facts_before_anybody_gets_it(manager: FlaskClient) -> None:
    before = manager.get(URL).text
    assert "To adults" in before
    assert "To young people" in before
    assert "Reading grade" in before
    tried = posted(manager, "try")
    assert tried.status_code == 200
    assert "Your wording, on invented facts" in tried.text
    assert "You made our day brighter" in tried.text
    assert "7KQM-2XVD" in tried.text
    assert "brighter" not in thanks()


def test_it_goes_out_once_it_is_in_force_and_only_in_its_voice(manager: FlaskClient) -> None:
    assert posted(manager, "keep").status_code == 303
    assert "You made our day brighter" in thanks()
    with begin_work(WORKER) as work:
        other = letters.preview(work, LetterKind.LINKED, make_feedback(work))
        assert "brighter" not in other.body


def test_a_later_day_begins_then(app: Flask, manager: FlaskClient) -> None:
    posted(manager, "keep", day="9")
    assert "brighter" not in thanks()
    assert "To come" in manager.get(URL).text
    app.extensions["test clock"].shift(timedelta(days=2))
    assert "brighter" in thanks()


def test_the_version_before_is_in_force_again(manager: FlaskClient) -> None:
    posted(manager, "keep")
    posted(manager, "keep", WORDS.replace("brighter", "sunnier"))
    assert "sunnier" in thanks()
    page = manager.get(URL).text
    ways = re.findall(r'action="(/officers/wordings/versions/[^"]+/take-back)"', page)
    assert len(ways) == 2
    assert manager.post(ways[0]).status_code == 303
    assert "brighter" in thanks()
    assert manager.post(ways[0]).status_code == 409
    manager.post(ways[1])
    assert "brighter" not in thanks()
    page = manager.get(URL).text
    assert page.count("Taken back") >= 2
    assert "Written on 7 December 2026, 12:00 by Ash Reed" in page
    assert "sunnier" in page


@pytest.mark.parametrize(
    ("step", "template", "day", "told"),
    [
        ("try", "", "7", "Write the wording"),
        ("try", WORDS + "{{ secret }}", "7", "no field of this letter"),
        ("keep", WORDS + "{{ secret }}", "7", "no field of this letter"),
        ("keep", WORDS.replace('{% include "parts/ending.young.txt" %}', ""), "7", "Keep"),
        ("keep", WORDS, "6", "a day that has passed"),
        ("keep", WORDS, "40", "real date"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept_in_the_box(
    manager: FlaskClient, step: str, template: str, day: str, told: str
) -> None:
    answer = posted(manager, step, template, day)
    assert answer.status_code == 422
    assert told in answer.text
    assert not template or "You made our day brighter. We told the team." in answer.text
    with begin_work(WORKER) as work:
        assert work.session.scalar(select(LetterWording.id)) is None


def test_a_wording_that_is_hard_to_read_says_so(manager: FlaskClient) -> None:
    hard = WORDS.replace(
        "You made our day brighter.",
        "Notwithstanding considerable organisational difficulties, your appreciative "
        "communication has been disseminated to the appropriate representatives.",
    )
    assert "That is harder than 5" in posted(manager, "try", hard).text
    assert "That is harder than 5" not in posted(manager, "try").text


def test_looks_and_changes_are_noted(manager: FlaskClient) -> None:
    manager.get("/officers/wordings")
    posted(manager, "keep")
    with begin_work(WORKER) as work:
        rows = work.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        acts = [(row.act, row.fields) for row in rows]
        assert ("wordings_viewed", []) in acts
        assert acts[-1] == ("wording_written", ["thanks", "young"])
        row = work.session.scalars(select(LetterWording)).one()
        assert row.made_by_id == rows[-1].actor_id


@pytest.mark.parametrize("path", ["nothing/young", "thanks/old", "invitation/young"])
def test_what_is_no_letter_is_not_there(manager: FlaskClient, path: str) -> None:
    assert manager.get(f"/officers/wordings/{path}").status_code == 404
    assert manager.post("/officers/wordings/versions/x/take-back").status_code == 404


def test_a_fact_that_may_be_missing_needs_its_if(app: Flask) -> None:
    with begin_work(WORKER) as work:
        shipped = letters.shipped(work.council, LetterKind.ANSWER, Voice.ADULT)
        broken = shipped.replace("{% if ask_by %}", "{% if stage_label %}")
        with pytest.raises(WordingRefused, match="be missing: ask_by"):
            letter_wordings.tried(work, LetterKind.ANSWER, Voice.ADULT, broken)
