"""Pages of work given to others: an officer gives, a manager takes and writes, an officer signs, a
colleague answers a question and sees nothing else."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import findings, gathering, named_persons, sign_ins
from portal.db import db
from portal.procedures.finding import Finding, Giver
from portal.records.account import Account, Role
from portal.records.allocation import Allocation, AllocationState
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.audit_event import AuditEvent
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.task import Task
from portal.work import WORKER, Who, Work, begin_work
from tests import matters
from tests.signing_in import let_in
from tests.unit.cases.managed_case import managed
from tests.unit.cases.procedure_world import WORDS
from tests.unit.web.officer_pages import words_of

OFFICER, MANAGER, ABOVE = "points@council.example", "bryony@council.example", "asif@council.example"
Browser = Callable[[str], FlaskClient]


@pytest.fixture
def base() -> str:
    with begin_work(WORKER) as work:
        made = managed(work)
        return f"/officers/cases/{made.feedback.public_id}"


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    def open_(email: str) -> FlaskClient:
        other = client.application.test_client()
        with begin_work(WORKER) as work:
            let_in(other, sign_ins.begin(work, account(work, email), "a test"))
        return other

    return open_


def account(work: Work, email: str) -> Account:
    found = [one for one in work.session.scalars(select(Account)) if one.email == email]
    return found[0]


def public_id(email: str) -> str:
    with begin_work(WORKER) as work:
        return account(work, email).public_id


def name(email: str) -> None:
    """Say that the only case is about somebody."""
    with begin_work(WORKER) as work:
        work.who = Who("staff", account(work, OFFICER).id)
        feedback = work.session.scalars(select(Feedback)).one()
        named_persons.link(work, feedback, account(work, email))


def find_everything(finding: Finding = Finding.UPHELD) -> None:
    from portal.cases import points

    with begin_work(WORKER) as work:
        work.who = Who("staff", account(work, MANAGER).id)
        case = work.session.scalars(select(Case)).one()
        stage = gathering.current_stage(work.session, case)
        for point in points.live(work.session, case):
            findings.record_finding(work, point, stage, Giver.SERVICE, finding, "The notes say so.")


def rows(record: type) -> list:  # type: ignore[type-arg]
    db.session.expire_all()
    return list(db.session.scalars(select(record)))


def give(officer: FlaskClient, base: str, email: str = MANAGER):  # type: ignore[no-untyped-def]
    return officer.post(f"{base}/answering", data={"person": public_id(email)})


def typed(page: str, **said: str) -> dict[str, str]:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found is not None
    return {"version": found[1], "opening": "I met you.", "apology": "We are sorry.", **said}


def test_after_the_acknowledgement_comes_giving_it_where_somebody_is_offered(
    browser: Browser, base: str
) -> None:
    officer = browser(OFFICER)
    sent = officer.post(f"{base}/acknowledged", data={"text": "1. Nobody came."})
    assert sent.location == f"{base}/answering"
    page = officer.get(sent.location).text
    assert "Acknowledged." in words_of(page)
    assert f'value="{public_id(MANAGER)}" selected' in page
    empty = officer.post(f"{base}/acknowledged", data={"text": " "})
    assert empty.status_code == 422


def test_after_the_acknowledgement_comes_the_case_where_nobody_is_offered(
    browser: Browser, base: str
) -> None:
    name(MANAGER)
    name(ABOVE)
    sent = browser(OFFICER).post(f"{base}/acknowledged", data={"text": "1. Nobody came."})
    assert sent.location == base


def test_an_officer_gives_it_and_a_manager_takes_it_in_three_steps(
    browser: Browser, base: str
) -> None:
    officer, manager = browser(OFFICER), browser(MANAGER)
    page = words_of(officer.get(f"{base}/answering").text)
    assert "Offered: Bryony T." in page
    assert give(officer, base).status_code == 303
    mine = manager.get("/officers/my-work").text
    assert "Take a case, or hand it back" in words_of(mine)
    (link,) = re.findall(rf'href="({base}/answering)"', mine)
    page = words_of(manager.get(link).text)
    assert WORDS[0] in page
    assert manager.post(f"{link}/accept").status_code == 303
    assert rows(Allocation)[0].state is AllocationState.ACCEPTED
    after = words_of(manager.get("/officers/my-work").text)
    assert "Speak to the person" in after
    assert "Write the answer" in after
    assert "Bryony T" in words_of(officer.get(base).text)


def test_path_g_names_offers_the_manager_above_and_refuses_the_named(
    browser: Browser, base: str
) -> None:
    officer = browser(OFFICER)
    name(MANAGER)
    page = words_of(officer.get(f"{base}/answering").text)
    assert "The matter is about Bryony T, so they cannot answer it." in page
    assert "Offered in their place: Asif Marlowe." in page
    refused = give(officer, base)
    assert refused.status_code == 409
    assert "The matter is about Bryony T" in words_of(refused.text)
    assert rows(Allocation) == []
    assert browser(ABOVE).get(f"{base}/answering").status_code == 404
    assert give(officer, base, ABOVE).status_code == 303
    above = browser(ABOVE)
    assert above.get(f"{base}/answering").status_code == 200
    assert above.get(base).status_code == 200
    named = browser(MANAGER)
    assert named.get(f"{base}/answering").status_code == 404
    assert "Nothing waits for you" in words_of(named.get("/officers/my-work").text)


def test_giving_it_to_nobody_and_handing_back_for_no_reason_are_said(
    browser: Browser, base: str
) -> None:
    officer, manager = browser(OFFICER), browser(MANAGER)
    answer = officer.post(f"{base}/answering", data={"person": ""})
    assert answer.status_code == 422
    assert "Choose who answers it" in words_of(answer.text)
    give(officer, base)
    answer = manager.post(f"{base}/answering/hand-back", data={"reason": " "})
    assert answer.status_code == 422
    assert "Write why you hand it back" in words_of(answer.text)
    data = {"reason": "I am away until May."}
    assert manager.post(f"{base}/answering/hand-back", data=data).status_code == 303
    assert "I am away until May." in words_of(officer.get(f"{base}/answering").text)
    assert manager.post(f"{base}/answering/accept").status_code == 409


def test_a_draft_is_written_signed_and_then_sent(browser: Browser, base: str) -> None:
    officer, manager = browser(OFFICER), browser(MANAGER)
    give(officer, base)
    manager.post(f"{base}/answering/accept")
    page = words_of(manager.get(f"{base}/answer").text)
    assert "Point 1 has no finding." in page
    find_everything()
    page = manager.get(f"{base}/answer").text
    assert "nobody says sorry yet" in words_of(page)
    answer = manager.post(f"{base}/answer/send", data=typed(page, apology=""))
    assert answer.status_code == 409
    assert "I met you." in answer.text
    assert rows(AnswerDraft)[0].opening == "I met you."
    page = manager.get(f"{base}/answer").text
    assert manager.post(f"{base}/answer/send", data=typed(page)).status_code == 303
    assert "Sign an answer" in words_of(officer.get("/officers/my-work").text)
    assert manager.post(f"{base}/answer/sign").status_code == 404
    page = officer.get(f"{base}/answer").text
    assert "We are sorry." in words_of(page)
    unread = officer.post(f"{base}/answer/sign", data={"seen": "another"})
    assert unread.status_code == 409
    assert "The letter has changed since you read it." in words_of(unread.text)
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    assert officer.post(f"{base}/answer/sign", data={"seen": seen}).status_code == 303
    assert rows(AnswerDraft)[0].state is DraftState.SIGNED
    assert "Send the signed answer" in words_of(manager.get("/officers/my-work").text)
    checked = officer.post(f"{base}/do/answered", data=today())
    assert "I met you." in words_of(checked.text)
    # Whoever signed has read these words, and no others.
    checked = manager.post(f"{base}/do/answered", data=today())
    assert "I met you." in words_of(checked.text)
    assert 'name="letter"' not in checked.text
    changed = {**today(), "letter": "I never met you."}
    assert manager.post(f"{base}/did/answered", data=changed).status_code == 303
    sent = rows(OutboxLetter)[-1]
    assert sent.kind is LetterKind.ANSWER
    assert "I met you." in sent.body
    assert "never met" not in sent.body


def today() -> dict[str, list[str]]:
    from portal import clock

    day = clock.today()
    return {"on": [str(day.day), str(day.month), str(day.year)]}


def test_it_is_sent_back_once_and_says_so(browser: Browser, base: str) -> None:
    officer, manager = browser(OFFICER), browser(MANAGER)
    give(officer, base)
    manager.post(f"{base}/answering/accept")
    find_everything()
    manager.post(f"{base}/answer/send", data=typed(manager.get(f"{base}/answer").text))
    assert officer.post(f"{base}/answer/return", data={"words": ""}).status_code == 422
    words = {"words": "Say when the review was."}
    assert officer.post(f"{base}/answer/return", data=words).status_code == 303
    assert "Mend the answer that came back" in words_of(manager.get("/officers/my-work").text)
    page = manager.get(f"{base}/answer").text
    assert "Say when the review was." in words_of(page)
    manager.post(f"{base}/answer/send", data=typed(page, opening="The review was in May."))
    again = officer.post(f"{base}/answer/return", data=words)
    assert again.status_code == 409
    assert "sent back once already" in words_of(again.text)


def test_a_manager_cannot_send_what_nobody_signed(browser: Browser, base: str) -> None:
    officer, manager = browser(OFFICER), browser(MANAGER)
    give(officer, base)
    manager.post(f"{base}/answering/accept")
    find_everything(Finding.NOT_UPHELD)
    refused = manager.post(f"{base}/do/answered", data=today())
    assert refused.status_code == 409
    assert "signed before it goes" in words_of(refused.text)


def test_a_colleague_answers_and_sees_nothing_else(browser: Browser, base: str) -> None:
    with begin_work(WORKER) as work:
        matters.make_account(work, Role.TEAM_MANAGER, "cole@council.example", "Cole Ames")
    manager, colleague = browser(MANAGER), browser("cole@council.example")
    found = manager.post(f"{base}/tasks/find", data={"name": "cole"})
    assert "Cole Ames" in found.text
    data = {
        "person": public_id("cole@council.example"), "question": "When was the pass sent?",
        "due_on": ["1", "2", "2099"],
    }  # fmt: skip
    empty = manager.post(f"{base}/tasks", data={**data, "question": ""})
    assert empty.status_code == 422
    assert "Write what you ask" in words_of(empty.text)
    assert manager.post(f"{base}/tasks", data=data).status_code == 303
    (task,) = rows(Task)
    assert "a colleague’s question" in words_of(colleague.get("/officers/my-work").text)
    page = words_of(colleague.get(f"/officers/tasks/{task.public_id}").text)
    assert "When was the pass sent?" in page
    assert not any(words in page for words in (*WORDS, matters.STORY, "Robin Example"))
    assert colleague.get(base).status_code == 404
    assert colleague.get(f"{base}/tasks").status_code == 404
    assert browser(ABOVE).get(f"/officers/tasks/{task.public_id}").status_code == 404
    url = f"/officers/tasks/{task.public_id}"
    assert colleague.post(url, data={"answer": ""}).status_code == 422
    assert colleague.post(url, data={"answer": "On 5 June."}).status_code == 303
    assert "On 5 June." in words_of(manager.get(f"{base}/tasks").text)
    assert colleague.post(url, data={"answer": "Again."}).status_code == 409


def test_every_look_leaves_a_row_and_no_letter_says_what_it_is_about(
    browser: Browser, base: str
) -> None:
    officer, manager = browser(OFFICER), browser(MANAGER)
    give(officer, base)
    for page in (f"{base}/answering", f"{base}/answer", f"{base}/tasks", "/officers/my-work"):
        assert manager.get(page).status_code == 200, page
    acts = {row.act for row in rows(AuditEvent)}
    assert {"allocation_viewed", "answer_viewed", "tasks_viewed", "my_work_viewed"} <= acts
    letters = [one for one in rows(OutboxLetter) if one.kind is LetterKind.WORK_WAITS]
    assert letters
    for letter in letters:
        assert not any(words in letter.subject + letter.body for words in (*WORDS, matters.STORY))
