"""Who must not see a letter, asked before it leaves: its names are held against what was said.

A letter that would go to such a person is withheld, and an officer looks at it. A manager may let
it go past the rule, as any other (`cases/overriding.py`).
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.columns import keyed_hash
from portal.correspondence import contact_rules
from portal.correspondence.letters import FACTS
from portal.correspondence.one_use_links import without_links
from portal.correspondence.safe_contact import Route, roles_of, usable
from portal.matter_rows import PARTIES
from portal.procedures.unwanted_reader import Reader, must_not_see
from portal.records.account import Account
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.safe_contact_rule import SafeContactRule
from portal.work import Work

MUST_NOT_SEE = "must_not_see"
"""The code of a letter that was held back for this, until somebody has seen to it."""


def held() -> ColumnElement[bool]:
    """The condition on a letter that it is held back and waits for an officer."""
    return and_(OutboxLetter.state == LetterState.WITHHELD, OutboxLetter.error == MUST_NOT_SEE)


def among(session: Session, routes: Iterable[tuple[Feedback, Route]]) -> frozenset[int]:
    """Give the keys of those matters whose route leads to somebody who must not see a letter.

    Args:
        session: any session.
        routes: matters, each with how its letters go.
    """
    leading = [(one, route) for one, route in routes if route.way is not ContactWay.PORTAL_ONLY]
    if not leading:
        return frozenset()
    rules = contact_rules.in_force_of(session, [one.id for one, _ in leading])
    return frozenset(
        feedback.id
        for feedback, route in leading
        if _hits(session, rules.get(feedback.id), feedback, route)
    )


def is_one(session: Session, feedback: Feedback, route: Route) -> bool:
    """Whether a route leads to somebody who must not see a letter of this matter."""
    return bool(among(session, [(feedback, route)]))


def is_advocate(session: Session, feedback_id: int, email: str) -> bool:
    """Whether an advocate, by the address of their account, is somebody who must not see it."""
    rule = contact_rules.in_force(session, feedback_id)
    if rule is None or not rule.not_to_see:
        return False
    key = keyed_hash(email.casefold(), "email")
    name = session.scalar(select(Account.name).where(Account.email_key == key))
    return must_not_see(rule.not_to_see, Reader(name or "", mailbox=_mailbox(email)))


def of_letter(work: Work, letter: OutboxLetter, address: str) -> bool:
    """Whether a letter that is about to leave by e-mail would reach such a person.

    Args:
        work: the open act, of the sender.
        letter: the letter.
        address: where it would go now.
    """
    if letter.feedback_id is None:
        return False
    if letter.kind is LetterKind.ADVOCATE_COPY:
        return is_advocate(work.session, letter.feedback_id, address)
    # What a manager agreed to goes where it was agreed.
    if FACTS[letter.kind].to_staff or contact_rules.exception_for(work.session, letter.id):
        return False
    feedback = work.session.get_one(Feedback, letter.feedback_id)
    return is_one(work.session, feedback, Route(ContactWay.EMAIL, address))


def hold(work: Work, letter: OutboxLetter) -> None:
    """Withhold a letter: the person reads it at /track, and an officer looks at it.

    Args:
        work: the open act.
        letter: the letter; one that is written in this act gets its trace with the writing.
    """
    letter.state, letter.error = LetterState.WITHHELD, MUST_NOT_SEE
    letter.body = without_links(letter.body)
    audit.note(work, "letter_withheld", letter)


def _hits(session: Session, rule: SafeContactRule | None, feedback: Feedback, route: Route) -> bool:
    if rule is None or not rule.not_to_see:
        return False
    parties = PARTIES.of(session, feedback.id)
    whose = [
        party
        for role in roles_of(session, feedback)
        for party in parties
        if party.role is role and usable(route.way, party) == route.to
    ]
    reader = Reader(
        name=(whose[0].name or "") if whose else "",
        lines=tuple(route.to.splitlines()) if route.way is ContactWay.POST else (),
        mailbox=_mailbox(route.to) if route.way is ContactWay.EMAIL else "",
    )
    return must_not_see(rule.not_to_see, reader)


def _mailbox(email: str) -> str:
    return email.rpartition("@")[0]
