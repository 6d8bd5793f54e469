"""Pages that inform: generated from the council's file, honest about what is not tested."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import textstat
from flask import Flask
from flask.testing import FlaskClient

from portal.bank_holidays import with_extra
from portal.cases import drafts
from portal.council import Council, LearningEntry, load_council
from portal.procedures.procedure import StartEvent, Track
from portal.web.information.steps import steps_of, to_the_ombudsman
from portal.web.information.timescales import FROM, ProcedureInWords, timescales
from portal.web.sign_in import browser
from portal.web.supporter import visit
from tests.unit.web.test_young import words_of

COUNCILS = Path(__file__).resolve().parents[2] / "councils"
TODAY = date(2026, 11, 23)
ADULT = ["/privacy", "/how-complaints-work"]
YOUNG = ["/young-people/privacy", "/young-people/how-complaints-work"]
HARDEST = {**dict.fromkeys(ADULT, 8.0), **dict.fromkeys(YOUNG, 5.0)}
NUMBER = re.compile(r"\b\d+ (?:working )?(?:day|month|year)s?\b")
VOICES = ADULT[1:] + YOUNG[1:]
PLAIN_ALREADY = ("If you tell us today", "Tell us within", "Ask within")


def in_voice(app: Flask, path: str, council: Council, on: date) -> tuple[ProcedureInWords, ...]:
    """The timescales as the page at an address says them."""
    with app.test_request_context(path):
        return timescales(council, on)


def every_sentence(told: tuple[ProcedureInWords, ...]) -> str:
    """All that is said of all procedures."""
    return " ".join(
        sentence
        for procedure in told
        for stage in procedure.stages
        for sentence in (stage.name, stage.who, *stage.times, *stage.then)
    )


@pytest.mark.parametrize("path", ["/accessibility", *ADULT, *YOUNG])
def test_each_page_opens_to_everyone(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "Staffordshire County Council" in page.text


@pytest.mark.parametrize("path", [*ADULT, *YOUNG])
def test_each_page_is_as_plain_as_its_readers_need(client: FlaskClient, path: str) -> None:
    words = words_of(client.get(path).text)
    assert textstat.flesch_kincaid_grade(words) <= HARDEST[path], words


@pytest.mark.parametrize("path", YOUNG)
def test_young_people_have_their_own_with_a_way_out(client: FlaskClient, path: str) -> None:
    assert 'href="/exit"' in client.get(path).text
    for page in ("/young-people/", path):
        assert f'href="{path}"' in client.get(page).text, "the footer leads to the young version"
    assert f'href="{path}"' in client.get(path.removeprefix("/young-people")).text
    assert f'href="{path}"' not in client.get("/give-feedback").text


@pytest.mark.parametrize("path", ["/privacy", "/young-people/privacy"])
def test_privacy_says_who_decides_and_what_can_be_asked(client: FlaskClient, path: str) -> None:
    page = " ".join(client.get(path).text.split())
    assert "decides" in page
    assert "ask to see what we h" in page
    assert "tel:03031231113" in page, "the Information Commissioner"


def test_privacy_names_each_cookie_that_is_set(client: FlaskClient, app: Flask) -> None:
    page = client.get("/privacy").text
    for folder in ("give-feedback", "young-people"):
        client.post(f"/{folder}/what-happened", data={"story": "Words."})
    names = {cookie.key for cookie in client._cookies.values()}
    assert names >= {"heard_draft_everyone", "heard_draft_young_people"}
    kept = {app.config["SESSION_COOKIE_NAME"], visit.COOKIE, browser.COOKIE}
    for name in names | kept:
        assert name in page


def test_privacy_tells_of_saved_forms_and_of_answers_about_oneself(client: FlaskClient) -> None:
    page = words_of(client.get("/privacy").text)
    assert f"we keep them for {drafts.SAVED.days} days after you last pressed Continue" in page
    assert "Nobody at the council reads them before you send them." in page
    assert "Nobody can find out which are yours" in page


@pytest.mark.parametrize("path", ["/privacy", "/young-people/privacy"])
def test_privacy_tells_whether_the_program_learns(
    client: FlaskClient, app: Flask, path: str
) -> None:
    assert "does not learn" in client.get(path).text
    period = LearningEntry(first_day=date(2020, 1, 1), agreed_by="The board")
    running = app.extensions["heard"]
    app.extensions["heard"] = replace(running, council=replace(running.council, learning=(period,)))
    assert "also learns" in client.get(path).text


def test_times_come_from_the_profile_in_force() -> None:
    council = load_council("staffordshire")
    now = {p.code: p for p in timescales(council, TODAY)}
    before = {p.code: p for p in timescales(council, date(2026, 3, 2))}
    first_now = " ".join(now["statutory"].stages[0].times)
    first_before = " ".join(before["statutory"].stages[0].times)
    assert "10 working days after we get your complaint" in first_now
    assert "at the latest 20 working days" in first_now
    assert "20 working days after we accept your complaint" in first_before
    assert len(now["statutory"].stages) == 3
    assert "The panel meets within 30 working days" in " ".join(now["statutory"].stages[2].times)
    assert "5 working days" in now["corporate"].stages[0].times[1]
    assert "or after the day it was due" in now["corporate"].stages[0].times[2]
    assert timescales(council, date(2001, 1, 1)) == ()


@pytest.mark.parametrize("path", VOICES)
def test_days_are_named_for_whoever_writes_today(app: Flask, path: str) -> None:
    told = every_sentence(in_voice(app, path, load_council("staffordshire"), TODAY))
    # Ten working days from Monday 23 November; corporate: five to acknowledge, then ten.
    assert "Monday 7 December 2026" in told
    assert "Monday 14 December 2026" in told


def test_a_day_off_that_staff_added_moves_the_days() -> None:
    council = load_council("staffordshire")
    later = replace(council, calendar=with_extra(council.calendar, {date(2026, 12, 1): "A day"}))
    told = every_sentence(timescales(later, TODAY))
    assert "Tuesday 8 December 2026" in told
    assert "Monday 7 December 2026" not in told


@pytest.mark.parametrize("path", VOICES)
def test_another_council_is_told_by_its_own_file(app: Flask, path: str) -> None:
    council = load_council("threeshire", COUNCILS)
    threeshire = {p.code: p for p in in_voice(app, path, council, TODAY)}
    assert len(threeshire["corporate"].stages) == 3
    told = every_sentence(tuple(threeshire.values()))
    for length in ("8 working days", "16 working days", "24 months", "18 working days"):
        assert length in told
    assert "10 working days" not in told, "Staffordshire's"


@pytest.mark.parametrize("name", ["staffordshire", "threeshire"])
def test_both_versions_tell_the_same_times_in_their_own_words(app: Flask, name: str) -> None:
    folder = COUNCILS if name == "threeshire" else None
    council = load_council(name, folder)
    ours, theirs = (every_sentence(in_voice(app, path, council, TODAY)) for path in VOICES)
    assert Counter(NUMBER.findall(ours)) == Counter(NUMBER.findall(theirs))
    # What is plain already may be the same in both; of the rest nothing is left in hard words.
    same = set(re.split(r"(?<=[.?]) ", ours)) & set(re.split(r"(?<=[.?]) ", theirs))
    assert {one for one in same if not one.startswith(PLAIN_ALREADY)} == set()


def test_every_start_of_a_clock_has_words() -> None:
    shown = {
        rule.starts
        for where in (load_council("staffordshire"), load_council("threeshire", COUNCILS))
        for profile in where.profiles
        if profile.track in (Track.STATUTORY, Track.CORPORATE)
        for rule in profile.promised.values()
    }
    assert shown <= set(FROM)
    assert StartEvent.STATEMENT_AGREED in FROM


def test_after_each_step_it_says_what_can_be_asked_next(app: Flask) -> None:
    council = load_council("staffordshire")
    for path in VOICES:
        for procedure in in_voice(app, path, council, TODAY):
            for stage in procedure.stages[:-1]:
                assert "you can ask for s" in stage.then[0].lower()
            assert "Ombudsman" in procedure.stages[-1].then[0]
    assert to_the_ombudsman(council, TODAY) is not None


def test_how_complaints_work_tells_of_every_other_way(client: FlaskClient) -> None:
    page = client.get("/how-complaints-work").text
    for said in ("Stage 3: review panel", "tel:03000610614", "Tribunal", "two months", "governors",
                 "court", "advocate", "within 30 days that we have your complaint"):  # fmt: skip
        assert said in page, said
    assert "child protection conference" not in page, "the file does not say that there is one"


def test_nothing_is_promised_where_nothing_is_in_force() -> None:
    assert steps_of(load_council("staffordshire"), Track.STATUTORY, date(2001, 1, 1)) == ()
