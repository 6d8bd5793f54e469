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


def test_signed_words_are_those_of_the_letter_that_goes(made: Managed) -> None:
    find(made)
    write(made)
    send(made)
    draft = signing.sign(made.as_(made.officer), made.case)
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
    signing.sign(made.as_(made.officer), made.case)
    assert answer(made).event is Event.ANSWERED


def test_what_changes_after_the_signature_needs_another(made: Managed) -> None:
    find(made)
    write(made)
    send(made)
    draft = signing.sign(made.as_(made.officer), made.case)
    made.work.now = made.work.now.replace(year=made.work.now.year + 1)
    find(made, Finding.NOT_UPHELD)
    assert not answer_drafts.is_signed(made.work.session, made.case)
    with pytest.raises(NotYet, match="not signed"):
        answer(made)
    send(made)
    signing.sign(made.as_(made.officer), made.case)
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
        signing.sign(made.as_(made.officer), made.case)
    send(made)
    with pytest.raises(signing.SentBackOnce):
        signing.send_back(made.as_(made.officer), made.case, "And who came.")
    signing.sign(made.as_(made.officer), made.case)
    assert answer_drafts.is_signed(made.work.session, made.case)


def test_nobody_signs_what_they_sent(made: Managed) -> None:
    find(made)
    write(made)
    signing.send(made.as_(made.officer), made.case, 0)
    with pytest.raises(signing.NotTheSigner):
        signing.sign(made.as_(made.officer), made.case)
    other = matters.make_account(made.work, Role.OFFICER, "other@council.example", "Other Officer")
    signing.sign(made.as_(other), made.case)
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
        signing.sign(made.as_(made.officer), made.case)
    signing.sign(made.as_(head), made.case)
    assert answer_drafts.is_signed(made.work.session, made.case)


def test_a_managers_answer_is_signed_first_an_officers_need_not_be(made: Managed) -> None:
    find(made)
    with pytest.raises(signing.NeedsSignature):
        signing.check_sent(made.work, made.case, Event.ANSWERED, Doer.MANAGER)
    signing.check_sent(made.work, made.case, Event.ANSWERED, Doer.OFFICER)
    signing.check_sent(made.work, made.case, Event.MEETING_HELD, Doer.MANAGER)
    write(made)
    send(made)
    signing.sign(made.as_(made.officer), made.case)
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
