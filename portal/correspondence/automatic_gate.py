"""The one gate for every letter that no person wrote: receipts, notices of files, error notices.

Two machines that answer each other fill mailboxes in a night. So nothing automatic answers a
machine, ourselves, an address that nobody reads or that letters do not reach, and there is an end
to how many go to one address or about one matter. What a budget holds back is an officer's task.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from sqlalchemy import bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from portal import audit
from portal.correspondence.email_address import plain_address
from portal.correspondence.failing import MUTED, address_key
from portal.correspondence.reply_address import without_plus
from portal.errors import Refused
from portal.records.automatic_answer import AutomaticAnswer, Held
from portal.records.failing_address import FailingAddress
from portal.records.outbox_letter import OutboxLetter
from portal.settings import Settings
from portal.work import Work

# (in how long, at most so many)
TO_ONE_ADDRESS = (
    (timedelta(hours=1), 6),
    (timedelta(days=1), 10),
    (timedelta(days=7), 25),
)
ABOUT_ONE_MATTER = ((timedelta(hours=1), 3), (timedelta(days=1), 5), (timedelta(days=7), 10))
LONGEST = timedelta(days=7)
# Of a process there is one.
SETTINGS_KEPT = 4
# What an officer must see: somebody who may be a person was not answered.
TASKS = (Held.RECIPIENT_BUDGET, Held.MATTER_BUDGET)
_NOBODY = re.compile(
    r"(?i)(?:.*[._+-])?(?:no|not|never|do[._-]?not|dont)[._-]?(?:reply|answer|respond)"
    r"(?:[._+-].*)?|(?:.*[._+-])?(?:mailer-?daemon|postmaster|bounces?|listserv|majordomo)"
    r"(?:[._+-].*)?"
)


class AlreadyDone(Refused):
    """Another officer was quicker."""

    message = "Somebody has dealt with this already. Go back to the list."
    status = 409


# Made once: every receipt asks it, and to build it costs more than to run it.
_BEFORE = union_all(
    select(
        literal(True).label("fails"),
        FailingAddress.last_failed_at.label("at"),
        FailingAddress.address_key.label("key"),
        literal(0).label("feedback_id"),
    ).where(
        FailingAddress.address_key.in_(bindparam("to", expanding=True)),
        FailingAddress.cleared_at.is_(None),
    ),
    select(
        literal(False),
        AutomaticAnswer.asked_at,
        AutomaticAnswer.recipient_key,
        AutomaticAnswer.feedback_id,
    ).where(
        or_(
            AutomaticAnswer.recipient_key.in_(bindparam("to", expanding=True)),
            AutomaticAnswer.feedback_id.in_(bindparam("about", expanding=True)),
        ),
        AutomaticAnswer.held.is_(None),
        AutomaticAnswer.asked_at > bindparam("since"),
    ),
)


class Gate:
    """The gate, opened for some letters: what went before is looked up once for all of them."""

    def __init__(self, work: Work, letters: Sequence[OutboxLetter]) -> None:
        """Look up what each needs.

        Args:
            work: the open act.
            letters: those that will ask, with their addresses.
        """
        self._work = work
        self._own = own_addresses(work.settings)
        # When letters left, by address and by matter; those of this act are added as they pass.
        self._to: dict[str, list[datetime]] = {}
        self._about: dict[int, list[datetime]] = {}
        self._failing: set[str] = set()
        asked = {
            "to": list({address_key(one.to_email or "") for one in letters}),
            "about": list({one.feedback_id for one in letters}),
            "since": work.now - LONGEST,
        }
        for fails, at, key, feedback_id in work.session.connection().execute(_BEFORE, asked):
            if not fails:
                self._to.setdefault(key, []).append(at)
                self._about.setdefault(feedback_id, []).append(at)
            # A clock that was wrong must not mute an address for years.
            elif abs(work.now - at) < MUTED:
                self._failing.add(key)

    def pass_or_hold(self, letter: OutboxLetter, machine: str | None) -> Held | None:
        """Ask whether an automatic letter may leave, and remember the answer.

        Args:
            letter: one of the letters, with its key.
            machine: why what it answers is taken for a machine's, or None.

        Returns:
            Why it must stay here, or None when it may go.
        """
        work, feedback_id = self._work, letter.feedback_id
        assert feedback_id is not None
        key = address_key(letter.to_email or "")
        held = self._reason(letter.to_email or "", key, feedback_id, machine)
        answer = AutomaticAnswer(
            public_id=secrets.token_urlsafe(12),
            recipient_key=key,
            feedback_id=feedback_id,
            letter_id=letter.id,
            kind=letter.kind,
            asked_at=work.now,
            held=held,
        )
        work.session.add(answer)
        if held is not None:
            audit.note(work, f"letter_held_{held.value}", letter)
        else:
            self._to.setdefault(key, []).append(work.now)
            self._about.setdefault(feedback_id, []).append(work.now)
        return held

    def _reason(self, address: str, key: str, feedback_id: int, machine: str | None) -> Held | None:
        if machine is not None:
            return Held.MACHINE
        if _is_among(address, self._own):
            return Held.OWN_ADDRESS
        if _NOBODY.fullmatch(address.rpartition("@")[0]):
            return Held.NO_REPLY_ADDRESS
        if key in self._failing:
            return Held.ADDRESS_FAILS
        if _spent(self._to.get(key, ()), TO_ONE_ADDRESS, self._work.now):
            return Held.RECIPIENT_BUDGET
        about = self._about.get(feedback_id, ())
        return Held.MATTER_BUDGET if _spent(about, ABOUT_ONE_MATTER, self._work.now) else None


def _spent(
    moments: Sequence[datetime], budgets: Sequence[tuple[timedelta, int]], now: datetime
) -> bool:
    # Moments after now, from a clock that went back, count as just now.
    return any(sum(at > now - span for at in moments) >= most for span, most in budgets)


def own_addresses(settings: Settings) -> frozenset[str]:
    """Our own addresses in their plain form: the sender's, and the mailboxes that we read."""
    return _plain(settings.mail_from, settings.mailbox_urls)


