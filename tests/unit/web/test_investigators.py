"""Pages of those from outside, and the officers' register, fees and papers."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from portal.cases import appointing, chronology, findings, gathering, points, sign_ins
from portal.commands.bundles import make_bundles
from portal.correspondence import tagged_pdf
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import AppointedAs, Doer, Event, State
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.bundle import Bundle, BundleFor
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.investigation_fee import InvestigationFee
from portal.records.register_entry import RegisterEntry
from portal.triage import bundles
from portal.work import WORKER, Who, begin_work
from tests import matters
from tests.signing_in import let_in
from tests.unit.cases.investigated_case import investigated
from tests.unit.cases.procedure_world import WORDS, let
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_officer_findings import typed

needs_pdf = pytest.mark.skipif(not tagged_pdf.is_possible(), reason="no Pango here")
MEMBER = "member@outside.example"
Browser = Callable[[str], FlaskClient]
OFFICER, IO, IP = (
    "points@council.example", "investigator@outside.example", "independent_person@outside.example",
)  # fmt: skip


@pytest.fixture
def public_id() -> str:
    with begin_work(WORKER) as work:
        return investigated(work).feedback.public_id


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    def open_(email: str) -> FlaskClient:
        other = client.application.test_client()
        with begin_work(WORKER) as work:
            account = next(
                one for one in work.session.scalars(select(Account)) if one.email == email
            )
            let_in(other, sign_ins.begin(work, account, "a test"))
        return other

    return open_


def today() -> list[str]:
    from portal import clock

    day = clock.today()
    return [str(day.day), str(day.month), str(day.year)]


def case() -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case)).one()


def test_they_see_points_dates_and_chosen_papers_and_nothing_else(
    browser: Browser, public_id: str
) -> None:
    officer, investigator = browser(OFFICER), browser(IO)
    mine = f"/investigators/{public_id}"
    assert mine in investigator.get("/investigators/").text
    page = words_of(investigator.get(mine).text)
    assert WORDS[0] in page
    assert "No papers were chosen for you yet" in page
    assert matters.STORY not in page
    for closed in (f"/officers/cases/{public_id}", "/officers/", f"/officers/feedback/{public_id}"):
        assert investigator.get(closed).status_code == 404, closed
    papers = officer.get(f"/officers/cases/{public_id}/papers").text
    (code,) = re.findall(r'value="(story-[^"]+)"', papers)
    chosen = officer.post(f"/officers/cases/{public_id}/papers", data={"paper": code})
    assert chosen.status_code == 303
    (link,) = re.findall(rf'href="({mine}/papers/[^"]+)"', investigator.get(mine).text)
    assert matters.STORY in words_of(investigator.get(link).text)
    acts = set(db.session.scalars(select(AuditEvent.act)))
    assert {"papers_viewed", "papers_chosen", "paper_viewed", "assigned_listed"} <= acts


def test_an_investigation_from_the_first_talk_to_the_report(
    browser: Browser, public_id: str
) -> None:
    investigator, independent = browser(IO), browser(IP)
    mine = f"/investigators/{public_id}"
    note = {
        "kind": "interview",
        "with_whom": "",
        "on": today(),
        "text": "She said so.",
        "point": "",
    }
    answer = investigator.post(f"{mine}/notes", data=note)
    assert answer.status_code == 422
    assert "Write whom you spoke to" in words_of(answer.text)
    note["with_whom"] = "The worker"
    assert investigator.post(f"{mine}/notes", data=note).status_code == 303
    assert "She said so." in words_of(independent.get(mine).text)
    assert independent.get(f"{mine}/notes").status_code == 404
    page = investigator.get(f"{mine}/findings").text
    post = typed(page, point_1=("upheld", "The log says so."), point_2=("not_upheld", "It came."))
    assert investigator.post(f"{mine}/findings", data=post).status_code == 303
    wrong = {"point": "1", "kind": "training", "text": "", "day": ["1", "2", "2099"]}
    answer = investigator.post(f"{mine}/recommendations", data=wrong)
    assert answer.status_code == 422
    assert "The log says so." in answer.text
    right = {**wrong, "text": "Train the team."}
    assert investigator.post(f"{mine}/recommendations", data=right).status_code == 303
    assert "Train the team." in words_of(investigator.get(f"{mine}/findings").text)
    nothing = investigator.post(f"{mine}/report", data={})
    assert nothing.status_code == 422
    assert "Choose one file" in words_of(nothing.text)
    file = {"report": (BytesIO(b"The whole report."), "report.txt")}
    kept = investigator.post(f"{mine}/report", data=file, content_type="multipart/form-data")
    assert kept.status_code == 303
    assert investigator.post(f"{mine}/hand-in").status_code == 303
    assert case().procedure_state is State.ADJUDICATING
    opens_to_the_office(browser(OFFICER), public_id)
    assert investigator.get(f"{mine}/findings").status_code == 409


def opens_to_the_office(officer: FlaskClient, public_id: str) -> None:
    """The report, once it was handed in."""
    papers = officer.get(f"/officers/cases/{public_id}/papers").text
    (link,) = re.findall(r'href="(/officers/cases/[^"]+/investigation/[^"]+)"', papers)
    assert officer.get(link).data == b"The whole report."


def a_bundle(for_whom: BundleFor) -> str:
    """A bundle of the first case with all that its reader may have; its public id."""
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(Case).order_by(Case.id)).first()
        officer = next(one for one in work.session.scalars(select(Account)) if one.email == OFFICER)
        assert found is not None
        work.who = Who("staff", officer.id)
        feedback = work.session.get_one(Feedback, found.feedback_id)
        every = chronology.whole(work.session, feedback, found)
        codes = {paper.code for paper in every if chronology.may_have(for_whom, paper)}
        bundle = bundles.ask(work, feedback, found, for_whom, codes)
        work.session.flush()
        bundles.check(work, found, bundle, {}, bundle.version)
        made = bundle.public_id
    assert make_bundles() == 1
    return made


def at_the_panel() -> None:
    """The case goes on to stage 3, and a panel member is let in."""
    with begin_work(WORKER) as work:
        found = work.session.scalars(select(Case)).one()
        people = {one.email: one for one in work.session.scalars(select(Account))}
        feedback = work.session.get_one(Feedback, found.feedback_id)
        for giver, email in ((Giver.INVESTIGATOR, IO), (Giver.ADJUDICATOR, OFFICER)):
            work.who = Who("staff", people[email].id)
            stage = gathering.current_stage(work.session, found)
            for point in points.live(work.session, found):
                findings.record_finding(work, point, stage, giver, Finding.UPHELD, "It was so.")
            work.session.flush()
            if giver is Giver.INVESTIGATOR:
                let(work, found, Event.REPORTS_RECEIVED)
        let(work, found, Event.ADJUDICATED)
        let(work, found, Event.NEXT_STAGE_ASKED, Doer.PERSON)
        account = matters.make_account(work, Role.PANEL_MEMBER, MEMBER, "A member")
        last_day = work.today + timedelta(days=60)
        appointing.open_to(work, feedback, AppointedAs.PANEL_MEMBER, account, last_day)


def opened(browser: FlaskClient, address: str) -> str:
    """The words of a bundle that somebody opens."""
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@needs_pdf
def test_those_who_look_into_it_open_their_bundle_and_no_other(
    browser: Browser, public_id: str
) -> None:
    made = {for_whom: a_bundle(for_whom) for for_whom in BundleFor}
    mine = f"/investigators/{public_id}/bundles"
    for email in (IO, IP):
        reader = browser(email)
        page = reader.get(f"/investigators/{public_id}").text
        links = re.findall(rf'href="({mine}/[^"]+)"', page)
        assert links == [f"{mine}/{made[BundleFor.INVESTIGATOR]}"]
        said = opened(reader, links[0])
        for words in (matters.STORY, WORDS[0], "For the investigation", "The investigation began"):
            assert words in said
        for for_whom in (BundleFor.PANEL, BundleFor.OMBUDSMAN):
            assert reader.get(f"{mine}/{made[for_whom]}").status_code == 404
        assert reader.get(f"{mine}/nonsense").status_code == 404
    assert "bundle_opened" in set(db.session.scalars(select(AuditEvent.act)))


@needs_pdf
def test_who_sits_opens_the_panels_bundle_and_those_before_no_longer(
    browser: Browser, public_id: str
) -> None:
    mine = f"/investigators/{public_id}/bundles"
    before = a_bundle(BundleFor.INVESTIGATOR)
    at_the_panel()
    panels = a_bundle(BundleFor.PANEL)
    member = browser(MEMBER)
    said = opened(member, f"{mine}/{panels}")
    for words in ("For the panel", "It was so.", "We decided on the investigation"):
        assert words in said
    assert member.get(f"{mine}/{before}").status_code == 404
    for bundle_id in (before, panels):
        assert browser(IO).get(f"{mine}/{bundle_id}").status_code == 404


@needs_pdf
def test_nobody_from_another_case_opens_a_bundle(browser: Browser, public_id: str) -> None:
    bundle_id = a_bundle(BundleFor.INVESTIGATOR)
    with begin_work(WORKER) as work:
        account = matters.make_account(work, Role.INVESTIGATOR, "else@outside.example", "Else")
        other = matters.make_feedback(work)
        matters.make_case(work, other)
        work.who = Who("staff", account.id)
        last_day = work.today + timedelta(days=60)
        appointing.open_to(work, other, AppointedAs.INVESTIGATOR, account, last_day)
        theirs = other.public_id
    stranger = browser("else@outside.example")
    assert stranger.get(f"/investigators/{theirs}").status_code == 200
    for matter in (public_id, theirs):
        assert stranger.get(f"/investigators/{matter}/bundles/{bundle_id}").status_code == 404


def test_what_is_not_made_is_not_there(browser: Browser, public_id: str) -> None:
    with begin_work(WORKER) as work:
        bundle = Bundle(
            public_id="not-made", case_id=case().id, for_whom=BundleFor.INVESTIGATOR,
            asked_at=work.now, asked_by_id=work.session.scalars(select(Account.id)).first() or 0,
        )  # fmt: skip
        work.session.add(bundle)
    assert "as one file" not in browser(IO).get(f"/investigators/{public_id}").text
    answer = browser(IO).get(f"/investigators/{public_id}/bundles/not-made")
    assert answer.status_code == 404


def test_the_register_and_the_fees(browser: Browser, public_id: str) -> None:
    officer = browser(OFFICER)
    page = officer.get("/officers/register").text
    link = re.findall(r'href="(/officers/register/[^"]+)"', page)[-1]
    entry = {"version": "0", "skills": "Disability", "conflicts": "", "rate": "many",
             "rate_per": "day"}  # fmt: skip
    answer = officer.post(link, data=entry)
    assert answer.status_code == 422
    assert "Enter the rate in pounds" in words_of(answer.text)
    assert officer.post(link, data={**entry, "rate": "£450.50"}).status_code == 303
    (row,) = db.session.scalars(select(RegisterEntry)).all()
    assert row.rate_pence == 45_050
    assert "£450.50 a day" in words_of(officer.get("/officers/register").text)
    assert officer.post(link, data=entry | {"rate": ""}).status_code == 409
    fees = f"/officers/cases/{public_id}/fees"
    chosen = re.findall(r'<option value="([^"]+)"', officer.get(fees).text)[0]
    fee = {"appointment": chosen, "amount": "1,200", "what_for": "", "paid_on": today()}
    answer = officer.post(fees, data=fee)
    assert answer.status_code == 422
    assert "Write what it was paid for" in words_of(answer.text)
    assert officer.post(fees, data={**fee, "what_for": "The report"}).status_code == 303
    (paid,) = db.session.scalars(select(InvestigationFee)).all()
    assert paid.amount_pence == 120_000
    assert "Together £1,200" in words_of(officer.get(fees).text)
    assert officer.post(f"{fees}/{paid.public_id}/take-back").status_code == 303
    assert "Nothing was paid" in words_of(officer.get(fees).text)
