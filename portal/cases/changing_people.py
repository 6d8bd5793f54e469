"""What an administrator changes about somebody besides roles and teams."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import (
    field_changes,
    inviting,
    reporting_lines,
    roles,
    second_factor,
    sign_in_notices,
    sign_ins,
)
from portal.cases.accounts import EmailTaken, NotAnAddress
from portal.cases.addresses import email_key, plain_email
from portal.errors import Refused
from portal.records.account import Account
from portal.work import Work

NEW_ADDRESS = (
    "An administrator changed the e-mail address of your sign-in. The earlier address no longer "
    "works for signing in."
)
FACTOR_TAKEN = (
    "An administrator took your second factor away. You set up a new one when you next sign in."
)


class NotOwn(Refused):
    """Something that nobody does to themself here."""

    title = "You cannot do this to yourself"
    status = 403


class NobodyThere(Refused):
    """No account has the address that was given for a manager."""

    message = "Nobody on the staff list has this e-mail address. Add the manager first."


class DesignatedAddress(Refused):
    """The address of the council's file opens cases, so an administrator cannot take it."""

    message = (
        "The council’s file names this address for cases about the complaints team. An "
        "administrator or an auditor cannot have it."
    )


@dataclass(frozen=True)
class Details:
    """What stands on the staff list about somebody; `manager_email` is empty at the top."""

    name: str
    email: str
    job_title: str = ""
    manager_email: str = ""


def change(work: Work, account: Account, new: Details) -> tuple[str, ...]:
    """Change what stands on the list about somebody.

    Args:
        work: the open act.
        account: whose.
        new: what shall stand there, changed or not.

    Returns:
        The names of the fields that are different now.

    Raises:
        NotAnAddress, EmailTaken, DesignatedAddress, NobodyThere, ManagerRefused.
    """
    before = _as_listed(work.session, account)
    fields = []
    if new.name.strip() != account.name:
        account.name = new.name.strip()
        fields.append("name")
    if (new.job_title.strip() or None) != account.job_title:
        account.job_title = new.job_title.strip() or None
        fields.append("job_title")
    manager = manager_of(work.session, new.manager_email)
    if (manager.id if manager else None) != account.reports_to_id:
        reporting_lines.set_manager(work, account, manager)
        fields.append("reports_to")
    if _change_email(work, account, new.email):
        fields.append("email")
    if fields:
        after = _as_listed(work.session, account)
        for field in fields:
            field_changes.keep(work, account, field, before[field], after[field])
        audit.note(work, "account_changed", account, fields)
    return tuple(fields)


def manager_of(session: Session, email: str) -> Account | None:
    """The manager whose address was typed; None where nothing was.

    Raises:
        NobodyThere: nobody has it.
    """
    if not email.strip():
        return None
    found = by_email(session, email)
    if found is None:
        raise NobodyThere
    return found


def by_email(session: Session, email: str) -> Account | None:
    """Whoever has an address."""
    return session.scalar(select(Account).where(Account.email_key == email_key(email)))


def reset_second_factor(work: Work, account: Account) -> None:
    """Take somebody's second factor away, because their phone and their codes are lost.

    Raises:
        NotOwn: one's own is changed on one's own page, where it is asked for first.
    """
    _check_not_own(work, account)
    second_factor.reset(work, account)
    sign_in_notices.tell(work, account, FACTOR_TAKEN)


def end_sign_ins(work: Work, account: Account) -> int:
    """Sign somebody out everywhere.

    Returns:
        How many sign-ins were ended.

    Raises:
        NotOwn: one's own are ended on one's own page.
    """
    _check_not_own(work, account)
    return sign_ins.end_all(work, account)


def _as_listed(session: Session, account: Account) -> dict[str, str | None]:
    """What stands on the list about somebody, by the names of the fields."""
    return {
        "name": account.name,
        "email": account.email,
        "job_title": account.job_title,
        "reports_to": field_changes.named(session, account.reports_to_id),
    }


def _check_not_own(work: Work, account: Account) -> None:
    if work.who.account_id == account.id:
        raise NotOwn("Use “Your sign-in” for your own second factor and sign-ins.")


def _change_email(work: Work, account: Account, email: str) -> bool:
    address = plain_email(email)
    if address == account.email:
        return False
    if not address or not all(address.partition("@")[::2]):
        raise NotAnAddress
    if by_email(work.session, address) is not None:
        raise EmailTaken
    mine = roles.roles_between(work.session, account.id, work.today, None)
    if mine & roles.ALONE and email_key(address) == email_key(work.council.designated_officer):
        raise DesignatedAddress
    if account.password_hash is not None:
        # To the earlier address as well: whoever reads there must learn that it ended.
        sign_in_notices.tell(work, account, NEW_ADDRESS)
    account.email, account.email_key = address, email_key(address)
    # A link that lies at the earlier address opens nothing any more.
    account.reset_key = None
    if account.password_hash is not None:
        sign_in_notices.tell(work, account, NEW_ADDRESS)
    elif account.invitation_key is not None:
        inviting.send(work, account)
    return True
