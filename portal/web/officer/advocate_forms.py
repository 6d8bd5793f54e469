"""An officer's answer to an advocate who asks to follow a matter."""

from enum import StrEnum

from wtforms import TextAreaField
from wtforms.validators import Length

from portal.cases.advocacy_consent import LONGEST_HOW
from portal.web.govform import GovForm
from portal.web.officer.radio_question import asked
from portal.web.tracking.forms import not_blank
from portal.web.widgets import TextArea


class Said(StrEnum):
    """Yes or no."""

    YES = "yes"
    NO = "no"


class AnswerForm(GovForm):
    """Whether the advocate may follow, and how that was checked or why not."""

    said = asked(
        "What did the young person say?",
        {
            Said.YES: "They want this: let the advocate follow it",
            Said.NO: "Do not let the advocate follow it",
        },
        "Choose yes or no",
    )
    reason = TextAreaField(
        "How you checked it with them, or why the answer is no",
        description="The advocate reads the reason for a no. Write nothing in it about the matter.",
        validators=[
            not_blank("Write how you checked it with the young person, or why the answer is no"),
            Length(max=LONGEST_HOW, message="This must be 2,000 characters or shorter"),
        ],
        widget=TextArea(),
    )
