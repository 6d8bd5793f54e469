"""Breaking the glass: opening a closed matter in an emergency, with a reason, and seen at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.cases import named_persons, roles, throttling
from portal.cases.addresses import email_key
from portal.cases.linking import find_by_reference
from portal.cases.tokens import make_public_id
from portal.correspondence import outbox
from portal.errors import Refused
from portal.records.account import Account, Role
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.wall import GlassBreak
from portal.work import Who, Work, begin_work

OPEN_FOR = timedelta(hours=4)
SHORTEST_REASON = 20


class CannotOpen(Refused):
    """No such matter, or one that stays closed to this person: one answer for both."""

    message = (
        "Nothing with this reference can be opened by you in this way. Check the reference. If "
        "somebody is in danger now, ring the complaints team or the out-of-hours number."
    )


@dataclass(frozen=True)
class Broken:
    """One broken glass, by whom, and of what."""

    glass: GlassBreak
    account: Account
    feedback: Feedback


def break_glass(person: Person, reference: str, reason: str) -> str:
    """Open a matter to somebody for a few hours, and tell the complaints manager.

    Opens its own acts, because a try that finds nothing is counted and recorded as well.

    Args:
        person: who asks; their role must let them.
        reference: as typed.
        reason: why now; at least a short sentence.

    Returns:
        The matter's public id. Where it was open to them anyway, nothing is broken.

    Raises:
        CannotOpen: there is nothing, or it is about them.
        TooManyTries: too many references that opened nothing.
    """
    who, key = Who("staff", person.id), f"glass {person.id}"
    with begin_work(who) as work:
        throttling.check(work, key)
        feedback = find_by_reference(work.session, reference)
        # Asked for nothing as well: the time must not tell what is closed from what is not there.
        closed = _stays_closed(work, person, feedback)
        if feedback is not None and not closed:
            throttling.succeeded(work, key)
            if not _open_anyway(work, person, feedback):
                _break(work, person, feedback, reason)
            return feedback.public_id
    with begin_work(who) as work:
        throttling.failed(work, key)
        audit.note(work, "glass_break_failed", work.session.get(Account, person.id))
    raise CannotOpen


def unseen(session: Session) -> list[Broken]:
    """Every broken glass that no complaints manager has looked at, the oldest first."""
    return _broken(session, only_unseen=True)


def latest(session: Session, most: int = 100) -> list[Broken]:
    """The last broken glasses, the newest first."""
    return _broken(session, only_unseen=False)[::-1][:most]


def mark_seen(work: Work, glass: GlassBreak) -> None:
    """A complaints manager has looked at it."""
    if glass.seen_at is None:
        glass.seen_at = work.now
        glass.seen_by_id = work.who.account_id
        audit.note(work, "glass_break_seen", work.session.get(Feedback, glass.feedback_id))


def _stays_closed(work: Work, person: Person, feedback: Feedback | None) -> bool:
    """Never to those whom it is about, linked or only named in what the person wrote."""
    about = named_persons.linked(work.session, feedback.id if feedback is not None else 0)
    name = work.session.scalar(select(Account.name).where(Account.id == person.id)) or ""
    if feedback is None or any(one.account.id == person.id for one in about):
        return True
    return named_persons.perhaps_means(feedback, name)


def _open_anyway(work: Work, person: Person, feedback: Feedback) -> bool:
    found = permission.may(work.session, person, Act.READ, feedback.id, work.today, work.now)
    return found.allowed


def _break(work: Work, person: Person, feedback: Feedback, reason: str) -> None:
    glass = GlassBreak(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        account_id=person.id,
        reason=reason.strip(),
        at=work.now,
        ends_at=work.now + OPEN_FOR,
    )
    work.session.add(glass)
    audit.note(work, "glass_broken", feedback)
    name = work.session.get_one(Account, person.id).name
    link = f"{work.settings.public_url}/officers/glass"
    for account in _whom_to_tell(work, feedback):
        facts = {"who": name, "link": link}
        outbox.post_to(work, LetterKind.GLASS_BROKEN, account.email, facts)


def _whom_to_tell(work: Work, feedback: Feedback) -> Iterable[Account]:
    """The complaints managers whom it is not about; for what is the designated officer's, them."""
    about = named_persons.linked(work.session, feedback.id)
    if any(one.named.for_designated for one in about):
        key = email_key(work.council.designated_officer)
        wanted = select(Account).where(Account.email_key == key, Account.active)
        designated = work.session.scalars(wanted).all()
        # Where the council's file names nobody who is here, somebody must learn of it all the same:
        # the letter says who, and not what it is about.
        if designated:
            return designated
    ids = {one.account.id for one in about}
    managers = roles.holders(work.session, {Role.COMPLAINTS_MANAGER}, work.today)
    return [account for account in managers if account.id not in ids]


def _broken(session: Session, *, only_unseen: bool) -> list[Broken]:
    wanted = (
        select(GlassBreak, Account, Feedback)
        .join(Account, Account.id == GlassBreak.account_id)
        .join(Feedback, Feedback.id == GlassBreak.feedback_id)
        .order_by(GlassBreak.id)
    )
    if only_unseen:
        wanted = wanted.where(GlassBreak.seen_at.is_(None))
    return [Broken(*row) for row in session.execute(wanted)]
