"""What can be wrong with a mailbox, as sentences that hold no password and nobody's mail."""


class MailboxUrlError(ValueError):
    """A wrong mailbox address in the settings; the sentence never holds a secret."""


class MailboxError(Exception):
    """A mailbox cannot be read right now."""


class MailboxRefused(MailboxError):
    """The server does not let us in, or not do what we ask: a person must change something."""

    def __init__(self, sentence: str, code: str = "") -> None:
        """Keep the sentence and the server's own code, such as OVERQUOTA, where it gave one."""
        super().__init__(sentence)
        self.code = code


class SignInRefused(MailboxRefused):
    """The server does not take the password or the token."""


class MailboxUnreachable(MailboxError):
    """The server cannot be reached or went away: trying again later may help."""


class MailboxRenumbered(MailboxUnreachable):
    """The folder's UIDs mean other messages than they did: what was listed must be listed again."""

    def __init__(self, folder: str, host: str) -> None:
        """Make the sentence."""
        super().__init__(
            f"The folder {folder} on {host} was renumbered while it was being read. Nothing was "
            "moved under the old numbers; the next look begins afresh."
        )
