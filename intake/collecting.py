"""One look into one mailbox: fetch, keep, read, take in, and only then move away.

Reading goes on in another process while the messages before are taken in and the next ones are
fetched. At every moment a message is in the mailbox, or in the ledger, or in both.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from flask import Flask

from intake import reading_apart
from intake.counts import Counts
from intake.ledger import Place, keep, known_states, left_behind
from intake.mailbox import Fetched, Mailbox
from intake.poll_record import begin_poll, end_poll
from intake.taking_turns import Patience, Waiting, take_in_together
from portal import clock
from portal.db import db
from portal.records.mail import MailState, RawMail
from portal.work import INTAKE, begin_work

Stopping = Callable[[], bool]
# One commit for so many: few enough that nobody who waits for SQLite's lock notices.
AT_A_TIME = 25
BYTES_AT_A_TIME = 4 * 1024 * 1024
# How many messages are moved in one go, so that a crash leaves few to be moved at the next look.
MOVED_AT_A_TIME = 50
ASKED_AT_A_TIME = 500


@dataclass
class _Look:
    """One look while it goes on."""

    app: Flask
    mailbox: Mailbox
    stopping: Stopping
    place: Place
    patience: Patience
    counts: Counts = field(default_factory=Counts)
    # Fetched and kept, but not taken in: being read.
    pending: deque[list[Waiting]] = field(default_factory=deque)
    # Taken in, but not moved.
    done: list[int] = field(default_factory=list)
    accounted: set[int] = field(default_factory=set)


def collect(app: Flask, mailbox: Mailbox, stopping: Stopping = lambda: False) -> Counts:
    """Take in everything that a mailbox holds.

    Args:
        app: the application.
        mailbox: a connected mailbox.
        stopping: asked between messages; True ends the look after the current ones.

    Returns:
        The equation: every message found is in exactly one class.

    Raises:
        MailboxError: the mailbox went away, or files or readers did; what was kept is kept, and the
            rest comes next time.
        DBAPIError: the database went away; nothing was moved that is not kept.
    """
    place = Place(mailbox.name, mailbox.uid_validity)
    look = _Look(app, mailbox, stopping, place, Patience(stopping))
    poll_id = begin_poll(app, mailbox.name)
    error: str | None = None
    try:
        _read_what_was_left(look)
        _read_the_mailbox(look)
    except BaseException as failure:
        error = type(failure).__name__
        raise
    finally:
        end_poll(app, poll_id, look.counts, error)
    return look.counts


def _read_the_mailbox(look: _Look) -> None:
    listed = look.mailbox.uids()
    new = _sort_out(look, listed)
    for group in _groups(look.mailbox.fetch(new)):
        _keep_and_have_read(look, group)
        # One group is being read while the one before it is taken in.
        if len(look.pending) > 1:
            _take_in(look)
        if look.stopping():
            break
    while look.pending:
        _take_in(look)
    _move(look)
    if not look.stopping():
        _account_for(look, listed)


def _sort_out(look: _Look, listed: list[int]) -> list[int]:
    """Say of what is there what the ledger knows already; returns what it does not know."""
    new: list[int] = []
    for start in range(0, len(listed), ASKED_AT_A_TIME):
        some = listed[start : start + ASKED_AT_A_TIME]
        with look.app.app_context():
            known = known_states(db.session(), look.place, some)
        new += [uid for uid in some if uid not in known]
        kept = {uid: key for uid, (key, state) in known.items() if state is MailState.STORED}
        for uid in known.keys() - kept.keys():
            # Taken in before, but not moved: the last look ended in between.
            _count(look, uid, MailState.KNOWN)
        _read_from_the_ledger(look, list(kept.values()), {key: uid for uid, key in kept.items()})
    return new


def _read_what_was_left(look: _Look) -> None:
    with look.app.app_context():
        left = left_behind(db.session(), look.place, clock.now())
    # These are moved already, or will be found in the mailbox as known: they are not counted.
    _read_from_the_ledger(look, left, {})


def _read_from_the_ledger(look: _Look, keys: list[int], uids: dict[int, int]) -> None:
    """Read messages from our own copy. Few at a time, because the copies are in memory."""
    group: list[Waiting] = []
    size = 0
    for key in keys:
        if look.stopping():
            break
        with look.app.app_context():
            raw = db.session.get_one(RawMail, key).body
        group.append(Waiting(key, reading_apart.readers().submit(raw), uids.get(key)))
        size += len(raw)
        if len(group) == AT_A_TIME or size > BYTES_AT_A_TIME:
            look.pending.append(group)
            _take_in(look)
            group, size = [], 0
    if group:
        look.pending.append(group)
        _take_in(look)


def _groups(messages: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    group: list[Fetched] = []
    size = 0
    for message in messages:
        if group and (len(group) == AT_A_TIME or size + message.size > BYTES_AT_A_TIME):
            yield group
            group, size = [], 0
        group.append(message)
        size += message.size
    if group:
        yield group


def _keep_and_have_read(look: _Look, group: list[Fetched]) -> None:
    with look.app.app_context(), begin_work(INTAKE) as work:
        ids = keep(work, look.place, group)
    read = reading_apart.readers().submit
    look.pending.append([Waiting(ids[m.uid], read(m.raw), m.uid) for m in group if m.uid in ids])
    for message in group:
        if message.uid not in ids:
            # Another worker on the same mailbox kept it first and will take it in.
            _count(look, message.uid, MailState.KNOWN)


def _take_in(look: _Look) -> None:
    group = look.pending.popleft()
    with look.app.app_context():
        states = take_in_together(group, look.patience)
    for waiting in group:
        if waiting.uid is not None and waiting.mail_id in states:
            _count(look, waiting.uid, states[waiting.mail_id])
    if len(look.done) >= MOVED_AT_A_TIME:
        _move(look)


def _count(look: _Look, uid: int, state: MailState) -> None:
    look.counts.add(state)
    look.accounted.add(uid)
    look.done.append(uid)


def _move(look: _Look) -> None:
    # Commit, then file: a crash repeats a message, never loses one.
    done, look.done = look.done, []
    if done:
        look.mailbox.file_as_done(done)


def _account_for(look: _Look, listed: list[int]) -> None:
    """Hold the classes against what the mailbox listed: what is still there and was given to us
    in no class makes the equation fail, and that is an alarm."""
    missing = set(listed) - look.accounted
    if missing:
        look.counts.found += len(missing & set(look.mailbox.uids()))
