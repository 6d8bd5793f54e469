"""Who is acting, as far as rights go: for acts that reach from one matter to another."""

from sqlalchemy import ColumnElement, false

from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person, person_of
from portal.cases.addresses import email_key
from portal.records.account import Account
from portal.work import Work


def actor(work: Work) -> Person | None:
    """The signed-in person who acts; None for the public and for processes."""
    if work.who.account_id is None:
        return None
    account = work.session.get_one(Account, work.who.account_id)
    return person_of(work.session, account, work.today, email_key(work.council.designated_officer))


def signed_in_id(work: Work) -> int:
    """Give the account that acts, for acts that only somebody who is signed in does."""
    assert work.who.account_id is not None, "Only somebody who is signed in does this."
    return work.who.account_id


def visible_to_actor(work: Work, act: Act = Act.READ) -> ColumnElement[bool]:
    """The condition on `feedback` for what the acting person may see; nothing for nobody."""
    person = actor(work)
    if person is None:
        return false()
    return permission.visible(person, act, work.today, work.now)
