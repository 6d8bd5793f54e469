"""Who must not see it is obeyed by whatever sends: letters, paper, texts, calls and copies."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.cases import contact_details, messages, overriding, safe_contact_rules
from portal.cases.awaiting import Awaited
from portal.cases.contact_details import Details
from portal.cases.overriding import SeenTo
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import delivery, outbox, phone_notices, print_queue, texting
from portal.correspondence.phone_notices import NotThem
from portal.correspondence.print_queue import NoPostWanted
from portal.correspondence.unwanted_readers import MUST_NOT_SEE
from portal.records.account import Role
from portal.records.advocacy import Advocacy
from portal.records.feedback import ContactWay, Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.records.phone_notice import NoticeState, PhoneNotice
from portal.records.safe_contact_rule import SaidBy
from portal.work import Who, Work
from tests.matters import make_account, make_feedback
from tests.unit.cases.test_queue_places import waits

BASIL = ContactRule(voicemail=True, not_to_see="Basil must never see a letter")
STREET = "12 Elm Row\nStafford\nZZ99 2ZZ"
WREN = NewParty(PartyRole.COMPLAINANT, "Wren Marlow", "wren@post.example", "07700 900461", STREET)


def matter(work: Work, way: ContactWay, rule: ContactRule = BASIL, **other: str) -> Feedback:
    return make_feedback(
        work, contact_way=way, parties=(replace(WREN, **other),), contact_rule=rule
    )


def letter_to(work: Work, feedback: Feedback) -> OutboxLetter:
    letter = outbox.post(work, LetterKind.THANKS, feedback)
    work.session.flush()
    return letter


def on_the_desk(work: Work, feedback: Feedback) -> bool:
    return Awaited.HELD_LETTER in {what for what, _ in waits(work, feedback)}


@pytest.mark.parametrize(
    ("way", "other"),
    [
        (ContactWay.EMAIL, {"name": "Basil Ferris"}),
        (ContactWay.EMAIL, {"email": "basil.ferris@post.example"}),
        (ContactWay.POST, {"address": f"c/o Basil Ferris\n{STREET}"}),
        (ContactWay.PHONE, {"name": "Basil Ferris"}),
        (ContactWay.TEXT, {"name": "Basil Ferris"}),
    ],
)
def test_a_letter_to_whoever_must_not_see_it_is_withheld_and_an_officer_looks(
    work: Work, way: ContactWay, other: dict[str, str]
) -> None:
    feedback = matter(work, way, **other)
    letter = letter_to(work, feedback)
    assert (letter.state, letter.error) == (LetterState.WITHHELD, MUST_NOT_SEE)
    assert letter.shown_to_person, "the person reads it at /track"
    assert work.session.scalars(select(PhoneNotice)).all() == []
    assert delivery.claim_next(work) is None
    assert on_the_desk(work, feedback)


@pytest.mark.parametrize("way", [ContactWay.EMAIL, ContactWay.POST, ContactWay.PHONE])
def test_letters_to_others_go(work: Work, way: ContactWay) -> None:
    feedback = matter(work, way, name="Basilia Marlow")
    letter = letter_to(work, feedback)
    assert letter.error is None
    assert letter.state in (LetterState.WAITING, LetterState.TO_POST, LetterState.WITHHELD)
    assert (delivery.claim_next(work) is not None) is (way is ContactWay.EMAIL)
    assert len(phone_notices.by_hand(work.session)) == (way is ContactWay.PHONE)
    assert not on_the_desk(work, feedback)


def test_what_is_said_while_a_letter_waits_is_obeyed_when_it_leaves(work: Work) -> None:
    feedback = matter(work, ContactWay.EMAIL, ContactRule(), email="basil@post.example")
    letter = letter_to(work, feedback)
    safe_contact_rules.keep(work, feedback, ContactWay.EMAIL, BASIL, SaidBy.PERSON)
    assert delivery.claim_next(work) is None
    assert (letter.state, letter.error) == (LetterState.WITHHELD, MUST_NOT_SEE)
    assert on_the_desk(work, feedback)


def test_it_is_not_printed_either(work: Work) -> None:
    feedback = matter(work, ContactWay.POST)
    letter = letter_to(work, feedback)
    party = contact_details.the_persons_own(work, feedback)
    new = Details("Wren Marlow", address=f"c/o Basil Ferris\n{STREET}")
    contact_details.change(work, feedback, party, new, SaidBy.OFFICER, "She moved.")
    with pytest.raises(NoPostWanted):
        print_queue.to_print(work, letter)
    assert not print_queue.is_wanted(work.session, work.council, letter)


def test_nobody_is_called_who_must_not_hear_of_it(work: Work) -> None:
    feedback = matter(work, ContactWay.PHONE, ContactRule(), name="Basil Ferris")
    letter_to(work, feedback)
    (task,) = phone_notices.by_hand(work.session)
    assert not task.unwanted
    safe_contact_rules.keep(work, feedback, ContactWay.PHONE, BASIL, SaidBy.PERSON)
    (task,) = phone_notices.by_hand(work.session)
    assert task.unwanted
    with pytest.raises(NotThem):
        phone_notices.done(work, task.notice)


def test_a_text_is_not_sent_to_them(work: Work) -> None:
    feedback = matter(work, ContactWay.TEXT, ContactRule(), name="Basil Ferris")
    letter = letter_to(work, feedback)
    notice = work.session.scalars(select(PhoneNotice)).one()
    notice.state = NoticeState.WAITING
    safe_contact_rules.keep(work, feedback, ContactWay.TEXT, BASIL, SaidBy.PERSON)
    assert texting.claim_next(work) is None
    assert (notice.state, letter.error) == (NoticeState.DROPPED, MUST_NOT_SEE)


@pytest.mark.parametrize(("name", "held"), [("Basil Ferris", True), ("Mina Fairfax", False)])
def test_an_advocate_who_must_not_see_it_gets_no_copy(work: Work, name: str, held: bool) -> None:
    feedback = matter(work, ContactWay.PORTAL_ONLY)
    advocate = make_account(work, Role.ADVOCATE, "worker@advocacy.example", name)
    work.session.add(
        Advocacy(
            account_id=advocate.id, feedback_id=feedback.id, joined_at=work.now, gets_letters=True
        )
    )
    safe_contact_rules.keep(work, feedback, ContactWay.PORTAL_ONLY, BASIL, SaidBy.PERSON)
    letter_to(work, feedback)
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCATE_COPY)
    copy = work.session.scalars(wanted).one()
    assert (copy.state is LetterState.WITHHELD) is held
    assert (delivery.claim_next(work) is None) is held
    assert on_the_desk(work, feedback) is held


def acting(work: Work, role: Role) -> Work:
    account = make_account(work, role, f"{role.value}@council.example")
    return replace(work, who=Who("staff", account.id))


def test_a_manager_lets_it_go_for_a_reason(work: Work) -> None:
    feedback = matter(work, ContactWay.EMAIL, name="Basil Ferris")
    letter = letter_to(work, feedback)
    officer, manager = acting(work, Role.OFFICER), acting(work, Role.COMPLAINTS_MANAGER)
    (way,) = [one for one in overriding.ways(work, feedback) if one.way is ContactWay.EMAIL]
    row = overriding.propose(officer, feedback, letter.public_id, way, "Another Basil.")
    work.session.flush()
    overriding.agree(manager, feedback, row.public_id)
    assert not on_the_desk(work, feedback)
    found = delivery.claim_next(work)
    assert found is not None
    assert found.id == letter.id


def test_an_officer_leaves_it_where_it_is(work: Work) -> None:
    feedback = matter(work, ContactWay.EMAIL, name="Basil Ferris")
    letter = letter_to(work, feedback)
    officer = acting(work, Role.OFFICER)
    overriding.leave(officer, feedback, letter.public_id)
    assert not on_the_desk(work, feedback)
    assert letter.state is LetterState.WITHHELD
    with pytest.raises(SeenTo):
        overriding.leave(officer, feedback, letter.public_id)
    messages.add(work, feedback, Sender.PERSON, "Is there news?")
    assert not on_the_desk(work, feedback)
