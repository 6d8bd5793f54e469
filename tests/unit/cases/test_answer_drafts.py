"""A draft answer: what is missing, sent to be signed, sent back once, signed, and sent."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.cases import answer_drafts, event_letters, findings, gathering, happening, signing
from portal.cases.answer_drafts import Incomplete, NotDraftedHere
from portal.cases.happening import NotYet
from portal.cases.points import ChangedMeanwhile
from portal.council_giving import GivingEntry, Signer
from portal.procedures.answer_check import Need
from portal.procedures.facts import Given
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import Doer, Event
from portal.records.account import Account, Role
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case_event import CaseEvent
from portal.records.outbox_letter import OutboxLetter
from portal.work import Work
from tests import matters
from tests.unit.cases.managed_case import Managed, managed
from tests.unit.cases.procedure_world import let

OPENING, APOLOGY = "I met you on Monday and read the notes.", "We are sorry that nobody came."


@pytest.fixture
def made(work: Work) -> Managed:
    made = managed(work)
    made.accepted()
    return made


def find(made: Managed, finding: Finding = Finding.UPHELD) -> None:
    """Everything found, by the manager."""
    stage = gathering.current_stage(made.work.session, made.case)
    for point in made.points:
        findings.record_finding(
            made.as_(made.manager), point, stage, Giver.SERVICE, finding, "The notes say so."
        )


def write(made: Managed, opening: str = OPENING, apology: str = APOLOGY) -> AnswerDraft:
    work = made.as_(made.manager)
    draft = made.work.session.scalar(select(AnswerDraft))
    written = answer_drafts.write(
        work, made.case, opening, apology, draft.version if draft is not None else 0
    )
    work.session.flush()
    return written


def needs(made: Managed) -> list[Need]:
    return [gap.need for gap in answer_drafts.check(made.work, made.case).gaps]


def send(made: Managed) -> AnswerDraft:
    return signing.send(made.as_(made.manager), made.case, 0)


def answer(made: Managed, by: Doer = Doer.OFFICER, **given: Any) -> CaseEvent:
    account = made.officer if by is Doer.OFFICER else made.manager
    work = made.as_(account)
    return happening.happen(
        work, made.case, Event.ANSWERED,
        Given(on=work.today, by=by, account_id=account.id, **given),
    )  # fmt: skip


def test_what_is_missing_is_listed_and_nothing_of_the_trial_stays(made: Managed) -> None:
    assert needs(made) == [Need.FINDING, Need.FINDING]
    find(made)
    checked = answer_drafts.check(made.work, made.case)
    assert [gap.need for gap in checked.gaps] == [Need.APOLOGY]
    assert checked.letter is not None
    assert made.work.council.ombudsman.name in checked.letter.body
    assert made.work.session.scalars(select(CaseEvent)).all() == []
    with pytest.raises(Incomplete):
        send(made)
    write(made)
    assert answer_drafts.check(made.work, made.case).complete


def sign(made: Managed, account: Account) -> AnswerDraft:
    """Read the letter as it would go, and sign it."""
    work = made.as_(account)
    return signing.sign(work, made.case, signing.mark(answer_drafts.check(work, made.case)))


def test_nobody_signs_words_that_changed_after_they_were_read(made: Managed) -> None:
    find(made)
    write(made)
    send(made)
    work = made.as_(made.officer)
    seen = signing.mark(answer_drafts.check(work, made.case))
    find(made, Finding.PARTIALLY_UPHELD)
    with pytest.raises(signing.OtherLetter):
        signing.sign(made.as_(made.officer), made.case, seen)
    assert sign(made, made.officer).state is DraftState.SIGNED


def test_sending_twice_is_sending_once_and_nobody_else_sends_it_again(made: Managed) -> None:
    find(made)
    write(made)
    sent = send(made)
    told = len(list(made.work.session.scalars(select(OutboxLetter))))
    assert send(made) is sent
    assert len(list(made.work.session.scalars(select(OutboxLetter)))) == told
    with pytest.raises(signing.WaitsAlready):
        signing.send(made.as_(made.officer), made.case, 0)
    assert sent.sent_by_id == made.manager.id


def test_signed_words_are_those_of_the_letter_that_goes(made: Managed) -> None:
    find(made)
    write(made)
    send(made)
    draft = sign(made, made.officer)
    assert draft.state is DraftState.SIGNED
    row = answer(made)
    letter = event_letters.send(made.work, made.case, row)
    assert letter is not None
    assert OPENING in letter.body
    assert APOLOGY in letter.body
    assert letter.body.index(OPENING) < letter.body.index("1. ")


def test_an_unsigned_draft_holds_the_answer_up_for_everybody(made: Managed) -> None:
    find(made)
    write(made)
    with pytest.raises(NotYet, match="not signed"):
        answer(made)
    send(made)
    with pytest.raises(NotYet, match="not signed"):
        answer(made)
    sign(made, made.officer)
    assert answer(made).event is Event.ANSWERED


def test_what_changes_after_the_signature_needs_another(made: Managed) -> None:
    find(made)
    write(made)
    send(made)
    draft = sign(made, made.officer)
    made.work.now = made.work.now.replace(year=made.work.now.year + 1)
    find(made, Finding.NOT_UPHELD)
    assert not answer_drafts.is_signed(made.work.session, made.case)
    with pytest.raises(NotYet, match="not signed"):
        answer(made)
    send(made)
    sign(made, made.officer)
    assert answer_drafts.is_signed(made.work.session, made.case)
    write(made, "Other words.")
    assert draft.state is DraftState.WRITTEN


def test_it_is_sent_back_once_with_words(made: Managed) -> None:
    find(made)
    write(made)
    send(made)
    with pytest.raises(signing.SayWhat):
        signing.send_back(made.as_(made.officer), made.case, " ")
    signing.send_back(made.as_(made.officer), made.case, "Say when the review was.")
    with pytest.raises(signing.NotWaiting):
        sign(made, made.officer)
    send(made)
    with pytest.raises(signing.SentBackOnce):
        signing.send_back(made.as_(made.officer), made.case, "And who came.")
    sign(made, made.officer)
    assert answer_drafts.is_signed(made.work.session, made.case)


def test_nobody_signs_what_they_sent(made: Managed) -> None:
    find(made)
    write(made)
    signing.send(made.as_(made.officer), made.case, 0)
    with pytest.raises(signing.NotTheSigner):
        sign(made, made.officer)
    other = matters.make_account(made.work, Role.OFFICER, "other@council.example", "Other Officer")
    sign(made, other)
    assert answer_drafts.is_signed(made.work.session, made.case)


def test_the_council_may_let_heads_of_service_sign(made: Managed) -> None:
    from dataclasses import replace

    made.work.council = replace(
        made.work.council, giving=GivingEntry(accept_days=1, signed_by=Signer.HEAD_OF_SERVICE)
    )
    head: Account = matters.make_account(
        made.work, Role.HEAD_OF_SERVICE, "head@council.example", "Head Hale"
    )
    find(made)
    write(made)
    send(made)
    with pytest.raises(signing.NotTheSigner):
        sign(made, made.officer)
    sign(made, head)
    assert answer_drafts.is_signed(made.work.session, made.case)


def test_a_managers_answer_is_signed_first_an_officers_need_not_be(made: Managed) -> None:
    find(made)
    with pytest.raises(signing.NeedsSignature):
        signing.check_sent(made.work, made.case, Event.ANSWERED, Doer.MANAGER)
    signing.check_sent(made.work, made.case, Event.ANSWERED, Doer.OFFICER)
    signing.check_sent(made.work, made.case, Event.MEETING_HELD, Doer.MANAGER)
    write(made)
    send(made)
    sign(made, made.officer)
    signing.check_sent(made.work, made.case, Event.ANSWERED, Doer.MANAGER)
    assert answer(made, Doer.MANAGER).event is Event.ANSWERED


def test_two_who_write_at_once_are_told(made: Managed) -> None:
    write(made)
    with pytest.raises(ChangedMeanwhile):
        answer_drafts.write(made.as_(made.officer), made.case, "Mine", "", 0)


def test_nothing_is_drafted_once_it_is_answered(made: Managed) -> None:
    find(made, Finding.NOT_UPHELD)
    let(made.as_(made.officer), made.case, Event.ANSWERED)
    with pytest.raises(NotDraftedHere):
        answer_drafts.write(made.as_(made.manager), made.case, OPENING, "", 0)
    assert not answer_drafts.is_drafted(made.work.session, made.case)
