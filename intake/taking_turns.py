"""Several messages in one act, because each commit waits for the disk.

Where one of them fails, the act is undone and each is taken in by itself: none can undo another.
"""

import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from time import monotonic

import structlog
from sqlalchemy import or_, select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from intake.ledger import alone, is_due
from intake.mailbox_errors import MailboxError
from intake.quarantine import quarantine
from intake.read_mail import ReadMail
from intake.reading_apart import ReadersUnusable, ReadFailed
from intake.taking_in import TakingIn
from portal import audit
from portal.attachments import file_store
from portal.attachments.file_store import StoreAway
from portal.records.mail import Mail, MailState
from portal.work import INTAKE, Work, begin_work, settings

log = structlog.get_logger()
# How long all that is being read may still take when the worker is told to stop.
SECONDS_AT_THE_END = 2.0
SECONDS_BETWEEN_QUESTIONS = 0.2
LONGEST_TRACEBACK = 20_000
# Its drivers call these operational, but they are about one message's own size.
TOO_MUCH_FOR_POSTGRESQL = "54"

Outcome = ReadMail | ReadFailed


class IntakePaused(MailboxError):
    """Something beside mailbox and database is away, so the look ends; no message is to blame."""


NO_FILES = (
    "The file store takes no files just now (is its disk full?). Messages stay kept and are taken "
    "in at a later look."
)
NO_READERS = "The process that reads mail does not start. Messages stay kept until it does."


@dataclass(frozen=True)
class Waiting:
    """A kept message that is being read. `uid` is None when it is not counted in this look."""

    mail_id: int
    read: Future[ReadMail]
    uid: int | None


class Patience:
    """How long to wait for what is being read: as long as it takes, but not when stopping."""

    def __init__(self, stopping: Callable[[], bool]) -> None:
        """Remember whom to ask.

        Args:
            stopping: True when the worker is to end soon.
        """
        self._stopping = stopping
        self._end: float | None = None

    def is_over(self) -> bool:
        """Whether nothing more is to be waited for."""
        if self._end is None and self._stopping():
            self._end = monotonic() + SECONDS_AT_THE_END
        return self._end is not None and monotonic() >= self._end


def take_in_together(group: Sequence[Waiting], patience: Patience) -> dict[int, MailState]:
    """Take in a group of messages, in order.

    Args:
        group: the messages, kept and being read.
        patience: how long to wait for those that are not read yet.

    Returns:
        The class of each by its row's key. Left out is what was not read in time when stopping:
        it stays kept for the next look.

    Raises:
        IntakePaused: the file store or the readers are away. What came before is committed.
        OperationalError: the database is away; nothing of the group is committed.
    """
    outcomes: dict[int, Outcome] = {}
    for waiting in group:
        outcome = _outcome(waiting.read, patience)
        if outcome is not None:
            outcomes[waiting.mail_id] = outcome
    return _take_in_all(outcomes) if outcomes else {}


def _outcome(read: Future[ReadMail], patience: Patience) -> Outcome | None:
    while True:
        over = patience.is_over()
        try:
            return read.result(timeout=0 if over else SECONDS_BETWEEN_QUESTIONS)
        except ReadFailed as failed:
            return failed
        except ReadersUnusable as error:
            log.error("readers_unusable", kind=str(error)[-300:])
            raise IntakePaused(NO_READERS) from None
        except TimeoutError:
            if over:
                return None


def _take_in_all(outcomes: dict[int, Outcome]) -> dict[int, MailState]:
    try:
        return _in_one_act(outcomes)
    except StoreAway:
        if len(outcomes) == 1:
            raise IntakePaused(NO_FILES) from None
    except Exception as failure:
        if is_transient(failure):
            raise
        if len(outcomes) == 1:
            return {mail_id: _aside(mail_id, failure) for mail_id in outcomes}
    # Nothing of it stands. Alone, each shows whether it is the one, and no other suffers for it.
    states: dict[int, MailState] = {}
    for mail_id, outcome in outcomes.items():
        states |= _take_in_all({mail_id: outcome})
    return states


def _in_one_act(outcomes: dict[int, Outcome]) -> dict[int, MailState]:
    with begin_work(INTAKE) as work:
        alone(work)
        rows = _locked(work, list(outcomes))
        read = [
            (rows[key], outcome)
            for key, outcome in outcomes.items()
            if key in rows and isinstance(outcome, ReadMail)
        ]
        taking = TakingIn(work, read)
        try:
            with audit.gathered(work):
                states = {
                    mail_id: _one(work, rows.get(mail_id), outcome, taking)
                    for mail_id, outcome in outcomes.items()
                }
                taking.finish()
            return states
        except BaseException:
            # The rows will be undone; the files that were put for them would stay. Only here,
            # before the commit: one that fails half-way may have been done all the same.
            for name in taking.put:
                _forget(name)
            raise


def is_transient(failure: BaseException) -> bool:
    """Whether a failure is the surroundings' and not the message's, so that no try is counted."""
    if not isinstance(failure, DBAPIError):
        return isinstance(failure, MailboxError)
    if (getattr(failure.orig, "sqlstate", None) or "").startswith(TOO_MUCH_FOR_POSTGRESQL):
        return False
    return failure.connection_invalidated or isinstance(failure, OperationalError | InterfaceError)


def _locked(work: Work, keys: list[int]) -> dict[int, Mail]:
    """The rows that are still to be taken in, locked so that a second worker passes them by."""
    wanted = (
        select(Mail)
        .where(Mail.id.in_(keys), or_(Mail.state == MailState.STORED, is_due(work.now)))
        .with_for_update(skip_locked=True)
    )
    return {mail.id: mail for mail in work.session.scalars(wanted)}


def _one(work: Work, mail: Mail | None, outcome: Outcome, taking: TakingIn) -> MailState:
    if mail is None:
        # Another worker takes it in, or has done so.
        return MailState.KNOWN
    if isinstance(outcome, ReadFailed):
        log.error("mail_quarantined", mail=mail.id, kind=outcome.kind)
        quarantine(work, mail, outcome.kind, outcome.traceback)
        return mail.state
    return taking.take_in(mail, outcome)


def _aside(mail_id: int, failure: Exception) -> MailState:
    log.error("mail_quarantined", mail=mail_id, kind=type(failure).__name__)
    with begin_work(INTAKE) as work:
        quarantine(
            work, work.session.get_one(Mail, mail_id), type(failure).__name__, _said(failure)
        )
    return MailState.QUARANTINED


def _said(failure: Exception) -> str:
    return "".join(traceback.format_exception(failure))[-LONGEST_TRACEBACK:]


def _forget(name: str) -> None:
    try:
        file_store.delete(settings().files_url, name)
    except StoreAway:
        # `flask work` sweeps it after a day.
        return
