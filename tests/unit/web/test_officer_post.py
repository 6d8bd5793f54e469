"""The page of letters to post: who sees what, printing, the day of posting, and telling by hand."""

import builtins
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.records.account import Account, Role
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.phone_notice import NoticeState, PhoneNotice
from portal.work import WORKER, begin_work
from tests import matters
from tests.unit.web.officer_pages import signed_in, words_of
from tests.unit.web.post_room import NAME, PARTY, STREET, acts, day_of, letter_of, written


def test_what_waits_is_listed_oldest_first_and_looking_is_noted(client: FlaskClient) -> None:
    signed_in(client)
    _, newer = written()
    _, older = written(days_ago=9)
    page = client.get("/officers/post")
    words = words_of(page.text)
    assert words.index(older) < words.index(newer)
    assert "late" in words
    assert NAME not in words, "the list names nobody"
    assert "post_listed" in acts()


def test_a_letter_is_read_printed_and_posted(client: FlaskClient) -> None:
    signed_in(client)
    letter_id, reference = written(days_ago=3)
    page = client.get(f"/officers/post/{letter_id}")
    assert NAME in page.text
    assert STREET in page.text
    paper = client.get(f"/officers/post/{letter_id}/paper")
    assert paper.mimetype == "application/pdf"
    assert f"letter-{reference}.pdf" in paper.headers["Content-Disposition"]
    assert "no-store" in paper.headers["Cache-Control"]
    assert STREET in PdfReader(BytesIO(paper.data)).pages[0].extract_text()
    posted = clock.today() - timedelta(days=1)
    answer = client.post(f"/officers/post/{letter_id}/posted", data={"on": day_of(posted)})
    assert answer.status_code == 303
    letter = letter_of(letter_id)
    assert (letter.state, letter.posted_on) == (LetterState.POSTED, posted)
    assert [act for act in acts() if act.startswith("letter_")][-3:] == [
        "letter_viewed", "letter_printed", "letter_posted",
    ]  # fmt: skip
    assert reference not in words_of(client.get("/officers/post").text).partition("Posted in")[0]


def test_several_chosen_letters_come_in_one_file(client: FlaskClient) -> None:
    signed_in(client)
    chosen = [written(days_ago=n)[0] for n in (1, 3, 2)]
    written()
    answer = client.post("/officers/post/print", data={"letter": chosen})
    assert answer.mimetype == "application/pdf"
    pdf = PdfReader(BytesIO(answer.data))
    written_on = [clock.today() - timedelta(days=n) for n in (3, 2, 1)]
    assert [mark.title.rpartition(" ")[2] for mark in pdf.outline] == [
        f"{day:%d.%m.%Y}" for day in written_on
    ]
    assert acts().count("letter_printed") == 3


@pytest.mark.parametrize("chosen", [[], ["no-such-letter"]])
def test_without_a_letter_the_page_says_what_to_do(client: FlaskClient, chosen: list[str]) -> None:
    signed_in(client)
    letter_id, _ = written()
    answer = client.post("/officers/post/print", data={"letter": chosen})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert letter_id in answer.text
    assert "letter_printed" not in acts()


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (-9, "cannot have been posted before that day"),
        (1, "must be today or in the past"),
        (None, "Enter the day on which it was posted"),
    ],
)
def test_a_wrong_day_comes_back_with_what_was_typed(
    client: FlaskClient, on: int | None, sentence: str
) -> None:
    signed_in(client)
    letter_id, _ = written(days_ago=3)
    typed = day_of(clock.today() + timedelta(days=on)) if on is not None else ["", "", ""]
    answer = client.post(f"/officers/post/{letter_id}/posted", data={"on": typed})
    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert f'value="{typed[2]}"' in answer.text or not typed[2]
    assert letter_of(letter_id).state is LetterState.TO_POST
    assert acts()[-1] == "shown_again"


