"""Accounts for invented data: the demo's own sign-ins, and somebody who decided everything."""

from sqlalchemy import select

from portal.cases import accounts
from portal.cases.addresses import email_key
from portal.demo.sign_ins import OFFICER, SignIn
from portal.records.account import Account, Role
from portal.work import Work

INVENTED_OFFICER = "invented.officer@demo.invalid"


def decider(work: Work) -> Account:
    """The account that decides on invented feedback: an officer, or one that nobody can use.

    Outside the demo no account with a known password may come to be, so the made one is ended
    before it begins.
    """
    officers = select(Account).where(Account.role == Role.OFFICER).order_by(Account.id)
    if work.settings.demo:
        return open_for(work, OFFICER)
    found = work.session.scalar(officers.limit(1))
    if found is None:
        found = accounts.create(work, Role.OFFICER, "Invented officer", INVENTED_OFFICER)
        found.active = False
        work.session.flush()
    return found


def open_for(work: Work, person: SignIn) -> Account:
    """The demo account of a person, made when it is not there yet.

    Raises:
        RuntimeError: this is no demo, so nobody gets a password that is printed in the code.
    """
    if not work.settings.demo:
        raise RuntimeError("Demo accounts are made only where HEARD_DEMO=1.")
    wanted = select(Account).where(Account.email_key == email_key(person.email))
    account = work.session.scalar(wanted)
    if account is None:
        account = accounts.create(work, person.role, person.name, person.email, person.organisation)
        accounts.set_password(work, account, person.password)
        work.session.flush()
    return account
