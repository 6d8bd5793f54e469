"""The rule for one record and the filter of a list are one rule, in every standing there is."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.access import permission
from portal.access.acts import MATTER_ACTS, Act
from portal.access.permission import Why, answer
from portal.access.person import Person
from portal.access.standing import Standing
from portal.access.table import TABLE
from portal.cases.tokens import make_public_id
from portal.procedures.vocabulary import Risk, Team
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.allocation import Allocation
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.wall import GlassBreak, MatterGrant, NamedPerson
from portal.work import Work
from tests import matters

FLAGS = (
    "in_danger", "named", "named_above", "for_designated", "unsettled", "given", "followed",
    "glass_broken", "data_asked",
)  # fmt: skip
# What an advocate may do beside following varies with the rest, so that each meets each.
OF_FOLLOWING = ("spoken_for", "decided_for", "letters_for")
MINE, OTHER = Team.CARE_PLANNING_COURT, Team.SEND


class Everything:
    """One matter for every combination of what a right can depend on, as one person meets it."""

    def __init__(self, work: Work, role: Role) -> None:
        self.work = work
        self.me = matters.make_account(work, role, "me@people.example")
        self.boss = matters.make_account(work, Role.AUDITOR, "boss@people.example")
        self.third = matters.make_account(work, Role.OFFICER, "third@people.example")
        self.role = role
        self.standings: dict[int, Standing] = {}
        for at, flags in enumerate(product((False, True), repeat=len(FLAGS))):
            # Its team varies with the other parts, so that each part meets each team.
            team = (MINE, OTHER)[(at + sum(flags)) % 2]
            said = dict(zip(FLAGS, flags, strict=True))
            for number, name in enumerate(OF_FOLLOWING, start=1):
                said[name] = said["followed"] and (at // 2 + sum(flags) * number) % 3 == 0
            # What was given to somebody to answer meets each of the rest as often.
            said["allocated"] = (at // 4 + sum(flags)) % 3 == 0
            said["erased"] = (at // 8 + sum(flags)) % 5 == 0
            self._make(said, team)
        work.session.flush()

    def _make(self, flags: dict[str, bool], team: Team) -> None:
        work = self.work
        feedback = matters.make_feedback(work)
        case = matters.make_case(work, feedback, officer=self.third)
        case.team = team
        case.risk = Risk.NOW if flags["in_danger"] else Risk.NONE
        feedback.persons_unsettled = flags["unsettled"]
        for flag, account in (("named", self.me), ("named_above", self.boss)):
            if flags[flag]:
                self._name(feedback, account, False)
        if flags["for_designated"]:
            self._name(feedback, self.third, True)
        if flags["given"]:
            self._give(feedback)
        if flags["followed"]:
            row = Advocacy(
                account_id=self.me.id,
                feedback_id=feedback.id,
                joined_at=work.now,
                speaks=flags["spoken_for"],
                decides=flags["decided_for"],
                gets_letters=flags["letters_for"],
            )
            work.session.add(row)
        if flags["glass_broken"]:
            self._break(feedback)
        if flags["allocated"]:
            self._allocate(case)
        if flags["erased"]:
            feedback.erased_at = work.now
        if flags["data_asked"]:
            work.session.add(matters.access_request(work, feedback, self.third))
        self.standings[feedback.id] = Standing(frozenset({team}), **flags)

    def _name(self, feedback: Feedback, account: Account, designated: bool) -> None:
        self.work.session.add(
            NamedPerson(
                public_id=make_public_id(),
                feedback_id=feedback.id,
                account_id=account.id,
                for_designated=designated,
                linked_at=self.work.now,
                linked_by_id=self.third.id,
            )
        )

    def _allocate(self, case: Case) -> None:
        work = self.work
        work.session.flush()
        work.session.add(
            Allocation(
                public_id=make_public_id(),
                case_id=case.id,
                account_id=self.me.id,
                allocated_at=work.now,
                allocated_on=work.today,
                allocated_by_id=self.third.id,
                accept_by=work.today,
            )
        )

    def _give(self, feedback: Feedback) -> None:
        today = self.work.today
        self.work.session.add(
            MatterGrant(
                public_id=make_public_id(),
                feedback_id=feedback.id,
                account_id=self.me.id,
                role=self.role,
                first_day=today,
                last_day=today,
                granted_at=self.work.now,
                granted_by_id=self.third.id,
            )
        )

    def _break(self, feedback: Feedback) -> None:
        self.work.session.add(
            GlassBreak(
                public_id=make_public_id(),
                feedback_id=feedback.id,
                account_id=self.me.id,
                reason="Somebody may be harmed tonight.",
                at=self.work.now,
                ends_at=self.work.now + timedelta(hours=1),
            )
        )


@pytest.mark.parametrize("role", Role)
def test_a_list_shows_exactly_what_the_rule_allows(work: Work, role: Role) -> None:
    made = Everything(work, role)
    for designated in (False, True):
        person = Person(
            made.me.id, frozenset({role}), frozenset({MINE}), frozenset({made.boss.id}), designated
        )
        for act in MATTER_ACTS:
            wanted = permission.visible(person, act, work.today, work.now)
            listed = set(work.session.scalars(select(Feedback.id).where(wanted)))
            allowed = {
                key for key, standing in made.standings.items()
                if answer(person, act, standing).allowed
            }  # fmt: skip
            assert listed == allowed, (role, act)
    key, standing = next(iter(made.standings.items()))
    found = permission.may(work.session, person, Act.READ, key, work.today, work.now)
    assert found == answer(person, Act.READ, standing)


def test_what_one_record_is_to_a_person_is_read_as_it_was_made(work: Work) -> None:
    made = Everything(work, Role.INVESTIGATOR)
    person = Person(
        made.me.id, frozenset({Role.INVESTIGATOR}), frozenset({MINE}), frozenset({made.boss.id})
    )
    for key, expected in list(made.standings.items())[::7]:
        found = permission.standing(work.session, person, key, work.today, work.now)
        assert found == expected


standings = st.builds(
    Standing,
    st.frozensets(st.sampled_from([MINE, OTHER])),
    **{flag: st.booleans() for flag in (*FLAGS, *OF_FOLLOWING, "allocated")},
)
people = st.builds(
    Person,
    st.just(1),
    st.frozensets(st.sampled_from(Role), max_size=3),
    st.frozensets(st.sampled_from([MINE, OTHER])),
    st.just(frozenset()),
    st.booleans(),
)


@given(people, st.sampled_from(sorted(MATTER_ACTS)), standings)
def test_nothing_opens_a_complaint_to_whom_it_is_about(
    person: Person, act: Act, matter: Standing
) -> None:
    about_them = Standing(**{**vars(matter), "named": True})
    assert answer(person, act, about_them).why is Why.NAMED


@given(people, st.sampled_from(sorted(MATTER_ACTS)), standings)
def test_nothing_opens_what_was_erased(person: Person, act: Act, matter: Standing) -> None:
    gone = Standing(**{**vars(matter), "erased": True})
    assert answer(person, act, gone).why in {Why.ERASED, Why.NAMED}


@given(people, st.sampled_from(list(Act)), standings)
def test_without_a_role_nothing_is_allowed_but_ones_own_sign_in(
    person: Person, act: Act, matter: Standing
) -> None:
    nobody = Person(person.id)
    found = answer(nobody, act, matter if act in MATTER_ACTS else None)
    assert found.allowed is (act is Act.OWN_SIGN_IN)
    assert found.sentence.endswith(".")


@given(people, st.sampled_from(sorted(MATTER_ACTS)), standings, st.sampled_from(Role))
def test_one_more_role_never_takes_anything_away(
    person: Person, act: Act, matter: Standing, role: Role
) -> None:
    more = Person(
        person.id, person.roles | {role}, person.teams, person.superiors, person.designated
    )
    if answer(person, act, matter).allowed:
        assert answer(more, act, matter).allowed


@given(people, st.sampled_from(sorted(MATTER_ACTS)), standings)
def test_what_was_given_to_answer_opens_no_more_than_a_team_of_ones_own(
    person: Person, act: Act, matter: Standing
) -> None:
    given = Standing(**{**vars(matter), "allocated": True})
    own = Standing(**{**vars(matter), "allocated": False, "teams": frozenset({MINE})})
    managing = Person(
        person.id, person.roles, frozenset({MINE}), person.superiors, person.designated
    )
    assert answer(managing, act, given).allowed is answer(managing, act, own).allowed


@given(people, st.sampled_from(sorted(MATTER_ACTS)), standings)
def test_broken_glass_opens_looking_and_nothing_else(
    person: Person, act: Act, matter: Standing
) -> None:
    closed = Standing(**{**vars(matter), "glass_broken": False})
    broken = Standing(**{**vars(matter), "glass_broken": True})
    if answer(person, act, broken).allowed and not answer(person, act, closed).allowed:
        assert act in (Act.READ, Act.OPEN_FILE)
        assert person.reaches(Act.BREAK_GLASS)


def test_an_act_that_concerns_a_matter_must_be_asked_for_one() -> None:
    with pytest.raises(ValueError, match="say which"):
        answer(Person(1, frozenset({Role.OFFICER})), Act.READ)


def test_nobody_of_the_table_reaches_a_matter_without_a_walls_check() -> None:
    """Every role that reads matters meets the wall of those it reports to."""
    for role in TABLE:
        person = Person(1, frozenset({role}), frozenset({MINE}))
        above = Standing(
            frozenset({MINE}), in_danger=True, named_above=True, given=True, allocated=True
        )
        assert not answer(person, Act.READ, above).allowed, role


@given(standings)
def test_whoever_is_on_duty_takes_an_alert_past_every_wall_but_those_of_the_named(
    matter: Standing,
) -> None:
    duty = Person(1, frozenset({Role.DUTY_TEAM}))
    closed = matter.named or matter.named_above or not matter.in_danger
    assert answer(duty, Act.TAKE_ALERT, matter).allowed is not closed
    walled = matter.unsettled or matter.for_designated
    if walled and not matter.glass_broken:
        assert not answer(duty, Act.READ, matter).allowed
    if walled:
        assert not answer(duty, Act.WRITE, matter).allowed
