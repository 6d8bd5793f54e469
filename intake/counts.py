"""The equation of a poll: found = new + known + replies + automatic + quarantined."""

from dataclasses import asdict, dataclass

from portal.records.mail import MailState


@dataclass
class Counts:
    """How many messages a poll found, and where each of them ended."""

    found: int = 0
    new: int = 0
    known: int = 0
    replies: int = 0
    automatic: int = 0
    quarantined: int = 0

    def add(self, state: MailState) -> None:
        """Count one message of the mailbox under its class."""
        self.found += 1
        match state:
            case MailState.NEW:
                self.new += 1
            case MailState.KNOWN:
                self.known += 1
            case MailState.REPLY:
                self.replies += 1
            case MailState.AUTOMATIC:
                self.automatic += 1
            case MailState.QUARANTINED:
                self.quarantined += 1
            case MailState.STORED:
                raise ValueError("A stored message has no class yet.")

    def holds(self) -> bool:
        """Whether every message found is in exactly one class."""
        return self.found == (
            self.new + self.known + self.replies + self.automatic + self.quarantined
        )

    def plus(self, other: "Counts") -> "Counts":
        """The sum of two mailboxes' counts."""
        mine, theirs = self.as_json(), other.as_json()
        return Counts(**{name: mine[name] + theirs[name] for name in mine})

    def as_json(self) -> dict[str, int]:
        """The line that `python -m intake --once` prints."""
        return asdict(self)
