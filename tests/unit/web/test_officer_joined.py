"""Officers' pages of joined cases, of who leaves a panel, and of the Ombudsman's decision."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import gathering, ombudsman_matters, passwords, points
from portal.cases.tokens import make_public_id
from portal.db import db
from portal.procedures.ombudsman_decision import OmbudsmanDecision, Reached
from portal.procedures.state import AppointedAs, Event, State
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.joined_case import JoinedCase
from portal.records.outbox_letter import LetterKind, OutboxLetter
from tests.matters import LOW_COSTS
from tests.unit.cases.parted_world import (
    PARENT,
    PARENT_STORY,
    a_case,
    find_on,
    happens,
    join,
    parent_and_mp,
)
from tests.unit.cases.procedure_world import officer_of
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.parted_pages import act, today


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    client.application.config[passwords.COSTS] = LOW_COSTS
    return signed_in(client, officer_of)


def test_a_case_is_joined_by_reference_and_undone_with_a_reason(officer: FlaskClient) -> None:
    mp_id, reference = act(_mp_and_reference)
    base = f"/officers/cases/{mp_id}"
    data = {**today(), "words": "One decision on one taxi."}
    unknown = officer.post(f"{base}/do/joined", data={**data, "lead_reference": "2222-2222"})
    assert unknown.status_code == 422
    assert "Choose another complaint" in words_of(unknown.text)
    assert "2222-2222" in unknown.text
    data["lead_reference"] = reference
    assert officer.post(f"{base}/do/joined", data=data).status_code == 200
    assert officer.post(f"{base}/did/joined", data=data).status_code == 303
    page = words_of(officer.get(base).text)
    assert "Joined to a lead case" in page
    assert reference in page
    assert db.session.scalars(select(JoinedCase)).one().undone_at is None
    lead_page = officer.get(f"/officers/cases/{_feedback(reference).public_id}").text
    assert "Joined to this case" in lead_page
    # Records are near; nothing of the other is told.
    for private in ("Ptolemy", "office@mp.example", "A constituent of mine"):
        assert private not in lead_page
    for private in ("Quillfeather", "marigold@home.example", PARENT_STORY):
        assert private not in page
    undo = {**today(), "words": "Another taxi."}
    assert officer.post(f"{base}/did/join_undone", data=undo).status_code == 303
    db.session.expire_all()
    assert db.session.scalars(select(JoinedCase)).one().undone_at is not None


def _mp_and_reference(work: Any) -> tuple[str, str]:
    lead, mp = parent_and_mp(work)
    return (
        work.session.get_one(Feedback, mp.feedback_id).public_id,
        work.session.get_one(Feedback, lead.feedback_id).reference,
    )


def _feedback(reference: str) -> Feedback:
    return db.session.scalars(select(Feedback).where(Feedback.reference == reference)).one()


def test_the_leads_findings_begin_the_persons_own_answer(officer: FlaskClient) -> None:
    def prepare(work: Any) -> str:
        lead, mp = parent_and_mp(work)
        join(work, mp, lead)
        find_on(work, lead, "The taxi should not have been stopped.")
        happens(work, lead, Event.ANSWERED)
        return str(work.session.get_one(Feedback, mp.feedback_id).public_id)

    base = f"/officers/cases/{act(prepare)}"
    page = officer.get(f"{base}/do/answered")
    assert "The taxi should not have been stopped." in page.text
    assert PARENT_STORY not in page.text
    bad = {**today(), "words": "As Mrs Quillfeather says, the taxi was stopped."}
    refused = officer.post(f"{base}/do/answered", data=bad)
    assert refused.status_code >= 400
    assert "something of theirs: a name" in words_of(refused.text)
    assert "As Mrs Quillfeather says" in refused.text
    good = {**today(), "words": "The taxi comes again from Monday."}
    assert officer.post(f"{base}/do/answered", data=good).status_code == 200
    worse = {**good, "letter": "Write to marigold@home.example."}
    assert officer.post(f"{base}/did/answered", data=worse).status_code >= 400
    assert officer.post(f"{base}/did/answered", data=good).status_code == 303
    message = officer.post(f"{base}/message", data={"body": "Ask Mrs Quillfeather."})
    assert message.status_code == 422
    assert "Ask Mrs Quillfeather." in message.text


def test_findings_of_a_joined_case_are_written_at_the_lead(officer: FlaskClient) -> None:
    def prepare(work: Any) -> str:
        lead = a_case(work, party=PARENT, story=PARENT_STORY)
        points.add(work, lead, (PARENT_STORY,))
        case = a_case(work, story="My son is late each day.")
        points.add(work, case, ("My son is late each day.",))
        join(work, case, lead)
        return str(work.session.get_one(Feedback, case.feedback_id).public_id)

    url = f"/officers/cases/{act(prepare)}/findings"
    assert "<textarea" not in officer.get(url).text


def test_the_same_person_and_the_same_address_come_to_mind_as_a_lead(officer: FlaskClient) -> None:
    def prepare(work: Any) -> tuple[str, str]:
        lead = a_case(work, party=PARENT, story=PARENT_STORY)
        twice = a_case(work, party=PARENT, story="I wrote already about the taxi.")
        a_case(work, story="Something else.")
        return (
            work.session.get_one(Feedback, twice.feedback_id).public_id,
            work.session.get_one(Feedback, lead.feedback_id).reference,
        )

    public_id, reference = act(prepare)
    base = f"/officers/cases/{public_id}"
    page = words_of(officer.get(f"{base}/do/joined").text)
    assert f"{reference}, came" in page
    assert "same e-mail address" in page
    data = {**today(), "words": "Sent twice.", "lead": reference}
    assert officer.post(f"{base}/did/joined", data=data).status_code == 303
    assert officer.post(f"{base}/did/duplicate_closed", data=today()).status_code == 303
    letter = db.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.LINKED)
    ).one()
    assert reference in letter.body


def test_a_member_of_the_panel_leaves(officer: FlaskClient) -> None:
    def prepare(work: Any) -> str:
        case = a_case(work, ProcedureCode.STATUTORY)
        stage = gathering.current_stage(work.session, case)
        case.procedure_state, case.stage_key = State.PANEL_ASKED, "stage_3"
        stage.key = "stage_3"
        for key, name in (("a", "Ann Example"), ("b", "Ben Example")):
            work.session.add(
                Appointment(
                    public_id=make_public_id(), case_id=case.id, stage_key="stage_3",
                    role=AppointedAs.PANEL_MEMBER, name=name, person_key=key, declared=[],
                    appointed_on=work.today, appointed_by_id=work.who.account_id,
                )
            )  # fmt: skip
        return str(work.session.get_one(Feedback, case.feedback_id).public_id)

    base = f"/officers/cases/{act(prepare)}"
    page = officer.get(f"{base}/do/panellist_left")
    assert "Ann Example" in page.text
    nobody = officer.post(f"{base}/do/panellist_left", data={**today(), "words": "Ill."})
    assert nobody.status_code == 422
    assert "Choose who leaves the panel" in words_of(nobody.text)
    data = {**today(), "leaves": "b", "words": "She is ill."}
    assert officer.post(f"{base}/did/panellist_left", data=data).status_code == 303
    page = officer.get(base)
    assert "Ann Example" in page.text
    assert "Ben Example" not in page.text
    assert "A member has left the panel" in page.text


def matter_and_complaint(work: Any) -> tuple[str, str, str]:
    """The Ombudsman's case and a complaint: their ids, and the complaint's reference."""
    matter = a_case(work, category=Category.OMBUDSMAN, story="We look at school transport.")
    case = a_case(work, party=PARENT, story=PARENT_STORY)
    found = work.session.get_one(Feedback, case.feedback_id)
    own = work.session.get_one(Feedback, matter.feedback_id)
    return own.public_id, found.public_id, found.reference


def test_the_ombudsmans_decision_is_recorded_with_what_goes_with_it(officer: FlaskClient) -> None:
    matter_id, case_id, _ = act(matter_and_complaint)
    url = f"/officers/cases/{matter_id}/ombudsman"
    assert "their decision, and the cases" in officer.get(f"/officers/cases/{matter_id}").text
    said = {"reference": "25 001 573", "decision": "closed_after_enquiries", "seen": "0"}
    refused = officer.post(url, data=said)
    assert refused.status_code == 422
    assert "reason for not investigating" in words_of(refused.text)
    assert "25 001 573" in refused.text
    said |= {"decision": "upheld", "reached": "investigation"}
    assert officer.post(url, data=said).status_code == 303
    assert 'value="investigation" checked' in officer.get(url).text
    assert officer.post(url, data=said).status_code == 409
    assert officer.get(f"/officers/cases/{case_id}/ombudsman").status_code == 409
    kept = act(lambda work: work.session.scalars(select(Case).order_by(Case.id)).first())
    row = ombudsman_matters.matter_of(db.session(), kept)
    assert row is not None
    assert (row.decision, row.reached) == (OmbudsmanDecision.UPHELD, Reached.INVESTIGATION)


def test_one_decision_of_the_ombudsman_stands_on_every_case_that_it_covers(
    officer: FlaskClient,
) -> None:
    matter_id, case_id, reference = act(matter_and_complaint)
    url = f"/officers/cases/{matter_id}/ombudsman"
    officer.post(url, data={"reference": "25 001 573", "decision": "upheld", "seen": "0"})
    unknown = officer.post(f"{url}/cover", data={"covers": "2222-2222"})
    assert unknown.status_code == 422
    assert "2222-2222" in unknown.text
    assert officer.post(f"{url}/cover", data={"covers": reference}).status_code == 303
    page = officer.get(url).text
    assert reference in page
    assert "1 investigated, 1 of these upheld" in words_of(page)
    shown = words_of(officer.get(f"/officers/cases/{case_id}").text)
    assert "25 001 573: Upheld: fault and injustice" in shown
    end = re.search(r'action="([^"]*/end)"', page)
    assert end is not None
    assert officer.post(end[1]).status_code == 303
    assert officer.post(end[1]).status_code == 404
    assert "25 001 573" not in officer.get(f"/officers/cases/{case_id}").text
