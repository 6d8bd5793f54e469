"""The annual report on officers' pages: figures and their cases, words, choice, publication."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.commands import reports
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.published_report import PublishedReport
from portal.records.remedy import Remedy
from portal.reports.annual.table import AnnualReport
from portal.work import WORKER, begin_work
from tests.unit.reports import sample_report
from tests.unit.reports.drafted_year import LEARNED, SHOWN, THANKS, counted_as, figures
from tests.unit.reports.parts_in_forms import PARTS, text_of
from tests.unit.reports.test_publishing import corrected
from tests.unit.web.officer_pages import as_another, words_of
from tests.unit.web.report_desk import URL, acts, chosen, confirmed, desk


@pytest.fixture
def manager(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A complaints manager at their desk."""
    return desk(client, monkeypatch)


def test_the_years_lead_to_their_reports(manager: FlaskClient) -> None:
    page = manager.get("/officers/annual-report")
    assert "2019/20" in page.text
    assert "Draft" in words_of(page.text)
    led = manager.get("/officers/annual-report?year=2019-20&quarter=2&team=send")
    assert led.location == f"{URL}?quarter=2&team=send"
    assert "April to June" in words_of(page.text)
    assert manager.get(led.location).status_code == 200
    assert manager.get("/officers/annual-report?year=1919-20").status_code == 404
    assert manager.get(f"{URL}?quarter=7").status_code == 404


def test_a_report_shows_figures_checks_and_ways_to_save_it(manager: FlaskClient) -> None:
    page = manager.get(URL)
    text = words_of(page.text)
    assert "Every chapter adds up." in text
    assert "It adds up. 76 stage 1 complaints are 73 and 3." in text
    assert "data:image/svg+xml" in page.text
    for form in ("html", "pdf", "docx", "csv", "json"):
        saved = manager.get(f"{URL}/file/{form}")
        assert saved.status_code == 200
        assert "attachment" in saved.headers["Content-Disposition"]
        assert "report-2019-20" in saved.headers["Content-Disposition"]
    assert manager.get(f"{URL}/file/exe").status_code == 404
    assert {"report_viewed", "report_saved"} <= set(acts())
    # Nobody has read it for names yet.
    assert LEARNED not in page.text


@pytest.mark.parametrize("part", PARTS)
def test_a_quarter_and_a_team_can_be_saved_in_each_form(manager: FlaskClient, part: str) -> None:
    asked, said = PARTS[part]
    page = manager.get(f"{URL}?{part}={asked}")
    assert said in words_of(page.text)
    for form in ("html", "pdf", "docx", "csv", "json"):
        address = f"{URL}/file/{form}?{part}={asked}"
        assert address in page.text, form
        saved = manager.get(address)
        assert f"report-2019-20-{asked}." in saved.headers["Content-Disposition"]
        assert said in text_of(form, saved.data), form


def test_heads_of_service_see_their_own_teams_and_write_nothing(manager: FlaskClient) -> None:
    head = as_another(manager, Role.HEAD_OF_SERVICE)
    from portal.cases import roles
    from portal.records.account import Account

    with begin_work(WORKER) as work:
        (account,) = [
            one for one in work.session.scalars(select(Account)) if one.name == "Wren Oakley"
        ]
        roles.join_team(work, account, Team.SEND, work.today)
    assert head.get(URL).status_code == 200
    assert head.get(f"{URL}?team=send").status_code == 200
    closed = head.get(f"{URL}?team=adoption")
    assert closed.status_code == 409
    assert "each of your teams" in words_of(closed.text)
    for page in ("words", "learning", "compliments", "publish"):
        assert head.get(f"{URL}/{page}").status_code == 404
    officer = as_another(manager, Role.OFFICER)
    assert officer.get(f"{URL}/words").status_code == 200
    assert officer.get(f"{URL}/publish").status_code == 404


def test_commentary_is_written_chapter_by_chapter(manager: FlaskClient) -> None:
    page = manager.get(f"{URL}/words")
    assert "Your commentary on “Statutory stage 1”" in page.text
    assert "There was more than in the year before of duty" in page.text
    words = {"statutory_1-text": "One.\n\nTwo.", "statutory_1-seen": "0"}
    saved = manager.post(f"{URL}/words/statutory_1", data=words, follow_redirects=True)
    assert "Saved as a draft" in saved.text
    assert "Two." in words_of(manager.get(URL).text)
    late = manager.post(f"{URL}/words/statutory_1",
                        data={**words, "statutory_1-text": "Mine."})  # fmt: skip
    assert late.status_code == 409
    assert "Mine." in late.text
    assert "Somebody else has changed this chapter" in words_of(late.text)
    assert manager.post(f"{URL}/words/nothing", data=words).status_code == 404


def test_learning_is_chosen_and_put_into_words(manager: FlaskClient) -> None:
    page = manager.get(f"{URL}/learning")
    assert LEARNED in page.text
    assert "Nobody has chosen yet" in words_of(page.text)
    key = db.session.scalars(select(Remedy.public_id)).one()
    named = manager.post(f"{URL}/learning", data={"picked": key, f"text-{key}": LEARNED})
    assert named.status_code == 422
    assert "It names somebody of the case" in words_of(named.text)
    assert f'value="{key}" checked' in named.text
    saved = manager.post(f"{URL}/learning", data={"picked": key, f"text-{key}": SHOWN},
                         follow_redirects=True)  # fmt: skip
    assert "Saved what the report tells" in saved.text
    assert SHOWN in manager.get(URL).text
    assert manager.post(f"{URL}/learning", data={"picked": "x"}).status_code == 409
    assert "listed_as_learned" in acts()


