"""How long what is kept, by page: shown, set for a later day after a look at what it would mean,
taken back, and only by an administrator who has just shown that it is them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.cases import sign_ins
from portal.commands import forget
from portal.db import db
from portal.procedures.retention import KeptAs
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.retention_years import RetentionYears
from portal.work import WORKER, begin_work, council
from tests.matters import make_account
from tests.signing_in import let_in
from tests.unit.cases.test_erasing import end, long_ended
from tests.unit.web.administrators import (
    MANAGER,
    an_office,
    checked,
    day,
    done,
    refusal,
    signed_in,
    step,
    words_of,
)

PAGE = "/administration/retention"
NEW = f"{PAGE}/new"
NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
REASON = "The retention schedule, agreed with information governance."


@pytest.fixture(autouse=True)
def _now(app: Flask) -> Iterator[None]:
    with time_machine.travel(NOON) as travelled:
        app.extensions["test clock"] = travelled
        yield


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    an_office()
    return signed_in(app)


def given(days: int = 7, months: str = "12", **years: str) -> dict[str, Any]:
    """What is typed: the years of the file, but for some."""
    of_file = council().retention_of_file.years
    return {
        **{f"years_{kind.value}": str(of_file[kind]) for kind in KeptAs},
        **{f"years_{kind}": typed for kind, typed in years.items()},
        "review_months": months,
        "in_force_from": day(clock.today() + timedelta(days=days)),
        "reason": REASON,
    }


def version() -> RetentionYears:
    db.session.rollback()
    return db.session.scalars(select(RetentionYears)).one()


def looked_at() -> int:
    wanted = select(AuditEvent).where(AuditEvent.act == "retention_years_viewed")
    return len(db.session.scalars(wanted).all())


def test_the_file_holds_until_other_years_are_set(admin: FlaskClient) -> None:
    page = words_of(admin.get(PAGE).text)
    assert "These are the years of the council’s file." in page
    assert "Compliment 2 years" in page
    assert "It reached stage 2 or 3, whose reports belong on the child’s file at least 10" in page
    assert "A hold is looked at again within 12 months." in page
    assert looked_at() == 1


def test_the_form_begins_with_what_holds_and_from_tomorrow(admin: FlaskClient) -> None:
    page = admin.get(NEW).text
    assert 'name="years_no_name" type="text" value="1"' in page
    assert 'value="8"' in page
    assert 'value="12"' in page
    assert looked_at() == 1


def test_the_page_before_the_last_says_what_changes_and_how_many_may_go(
    app: Flask, admin: FlaskClient
) -> None:
    with begin_work(WORKER) as work:
        key = long_ended(work).id
    with begin_work(WORKER) as work:
        end(work, work.session.get_one(Feedback, key))
    page = checked(admin, NEW, **given(statutory="100", childs_file="100", ombudsman="100"))
    assert "These years will hold from 14 December 2026" in page
    assert "Children’s social care complaint: 100 years, instead of 6 years." in page
    assert "Today 1 0" in page
    assert "Within 90 days, by 7 March 2027 1 0" in page
    assert "kept for less long" not in page
    assert "Nothing is erased by itself" in page
    shorter = checked(admin, NEW, **given(compliment="1", months="1"))
    assert "Some of it would be kept for less long." in shorter
    assert "Compliment: 1 year, instead of 2 years." in shorter
    assert "within 1 month, instead of 12 months." in shorter
    assert "Today 1 1" in shorter
    db.session.rollback()
    assert db.session.scalar(select(RetentionYears)) is None, "Nothing is set by looking."


def test_they_hold_from_their_day_for_officers_and_for_the_public(
    app: Flask, admin: FlaskClient
) -> None:
    page = done(admin, NEW, **given(compliment="1", comment="4"))
    assert "They hold from 14 December 2026, and can be taken back until then." in page
    assert "Set on 7 December 2026" in page
    assert "by Ada Minton" in page
    assert REASON in page
    officer = signed_in(app, MANAGER)
    visitor = app.test_client()
    told = words_of(officer.get("/officers/retention").text)
    assert "These years are those of the council’s file." in told
    assert "Other years hold from 14 December 2026." in told
    assert "thanks or a comment for 2 years" in words_of(visitor.get("/privacy").text)
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        told = words_of(as_a(app, Role.OFFICER).get("/officers/retention").text)
        assert "These years hold since 14 December 2026." in told
        assert "Comment 4 years" in told
        assert "thanks or a comment for 4 years" in words_of(visitor.get("/privacy").text)
        assert "Since 14 December 2026." in words_of(as_a(app).get(PAGE).text)
        assert forget.forget()["listed"] == 0


def as_a(app: Flask, role: Role = Role.ADMINISTRATOR) -> FlaskClient:
    """Somebody of a role, signed in at this moment."""
    client = app.test_client()
    with begin_work(WORKER) as work:
        account = make_account(work, role, f"{role.value}@later.example", "Lane Later")
        let_in(client, sign_ins.begin(work, account, "a test"))
    return client


def test_they_are_taken_back_until_their_day(app: Flask, admin: FlaskClient) -> None:
    done(admin, NEW, **given(comment="4"))
    back = f"{PAGE}/{version().public_id}/take-back"
    page = words_of(admin.get(back).text)
    assert "Take back the years that would hold from 14 December 2026" in page
    assert "Comment: 2 years, instead of 4 years." in page
    assert version().taken_back_at is None, "A look takes nothing back."
    answer = admin.post(back, data={"step": "do"})
    assert answer.status_code == 303
    page = words_of(admin.get(PAGE).text)
    assert "Taken back on 7 December 2026" in page
    assert "To come Nothing." in page
    assert admin.post(back, data={"step": "do"}).status_code == 409
    assert admin.get(f"{PAGE}/unknown/take-back").status_code == 404


def test_what_holds_already_is_not_taken_back(app: Flask, admin: FlaskClient) -> None:
    done(admin, NEW, **given(comment="4"))
    back = f"{PAGE}/{version().public_id}/take-back"
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        later = as_a(app)
        answer = later.post(back, data={"step": "do"})
        assert answer.status_code == 409
        assert later.get(back).status_code == 409
        assert "Take back" not in words_of(later.get(PAGE).text)
    assert version().taken_back_at is None


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"compliment": ""}, "Enter how many years for “compliment”"),
        ({"compliment": "0"}, "Enter a whole number from 1 to 100 for “compliment”"),
        ({"compliment": "101"}, "Enter a whole number from 1 to 100 for “compliment”"),
        ({"compliment": "1.5"}, "Enter a whole number from 1 to 100 for “compliment”"),
        ({"compliment": "²"}, "Enter a whole number from 1 to 100 for “compliment”"),
        ({"months": "25"}, "Enter a whole number from 1 to 24"),
        ({"days": 0}, "Choose tomorrow or a later day"),
        ({"ombudsman": "5"}, "Give at least as many to “the Ombudsman looked at it”."),
        ({}, "These years hold on that day already."),
    ],
)
def test_what_the_file_could_not_have_is_refused_with_what_was_typed(
    admin: FlaskClient, what: dict[str, Any], sentence: str
) -> None:
    status, page = refusal(admin, NEW, **given(**what))
    assert status == 422
    assert sentence in page
    assert REASON in page
    answer = step(admin, NEW, "do", **given(**what))
    assert answer.status_code == 422
    db.session.rollback()
    assert db.session.scalar(select(RetentionYears)) is None


def test_no_reason_is_refused(admin: FlaskClient) -> None:
    status, page = refusal(admin, NEW, **{**given(comment="4"), "reason": " "})
    assert (status, "Write why these years are right" in page) == (422, True)


def test_it_asks_again_who_it_is(admin: FlaskClient) -> None:
    done(admin, NEW, **given(comment="4"))
    back = f"{PAGE}/{version().public_id}/take-back"
    later = clock.now() + sign_ins.FRESH_FOR + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        assert admin.get(PAGE).status_code == 200
        for path in (NEW, back):
            assert "/sign-in/again" in admin.get(path).headers.get("Location", ""), path
        assert step(admin, NEW, "do", **given(comment="5")).status_code == 401
        assert step(admin, back, "do").status_code == 401
    assert version().taken_back_at is None


def test_setting_and_taking_back_are_in_the_trail_by_who_did_it(admin: FlaskClient) -> None:
    done(admin, NEW, **given(comment="4", compliment="1"))
    admin.post(f"{PAGE}/{version().public_id}/take-back", data={"step": "do"})
    found = db.session.scalars(select(AuditEvent).where(AuditEvent.about_kind == "retention_years"))
    rows = [(one.act, list(one.fields), one.actor_id) for one in found]
    by = version().made_by_id
    assert rows == [
        ("retention_years_set", ["comment", "compliment"], by),
        ("retention_years_taken_back", [], by),
    ]
