"""Forms for what officers write: a message, the acknowledgement, and a word to a colleague."""

from portal.web.govform import GovForm
from portal.web.officer.written_box import written_box


class MessageForm(GovForm):
    """A message that the person reads at "follow your feedback"."""

    body = written_box("Your message", "", "Write your message")


class AcknowledgementForm(GovForm):
    """The complaint as the officer understands it."""

    text = written_box(
        "What you understand the complaint to be",
        "Number the points. Say what the person wants to happen. They can correct it.",
        "Write what you understand the complaint to be",
    )


class SendBackForm(GovForm):
    """Why a proposed no comes back."""

    answer = written_box(
        "Or send it back: why?",
        "Your colleague reads it. It is kept, and not sent to the person.",
        "Write why it comes back, so that your colleague knows what to look at",
    )