def test_compliments_are_chosen_of_those_agreed_to(manager: FlaskClient) -> None:
    page = manager.get(f"{URL}/compliments").text
    assert page.count(" checked") == 2
    keys = re.findall(r'name="picked"[^>]*value="([^"]+)"', page)
    assert manager.post(f"{URL}/compliments", data={"picked": keys[:1]}).status_code == 303
    shown = manager.get(URL).text
    assert sum(text in shown for text in THANKS) == 1
    assert manager.post(f"{URL}/compliments", data={"picked": "x"}).status_code == 409


def test_a_report_is_published_once_read(manager: FlaskClient) -> None:
    unread = manager.post(f"{URL}/publish", data=confirmed(manager))
    assert unread.status_code == 422
    assert "Nobody has yet chosen" in words_of(unread.text)
    chosen(manager)
    unsure = {key: value for key, value in confirmed(manager).items() if key != "sure"}
    asked = manager.post(f"{URL}/publish", data=unsure)
    assert asked.status_code == 422
    assert "Read the report, then tick" in words_of(asked.text)
    done = manager.post(f"{URL}/publish", data=confirmed(manager), follow_redirects=True)
    assert "Everybody can read it now" in words_of(done.text)
    found = db.session.scalars(select(PublishedReport)).one()
    assert (found.year, found.number) == ("2019-20", 0)
    assert "Published" in words_of(manager.get("/officers/annual-report").text)
    assert "report_published" in acts()


def test_what_moved_since_it_was_read_is_not_published(
    manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(manager)
    sent = confirmed(manager)
    counted_as(monkeypatch, corrected)
    answer = manager.post(f"{URL}/publish", data=sent)
    assert answer.status_code == 409
    assert "Something has changed since you opened this page" in words_of(answer.text)
    assert db.session.scalars(select(PublishedReport)).all() == []


def test_a_report_that_disagrees_has_no_button(
    manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(manager)
    sent = confirmed(manager)
    counted_as(monkeypatch, lambda: sample_report.report(adds_up=False))
    page = manager.get(f"{URL}/publish").text
    assert "76 are 73 and 4." in words_of(page)
    assert 'name="sure"' not in page
    assert "It does not add up" in words_of(manager.get(URL).text)
    assert manager.post(f"{URL}/publish", data=sent).status_code == 422


def grown() -> AnnualReport:
    """The figures after one was put right."""
    report, table = figures(), corrected().table("T07")
    chapters = [
        replace(one, blocks=tuple(table if old.id == "T07" else old for old in one.blocks))
        for one in report.chapters
    ]
    return replace(report, chapters=tuple(chapters))


def test_a_correction_is_a_supplement_that_the_public_reads(
    manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(manager)
    manager.post(f"{URL}/publish", data=confirmed(manager))
    nothing = manager.get(f"{URL}/publish").text
    assert "there is nothing to correct" in words_of(nothing)
    counted_as(monkeypatch, grown)
    public = manager.application.test_client()
    assert "<div>74</div>" not in public.get("/annual-reports/2019-20").text
    assert "was 73 and is 74" in words_of(manager.get(f"{URL}/publish").text)
    without = manager.post(f"{URL}/publish", data=confirmed(manager))
    assert without.status_code == 422
    sent = confirmed(manager, reason="One complaint was counted under another team.")
    assert manager.post(f"{URL}/publish", data=sent).status_code == 303
    page = words_of(public.get("/annual-reports/2019-20").text)
    assert "Supplement 1" in page
    assert "One complaint was counted under another team." in page
    assert "was 73 and is 74" in page
    first = words_of(public.get("/annual-reports/2019-20/editions/0").text)
    assert "This edition was corrected." in first
    assert "report_supplemented" in acts()


def test_the_public_reads_and_saves_what_was_published(manager: FlaskClient) -> None:
    public = manager.application.test_client()
    assert "None is published here yet" in words_of(public.get("/annual-reports").text)
    assert public.get("/annual-reports/2019-20").status_code == 404
    assert public.get("/annual-reports/nonsense").status_code == 404
    chosen(manager)
    manager.post(f"{URL}/publish", data=confirmed(manager))
    assert "2019/20" in public.get("/annual-reports").text
    page = public.get("/annual-reports/2019-20").text
    assert "Bar chart of Statutory stage 1 complaints by team" in page
    assert "/officers/" not in page
    assert 'class="govuk-exit-this-page' in page, "young people's pages lead here too"
    assert "The files are being made" in words_of(page)
    assert public.get("/annual-reports/2019-20/editions/0/pdf").status_code == 404
    assert reports.file_reports() == 5
    assert reports.file_reports() == 0
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("csv", b"PK"), ("json", b"{")):
        saved = public.get(f"/annual-reports/2019-20/editions/0/{form}")
        assert saved.data.startswith(start)
        assert "annual-report-2019-20" in saved.headers["Content-Disposition"]
    assert public.get("/annual-reports/2019-20/editions/0/page").status_code == 404
    assert public.get("/annual-reports/2019-20/editions/1").status_code == 404
