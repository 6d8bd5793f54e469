"""Organisations outside the council: advocacy providers, found by name and made once."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import sign_ins
from portal.cases.addresses import name_key
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.account import Account
from portal.records.organisation import Organisation
from portal.work import Work


class NameTaken(Refused):
    """Two organisations of one name could not be told apart."""

    message = "There is an organisation with this name already."
    status = 409


def create(work: Work, name: str) -> Organisation:
    """Put an organisation on the list.

    Raises:
        NameTaken: there is one of that name.
    """
    if find(work.session, name) is not None:
        raise NameTaken
    organisation = Organisation(
        public_id=make_public_id(),
        name=name.strip(),
        name_key=name_key(name),
        created_at=work.now,
    )
    work.session.add(organisation)
    audit.note(work, "organisation_created", organisation)
    return organisation


def find(session: Session, name: str) -> Organisation | None:
    """The organisation of a name, however it is spaced and capitalised."""
    return session.scalar(select(Organisation).where(Organisation.name_key == name_key(name)))


def all_of_them(session: Session) -> list[Organisation]:
    """Every organisation, those that stand first, by name."""
    found = session.scalars(select(Organisation)).all()
    return sorted(found, key=lambda one: (not one.active, one.name.casefold()))


def find_or_create(work: Work, name: str) -> Organisation:
    """The organisation of a name, made when it is not there yet."""
    return find(work.session, name) or create(work, name)


def rename(work: Work, organisation: Organisation, name: str) -> None:
    """Give an organisation another name.

    Raises:
        NameTaken: another one has it.
    """
    known = find(work.session, name)
    if known is not None and known.id != organisation.id:
        raise NameTaken
    organisation.name = name.strip()
    organisation.name_key = name_key(name)
    audit.note(work, "organisation_renamed", organisation, ["name"])


def end(work: Work, organisation: Organisation) -> None:
    """End what its people may do, from this commit on, and their sign-ins."""
    organisation.active = False
    for account in people(work.session, organisation):
        sign_ins.end_all(work, account)
    audit.note(work, "organisation_ended", organisation)


def open_again(work: Work, organisation: Organisation) -> None:
    """Let its people do again what their roles say."""
    organisation.active = True
    audit.note(work, "organisation_opened_again", organisation)


def people(session: Session, organisation: Organisation) -> list[Account]:
    """Its people who have not left, by name."""
    wanted = select(Account).where(
        Account.organisation_id == organisation.id, Account.active, Account.left_on.is_(None)
    )
    return sorted(session.scalars(wanted), key=lambda account: account.name.casefold())


def sizes(session: Session) -> dict[int, int]:
    """How many people each organisation has, by its key; those without any are left out."""
    counted = (
        select(Account.organisation_id, func.count())
        .where(Account.organisation_id.is_not(None), Account.active, Account.left_on.is_(None))
        .group_by(Account.organisation_id)
    )
    return {key: count for key, count in session.execute(counted) if key is not None}
