"""The form with which an officer lays a message aside, and its words for why."""

from collections.abc import Mapping

from portal.records.mail import Settled
from portal.web.govform import GovForm
from portal.web.officer.decision_form import radios

# An entry by hand is a reason too, but it comes of entering.
WHY: Mapping[Settled, str] = {
    Settled.MACHINE: "A machine sent it, and nobody waits for an answer",
    Settled.ADVERTISING: "Advertising, or a trick",
    Settled.KNOWN_ALREADY: "We have this already",
    Settled.NOT_FOR_US: "It is not for us",
    Settled.DAMAGED: "Nothing can be made of it, and the sender cannot be asked",
}


class SettleForm(GovForm):
    """Why nothing needs to be done."""

    why = radios("Why is there nothing to do?", Settled, "Choose why there is nothing to do")

    def offer(self) -> None:
        """Fill the list."""
        self.why.choices = [(why.value, words) for why, words in WHY.items()]

    def chosen(self) -> Settled:
        """The reason. Called on a form that validated."""
        return Settled(self.why.data)
