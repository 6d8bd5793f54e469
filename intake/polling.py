"""Polling: every mailbox of the installation in turn, each alone with its troubles."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.exc import DBAPIError

from intake.collecting import collect
from intake.counts import Counts
from intake.mailbox import ImapMailbox, MailboxError
from intake.mailbox_url import MailboxAddress, MailboxUrlError
from portal.app import create_app
from portal.council import CouncilFileError
from portal.settings import SettingsError
from portal.work import settings

DATABASE_DOWN = (
    "The database cannot be used right now (is it running, and has `flask db upgrade` been run?). "
    "Nothing was taken from the mailbox; the next look will try again."
)


class SetUpError(Exception):
    """The worker cannot start; the text says what to set."""


@dataclass(frozen=True)
class Polling:
    """The application and its mailboxes."""

    app: Flask
    mailboxes: tuple[ImapMailbox, ...]
    seconds_between: int

    @classmethod
    def from_environment(cls) -> "Polling":
        """Read the settings.

        Raises:
            SetUpError: with a sentence that names what to set.
        """
        try:
            app = create_app()
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
        seconds = os.environ.get("INTAKE_SECONDS", "20")
        if not seconds.isdigit() or int(seconds) < 1:
            raise SetUpError("INTAKE_SECONDS must be a whole number of seconds, 1 or more.")
        mailboxes = tuple(ImapMailbox(address, ca_file=ca_file) for address in addresses)
        return cls(app, mailboxes, int(seconds))

    def poll(self, stopping: Callable[[], bool]) -> tuple[Counts, list[str]]:
        """Look into every mailbox once.

        Args:
            stopping: asked between messages.

        Returns:
            The sum of the counts, and a sentence for each mailbox that could not be read.
        """
        total, sentences = Counts(), []
        for mailbox in self.mailboxes:
            try:
                mailbox.connect()
                total = total.plus(collect(self.app, mailbox, stopping))
            except MailboxError as error:
                sentences.append(str(error))
            except DBAPIError:
                sentences.append(DATABASE_DOWN)
            finally:
                mailbox.close()
        return total, sentences
