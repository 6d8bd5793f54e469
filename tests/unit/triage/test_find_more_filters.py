"""What was decided, how it came out, who answers and who speaks for the young person: each narrows
a search to what the record says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.cases import organisations
from portal.cases.tokens import make_public_id
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.vocabulary import Category, Nature, ProcedureCode
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.allocation import Allocation, AllocationState
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Outcome
from portal.records.feedback import Channel, Door, Feedback
from portal.records.refusal_proposal import ProposalState, ProposedFor, RefusalProposal
from portal.triage.find.filters import Filters, from_plain
from portal.work import Work
from tests.matters import decide, make_account, make_case, make_feedback
from tests.unit.triage.test_find_filters import found

# A quarter to midnight in London's summer is still the day before by the clock of UTC.
LATE = datetime(2026, 6, 30, 22, 45, tzinfo=UTC)
EARLY = datetime(2026, 6, 30, 23, 15, tzinfo=UTC)


@pytest.fixture
def matters(work: Work) -> dict[str, Feedback]:
    """One that waits, one with an open case, one declined because it is a school's."""
    made = {name: make_feedback(work, channel=Channel.WEB) for name in ("waiting", "open", "no")}
    for name, door in (("waiting", Door.EVERYONE), ("open", Door.ADVOCATES), ("no", None)):
        made[name].door = door
    make_case(work, made["open"])
    no = decide(work, made["no"], Outcome.DECLINED, ProcedureCode.DUTY, Category.COMPLAINT)
    no.nature, no.reason = Nature.COMMUNICATION, RefusalReason.SCHOOL
    work.session.flush()
    return made


def case_of(work: Work, feedback: Feedback) -> Case:
    return work.session.query(Case).filter_by(feedback_id=feedback.id).one()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"door": Door.EVERYONE}, {"waiting"}),
        ({"door": Door.ADVOCATES}, {"open"}),
        ({"nature": Nature.COMMUNICATION}, {"no"}),
        ({"nature": Nature.STANDARD_OF_SERVICE}, {"open"}),
        ({"outcome": Outcome.CASE_OPENED}, {"open"}),
        ({"outcome": Outcome.DECLINED}, {"no"}),
        ({"reason": RefusalReason.SCHOOL}, {"no"}),
        ({"reason": RefusalReason.SCHOOL, "nature": Nature.POLICY}, set()),
        ({"advocate": True}, set()),
        ({"manager": "nobody"}, set()),
        ({"organisation": "nobody"}, set()),
        ({"answered_from": date(2000, 1, 1)}, set()),
        ({"closed_from": date(2000, 1, 1)}, set()),
    ],
)
def test_each_finds_what_the_record_says(
    work: Work, matters: dict[str, Feedback], asked: dict[str, object], names: set[str]
) -> None:
    assert found(work, **asked) == {matters[name].id for name in names}


def test_a_no_of_later_counts_once_a_second_officer_agreed(
    work: Work, matters: dict[str, Feedback]
) -> None:
    officer = make_account(work, Role.OFFICER, "first@council.example")
    proposal = RefusalProposal(
        public_id=make_public_id(), feedback_id=matters["open"].id,
        proposed_for=ProposedFor.EVENT, state=ProposalState.WAITING,
        reason=RefusalReason.COURT_DECISION, disposition=Disposition.REFUSED, rule="A rule.",
        explanation="Because.", planned="{}", proposed_at=work.now, proposed_by_id=officer.id,
    )  # fmt: skip
    work.session.add(proposal)
    assert found(work, reason=RefusalReason.COURT_DECISION) == set()
    proposal.state = ProposalState.AGREED
    assert found(work, reason=RefusalReason.COURT_DECISION) == {matters["open"].id}


def test_answered_and_closed_days_hold_both_ends(work: Work, matters: dict[str, Feedback]) -> None:
    case, key = case_of(work, matters["open"]), {matters["open"].id}
    stage = work.session.query(CaseStage).filter_by(case_id=case.id).one()
    day = date(2026, 6, 30)
    stage.answered_on = day
    assert found(work, answered_from=day, answered_to=day) == key
    assert found(work, answered_from=day + timedelta(days=1)) == set()
    assert found(work, answered_to=day - timedelta(days=1)) == set()
    case.state, case.closed_at = CaseState.CLOSED, LATE
    assert found(work, closed_from=day, closed_to=day) == key
    case.closed_at = EARLY
    assert found(work, closed_to=day) == set()
    assert found(work, closed_from=day + timedelta(days=1)) == key


def test_given_to_is_who_has_it_now(work: Work, matters: dict[str, Feedback]) -> None:
    manager = make_account(work, Role.TEAM_MANAGER, "manager@council.example")
    given = Allocation(
        public_id=make_public_id(), case_id=case_of(work, matters["open"]).id,
        account_id=manager.id, allocated_at=work.now, allocated_on=work.today,
        allocated_by_id=manager.id, accept_by=work.today,
    )  # fmt: skip
    work.session.add(given)
    assert found(work, manager=manager.public_id) == {matters["open"].id}
    given.state = AllocationState.HANDED_BACK
    assert found(work, manager=manager.public_id) == set()


def test_an_advocate_counts_while_they_are_let_in(work: Work, matters: dict[str, Feedback]) -> None:
    provider, other = (organisations.create(work, name) for name in ("Heard Together", "Aloud"))
    advocate = an_advocate(work)
    work.session.flush()
    advocate.organisation_id = provider.id
    row = Advocacy(account_id=advocate.id, feedback_id=matters["no"].id, joined_at=work.now)
    work.session.add(row)
    key = {matters["no"].id}
    assert found(work, advocate=True) == found(work, organisation=provider.public_id) == key
    assert found(work, organisation=other.public_id) == set()
    row.last_day = work.today
    assert found(work, advocate=True) == key
    row.last_day = work.today - timedelta(days=1)
    assert found(work, advocate=True) == found(work, organisation=provider.public_id) == set()
    row.last_day, row.ended_at = None, work.now
    assert found(work, advocate=True) == set()


def an_advocate(work: Work) -> Account:
    """One without a role yet: only the organisation counts here."""
    return make_account(work, Role.TEAM_MANAGER, "advocate@provider.example", "Ada Loud")


def test_they_are_kept_and_read_again() -> None:
    asked = Filters(
        nature=Nature.DATA, door=Door.EVERYONE, outcome=Outcome.THANKED,
        reason=RefusalReason.SCHOOL, answered_from=date(2026, 1, 1), closed_to=date(2026, 2, 1),
        manager="m", organisation="o", advocate=True,
    )  # fmt: skip
    assert from_plain(asked.as_plain()) == asked
