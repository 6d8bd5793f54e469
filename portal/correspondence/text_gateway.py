"""What a gateway for text messages does, whoever runs it, and the one that is configured."""

from enum import StrEnum
from typing import Protocol

from portal.settings import Settings


class Fate(StrEnum):
    """What became of a text that a gateway took. `lost` is the gateway's own fault."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    LOST = "lost"


class GatewayDown(Exception):
    """It cannot be used now, or not with these settings; its text is a code, for nobody's fault
    among the texts. Whether a text that was just handed over was taken is not known."""


class TextRefused(Exception):
    """It will never take this text; its text is a code."""

    def __init__(self, code: str, *, number_wrong: bool) -> None:
        """Keep whether the number is to blame."""
        super().__init__(code)
        self.number_wrong = number_wrong


class TextGateway(Protocol):
    """Hands texts over. Every call may raise GatewayDown; none is made inside an act."""

    def send(self, number: str, words: str, reference: str) -> str:
        """Hand one text over.

        Args:
            number: with its country.
            words: the whole text.
            reference: our own name for it, by which `find` finds it.

        Returns:
            The gateway's name for it.

        Raises:
            TextRefused: it will never be taken.
        """

    def find(self, reference: str) -> str | None:
        """The gateway's name for a text that it took under our reference; None for none."""

    def fate(self, gateway_id: str) -> Fate:
        """What became of a text."""


def gateway_for(settings: Settings) -> TextGateway | None:
    """The gateway that is configured, or None: then a text is an officer's task.

    Args:
        settings: the deployment's.
    """
    if settings.text_gateway is None:
        return None
    # Imported here: only the process that sends texts needs an HTTP client.
    from portal.correspondence.notify import Notify

    return Notify(settings.text_gateway)
