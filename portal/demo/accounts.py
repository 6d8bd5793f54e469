"""Accounts for invented data: the demo's own sign-ins, and somebody who decided everything."""

from datetime import date

from sqlalchemy import select

from portal.cases import accounts, organisations, roles
from portal.cases.addresses import email_key
from portal.demo.sign_ins import AUTHENTICATOR, EVERYBODY, OFFICER, SignIn
from portal.records.account import Account, Role
from portal.work import Work

INVENTED_OFFICER = "invented.officer@demo.invalid"
INVENTED_SECOND = "invented.second.officer@demo.invalid"
# Long before the oldest invented case, so that who decided it could.
SINCE = date(2015, 4, 1)


def decider(work: Work) -> Account:
    """The account that decides on invented feedback: an officer, or one that nobody can use.

    Outside the demo no account with a known password may come to be, so the made one is ended
    before it begins.
    """
    if work.settings.demo:
        return open_for(work, OFFICER)
    officers = roles.holders(work.session, {Role.OFFICER, Role.COMPLAINTS_MANAGER}, work.today)
    return officers[0] if officers else _unusable(work, "Invented officer", INVENTED_OFFICER)


def second_officer(work: Work) -> Account:
    """The account that agrees to what the first decided: one that nobody can use."""
    return _unusable(work, "Invented second officer", INVENTED_SECOND)


def _unusable(work: Work, name: str, email: str) -> Account:
    known = find(work, email)
    if known is None:
        known = accounts.create(work, name, email)
        known.active = False
        work.session.flush()
    return known


def open_everybody(work: Work) -> None:
    """Make every account of the demo that is not there yet."""
    for person in EVERYBODY:
        open_for(work, person)


def open_for(work: Work, person: SignIn) -> Account:
    """The demo account of a person, made when it is not there yet.

    Raises:
        RuntimeError: this is no demo, so nobody gets a password that is printed in the code.
    """
    if not work.settings.demo:
        raise RuntimeError("Demo accounts are made only where HEARD_DEMO=1.")
    return find(work, person.email) or _make(work, person)


def find(work: Work, email: str) -> Account | None:
    """The account of an address."""
    return work.session.scalar(select(Account).where(Account.email_key == email_key(email)))


def _make(work: Work, person: SignIn) -> Account:
    boss = next((one for one in EVERYBODY if one.email == person.reports_to), None)
    made_in = person.organisation and organisations.find_or_create(work, person.organisation)
    if made_in:
        work.session.flush()
    account = accounts.create(
        work,
        person.name,
        person.email,
        job_title=person.job_title,
        organisation=made_in or None,
        reports_to=open_for(work, boss) if boss is not None else None,
    )
    accounts.set_password(work, account, person.password)
    account.totp_secret = AUTHENTICATOR
    account.totp_confirmed_at = work.now
    work.session.flush()
    roles.give_role(work, account, person.role, SINCE)
    for team in person.teams:
        roles.join_team(work, account, team, SINCE)
    return account
