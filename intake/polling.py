"""Polling: a look into each mailbox of the installation, each alone with its troubles."""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from flask import Flask
from sqlalchemy.exc import DBAPIError

from intake import pulse
from intake.collecting import collect
from intake.counts import Counts
from intake.filing_turns import filing_turn
from intake.mailbox import ImapMailbox, Mailbox
from intake.mailbox_errors import MailboxError, MailboxRefused, MailboxUrlError
from intake.mailbox_url import MailboxAddress
from intake.signals import for_the_main_thread_alone
from portal.app import create_app
from portal.council import CouncilFileError
from portal.settings import SettingsError
from portal.work import settings

log = structlog.get_logger()

DATABASE_DOWN = (
    "The database cannot be used right now (is it running, and has `flask db upgrade` been run?). "
    "Nothing was taken from the mailbox; the next look will try again."
)


class SetUpError(Exception):
    """The worker cannot start; the text says what to set."""


@dataclass(frozen=True)
class Outcome:
    """How a look ended: the equation, or a sentence; `refused` asks for a person."""

    counts: Counts
    trouble: str | None = None
    refused: bool = False


def look(app: Flask, mailbox: Mailbox, stopping: Callable[[], bool]) -> Outcome:
    """Look into one mailbox once; its troubles are told and never raised.

    Args:
        app: the application.
        mailbox: open after a good look, closed after any other.
        stopping: asked between messages.
    """
    try:
        mailbox.connect()
        counts = collect(app, mailbox, stopping)
        pulse.worked(app, mailbox.name)
        return Outcome(counts)
    except MailboxError as error:
        outcome = Outcome(Counts(), str(error), refused=isinstance(error, MailboxRefused))
    except DBAPIError:
        outcome = Outcome(Counts(), DATABASE_DOWN)
    except Exception as error:
        # Unforeseen, and still no reason to stop: not this mailbox for good, and no other at all.
        log.error("look_failed", mailbox=mailbox.name, kind=type(error).__name__, at=_place(error))
        outcome = Outcome(
            Counts(), f"Reading the mailbox {mailbox.name} failed ({type(error).__name__})."
        )
    mailbox.close()
    if not stopping():
        pulse.in_trouble(app, mailbox.name, outcome.trouble or "")
    return outcome


def _place(error: Exception) -> str:
    """Where it was raised: no more of it, because its text may hold somebody's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{os.path.basename(last.filename)}:{last.lineno}"


@dataclass(frozen=True)
class Polling:
    """The application and its mailboxes."""

    app: Flask
    mailboxes: Sequence[Mailbox]
    seconds_between: int

    @classmethod
    def from_environment(cls) -> Polling:
        """Read the settings.

        Raises:
            SetUpError: with a sentence that names what to set.
        """
        try:
            app = create_app(pages=False)
            with app.app_context():
                urls, ca_file = settings().mailbox_urls, settings().mailbox_ca
            addresses = [MailboxAddress.parse(url) for url in urls]
        except (SettingsError, CouncilFileError, MailboxUrlError) as error:
            raise SetUpError(str(error)) from None
        if not addresses:
            raise SetUpError(
                "Set MAILBOX_URL to the mailbox to read, such as "
                "imaps://user:password@mail.example/INBOX"
            )
        names = [address.name for address in addresses]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise SetUpError(f"MAILBOX_URL names the mailbox {twice[0]} twice.")
        seconds = os.environ.get("INTAKE_SECONDS", "20")
        if not seconds.isdigit() or int(seconds) < 1:
            raise SetUpError("INTAKE_SECONDS must be a whole number of seconds, 1 or more.")
        mailboxes = tuple(
            ImapMailbox(address, ca_file=ca_file, turn=partial(filing_turn, app, address.name))
            for address in addresses
        )
        return cls(app, mailboxes, int(seconds))

    def begin(self) -> None:
        """Forget what was noted of mailboxes that are no longer read."""
        try:
            pulse.keep_only(self.app, [mailbox.name for mailbox in self.mailboxes])
        except DBAPIError:
            log.error("database_down", sentence=DATABASE_DOWN)

    def poll(self, stopping: Callable[[], bool]) -> tuple[Counts, list[str]]:
        """Look into every mailbox once, into all at the same time.

        Args:
            stopping: asked between messages.

        Returns:
            The sum of the counts, and a sentence for each mailbox that could not be read.
        """
        self.begin()
        outcomes: dict[str, Outcome] = {}

        def one(mailbox: Mailbox) -> None:
            outcomes[mailbox.name] = look(self.app, mailbox, stopping)
            mailbox.close()

        threads = [
            threading.Thread(target=one, args=(mailbox,), name=mailbox.name, daemon=True)
            for mailbox in self.mailboxes
        ]
        with for_the_main_thread_alone():
            for thread in threads:
                thread.start()
        for thread in threads:
            thread.join()
        total = Counts()
        for outcome in outcomes.values():
            total = total.plus(outcome.counts)
        return total, [one.trouble for one in outcomes.values() if one.trouble is not None]
