"""Forms for what officers write: a message, the acknowledgement, and a word to a colleague."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from portal.web.govform import GovForm
from portal.web.officer.decision_form import LONGEST_LETTER, at_most
from portal.web.widgets import TextArea


class MessageForm(GovForm):
    """A message that the person reads at "follow your feedback"."""

    body = TextAreaField(
        "Your message",
        validators=[DataRequired("Write your message"), at_most(LONGEST_LETTER)],
        widget=TextArea(),
    )


class AcknowledgementForm(GovForm):
    """The complaint as the officer understands it."""

    text = TextAreaField(
        "What you understand the complaint to be",
        description=(
            "Number the points. Say what the person wants to happen. They can correct it."
        ),
        validators=[
            DataRequired("Write what you understand the complaint to be"),
            at_most(LONGEST_LETTER),
        ],
        widget=TextArea(),
    )


class SendBackForm(GovForm):
    """Why a proposed no comes back."""

    answer = TextAreaField(
        "Or send it back: why?",
        description="Your colleague reads it. It is kept, and not sent to the person.",
        validators=[
            DataRequired("Write why it comes back, so that your colleague knows what to look at"),
            at_most(LONGEST_LETTER),
        ],
        widget=TextArea(),
    )
