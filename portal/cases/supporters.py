"""Supporters: somebody whom a young person trusts with one matter for a time, by a link.

The link's token is shown once and works once. It is exchanged for a token in one browser's cookie,
so that an address that was seen or kept opens nothing afterwards.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.tokens import make_public_id, make_token, token_key
from portal.errors import Refused
from portal.marking import marked
from portal.records.agreed_scope import Scope, columns_of
from portal.records.feedback import Feedback
from portal.records.supporter import Supporter
from portal.work import Work

LONGEST = timedelta(days=90)
LONGEST_NAME = 100
LINK, VISIT = "supporter link", "supporter visit"


class NoName(Refused):
    """Nobody is named."""

    message = marked("Write what we should call them. A first name is enough.")


class TooLong(Refused):
    """Until a day past or too far away."""

    message = marked("Choose a last day from today to 90 days from now.")


class LinkEnded(Refused):
    """A link that was used, has ended or never was."""

    title = marked("This link does not work")
    message = marked(
        "This link has been used before or has ended. Ask whoever gave it to you for a new one."
    )
    status = 410


def offer(
    work: Work, feedback: Feedback, name: str, scope: Iterable[Scope], last_day: date
) -> tuple[Supporter, str]:
    """Make a link for a supporter.

    Args:
        work: the open act: the young person's own, or an officer's.
        feedback: the one matter.
        name: what the supporter is called.
        scope: what they may do.
        last_day: the last day on which it works.

    Returns:
        The supporter, and the token of the link, which is kept nowhere.

    Raises:
        NoName, TooLong.
    """
    if not name.strip():
        raise NoName
    if not work.today <= last_day <= work.today + LONGEST:
        raise TooLong
    token = make_token()
    made = Supporter(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        name=name.strip()[:LONGEST_NAME],
        token_key=token_key(token, LINK),
        made_at=work.now,
        made_by_id=work.who.account_id,
        last_day=last_day,
        **columns_of(scope),
    )
    work.session.add(made)
    audit.note(work, "supporter_offered", feedback, sorted(made.scope))
    return made, token


def link_works(session: Session, token: str, today: date) -> bool:
    """Whether a link may still be used. Looking uses nothing up: mail scanners look too."""
    return _by_link(session, token, today) is not None


def use_link(work: Work, token: str) -> tuple[Supporter, str]:
    """Exchange a link for a visit.

    Returns:
        The supporter, and the token for their browser's cookie.

    Raises:
        LinkEnded: it was used, has ended or never was.
    """
    found = _by_link(work.session, token, work.today)
    if found is None:
        raise LinkEnded
    visit = make_token()
    found.used_at, found.visit_key = work.now, token_key(visit, VISIT)
    feedback = work.session.get_one(Feedback, found.feedback_id)
    audit.note(work, "supporter_began", feedback)
    return found, visit


def visiting(session: Session, visit: str | None, today: date) -> Supporter | None:
    """The supporter of a cookie's token, as long as it stands."""
    if not visit:
        return None
    wanted = select(Supporter).where(Supporter.visit_key == token_key(visit, VISIT))
    return session.scalar(wanted.where(_stands(today)))


def end(work: Work, feedback: Feedback, public_id: str) -> str | None:
    """End a link and whatever it opened, at once.

    Returns:
        The supporter's name; None where there is none of that id in this matter.
    """
    wanted = select(Supporter).where(
        Supporter.public_id == public_id, Supporter.feedback_id == feedback.id
    )
    found = work.session.scalar(wanted)
    if found is None:
        return None
    if found.ended_at is None:
        found.ended_at = work.now
        audit.note(work, "supporter_ended", feedback)
    return found.name


def of(session: Session, feedback: Feedback, today: date) -> list[Supporter]:
    """The supporters of a matter whose links stand, the oldest first."""
    wanted = select(Supporter).where(Supporter.feedback_id == feedback.id, _stands(today))
    return list(session.scalars(wanted.order_by(Supporter.id)))


def _stands(today: date) -> ColumnElement[bool]:
    return and_(Supporter.ended_at.is_(None), Supporter.last_day >= today)


def _by_link(session: Session, token: str, today: date) -> Supporter | None:
    wanted = select(Supporter).where(
        Supporter.token_key == token_key(token, LINK), Supporter.used_at.is_(None)
    )
    return session.scalar(wanted.where(_stands(today)))
