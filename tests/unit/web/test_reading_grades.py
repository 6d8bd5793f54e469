"""Every page that people outside see, as the walks find them, the errors and the throttle among
them, is as plain as its readers need: young people's grade 5, adults' grade 8."""

import functools
import html
import re
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from portal.cases import (
    accounts,
    council_identities,
    openid_provider,
    passkey_place,
    passkeys,
    password_resets,
    saved_drafts,
    sign_in_challenges,
    tracking,
)
from portal.db import db
from portal.errors import Refused
from portal.web import access, journey_saving
from portal.web.errors import SENTENCES
from portal.web.sign_in import council_pages
from portal.web.tracking import coming_back
from portal.web.waiting_files import CHOOSE_AGAIN
from portal.work import WORKER, begin_work
from tests.catalogues import advocates_walk, sign_in_walk, walking
from tests.conftest import SQLITE, app_for, settings_for
from tests.journeys.tour import world as tour
from tests.matters import enter, make_feedback
from tests.unit.web.test_another_language import REDIRECTED, followed
from tests.unit.web.test_public_plain import HARDEST
from tests.unit.web.test_young import OLDEST_GRADE, grade, words_of

YOUNG_TYPE = 'class="govuk-template heard-young'
# The regulations' model wording, which must stand there as it is.
LAW_SAYS_IT = {"/accessibility"}
# What the walks type to be told that it is too long.
TYPED = re.compile(r"x{100,}|(?:longer than a line ){5,}")
BESIDE = re.compile(
    r'(?s)class="(?:govuk-error-message|govuk-notification-banner__heading)">(.*?)</p>'
)


@pytest.fixture
def walked(tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """A portal of its own, in which much happens."""
    shutil.copy(empty_database, tmp_path / SQLITE)
    made = app_for(settings_for(tmp_path, HEARD_DEMO="1"))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def limit(page: str) -> float:
    """How hard a page may be: young people's own is in their larger type."""
    return OLDEST_GRADE if YOUNG_TYPE in page else HARDEST


def sentences_beside(page: str) -> set[str]:
    """What stands beside boxes that are wrong, and in the notices above a page."""
    plain = (re.sub(r"<[^>]+>|Error:", " ", one) for one in BESIDE.findall(page))
    return {" ".join(html.unescape(one).split()).rstrip(".") + "." for one in plain}


def too_hard(name: str, page: str) -> dict[str, float]:
    """The page and the sentences on it that are harder than its readers need."""
    said = {f"{name}: {one}": grade(one) for one in sentences_beside(page)}
    said[name] = grade(TYPED.sub("", words_of(page)))
    return {one: found for one, found in said.items() if found > limit(page)}


def nothing(client: FlaskClient) -> None:
    """Begin in English."""


# Hundreds of pages: on a busy machine they take longer than other tests may.
@pytest.mark.timeout(1200)
def test_every_page_of_the_walks_is_plain(walked: Flask) -> None:
    world = tour.populate(walked)
    public = walking.pages(walked, nothing, followed(world))
    hard: dict[str, float] = {}
    graded = {OLDEST_GRADE: 0, HARDEST: 0}
    for name, page in chain(public, advocates_walk.pages(walked, nothing)):
        if REDIRECTED in page or name in LAW_SAYS_IT:
            continue
        graded[limit(page)] += 1
        hard |= too_hard(name, page)
    assert hard == {}
    assert min(graded.values()) > 50, graded


def test_every_page_of_signing_in_is_plain(walked: Flask) -> None:
    hard: dict[str, float] = {}
    for name, page in sign_in_walk.pages(walked, nothing):
        if REDIRECTED not in page:
            assert limit(page) == HARDEST
            hard |= too_hard(name, page)
    assert hard == {}


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 429, 500, 503])
@pytest.mark.parametrize(
    ("endpoint", "path"),
    [("public.start", "/"), ("young.start", "/young-people/"), ("tracking.start", "/track")],
)
def test_every_error_page_is_plain(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch,
    status: int, endpoint: str, path: str,
) -> None:  # fmt: skip
    view = app.view_functions[endpoint]
    fails = functools.wraps(view)(lambda: abort(status))
    monkeypatch.setitem(app.view_functions, endpoint, fails)
    page = client.get(path)
    assert page.status_code == status
    assert SENTENCES[status][0] in page.text
    assert limit(page.text) == (HARDEST if path == "/" else OLDEST_GRADE)
    assert too_hard(f"{status} {path}", page.text) == {}


@pytest.mark.parametrize("path", ["/track", "/give-feedback/come-back"])
def test_too_many_tries_are_told_plainly(app: Flask, client: FlaskClient, path: str) -> None:
    with begin_work(WORKER) as work:
        reference = make_feedback(work).reference
    wrong = {"reference": reference, "words": "not the right words"}
    for _ in range(40):
        page = client.post(path, data=wrong)
        assert too_hard(f"{page.status_code} {path}", page.text) == {}
        if page.status_code == 429:
            break
    assert page.status_code == 429
    assert "too many wrong tries" in page.text


def test_what_comes_after_a_visit_has_ended_is_plain(app: Flask, client: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        reference = make_feedback(work).reference
    enter(client, reference)
    with client.session_transaction() as session:
        session["track_seen"] = 0
    late = client.post("/track/matter", data={"message": "My words."})
    assert late.status_code == 403
    assert limit(late.text) == OLDEST_GRADE
    assert too_hard("late", late.text) == {}


@pytest.mark.parametrize(
    ("sentence", "hardest"),
    [
        (coming_back.CLOSED, OLDEST_GRADE),
        (CHOOSE_AGAIN, OLDEST_GRADE),
        (tracking.NotFoundTogether.message, OLDEST_GRADE),
        (tracking.LinkEnded.message, OLDEST_GRADE),
        (journey_saving.CLOSED, HARDEST),
        (journey_saving.OPENED, HARDEST),
        (saved_drafts.NothingSaved.message, HARDEST),
    ],
)
def test_what_is_said_to_whoever_comes_back_is_plain(sentence: str, hardest: float) -> None:
    assert grade(sentence) <= hardest


SAID_AT_SIGN_IN = (
    accounts.SignInThere, accounts.InvitationEnded, council_identities.NotLinked,
    openid_provider.NotSignedIn, openid_provider.ProviderSilent, passkey_place.PasskeyRefused,
    passkeys.TooManyPasskeys, password_resets.ResetEnded, sign_in_challenges.ChallengeEnded,
    access.NotFresh, access.SignedOut, council_pages.NotConnected,
)  # fmt: skip


@pytest.mark.parametrize("refusal", SAID_AT_SIGN_IN)
def test_what_is_refused_at_sign_in_is_plain(refusal: type[Refused]) -> None:
    assert grade(f"{refusal.title}. {refusal.message}") <= HARDEST
