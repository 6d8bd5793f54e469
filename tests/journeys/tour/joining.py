"""The stops of those who come by a link, and of an advocate who joins a young person's matter."""

import pyotp

from portal.cases import accounts, password_resets, referring, roles
from portal.cases.tokens import make_token, token_key
from portal.cases.tracking import make_link
from portal.demo.sign_ins import TO_BE_JOINED
from portal.records.account import Role
from portal.work import COMMAND, Work, begin_work
from tests import matters
from tests.journeys.tour.guide import Guide
from tests.journeys.tour.world import World

NAME, EMAIL = "Bryony Sampleton", "bryony@people.example"


def invited(world: World, guide: Guide) -> None:
    """From an invitation to the recovery codes, with a weak password and a wrong code first."""
    with world.app.app_context(), begin_work(COMMAND) as work:
        token = _invite(work)
    guide.go("sign-in-invitation", f"/invitation/{token}")
    box = guide.page.get_by_label("New password", exact=True)
    box.fill(NAME)
    guide.press("Set password and continue")
    guide.stop("error-sign-in-invitation", first=False)
    box.fill(matters.PASSWORD)
    guide.press("Set password and continue")
    guide.stop("sign-in-set-up")
    secret = guide.page.locator("p.heard-reference").inner_text().replace(" ", "")
    for code in ("000000", pyotp.TOTP(secret).now()):
        guide.page.get_by_role("textbox").first.fill(code)
        guide.press("Continue")
        name = "error-sign-in-set-up" if code == "000000" else "sign-in-recovery-codes"
        guide.stop(name, first=code != "000000")


def linked(world: World, guide: Guide) -> None:
    """From the link of a receipt to the new secret words."""
    with world.app.app_context(), begin_work(COMMAND) as work:
        token = make_link(work, matters.make_feedback(work))
    guide.go("track-link", f"/track/link/{token}")
    guide.press("Open it now")
    guide.stop("track-words")


def asked(world: World, guide: Guide) -> None:
    """The links of letters: a provider's answer to a referral, and a new password."""
    with world.app.app_context(), begin_work(COMMAND) as work:
        referral, reset = make_token(), make_token()
        feedback = matters.make_feedback(work, "Sky Sample")
        work.session.flush()
        referring.refer(work, feedback).token_key = token_key(referral, referring.PURPOSE)
        account = accounts.create(work, NAME, f"again.{EMAIL}")
        work.session.flush()
        account.reset_key = token_key(reset, password_resets.PURPOSE)
        account.reset_ends_at = work.now + password_resets.LINK_LIVES
    guide.go("advocacy-referral", f"/advocates/referral/{referral}")
    guide.press("Send this answer")
    guide.stop("error-advocacy-referral", first=False)
    guide.go("sign-in-new-password", f"/sign-in/new-password/{reset}")
    guide.press("Set password and continue")
    guide.stop("error-sign-in-new-password", first=False)


def joined(world: World, guide: Guide) -> None:
    """An advocate joins with a young person's number and words, wrong ones first."""
    page = guide.page
    page.goto("/advocates/join")
    for words in ("not the right words", TO_BE_JOINED.words):
        page.locator("input[name=reference]").fill(TO_BE_JOINED.reference)
        page.locator("input[name=words]").fill(words)
        guide.press("Continue")
        wrong = words != TO_BE_JOINED.words
        guide.stop("error-advocate-join" if wrong else "advocate-confirm", first=not wrong)


def _invite(work: Work) -> str:
    account = accounts.create(work, NAME, EMAIL, job_title="Team manager")
    work.session.flush()
    roles.give_role(work, account, Role.TEAM_MANAGER, work.today)
    return accounts.invite(work, account)