def test_a_day_is_corrected_and_taken_back_with_a_reason(client: FlaskClient) -> None:
    signed_in(client)
    letter_id, _ = written(days_ago=3)
    today, before = clock.today(), clock.today() - timedelta(days=1)
    client.post(f"/officers/post/{letter_id}/posted", data={"on": day_of(today)})
    bare = client.post(f"/officers/post/{letter_id}/correct", data={"on": day_of(before)})
    assert bare.status_code == 422
    assert "Write why the day is changed" in bare.text
    reason = {"reason": "The post book says yesterday."}
    done = client.post(f"/officers/post/{letter_id}/correct", data={"on": day_of(before), **reason})
    assert done.status_code == 303
    assert letter_of(letter_id).posted_on == before
    assert reason["reason"] in client.get(f"/officers/post/{letter_id}").text
    same = client.post(f"/officers/post/{letter_id}/correct", data={"on": day_of(before), **reason})
    assert same.status_code == 422
    assert client.post(f"/officers/post/{letter_id}/take-back").status_code == 422
    back = client.post(f"/officers/post/{letter_id}/take-back", data={"why": "It came back."})
    assert back.status_code == 303
    assert letter_of(letter_id).state is LetterState.TO_POST
    again = client.post(f"/officers/post/{letter_id}/take-back", data={"why": "It came back."})
    assert again.status_code == 409
    assert "It came back." not in str(acts())


def test_who_closed_this_way_is_not_printed_for(client: FlaskClient) -> None:
    signed_in(client)
    letter_id, _ = written()
    assert client.post(f"/officers/post/{letter_id}/leave").status_code == 409
    with begin_work(WORKER) as work:
        work.session.scalars(select(Feedback)).one().contact_way = ContactWay.PORTAL_ONLY
    assert "Do not post it" in client.get(f"/officers/post/{letter_id}").text
    assert client.get(f"/officers/post/{letter_id}/paper").status_code == 409
    assert client.post("/officers/post/print", data={"letter": [letter_id]}).status_code == 409
    assert client.post(f"/officers/post/{letter_id}/leave").status_code == 303
    assert letter_of(letter_id).state is LetterState.WITHHELD


def test_a_letter_by_email_has_no_page_here(client: FlaskClient) -> None:
    signed_in(client)
    letter_id, _ = written(ContactWay.PORTAL_ONLY)
    assert client.get(f"/officers/post/{letter_id}").status_code == 404


def test_a_walled_letter_is_neither_listed_nor_printed(client: FlaskClient) -> None:
    signed_in(client)
    letter_id, reference = written()
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        officer = work.session.scalars(select(Account)).one()
        matters_wall(work, feedback, officer)
    assert reference not in client.get("/officers/post").text
    assert client.post("/officers/post/print", data={"letter": [letter_id]}).status_code == 422
    assert client.get(f"/officers/post/{letter_id}").status_code == 404
    assert letter_of(letter_id).printed_at is None


def matters_wall(work: Any, feedback: Feedback, officer: Account) -> None:
    """It is about the officer themself."""
    from portal.records.wall import NamedPerson

    work.session.add(
        NamedPerson(
            public_id="named", feedback_id=feedback.id, account_id=officer.id,
            for_designated=False, linked_at=work.now, linked_by_id=officer.id,
        )
    )  # fmt: skip


def test_a_team_manager_has_no_such_page(client: FlaskClient) -> None:
    letter_id, _ = written()
    signed_in(client, lambda work: matters.make_account(work, Role.TEAM_MANAGER))
    for address in ("/officers/post", f"/officers/post/{letter_id}"):
        assert client.get(address).status_code == 404