@lru_cache(SETTINGS_KEPT)
def _plain(mail_from: str, mailbox_urls: tuple[str, ...]) -> frozenset[str]:
    own = {plain_address(parseaddr(mail_from)[1])}
    own |= {plain_address(unquote(urlsplit(url).username or "")) for url in mailbox_urls}
    return frozenset(one.casefold() for one in own if one)


def _is_among(address: str, own: frozenset[str]) -> bool:
    plain = plain_address(without_plus(address))
    return plain is not None and plain.casefold() in own


def tasks(session: Session) -> list[tuple[AutomaticAnswer, int]]:
    """What budgets held back and no officer has dealt with: the newest of each address, with how
    many there are."""
    waiting = (
        select(func.max(AutomaticAnswer.id).label("newest"), func.count().label("number"))
        .where(AutomaticAnswer.held.in_(TASKS), AutomaticAnswer.settled_at.is_(None))
        .group_by(AutomaticAnswer.recipient_key)
        .subquery()
    )
    wanted = (
        select(AutomaticAnswer, waiting.c.number)
        .join(waiting, waiting.c.newest == AutomaticAnswer.id)
        .order_by(AutomaticAnswer.id)
    )
    return [(row[0], row[1]) for row in session.execute(wanted)]


def settle(work: Work, answer: AutomaticAnswer) -> None:
    """An officer has dealt with all that was held back for this address so far.

    Raises:
        AlreadyDone: another officer was quicker.
    """
    if answer.settled_at is not None:
        raise AlreadyDone
    wanted = select(AutomaticAnswer).where(
        AutomaticAnswer.recipient_key == answer.recipient_key,
        AutomaticAnswer.held.in_(TASKS),
        AutomaticAnswer.settled_at.is_(None),
        AutomaticAnswer.id <= answer.id,
    )
    for one in work.session.scalars(wanted):
        one.settled_at, one.settled_by_id = work.now, work.who.account_id
    audit.note(work, "held_letters_settled", answer)
