"""Forms for keeping one matter past its time, and for erasing it because the person asks."""

from datetime import date

from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most
from portal.web.widgets import TextArea


class HoldForm(GovForm):
    """Why it must be kept, and when somebody looks again."""

    reason = TextAreaField(
        "Why must it be kept?",
        description="For example court proceedings, an inquiry, or the Ombudsman’s investigation.",
        validators=[DataRequired("Write why it must be kept"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    review_on = GovDateField(
        "When does somebody look at it again?",
        description="The hold does not end by itself on that day.",
        validators=[InputRequired("Enter the day")],
    )

    @property
    def day(self) -> date:
        """The day of the review. Asked of a form that validated."""
        found = self.review_on.data
        assert isinstance(found, date), "The form has been validated."
        return found


class AskForm(GovForm):
    """What the person asks for."""

    asked = TextAreaField(
        "What does the person ask for, and why can it be done?",
        description="Another officer reads this. It is erased with the rest.",
        validators=[
            DataRequired("Write what they ask for, and why it can be done"),
            at_most(LONGEST_EXPLANATION),
        ],
        widget=TextArea(),
    )


class AnswerForm(GovForm):
    """Why it is not done."""

    why = TextAreaField(
        "Why is it not erased?",
        description="Tell the person why as well. Write to them from the page of the matter.",
        validators=[DataRequired("Write why it is not erased"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
