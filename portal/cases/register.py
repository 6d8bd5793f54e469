"""The register of investigating officers, independent persons and panel members."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import roles
from portal.cases.acting import signed_in_id
from portal.cases.points import ChangedMeanwhile
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.register_entry import RatePer, RegisterEntry
from portal.work import Work

ROLES = (Role.INVESTIGATOR, Role.INDEPENDENT_PERSON, Role.PANEL_MEMBER)
LONGEST_WORDS = 5_000
MOST_PENCE = 10_000_000


@dataclass(frozen=True)
class Listed:
    """Somebody of the register: their roles, what is known of them, and how many cases they had
    and have."""

    account: Account
    roles: tuple[Role, ...]
    entry: RegisterEntry | None
    cases: int


@dataclass(frozen=True)
class Known:
    """What is written down of somebody."""

    skills: str
    conflicts: str
    rate_pence: int | None
    rate_per: RatePer | None
    dbs_on: date | None


def listed(session: Session, today: date) -> list[Listed]:
    """Everybody who has one of the roles today, by name.

    Args:
        session: any session.
        today: roles are dated.
    """
    held: dict[int, list[Role]] = {}
    found: dict[int, Account] = {}
    for role in ROLES:
        for account in roles.holders(session, {role}, today):
            found[account.id] = account
            held.setdefault(account.id, []).append(role)
    return about(session, found.values(), held)


def about(
    session: Session, people: Iterable[Account], held: Mapping[int, Sequence[Role]]
) -> list[Listed]:
    """What is known of some people, by name.

    Args:
        session: any session.
        people: who they are; somebody without an entry has none.
        held: their roles of the register, by the account's key.
    """
    found = sorted(people, key=lambda account: account.name.casefold())
    if not found:
        return []
    cases = select(func.count(Appointment.case_id.distinct())).where(
        Appointment.account_id == Account.id
    )
    wanted = (
        select(Account.id, RegisterEntry, cases.correlate(Account).scalar_subquery())
        .outerjoin(RegisterEntry, RegisterEntry.account_id == Account.id)
        .where(Account.id.in_([one.id for one in found]))
    )
    known = {key: (entry, many) for key, entry, many in session.execute(wanted)}
    return [Listed(one, tuple(held.get(one.id, ())), *known[one.id]) for one in found]


def find(session: Session, public_id: str, today: date) -> Listed | None:
    """Somebody of the register by the public id of their account; None for anybody else."""
    return next((one for one in listed(session, today) if one.account.public_id == public_id), None)


def keep(work: Work, one: Listed, known: Known, version: int) -> RegisterEntry:
    """Write down what is known of somebody.

    Args:
        work: the open act.
        one: somebody of the register.
        known: all of it.
        version: which version was seen, 0 for none.

    Raises:
        ChangedMeanwhile: a colleague has written since.
    """
    wanted = select(RegisterEntry).where(RegisterEntry.account_id == one.account.id)
    entry = work.session.scalar(wanted.with_for_update())
    if version != (entry.version if entry is not None else 0):
        raise ChangedMeanwhile
    if entry is None:
        entry = RegisterEntry(account_id=one.account.id)
        work.session.add(entry)
    entry.skills = known.skills.strip() or None
    entry.conflicts = known.conflicts.strip() or None
    entry.rate_pence, entry.rate_per, entry.dbs_on = known.rate_pence, known.rate_per, known.dbs_on
    entry.changed_at, entry.changed_by_id = work.now, signed_in_id(work)
    fields = ["skills", "conflicts", "rate_pence", "rate_per", "dbs_on"]
    audit.note(work, "register_entry_kept", one.account, fields)
    return entry
