"""The page of a matter's children: naming, taking away, and what is near."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.party import Party, PartyRole
from portal.work import WORKER, begin_work
from tests.matters import make_feedback
from tests.unit.web.officer_pages import signed_in, words_of


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def a_matter() -> tuple[str, str]:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, name=None)
        return feedback.public_id, feedback.reference


def names() -> list[str | None]:
    wanted = select(Party.name).where(Party.role == PartyRole.YOUNG_PERSON).order_by(Party.id)
    return list(db.session.scalars(wanted))


def test_two_children_are_named_and_another_matter_of_one_is_near(officer: FlaskClient) -> None:
    (first, reference), (second, _) = a_matter(), a_matter()
    for name in ("Ivy Larkspur", "Ned Larkspur"):
        officer.post(f"/officers/feedback/{first}/children", data={"name": name})
    page = officer.post(
        f"/officers/feedback/{second}/children", data={"name": "ned larkspur"},
        follow_redirects=True,
    )  # fmt: skip
    assert page.status_code == 200
    assert reference in page.text
    assert "&lt;" not in page.text
    assert "a child of the same name" in words_of(page.text)
    assert "Perhaps belongs with this" in words_of(officer.get(f"/officers/feedback/{second}").text)
    acts = db.session.scalars(select(AuditEvent.act)).all()
    assert acts.count("child_named") == 3


@pytest.mark.parametrize(
    ("typed", "sentence"), [("", "Enter the child"), ("ivy larkspur", "named here already")]
)
def test_what_is_wrong_is_said_beside_the_name(
    officer: FlaskClient, typed: str, sentence: str
) -> None:
    matter, _ = a_matter()
    where = f"/officers/feedback/{matter}/children"
    officer.post(where, data={"name": "Ivy Larkspur"})
    page = officer.post(where, data={"name": typed})
    assert page.status_code == 422
    assert sentence in words_of(page.text)
    assert names() == ["Ivy Larkspur"]


@pytest.mark.parametrize(("number", "left"), [("1", []), ("7", ["Ivy"]), ("x", ["Ivy"])])
def test_one_is_taken_away_by_its_place(officer: FlaskClient, number: str, left: list[str]) -> None:
    matter, _ = a_matter()
    officer.post(f"/officers/feedback/{matter}/children", data={"name": "Ivy"})
    officer.post(f"/officers/feedback/{matter}/children/remove", data={"number": number})
    assert names() == left