def test_a_call_is_marked_done_by_whom_and_when(client: FlaskClient) -> None:
    signed_in(client)
    _, reference = written(ContactWay.PHONE)
    page = client.get("/officers/post").text
    assert "call 01632" in words_of(page)
    assert reference in page
    with begin_work(WORKER) as work:
        notice_id = work.session.scalars(select(PhoneNotice.public_id)).one()
    assert client.post(f"/officers/post/told/{notice_id}/done").status_code == 303
    db.session.rollback()
    notice = db.session.scalars(select(PhoneNotice)).one()
    officer = db.session.scalars(select(Account)).one()
    assert (notice.state, notice.done_by_id) == (NoticeState.DONE, officer.id)
    assert notice.done_at is not None
    assert client.post(f"/officers/post/told/{notice_id}/done").status_code == 409
    assert "Nobody waits for a call" in client.get("/officers/post").text


def test_who_does_not_want_to_be_called_any_more_is_off_the_list(client: FlaskClient) -> None:
    signed_in(client)
    written(ContactWay.PHONE)
    with begin_work(WORKER) as work:
        work.session.scalars(select(Feedback)).one().contact_way = ContactWay.PORTAL_ONLY
    page = words_of(client.get("/officers/post").text)
    assert "01632" not in page.partition("To be told by phone")[2].partition("Nobody waits")[0]
    assert "Nobody waits for a call" in page


def test_without_pango_a_page_to_print_comes_and_a_sentence_says_what_to_install(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(client)
    letter_id, _ = written()
    real = builtins.__import__

    def no_pango(name: str, *args: Any, **options: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", no_pango)
    assert "an administrator installs the library Pango" in client.get("/officers/post").text
    paper = client.get(f"/officers/post/{letter_id}/paper")
    assert paper.mimetype == "text/html"
    assert STREET in paper.text
    assert "default-src 'none'" in paper.headers["Content-Security-Policy"]
    assert "script-src" not in paper.headers["Content-Security-Policy"]
    assert acts()[-1] == "letter_printed"


def test_the_case_page_says_that_its_acknowledgement_waits(client: FlaskClient) -> None:
    signed_in(client)
    _, reference = written(case=True)
    with begin_work(WORKER) as work:
        public_id = work.session.scalars(select(Feedback.public_id)).one()
    text = {"text": "Nobody rang back."}
    shown = client.post(f"/officers/cases/{public_id}/acknowledge", data=text)
    assert "Letters to post" in words_of(shown.text)
    client.post(f"/officers/cases/{public_id}/acknowledged", data=text)
    page = words_of(client.get(f"/officers/cases/{public_id}").text)
    assert "Written, not posted yet" in page
    assert "Its letter is not posted yet, so nothing counts from it" in page
    assert "Write the acknowledgement" not in page
    assert client.get(f"/officers/cases/{public_id}/acknowledge").status_code == 409
    assert reference in page


def test_a_message_to_somebody_who_wants_post_goes_on_paper_with_its_words(
    client: FlaskClient,
) -> None:
    signed_in(client)
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(work, contact_way=ContactWay.POST, parties=(PARTY,))
        public_id = feedback.public_id
    client.post(f"/officers/cases/{public_id}/message", data={"body": "Nadia comes on Thursday."})
    db.session.rollback()
    letter = db.session.scalars(select(OutboxLetter)).one()
    assert letter.kind is LetterKind.NEW_MESSAGE
    assert "Nadia comes on Thursday." in letter.body
    assert "e-mail" not in letter.body


def test_the_person_reads_how_each_letter_went_and_its_date(client: FlaskClient) -> None:
    letter_id, reference = written(days_ago=3)
    matters.enter(client, reference)
    assert "It has not been posted yet" in words_of(client.get("/track/matter").text)
    posted = clock.today() - timedelta(days=2)
    with begin_work(WORKER) as work:
        from portal.cases import posting

        letter = work.session.scalars(
            select(OutboxLetter).where(OutboxLetter.public_id == letter_id)
        ).one()
        posting.record_posted(work, letter, posted)
    page = words_of(client.get("/track/matter").text)
    said = f"{posted:%A} {posted.day} {posted:%B %Y}"
    assert f"{said}. By post, posted on {said}." in page
