"""The page on which officers find: words and filters, what is shown of what was found, views."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.commands import finding
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.kept_search import KeptSearch
from portal.records.wall import NamedPerson
from portal.triage.find import kept
from portal.work import WORKER, begin_work
from tests.matters import make_case, make_feedback
from tests.unit.web.officer_pages import as_another, signed_in, words_of

TAXI = "The taxi to school was late and my drawings were lost on the way."


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def a_matter(story: str = TAXI, *, case: bool = False, **more: object) -> Feedback:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, story=story, **more)
        if case:
            make_case(work, feedback)
        key = feedback.id
    finding.index()
    return db.session.get_one(Feedback, key)


def searched(client: FlaskClient, words: str = "", **narrowed: str) -> str:
    """The page that a search leads to."""
    answer = client.post("/officers/find", data={"words": words, **narrowed}, follow_redirects=True)
    assert answer.status_code == 200, words_of(answer.text)
    return answer.text


def acts() -> list[tuple[str, list[str]]]:
    db.session.rollback()
    rows = db.session.execute(select(AuditEvent.act, AuditEvent.fields).order_by(AuditEvent.id))
    return [(row.act, row.fields) for row in rows]


def test_words_are_found_marked_and_nowhere_in_the_address(officer: FlaskClient) -> None:
    feedback = a_matter()
    other = a_matter("Nobody rang me back.")
    sent = officer.post("/officers/find", data={"words": "drawing taxis"})
    assert sent.status_code == 303
    assert not re.search("draw|taxi", sent.location)
    page = officer.get(sent.location).text
    assert "1 found" in page
    assert feedback.reference in page
    assert other.reference not in page
    assert '<mark class="heard-why">taxi</mark>' in page
    assert '<mark class="heard-why">drawings</mark>' in page


def test_each_search_is_a_look_and_the_trail_has_no_word_of_it(officer: FlaskClient) -> None:
    feedback = a_matter()
    searched(officer, "taxi", channel="web")
    about = db.session.scalars(
        select(AuditEvent.about_id).where(AuditEvent.act == "found_by_search")
    ).all()
    assert about == [feedback.id]
    assert ("matters_searched", ["channel", "words"]) in acts()
    rows = db.session.execute(select(AuditEvent.__table__)).all()
    assert "taxi" not in str(rows)
    searched(officer, channel="web")
    assert acts()[-1] == ("matters_searched", ["channel"])


def test_a_phrase_must_stand_together(officer: FlaskClient) -> None:
    together, apart = a_matter(), a_matter("A taxi. We go to school by bus.")
    page = searched(officer, "“taxi to school”")
    assert together.reference in page
    assert apart.reference not in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"words": "the and"}, "Enter a word that says more"),
        ({"words": "x" * 400}, "300 characters or fewer"),
        ({"team": "no such team"}, "Not a valid choice"),
        ({"received_from": ["40", "1", "2026"]}, "must be a real date"),
        (
            {"received_from": ["2", "1", "2026"], "received_to": ["1", "1", "2026"]},
            "The last day must not be before the first",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    officer: FlaskClient, data: dict[str, object], sentence: str
) -> None:
    answer = officer.post("/officers/find", data={"words": "kingfisher", **data})
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert str(data.get("words", "kingfisher")) in answer.text
    assert db.session.scalars(select(KeptSearch)).all() == []


def test_what_changed_a_moment_ago_is_told(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        make_feedback(work)
    assert "cannot be found by its new words yet" in words_of(officer.get("/officers/find").text)
    finding.index()
    assert "new words yet" not in words_of(officer.get("/officers/find").text)


def test_walls_hold_and_nobody_opens_anothers_search(officer: FlaskClient) -> None:
    walled = a_matter()
    with begin_work(WORKER) as work:
        me = work.session.scalars(select(Account)).first()
        assert me is not None
        work.session.add(
            NamedPerson(
                public_id="named", feedback_id=walled.id, account_id=me.id,
                for_designated=False, linked_at=work.now, linked_by_id=me.id,
            )
        )  # fmt: skip
    sent = officer.post("/officers/find", data={"words": "taxi"})
    page = officer.get(sent.location).text
    assert walled.reference not in page
    assert "0 found" in page
    other = as_another(officer)
    assert walled.reference in searched(other, "taxi")
    followed = other.get(sent.location, follow_redirects=True)
    assert "That search has ended" in words_of(followed.text)


def test_a_manager_finds_what_is_their_teams(officer: FlaskClient) -> None:
    mine, others = a_matter(case=True), a_matter(case=True)
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case).where(Case.feedback_id == others.id)).one()
        case.team = Team.SEND
    manager = as_another(officer, Role.TEAM_MANAGER)
    from portal.cases import roles

    with begin_work(WORKER) as work:
        account = work.session.scalars(select(Account).order_by(Account.id.desc())).first()
        assert account is not None
        work.session.flush()
        roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
    page = searched(manager, "taxi")
    assert others.reference not in page
    assert (mine.reference in page) is ("1 found" in page)
    # They neither tag nor assign nor save files.
    assert "matter-1" not in page
    assert "CSV" not in page


def test_pages_follow_each_other(officer: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.triage.find.results.PAGE", 2)
    all_of_them = {a_matter().reference for _ in range(5)}
    for words in ("taxi", ""):
        page, seen = searched(officer, words, channel="web"), []
        while True:
            seen += re.findall(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}(?=</a>)", page)
            following = re.search(r'href="([^"]+)">Next page', page)
            if following is None:
                break
            page = officer.get(following[1].replace("&amp;", "&")).text
        assert len(seen) == 5
        assert set(seen) == all_of_them


def test_the_file_has_what_is_shown_and_no_formula(officer: FlaskClient) -> None:
    found, other = a_matter(case=True).reference, a_matter("Nobody rang.").reference
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.session.get_one(Account, case.officer_id).name = "=2+2"
    sent = officer.post("/officers/find", data={"words": "taxi"}).location
    file = officer.get(sent.replace("/find?", "/find.csv?"))
    assert file.mimetype == "text/csv"
    lines = list(csv.DictReader(io.StringIO(file.text)))
    assert [line["reference"] for line in lines] == [found]
    assert lines[0]["officer"] == "'=2+2"
    assert "drawings" not in file.text
    assert "search_exported" in [act for act, _ in acts()]
    without_words = officer.post("/officers/find", data={"channel": "web"}).location
    both = officer.get(without_words.replace("/find?", "/find.csv?")).text
    assert found in both
    assert other in both
    gone = officer.get("/officers/find.csv?search=nothing")
    assert gone.status_code == 302


def test_a_view_keeps_filters_and_no_words(officer: FlaskClient) -> None:
    found = a_matter()
    sent = officer.post("/officers/find", data={"words": "taxi", "channel": "web"}).location
    key = sent.partition("search=")[2]
    saved = officer.post(
        "/officers/find/views", data={"search": key, "name": "Web forms"}, follow_redirects=True
    )
    assert saved.status_code == 200
    assert "Web forms" in saved.text
    row = db.session.scalars(select(KeptSearch).where(KeptSearch.ends_at.is_(None))).one()
    assert (row.name, row.words, row.filters) == ("Web forms", None, {"channel": "web"})
    page = officer.get(f"/officers/find?search={row.public_id}").text
    assert found.reference in page
    other = as_another(officer)
    assert "Web forms" not in other.get("/officers/find").text
    other.post("/officers/find/views/remove", data={"view": row.public_id})
    assert "Web forms" in officer.get("/officers/find").text
    officer.post("/officers/find/views/remove", data={"view": row.public_id})
    assert "Web forms" not in officer.get("/officers/find").text
    taken = [act for act, _ in acts() if act.startswith("view_")]
    assert taken == ["view_saved", "view_taken_away"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Enter a name for this view"), ("x" * 99, "60 characters or fewer")],
)
def test_a_view_needs_a_name(officer: FlaskClient, name: str, sentence: str) -> None:
    key = officer.post("/officers/find", data={"channel": "web"}).location.partition("search=")[2]
    answer = officer.post("/officers/find/views", data={"search": key, "name": name})
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)


def test_words_are_forgotten_after_a_day_and_views_are_not(officer: FlaskClient) -> None:
    key = officer.post("/officers/find", data={"channel": "web"}).location.partition("search=")[2]
    officer.post("/officers/find/views", data={"search": key, "name": "Web forms"})
    with begin_work(WORKER) as work:
        work.now += 2 * kept.KEPT_FOR
        assert kept.forget_ended(work) == 1
    assert db.session.scalars(select(KeptSearch.ends_at)).all() == [None]
