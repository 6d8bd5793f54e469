"""Forms for requests to see what is held about somebody."""

from datetime import date

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.access_requests import Asked
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most
from portal.web.widgets import TextArea, TextInput

LONGEST_NAME = 300


class PassRequestForm(GovForm):
    """What the information governance officers are told: this, and nothing else of the matter."""

    from_whom = StringField(
        "Who asks?",
        validators=[DataRequired("Enter who asks"), at_most(LONGEST_NAME)],
        widget=TextInput(),
    )
    reach_by = TextAreaField(
        "How may they be reached safely?",
        validators=[DataRequired("Enter how to reach them"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    asked_for = TextAreaField(
        "What do they ask to see?",
        description="Copy only the words that ask for it.",
        validators=[DataRequired("Write what they ask to see"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    received_on = GovDateField(
        "When did the request reach the council?",
        description="The month counts from this day.",
        validators=[InputRequired("Enter the day it came")],
    )

    def asked(self) -> Asked:
        """What was entered. Called on a form that validated."""
        on = self.received_on.data
        assert isinstance(on, date), "The form has been validated."
        return Asked(
            self.from_whom.data or "", self.reach_by.data or "", self.asked_for.data or "", on
        )


class MoreTimeForm(GovForm):
    """Why more time is needed."""

    reason = TextAreaField(
        "Why is more time needed?",
        description="It goes into the letter. Only a complex request, or several, may take longer.",
        validators=[DataRequired("Write why more time is needed"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )


class AnsweredForm(GovForm):
    """When it was answered."""

    on = GovDateField("When was it answered?", validators=[InputRequired("Enter the day")])

    def day(self) -> date:
        """The day. Called on a form that validated."""
        found = self.on.data
        assert isinstance(found, date), "The form has been validated."
        return found
