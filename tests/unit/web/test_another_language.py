"""A language is added by a folder alone: with one in which each sentence stands in brackets, no
page that people outside see says anything of ours without brackets."""

import shutil
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import council as councils
from portal.cases.tracking import give_new_words
from portal.council import CouncilFileError
from portal.db import db
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.feedback import Feedback
from portal.wording import COOKIE
from portal.work import COMMAND, begin_work
from tests.catalogues import advocates_walk, pseudo, sign_in_walk, walking
from tests.catalogues.collecting import collected
from tests.catalogues.offering import offer
from tests.conftest import SQLITE, app_for, settings_for
from tests.journeys.tour import world as tour
from tests.unit.web import advocate_pages

# Nobody has its catalogue, and its dates are not English.
LANGUAGE = "eo"
# What Werkzeug answers with, which no browser shows.
REDIRECTED = "<title>Redirecting...</title>"
STANDING = ("parts", "late", "thanks", "stage_1 answered", "stage_2 investigating")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Staffordshire's file in a folder of its own, in which a language can be put."""
    return offer(LANGUAGE, tmp_path, monkeypatch)


@pytest.fixture
def bracketed(folder: Path, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """A portal that offers the language in brackets."""
    pseudo.write(folder / "translations", collected(), LANGUAGE)
    shutil.copy(empty_database, tmp_path / SQLITE)
    made = app_for(settings_for(tmp_path, HEARD_DEMO="1"))
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def chooses(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": LANGUAGE, "path": "/track"})
    assert answer.location == "/track"


# Hundreds of pages: on a busy machine they take longer than other tests may.
@pytest.mark.timeout(1200)
def test_nothing_of_ours_stands_outside_the_catalogue(bracketed: Flask) -> None:
    world = tour.populate(bracketed)
    known = words_of_the_council()
    public = walking.pages(bracketed, chooses, followed(world))
    assert not bare(chain(public, advocates_walk.pages(bracketed, chooses)), known)


def test_nothing_of_signing_in_stands_outside_the_catalogue(bracketed: Flask) -> None:
    pages = list(sign_in_walk.pages(bracketed, chooses))
    typed = [sign_in_walk.NEW, sign_in_walk.EMAIL, "Brightside Advocacy"]
    assert not bare(pages, [*typed, *words_of_the_council()])


def bare(pages: Iterable[walking.Page], known: list[str]) -> dict[str, str]:
    """What stands on pages outside brackets, each with the first page that says it."""
    found: dict[str, str] = {}
    for name, page in pages:
        if REDIRECTED in page:
            continue
        assert f'<html lang="{LANGUAGE}"' in page, name
        for words in pseudo.outside(page, known):
            found.setdefault(words, name)
    return found


def followed(world: tour.World) -> dict[str, tuple[str, str]]:
    """Matters at several places of their way, to look at /track."""
    ways = {name: words for name, words in world.followed.items() if name in STANDING}
    with begin_work(COMMAND) as work:
        for name in set(world.matters) & set(STANDING):
            wanted = select(Feedback).where(Feedback.public_id == world.matters[name])
            feedback = work.session.scalars(wanted).one()
            ways[name] = feedback.reference, give_new_words(work, feedback)
    assert set(ways) == set(STANDING), sorted(world.followed)
    return ways


def words_of_the_council() -> list[str]:
    """What the council's file says, people's names, and what is typed; the longest first."""
    council = councils.load_council("staffordshire")
    names = {*db.session.scalars(select(Account.name)), "Robin,", "Sam Sample"}
    appointed = select(Appointment).where(Appointment.account_id.is_(None))
    names |= {str(one.name) for one in db.session.scalars(appointed)}
    said = set(strings(vars(council)))
    spoken = {form for words in said for form in (words, words.lower(), words.capitalize())}
    capital = {words[:1].upper() + words[1:] for words in said}
    small = {words[:1].lower() + words[1:] for words in said}
    typed = {"Qwx", "qwx.exe", "qwx.mp3", "English", COOKIE}
    typed |= {"heard_draft_everyone", "heard_draft_young_people"}
    typed |= {"heard_browser", "heard_supporter", "heard"}
    return sorted(spoken | capital | small | typed | names, key=len, reverse=True)


def strings(value: Any) -> Iterator[str]:
    """Every string in a value, however deep."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from strings(one)
    elif hasattr(value, "__dict__"):
        yield from strings(vars(value))


def test_whoever_chooses_a_language_reads_it_until_they_choose_another(bracketed: Flask) -> None:
    client = bracketed.test_client()
    assert "⟦" not in client.get("/").text
    assert 'value="eo" lang="eo">Esperanto<' in client.get("/").text
    chooses(client)
    page = client.get("/").text
    assert '<html lang="eo"' in page
    assert "⟦Tell us what is wrong, or what is good⟧" in page
    assert 'value="en" lang="en">English<' in page
    client.post("/language", data={"language": "en", "path": "/"})
    assert "⟦" not in client.get("/").text


def test_staff_read_english_whatever_was_chosen(bracketed: Flask) -> None:
    officer = ("ola@council.example", "Ola Officer", Role.COMPLAINTS_MANAGER)
    client = advocate_pages.signed_in(bracketed, *officer)
    chooses(client)
    for path in ("/officers/", "/administration/", "/status"):
        page = client.get(path, follow_redirects=True).text
        assert REDIRECTED not in page
        assert "⟦" not in page
        assert "/language" not in page


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example/", "/none-such", "", "/exit?to=x"]
)
def test_a_choice_leads_to_pages_of_ours_alone(bracketed: Flask, path: str) -> None:
    answer = bracketed.test_client().post("/language", data={"language": "eo", "path": path})
    assert answer.location == "/"


def test_what_is_not_offered_is_not_kept(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "eo", "path": "/privacy"})
    assert answer.location == "/privacy"
    assert COOKIE not in answer.headers.get("Set-Cookie", "")
    client.set_cookie(COOKIE, "eo")
    page = client.get("/privacy").text
    assert '<html lang="en-GB"' in page
    assert "/language" not in page, "with English alone there is nothing to choose"


def test_a_language_without_its_folder_stops_the_start(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CouncilFileError, match='there is no catalogue of "eo"'):
        app_for(settings_for(tmp_path))


def test_a_code_that_is_no_language_stops_the_start(folder: Path, tmp_path: Path) -> None:
    file = folder / "council.toml"
    said = file.read_text(encoding="utf-8").replace('["eo"]', '["klingonish"]')
    file.write_text(said, encoding="utf-8")
    with pytest.raises(CouncilFileError, match='"klingonish" is not the code of a language'):
        app_for(settings_for(tmp_path))
