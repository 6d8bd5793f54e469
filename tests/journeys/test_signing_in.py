"""From an invitation to the first case, and all that somebody does about their own sign-in."""

import re

import pyotp
import pytest

from portal.cases import accounts, roles
from portal.cases.second_factor import RECOVERY_CODES
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.work import Work
from tests import matters
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.services.smtp_sink import TakenLetter

pytestmark = pytest.mark.service
EMAIL, NAME = "bryony@council.example", "Bryony Tarrant"
ADVOCATE = "mina@advocates.example"
PASSWORD, ANOTHER = "lantern Gravel 9 teapot", "velvet Thimble 4 harbour"


def invite(portal: Portal) -> str:
    """Make an account for a team manager; gives the address of the invitation."""

    def make(work: Work) -> str:
        account = accounts.create(work, NAME, EMAIL, job_title="Team manager")
        work.session.flush()
        roles.give_role(work, account, Role.TEAM_MANAGER, work.today)
        roles.join_team(work, account, Team.FOSTERING, work.today)
        return accounts.invite(work, account)

    return f"/invitation/{portal.act(make)}"


def a_first_case(work: Work) -> str:
    """A case of the team that the invited manager leads; gives its reference."""
    feedback = matters.make_feedback(work)
    matters.make_case(work, feedback).team = Team.FOSTERING
    return feedback.reference


def secret_on(person: Visitor) -> str:
    """The key that the page shows, to be typed by hand."""
    return person.page.locator("p.heard-reference").inner_text().replace(" ", "")


def codes_on(person: Visitor) -> list[str]:
    """The recovery codes of the page."""
    return person.page.locator("#codes li").all_inner_texts()


def give_password(person: Visitor, password: str) -> None:
    """The first of the two factors, on the page that asks for it."""
    person.fill("Email", EMAIL)
    person.page.get_by_label("Password", exact=True).fill(password)
    person.press("Sign in")


def give_code(person: Visitor, code: str, *, status: int = 200) -> None:
    """Enter a code of the app or a recovery code."""
    person.page.get_by_role("textbox", name=re.compile("^Code")).fill(code)
    person.press("Continue", status=status)


def text_of(letter: TakenLetter) -> str:
    """A letter's words."""
    return str(letter.message.get_content())


def join(portal: Portal, person: Visitor) -> tuple[str, list[str]]:
    """Accept an invitation and set up an app; gives its secret and the recovery codes."""
    person.go(invite(portal))
    person.page.get_by_label("New password", exact=True).fill(PASSWORD)
    person.press("Set password and continue")
    secret = secret_on(person)
    give_code(person, pyotp.TOTP(secret).now())
    codes = codes_on(person)
    assert len(codes) == RECOVERY_CODES
    return secret, codes


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (DESK, True)])
def test_from_an_invitation_to_the_first_case(
    web_portal: Portal, visitor: NewVisitor, width: int, scripts: bool
) -> None:
    reference = web_portal.act(a_first_case)
    person = visitor(web_portal, width=width, scripts=scripts)
    person.go(invite(web_portal))
    person.sees(EMAIL)
    person.page.get_by_label("New password", exact=True).fill("Bryony Tarrant 1")
    person.press("Set password and continue", status=422)
    person.sees("easy to guess", "three or four words")
    person.page.get_by_label("New password", exact=True).fill(PASSWORD)
    person.press("Set password and continue")

    assert person.heading() == "Set up your authenticator app"
    secret = secret_on(person)
    assert person.page.get_by_role("img", name="QR code").locator("svg").count() == 1
    person.page.reload()
    assert secret_on(person) == secret
    give_code(person, "000000", status=422)
    person.sees("check that your phone sets its clock by itself")
    assert secret_on(person) == secret
    give_code(person, pyotp.TOTP(secret).now())

    assert person.heading() == "Keep your recovery codes"
    assert len(set(codes_on(person))) == RECOVERY_CODES
    assert person.button("Print this page").is_visible() == scripts
    if scripts:
        person.button("Copy the codes").click()
        person.page.get_by_role("status").filter(has_text="cop").wait_for()
    first = codes_on(person)[0]
    person.page.get_by_role("button", name="I have kept them").click()
    person.page.wait_for_url("**/officers/")
    person.look()
    person.sees(NAME)
    person.sees_not(first)
    person.follow(reference)
    person.sees(f"Case {reference}", matters.STORY)


def test_ones_own_page_with_two_browsers(web_portal: Portal, visitor: NewVisitor) -> None:
    person = visitor(web_portal, width=DESK)
    secret, codes = join(web_portal, person)
    phone = visitor(web_portal)
    phone.page.goto("/account/")
    give_password(phone, PASSWORD)
    give_code(phone, codes[0])
    phone.sees("Your account", "9 recovery codes left")

    person.go("/account/")
    person.sees(NAME, EMAIL, "Team manager", "This browser", "Chrome on Linux", "9 left")
    person.follow("Change authenticator app")
    new_secret = secret_on(person)
    assert new_secret != secret
    give_code(person, pyotp.TOTP(new_secret).now())
    new_codes = codes_on(person)
    assert not set(new_codes) & set(codes)
    person.press("I have kept them")

    person.follow("Change password")
    person.fill("Your password now", "not this one")
    person.page.get_by_label("New password", exact=True).fill(ANOTHER)
    person.press("Change password", status=422)
    person.sees("not your present password")
    person.fill("Your password now", PASSWORD)
    person.page.get_by_label("New password", exact=True).fill(ANOTHER)
    person.press("Change password")
    person.sees("Your password is changed")
    phone.page.goto("/account/")
    assert phone.heading() == "Sign in"
    give_password(phone, ANOTHER)
    give_code(phone, new_codes[0])

    person.page.reload()
    person.press("End all the others")
    person.sees("You are signed in here only")
    phone.page.goto("/account/")
    assert phone.heading() == "Sign in"
    is_told_of_each(web_portal)


def is_told_of_each(portal: Portal) -> None:
    """Every change of a sign-in is told by letter."""
    portal.work_once()
    told = [text_of(letter) for letter in portal.sink.letters]
    for sentence in (
        "One of your recovery codes was used",
        "replaced by another one",
        "Your password was changed.",
    ):
        assert any(sentence in one for one in told), sentence


def test_a_forgotten_password(web_portal: Portal, visitor: NewVisitor) -> None:
    web_portal.account(Role.ADVOCATE, ADVOCATE, "Mina Fairfax")
    person = visitor(web_portal, scripts=False)
    person.go("/sign-in")
    person.follow("I have forgotten my password")
    person.fill("Email", ADVOCATE)
    person.press("Send the link")
    person.sees("Look at your email", "If you have an account")
    web_portal.work_once()
    (letter,) = web_portal.sink.wait_for(1)
    assert letter.recipients == (ADVOCATE,)
    found = re.search(rf"{re.escape(web_portal.url)}(/sign-in/new-password/\S+)", text_of(letter))
    assert found is not None, text_of(letter)

    person.go(found[1])
    person.go(found[1])
    person.page.get_by_label("New password", exact=True).fill(ANOTHER)
    person.press("Set password and continue")
    give_code(person, pyotp.TOTP(matters.AUTHENTICATOR).now())
    assert person.page.url.endswith("/advocates/")
    person.go(found[1], status=410)
    person.sees("This link has ended")
