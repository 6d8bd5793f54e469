"""Administrators and advocacy leads at work: everything shown before it happens, every page looked
at on a phone and on a desk."""

import re

import pytest
from sqlalchemy import select

from portal import clock
from portal.access.person import person_of
from portal.cases import advocacy, roles
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.case import Case
from portal.records.retention_years import RetentionYears
from portal.work import Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import letters_after_work, text_of
from tests.journeys.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.service
ADMIN, MANAGER = "ada@council.example", "cass@council.example"
OLIVE, PERRY = "olive@council.example", "perry@council.example"
LENA, SAM, ALEX = (f"{name}@advocates.example" for name in ("lena", "sam", "alex"))
NEW = "noor.ellis@council.example"
LIST = """Name,E-mail,Job title,Manager's e-mail
Asha Brook,asha@council.example,Head of service,
Ben Carr,ben@council.example,Social worker,{manager}
"""


def sit_down(portal: Portal, visitor: NewVisitor, width: int = DESK) -> Visitor:
    """An administrator who is signed in, and a complaints manager without whom nothing works."""
    portal.account(Role.ADMINISTRATOR, ADMIN, "Ada Minton")
    portal.account(Role.COMPLAINTS_MANAGER, MANAGER, "Cass Mallory")
    administrator = visitor(portal, width=width)
    administrator.page.goto("/administration/")
    administrator.sign_in(ADMIN)
    return administrator


def account_of(work: Work, email: str) -> Account:
    return next(one for one in work.session.scalars(select(Account)) if one.email == email)


def standing(email: str) -> tuple[set[Role], set[Team]]:
    """Somebody's roles and teams of today, as their rights are asked; inside the application."""
    account = next(one for one in db.session.scalars(select(Account)) if one.email == email)
    person = person_of(db.session(), account, clock.today(), "")
    return set(person.roles), set(person.teams)


def tick(visitor: Visitor, name: str, value: str) -> None:
    visitor.page.locator(f"input[name={name}][value={value}]").check()


def open_person(visitor: Visitor, name: str) -> None:
    """Find somebody by part of their name and open their page."""
    visitor.page.goto("/administration/")
    visitor.fill("Any part of a name", name.split()[-1].lower())
    visitor.press("Show", look=False)
    # The signed-in person's own name stands above the page as well.
    with visitor.page.expect_navigation():
        visitor.page.locator("tbody").get_by_role("link", name=name).click()
    visitor.look()
    assert visitor.heading() == name


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_new_is_added_seen_in_the_list_and_written_to(
    web_portal: Portal, visitor: NewVisitor, scripts: bool
) -> None:
    web_portal.account(Role.ADMINISTRATOR, ADMIN, "Ada Minton")
    administrator = visitor(web_portal, width=PHONE, scripts=scripts)
    administrator.page.goto("/administration/")
    administrator.sign_in(ADMIN)
    administrator.press("Add a person")
    administrator.press("Continue", status=422)
    administrator.sees("There is a problem", "Enter the name", "Choose whether they will sign in")
    administrator.fill("Name", "Noor Ellis")
    administrator.fill("E-mail address", NEW)
    for name, value in (("signs_in", "yes"), ("roles", "team_manager"), ("teams", "fostering")):
        tick(administrator, name, value)
    administrator.press("Continue")
    administrator.sees(
        "Add Noor Ellis", "Role: team manager, from", "Team: Fostering",
        "for the cases of Fostering", f"An invitation goes to {NEW} today.",
    )  # fmt: skip
    administrator.press("Change something")
    administrator.fill("Job title", "Team manager")
    administrator.press("Continue", look=False)
    administrator.press("Add and invite")
    administrator.sees("Noor Ellis is on the list.", "Invited", "Team manager, since")
    (letter,) = letters_after_work(web_portal)
    assert letter.recipients == (NEW,)
    link = re.search(r"https?://\S+/invitation/\S+", text_of(letter))
    assert link is not None
    invited = visitor(web_portal, width=PHONE)
    invited.go(link[0].removeprefix(web_portal.url))


