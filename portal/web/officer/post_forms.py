"""The forms of letters by post: which to print, when one was posted, and why a day is changed."""

from datetime import date

from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most
from portal.web.widgets import TextArea

LONGEST_REASON = 1_000
WHEN = "On which day was it posted?"
WHY = "Why is the day changed?"


class PrintForm(GovForm):
    """The letters that are ticked in the list; `letter` holds their public ids."""

    letter = SelectMultipleField("Letters", validate_choice=False)


def _reason(label: str, sentence: str) -> TextAreaField:
    return TextAreaField(
        label,
        description="Kept with the letter. The dates of the case count from this day.",
        validators=[DataRequired(sentence), at_most(LONGEST_REASON)],
        widget=TextArea(),
    )


class PostedForm(GovForm):
    """The day on which a letter was posted."""

    on = GovDateField(
        WHEN,
        description="For example, 27 3 2027. This is the letter’s date.",
        validators=[InputRequired("Enter the day on which it was posted")],
    )

    def day(self) -> date:
        """The day. Called on a form that validated."""
        assert isinstance(self.on.data, date), "The form validated."
        return self.on.data


class CorrectForm(PostedForm):
    """Another day, and why."""

    reason = _reason(WHY, "Write why the day is changed")


class TakeBackForm(GovForm):
    """Why a letter was not posted after all."""

    why = _reason("Why was it not posted?", "Write why it was not posted")
