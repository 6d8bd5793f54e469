"""A proposed no on pages: read by its second officer, answered once, closed to everybody else."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select

from portal.cases import named_persons
from portal.db import db
from portal.procedures.vocabulary import Relationship
from portal.records.account import Account, Role
from portal.records.attachment import Attachment
from portal.records.audit_event import AuditEvent
from portal.records.consent import ConsentRecord
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.interest_decision import ChildTold, InterestDecision
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.triage import refusing
from portal.work import WORKER, Who, begin_work
from tests.unit.triage.matters import a_choice
from tests.unit.triage.test_second_officer import DECLINED
from tests.unit.web.officer_pages import as_another, made, proposal_in, signed_in, words_of


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


def proposed(officer: FlaskClient, **said: Any) -> Feedback:
    """A no that the officer of the fixture has proposed."""
    feedback = made(**said)
    account_id = db.session.scalars(select(Account.id).order_by(Account.id)).first()
    assert account_id is not None
    with begin_work(Who("staff", account_id)) as work:
        found = work.session.get_one(Feedback, feedback.id)
        refusing.propose_decision(work, found, a_choice(**DECLINED))
    return db.session.get_one(Feedback, feedback.id)


def address(feedback: Feedback, act: str = "") -> str:
    return f"/officers/feedback/{feedback.public_id}/second-officer{act}"


def count(record: type[Any]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(record)) or 0


def test_whoever_proposed_it_reads_it_and_cannot_answer_it(officer: FlaskClient) -> None:
    feedback = proposed(officer)
    page = officer.get(address(feedback)).text
    assert "Another officer has to answer this" in words_of(page)
    assert "I agree" not in words_of(page)
    seen = {"proposal": proposal_in(page)}
    refused = officer.post(address(feedback, "/agree"), data=seen)
    assert refused.status_code == 403
    assert "You proposed this, so another officer has to answer it" in words_of(refused.text)
    assert count(Decision) == 0
    taken = officer.post(address(feedback, "/take-back"), data=seen, follow_redirects=True)
    assert "Taken back. Nothing went out" in words_of(taken.text)
    assert '<option value="court_decision" selected>' in taken.text, "the answer is still there"


def test_while_it_waits_nobody_decides_and_the_queue_says_so(officer: FlaskClient) -> None:
    feedback = proposed(officer)
    second = as_another(officer)
    item = second.get(f"/officers/feedback/{feedback.public_id}").text
    assert "Waits for a second officer" in words_of(item)
    assert "Check what will happen" not in words_of(item)
    assert address(feedback) in item
    listed = words_of(second.get("/officers/?view=second-officer").text)
    assert "Waiting for a second officer (1)" in listed
    assert feedback.reference in listed


def test_it_comes_back_with_a_reason_and_loses_nothing(officer: FlaskClient) -> None:
    feedback = proposed(officer)
    second = as_another(officer)
    seen = {"proposal": proposal_in(second.get(address(feedback)).text)}
    empty = second.post(address(feedback, "/send-back"), data=seen)
    assert empty.status_code == 422
    assert "Write why it comes back" in words_of(empty.text)
    why = "The order is about her brother. Ask the court team again."
    back = second.post(
        address(feedback, "/send-back"), data=seen | {"answer": why}, follow_redirects=True
    )
    assert "Sent back. Nothing went out" in words_of(back.text)
    page = officer.get(f"/officers/feedback/{feedback.public_id}").text
    assert "Sent back by the second officer" in words_of(page)
    assert why in words_of(page)
    assert "Only the court can change its order." in page
    assert "Sent back" in words_of(officer.get("/officers/").text)
    assert db.session.scalars(select(OutboxLetter.kind)).all() == [LetterKind.REFUSAL_SENT_BACK]
    late = second.post(address(feedback, "/agree"), data=seen)
    assert late.status_code == 409
    assert "Somebody else has answered this" in words_of(late.text)


def test_a_young_persons_no_asks_for_a_manager(officer: FlaskClient) -> None:
    feedback = proposed(officer, relationship_said=Relationship.YOUNG_PERSON)
    colleague, boss = as_another(officer), as_another(officer, Role.COMPLAINTS_MANAGER)
    page = colleague.get(address(feedback))
    assert "a complaints manager has to answer it" in words_of(page.text)
    assert "I agree" not in words_of(page.text)
    seen = {"proposal": proposal_in(boss.get(address(feedback)).text)}
    assert colleague.post(address(feedback, "/agree"), data=seen).status_code == 403
    assert count(Decision) == 0
    assert boss.post(address(feedback, "/agree"), data=seen).status_code == 303
    assert count(Decision) == 1


def test_somebody_whom_a_wall_shuts_out_finds_nothing(officer: FlaskClient) -> None:
    feedback = proposed(officer)
    second = as_another(officer)
    with begin_work(WORKER) as work:
        named = work.session.scalars(select(Account).order_by(Account.id.desc())).first()
        account_id = work.session.scalars(select(Account.id)).first()
        assert named is not None
        work.who = Who("staff", account_id)
        named_persons.link(work, work.session.get_one(Feedback, feedback.id), named)
    proposal = db.session.scalars(select(RefusalProposal.public_id)).one()
    assert second.get(address(feedback)).status_code == 404
    for act in ("/agree", "/send-back", "/take-back"):
        answer = second.post(address(feedback, act), data={"proposal": proposal, "answer": "No."})
        assert answer.status_code == 404
    assert db.session.scalars(select(RefusalProposal.state)).one() is ProposalState.WAITING


def test_what_was_never_proposed_has_no_page(officer: FlaskClient) -> None:
    feedback = made()
    shown = officer.get(address(feedback))
    assert shown.headers["Location"].endswith(f"/officers/feedback/{feedback.public_id}")
    assert officer.post(address(feedback, "/agree"), data={}).status_code == 409


def test_reading_it_leaves_a_row(officer: FlaskClient) -> None:
    feedback = proposed(officer)
    officer.get(address(feedback))
    noted = select(AuditEvent.fields).where(AuditEvent.act == "refusal_viewed")
    assert db.session.scalars(noted).all() == [[]]


def test_a_wait_without_its_day_comes_back_filled(officer: FlaskClient) -> None:
    feedback = made()
    chosen = {
        "category": "complaint", "team": "care_planning_court", "procedure": "duty",
        "nature": "communication", "relationship": "parent", "risk": "none",
        "outcome": "declined", "declined_reason": "insufficient_info",
        "declined_explanation": "We do not know which school it is.",
    }  # fmt: skip
    url = f"/officers/feedback/{feedback.public_id}/check"
    page = officer.post(url, data=chosen)
    assert page.status_code == 422
    assert "Say until when they may come back" in words_of(page.text)
    assert 'href="#resubmit_by-day"' in page.text
    assert "We do not know which school it is." in page.text
    whole = chosen | {"resubmit_by": ["1", "6", "2099"], "evidence": "Both letters."}
    checked = officer.post(url, data=whole)
    assert "You can send it to us again until Monday 1 June 2099." in words_of(checked.text)


def test_not_enough_interest_waits_and_the_child_is_told_later(officer: FlaskClient) -> None:
    feedback = made(relationship_said=Relationship.RELATIVE)
    base = f"/officers/feedback/{feedback.public_id}"
    view = {"state": "asked", "on_day": ["1", "6", "2026"], "words": "Sam: I do not know her."}
    assert officer.post(f"{base}/childs-view", data=view).status_code == 303
    given = {
        "person": "sufficient_interest_child", "decision": "not_enough",
        "reasons": "She has not seen Sam for nine years.", "child_told": "told",
    }  # fmt: skip
    early = officer.post(f"{base}/interest", data=given)
    assert early.status_code == 422
    assert "so the child cannot have been told yet" in words_of(early.text)
    given["child_told"] = "will_be_told"
    asked = officer.post(f"{base}/interest", data=given, follow_redirects=True)
    assert "Waits for a second officer" in words_of(asked.text)
    assert "Waits for a second officer" in words_of(officer.get(f"{base}/interest").text)
    meanwhile = officer.post(f"{base}/interest", data=given | {"decision": "enough"})
    assert meanwhile.status_code == 409
    assert "She has not seen Sam for nine years." in meanwhile.text
    assert (count(InterestDecision), count(OutboxLetter)) == (0, 0)
    second = as_another(officer)
    seen = {"proposal": proposal_in(second.get(address(feedback)).text)}
    second.post(address(feedback, "/agree"), data=seen)
    assert count(InterestDecision) == 1
    assert "Record that the child was told" in words_of(officer.get(f"{base}/interest").text)
    told = {"told_on": ["1", "6", "2026"], "how": "His worker told him at home."}
    assert officer.get(f"{base}/interest/child-told").status_code == 200
    assert officer.post(f"{base}/interest/child-told", data=told).status_code == 303
    assert db.session.scalars(select(InterestDecision.child_told)).one() is ChildTold.TOLD
    again = officer.post(f"{base}/interest/child-told", data=told)
    assert again.status_code == 422
    assert "no decision of which the child is still to be told" in words_of(again.text)


def a_scan() -> BytesIO:
    made_of = BytesIO()
    Image.new("RGB", (40, 30), (250, 250, 250)).save(made_of, "PNG")
    made_of.seek(0)
    return made_of


def test_a_signed_form_is_kept_with_the_consent_and_opens_to_few(officer: FlaskClient) -> None:
    feedback = made(relationship_said=Relationship.ADVOCATE)
    url = f"/officers/feedback/{feedback.public_id}/consent"
    given = {"state": "given", "on_day": ["1", "6", "2026"], "words": "Sam signed the form."}
    wrong = officer.post(url, data=given | {"upload": (BytesIO(b"MZ\x90\x00"), "form.exe")})
    assert wrong.status_code == 422
    assert "We cannot take this kind of file" in words_of(wrong.text)
    assert "Sam signed the form." in wrong.text
    assert count(ConsentRecord) == 0
    kept = officer.post(url, data=given | {"upload": (a_scan(), "signed form.png")})
    assert kept.status_code == 303
    record = db.session.scalars(select(ConsentRecord)).one()
    attachment = db.session.scalars(select(Attachment)).one()
    assert (record.attachment_id, attachment.feedback_id) == (attachment.id, feedback.id)
    page = officer.get(url).text
    assert f"/officers/files/{attachment.public_id}" in page
    saved = officer.get(f"/officers/files/{attachment.public_id}")
    assert saved.status_code == 200
    assert saved.data.startswith(b"\x89PNG")
    both = given | {"file": attachment.public_id, "upload": (a_scan(), "another.png")}
    assert officer.post(url, data=both).status_code == 422
    stranger = as_another(officer, Role.INVESTIGATOR)
    assert stranger.get(f"/officers/files/{attachment.public_id}").status_code == 404
