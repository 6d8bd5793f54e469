"""A yes to an advocate: a letter of the same day without the story, an answer, and the ladder."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.cases import referral_chasing, referring, safe_contact_rules
from portal.cases.awaiting import Awaited
from portal.cases.receiving import NewParty
from portal.cases.referring import (
    AnsweredAlready,
    LinkEnded,
    Said,
    WaitsAlready,
    WrongAnswer,
)
from portal.cases.safe_contact_rules import ContactRule
from portal.procedures.awaited import Turn
from portal.procedures.contact_hours import ContactHours
from portal.procedures.vocabulary import Relationship
from portal.records.account import Role
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import ReferralReminder, ReferralState
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import PartyRole
from portal.records.safe_contact_rule import SaidBy
from portal.work import PUBLIC, WORKER, Work
from tests.matters import STORY, make_account, make_feedback
from tests.unit.cases.test_queue_places import waits

MONDAY = date(2026, 6, 1)
PROVIDER = "referrals@brightside-advocacy.example"


def on(work: Work, day: date) -> None:
    work.today = day
    work.now = datetime(day.year, day.month, day.day, 9, tzinfo=work.now.tzinfo)


@pytest.fixture
def feedback(work: Work) -> Feedback:
    on(work, MONDAY)
    work.who = PUBLIC
    return make_feedback(
        work,
        contact_way=ContactWay.PHONE,
        contact_note="Not at school.",
        parties=(NewParty(PartyRole.COMPLAINANT, name="Sky Tern", phone="01632 960 777"),),
    )


def letters(work: Work, kind: LetterKind = LetterKind.ADVOCACY_REFERRAL) -> list[OutboxLetter]:
    work.session.flush()
    wanted = select(OutboxLetter).where(OutboxLetter.kind == kind)
    return list(work.session.scalars(wanted.order_by(OutboxLetter.id)))


def token_in(letter: OutboxLetter) -> str:
    found = re.search(r"/advocates/referral/([\w-]+)", letter.body)
    assert found is not None
    return found[1]


def test_the_letter_goes_the_same_day_and_tells_nothing_of_the_story(
    work: Work, feedback: Feedback
) -> None:
    referral = referring.refer(work, feedback)
    (letter,) = letters(work)
    assert letter.to_email == PROVIDER
    for said in ("Sky", "01632 960 777", "Not at school.", "Monday 1 June 2026", "Monday 8 June"):
        assert said in letter.body
    assert "Tern" not in letter.body
    assert not any(word in letter.body for word in STORY.split() if len(word) > 5)
    assert (referral.state, referral.due_on) == (ReferralState.SENT, date(2026, 6, 8))
    assert not letter.shown_to_person


ONLY, NO_NAME = "Only at these times: 09:00 to 15:00, Monday", "do not say who you are"
NONE_LEFT, UNSEEN = "Leave no message", "Who must not see, hear or open it: My aunt."
SCHOOL = ContactHours(9, 15, weekdays_only=True)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (None, {NO_NAME, NONE_LEFT}),
        (ContactRule(SCHOOL), {ONLY, NONE_LEFT}),
        (ContactRule(SCHOOL, voicemail=True), {ONLY}),
        (ContactRule(neutral=True, voicemail=True), {NO_NAME}),
        (ContactRule(voicemail=False), {NONE_LEFT}),
        (ContactRule(voicemail=True, not_to_see="My aunt."), {UNSEEN}),
    ],
)
def test_the_letter_says_how_to_reach_them_safely(
    work: Work, feedback: Feedback, rule: ContactRule | None, said: set[str]
) -> None:
    if rule is not None:
        way = feedback.contact_way
        safe_contact_rules.keep(work, feedback, way, rule, SaidBy.PERSON)
    referring.refer(work, feedback)
    body = letters(work)[0].body
    assert {line for line in (ONLY, NO_NAME, NONE_LEFT, UNSEEN) if line in body} == said


def test_the_letter_that_chases_the_provider_says_it_too(work: Work, feedback: Feedback) -> None:
    referring.refer(work, feedback)
    rule = ContactRule(SCHOOL, neutral=True, voicemail=False, not_to_see="My aunt.")
    safe_contact_rules.keep(work, feedback, feedback.contact_way, rule, SaidBy.PERSON)
    climbed = [one for day in range(1, 10) for one in run(work, MONDAY + timedelta(days=day))]
    assert any(provider for _, provider, _ in climbed)
    chased = letters(work)[-1].body
    assert all(line in chased for line in (ONLY, NO_NAME, NONE_LEFT, UNSEEN))


def test_who_wants_no_contact_is_not_given_away(work: Work, feedback: Feedback) -> None:
    feedback.contact_way = ContactWay.PORTAL_ONLY
    referring.refer(work, feedback)
    assert "01632 960 777" not in letters(work)[0].body
    assert "do not want to be contacted" in letters(work)[0].body


def test_one_waits_at_a_time_and_a_no_lets_another_be_sent(work: Work, feedback: Feedback) -> None:
    referral = referring.refer(work, feedback)
    with pytest.raises(WaitsAlready):
        referring.refer(work, feedback)
    referring.record(work, feedback, referral, Said(False, MONDAY, why_not="We are full."))
    assert referral.state is ReferralState.DECLINED
    assert referring.ask(work, feedback)
    assert len(letters(work)) == 2


def test_yes_then_a_name_and_the_link_ends(work: Work, feedback: Feedback) -> None:
    referral = referring.refer(work, feedback)
    token = token_in(letters(work)[0])
    assert referring.by_token(work.session, token, work.now) is referral
    referring.record(work, feedback, referral, Said(True, MONDAY, "Jo of Brightside"))
    assert referral.state is ReferralState.ACCEPTED
    assert referring.by_token(work.session, token, work.now) is referral
    yes = Said(True, MONDAY, advocate="Mina Fairfax", appointed_on=MONDAY)
    referring.record(work, feedback, referral, yes)
    assert (referral.state, referral.advocate) == (ReferralState.APPOINTED, "Mina Fairfax")
    with pytest.raises(AnsweredAlready):
        referring.record(work, feedback, referral, yes)
    with pytest.raises(LinkEnded):
        referring.by_token(work.session, token, work.now)
    assert not referring.ask(work, feedback), "an advocate is there"


@pytest.mark.parametrize(
    "said",
    [
        Said(False, MONDAY),
        Said(True, MONDAY + timedelta(1)),
        Said(True, MONDAY - timedelta(1)),
        Said(True, MONDAY, appointed_on=MONDAY),
        Said(True, MONDAY, advocate="Mina", appointed_on=MONDAY + timedelta(1)),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(
    work: Work, feedback: Feedback, said: Said
) -> None:
    referral = referring.refer(work, feedback)
    with pytest.raises(WrongAnswer):
        referring.record(work, feedback, referral, said)
    assert referral.state is ReferralState.SENT


def test_an_old_link_ends(work: Work, feedback: Feedback) -> None:
    referring.refer(work, feedback)
    token = token_in(letters(work)[0])
    with pytest.raises(LinkEnded):
        referring.by_token(work.session, token, work.now + timedelta(days=31))
    assert referring.latest(work.session, feedback.id) is not None


def test_an_adult_is_referred_by_nobody(work: Work, feedback: Feedback) -> None:
    parents = make_feedback(work, door=Door.EVERYONE)
    assert not referring.ask(work, parents)
    own = make_feedback(work, door=Door.EVERYONE, relationship_said=Relationship.YOUNG_PERSON)
    assert referring.ask(work, own)
    assert own.advocate_wanted == "yes"


def run(work: Work, day: date) -> list[tuple[str, bool, list[str]]]:
    """One run on a day: each rung, whether the provider was written to, and who else."""
    on(work, day)
    work.who = WORKER
    found = []
    for key in referral_chasing.waiting(work.session, work.council, day):
        before = len(letters(work, LetterKind.ADVOCACY_REMINDER))
        row = referral_chasing.remind(work, key)
        assert row is not None
        new = letters(work, LetterKind.ADVOCACY_REMINDER)[before:]
        found.append((row.rung, row.told["provider"], [str(one.to_email) for one in new]))
    return found


def test_the_ladder_climbs_from_the_provider_to_the_complaints_managers(
    work: Work, feedback: Feedback
) -> None:
    make_account(work, Role.COMPLAINTS_MANAGER, "lead@council.example")
    referral = referring.refer(work, feedback)
    first = token_in(letters(work)[0])
    days = [MONDAY + timedelta(days=n) for n in range(1, 40)]
    climbed = [(day, one) for day in days for one in run(work, day)]
    codes = [code for _, (code, _, _) in climbed]
    assert codes == list(dict.fromkeys(codes)), "each rung once"
    assert climbed[0][1][1], "the provider first"
    assert any(told == ["lead@council.example"] for _, (_, _, told) in climbed)
    late = [one for day, one in climbed if day > referral.due_on]
    assert late
    assert all(told for _, _, told in late), "a missed date is told above"
    with pytest.raises(LinkEnded):
        referring.by_token(work.session, first, work.now)
    rungs = {row.rung for row in work.session.scalars(select(ReferralReminder))}
    assert set(codes) <= rungs


def test_a_no_is_told_at_once_and_climbs_on_to_the_managers_alone(
    work: Work, feedback: Feedback
) -> None:
    make_account(work, Role.COMPLAINTS_MANAGER, "lead@council.example")
    referral = referring.refer(work, feedback)
    referring.record(work, feedback, referral, Said(False, MONDAY, why_not="We are full."))
    (told,) = letters(work, LetterKind.ADVOCACY_REMINDER)
    assert told.to_email == "lead@council.example"
    assert "have said no" in told.body
    assert "We are full." not in told.body
    assert run(work, MONDAY) == [], "not twice on one day"
    climbed = [one for day in range(1, 12) for one in run(work, MONDAY + timedelta(days=day))]
    assert climbed
    assert {(provider, tuple(told)) for _, provider, told in climbed} == {
        (False, ("lead@council.example",))
    }
    assert len(letters(work)) == 1, "whoever said no is not asked again"


@pytest.mark.parametrize("how", ["asked again", "followed"])
def test_a_no_ends_with_another_referral_or_an_advocate(
    work: Work, feedback: Feedback, how: str
) -> None:
    referral = referring.refer(work, feedback)
    referring.record(work, feedback, referral, Said(False, MONDAY, why_not="We are full."))
    work.session.flush()
    assert (Awaited.NO_ADVOCATE, Turn.OFFICER) in waits(work, feedback)
    late = MONDAY + timedelta(days=30)
    assert referral_chasing.waiting(work.session, work.council, late) == [referral.id]
    if how == "asked again":
        assert referring.ask(work, feedback)
    else:
        advocate = make_account(work, Role.ADVOCATE, "mina@advocacy.example", "Mina Fairfax")
        followed = Advocacy(account_id=advocate.id, feedback_id=feedback.id, joined_at=work.now)
        work.session.add(followed)
    work.session.flush()
    assert (Awaited.NO_ADVOCATE, Turn.OFFICER) not in waits(work, feedback)
    assert referral.id not in referral_chasing.waiting(work.session, work.council, late)
    assert referral_chasing.remind(work, referral.id) is None


def test_what_is_answered_is_chased_no_more(work: Work, feedback: Feedback) -> None:
    referral = referring.refer(work, feedback)
    yes = Said(True, MONDAY, advocate="Mina Fairfax", appointed_on=MONDAY)
    referring.record(work, feedback, referral, yes)
    work.session.flush()
    assert referral_chasing.waiting(work.session, work.council, MONDAY + timedelta(30)) == []
    assert referral_chasing.remind(work, referral.id) is None


def test_whom_it_is_about_is_not_told_that_it_waits(work: Work, feedback: Feedback) -> None:
    from portal.cases import named_persons

    lead = make_account(work, Role.COMPLAINTS_MANAGER, "lead@council.example")
    chief = make_account(work, Role.ADJUDICATING_OFFICER, work.council.designated_officer, "Chief")
    officer = make_account(work, Role.OFFICER, "officer@council.example")
    referral = referring.refer(work, feedback)
    work.who = replace(work.who, kind="staff", account_id=officer.id)
    named_persons.link(work, feedback, lead)
    work.session.flush()
    told = [one for day in range(1, 40) for one in run(work, MONDAY + timedelta(days=day))]
    assert {address for _, _, group in told for address in group} == {chief.email}
    assert referral.state is ReferralState.SENT