def test_a_staff_list_is_checked_line_by_line(web_portal: Portal, visitor: NewVisitor) -> None:
    administrator = sit_down(web_portal, visitor)
    administrator.press("Add a staff list")
    administrator.fill("Paste the list", LIST.format(manager="nobody@council.example"))
    administrator.press("Check the list", status=422)
    administrator.sees("Put right the line below.", "neither in this list nor there yet")
    administrator.fill("Paste the list", LIST.format(manager="asha@council.example"))
    administrator.press("Check the list")
    administrator.sees("2 people are added to the staff list", "Ben Carr", "Social worker")
    administrator.press("Add them")
    administrator.sees("2 people are added.")
    open_person(administrator, "Ben Carr")
    administrator.sees("Does not sign in", "Asha Brook")


def test_roles_and_teams_are_given_and_ended_with_what_that_means(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    administrator = sit_down(web_portal, visitor)
    web_portal.account(Role.TEAM_MANAGER, "bryony@council.example", "Bryony Tarrant")
    open_person(administrator, "Bryony Tarrant")
    administrator.follow("Put into a team")
    administrator.page.locator("select[name=team]").select_option("adoption")
    administrator.press("Continue")
    administrator.sees("Bryony Tarrant will be in Adoption", "They will be able to")
    administrator.press("Put them into the team")
    administrator.follow("Give a role")
    administrator.choose("Auditor")
    administrator.press("Continue", status=422)
    administrator.sees("An administrator or an auditor has no other role")
    administrator.choose("Investigating officer")
    administrator.press("Continue")
    administrator.sees("will be an investigating officer from", "opened to them for a time")
    administrator.press("Give the role")
    administrator.follow("End Team manager")
    administrator.choose("At once")
    administrator.press("Continue")
    administrator.sees("will no longer be a team manager, at once", "for the cases of Adoption")
    administrator.press("End the role")
    administrator.follow("Roles")
    administrator.sees("Investigating officer", "Today: Bryony Tarrant")
    administrator.follow("Teams")
    administrator.follow("Adoption")
    administrator.sees("Bryony Tarrant, since")
    administrator.follow("Organisations")
    in_force, teams = web_portal.ask(lambda: standing("bryony@council.example"))
    assert in_force == {Role.INVESTIGATOR}
    assert teams == {Team.ADOPTION}


def test_the_last_complaints_manager_stays(web_portal: Portal, visitor: NewVisitor) -> None:
    administrator = sit_down(web_portal, visitor, PHONE)
    open_person(administrator, "Cass Mallory")
    administrator.follow("End Complaints manager")
    administrator.choose("At once")
    administrator.press("Continue", status=409)
    administrator.sees("There is a problem", "This is the only complaints manager.")
    open_person(administrator, "Cass Mallory")
    administrator.follow("They leave")
    administrator.press("Continue", status=409)
    administrator.sees("This is the only complaints manager.")
    open_person(administrator, "Ada Minton")
    administrator.sees("This is you.")
    administrator.sees_not("They leave", "Give a role")
    assert web_portal.ask(lambda: standing(MANAGER)) == ({Role.COMPLAINTS_MANAGER}, set())


def test_a_leaver_is_out_at_once_and_a_colleague_has_the_case(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    administrator = sit_down(web_portal, visitor)
    web_portal.account(Role.OFFICER, OLIVE, "Olive Dray")
    web_portal.account(Role.OFFICER, PERRY, "Perry Holt")

    def a_case(work: Work) -> int:
        case = matters.make_case(work, matters.make_feedback(work))
        case.officer_id = account_of(work, OLIVE).id
        work.session.flush()
        return case.id

    case_id = web_portal.act(a_case)
    olive = visitor(web_portal, width=DESK)
    olive.page.goto("/officers/")
    olive.sign_in(OLIVE, look=False)
    open_person(administrator, "Olive Dray")
    administrator.follow("They leave")
    administrator.sees("1 open case with them as the named officer")
    administrator.press("Continue", status=409)
    administrator.sees("Choose somebody of the complaints team who takes over")
    administrator.page.locator("select[name=successor]").select_option(label="Perry Holt")
    administrator.press("Continue")
    administrator.sees("Olive Dray leaves today", "Perry Holt takes over 1 open case.")
    olive.go("/officers/")
    administrator.press("End their account")
    administrator.sees("Olive Dray has left.", "Left on")
    olive.page.goto("/officers/")
    assert "/sign-in" in olive.page.url
    perry = web_portal.act(lambda work: account_of(work, PERRY).id)
    assert web_portal.ask(lambda: db.session.get_one(Case, case_id).officer_id) == perry


def test_a_lead_invites_an_advocate_and_hands_a_leavers_young_people_on(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    web_portal.account(Role.ADVOCACY_LEAD, LENA, "Lena Hollis")
    web_portal.account(Role.ADVOCATE, SAM, "Sam Sample")
    web_portal.account(Role.ADVOCATE, ALEX, "Alex Sample")

    def follow(work: Work) -> str:
        feedback = matters.make_feedback(work)
        advocacy.join(work, account_of(work, SAM).id, feedback, matters.AGREED)
        return feedback.reference

    reference = web_portal.act(follow)
    lead = visitor(web_portal, width=PHONE)
    lead.page.goto("/advocates/organisation")
    lead.sign_in(LENA)
    lead.press("Invite an advocate")
    lead.fill("Name", "Noor Ellis")
    lead.fill("E-mail address", "noor@advocates.example")
    lead.press("Continue")
    lead.sees("They become an advocate of Brightside Advocacy.")
    lead.press("Send the invitation")
    lead.sees("Noor Ellis", "Invited")
    (letter,) = letters_after_work(web_portal)
    assert letter.recipients == ("noor@advocates.example",)
    lead.follow("Sam Sample")
    lead.sees("Young people they follow: 1")
    lead.sees_not(matters.STORY, "Robin", reference)
    lead.follow("They leave")
    lead.page.locator("select[name=successor]").select_option(label="Alex Sample")
    lead.press("Continue")
    lead.sees("Alex Sample follows 1 young person in their place.")
    lead.press("End their account")
    lead.sees("Sam Sample has left.")
    lead.follow("Alex Sample")
    lead.sees("Young people they follow: 1")


def test_a_team_outlives_its_members(web_portal: Portal, visitor: NewVisitor) -> None:
    administrator = sit_down(web_portal, visitor)
    web_portal.account(Role.TEAM_MANAGER, "bryony@council.example", "Bryony Tarrant")

    def join(work: Work) -> None:
        bryony = account_of(work, "bryony@council.example")
        roles.join_team(work, bryony, Team.FOSTERING, matters.SINCE)

    web_portal.act(join)
    administrator.go("/administration/teams/fostering")
    administrator.follow("End for Bryony Tarrant")
    administrator.choose("At once")
    administrator.press("Continue", look=False)
    administrator.press("End it", look=False)
    administrator.go("/administration/teams/fostering")
    administrator.sees("Nobody is in this team.", "Earlier", "Bryony Tarrant, 1 January 2020 to")
    assert web_portal.ask(lambda: standing("bryony@council.example")) == (
        {Role.TEAM_MANAGER},
        set(),
    )


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_years_are_set_for_a_later_day_and_taken_back(
    web_portal: Portal, visitor: NewVisitor, width: int
) -> None:
    administrator = sit_down(web_portal, visitor, width)
    administrator.go("/administration/retention")
    administrator.sees("These are the years of the council’s file.", "Compliment", "2 years")
    administrator.press("Set other years")
    administrator.fill("Compliment", "1")
    administrator.fill("The Ombudsman looked at it", "0")
    administrator.press("Continue", status=422)
    administrator.sees("Enter a whole number from 1 to 100", "Write why these years are right")
    administrator.fill("The Ombudsman looked at it", "12")
    administrator.fill("Why these years", "Our retention schedule.")
    administrator.press("Continue")
    administrator.sees("Compliment: 1 year, instead of 2 years.", "Within 90 days, by")
    administrator.press("Set these years")
    administrator.sees("The years are set.", "Our retention schedule.", "by Ada Minton")
    administrator.follow("Take back")
    administrator.sees("Compliment: 2 years, instead of 1 year.")
    administrator.press("Take them back")
    administrator.sees("These years are taken back.", "Nothing.")
    rows = select(RetentionYears)
    kept = web_portal.ask(
        lambda: [(row.years["compliment"], row.taken_back_at is not None)
                 for row in db.session.scalars(rows)]
    )  # fmt: skip
    assert kept == [(1, True)]
