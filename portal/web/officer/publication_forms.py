"""Forms for offering somebody's thanks for publication."""

from datetime import date
from enum import StrEnum

from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.publishing_consent import Said
from portal.records.publishing_consent import SaidHow
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import LONGEST_EXPLANATION, LONGEST_LETTER, at_most
from portal.web.officer.radio_question import asked
from portal.web.widgets import TextArea

HOW = {
    SaidHow.PHONE: "By telephone",
    SaidHow.EMAIL: "By e-mail or message",
    SaidHow.LETTER: "By letter",
    SaidHow.IN_PERSON: "In person",
}


class Agrees(StrEnum):
    """What they said."""

    YES = "yes"
    NO = "no"


class SaidForm(GovForm):
    """A later yes or no, and how we know of it."""

    agrees = asked(
        "May their words be published without names?",
        {Agrees.YES: "Yes, they may", Agrees.NO: "No, they may not"},
        "Choose what they said",
    )
    how = asked("How did they say it?", HOW, "Choose how they said it")
    said_on = GovDateField("On which day?", validators=[InputRequired("Enter the day")])
    words = TextAreaField(
        "What they said, and to whom",
        validators=[
            DataRequired("Write what they said, and to whom"),
            at_most(LONGEST_EXPLANATION),
        ],
        widget=TextArea(),
    )

    def said(self) -> Said:
        """What was entered. Called on a form that validated."""
        on = self.said_on.data
        assert isinstance(on, date), "The form has been validated."
        return Said(
            self.agrees.data == Agrees.YES, SaidHow(self.how.data), on, self.words.data or ""
        )


class TextForm(GovForm):
    """The text as it may be published."""

    text = TextAreaField(
        "What may be published",
        description="Names are X, Y and Z, each person the same letter throughout. Take out"
        " whatever else could say who they are.",
        validators=[DataRequired("Write what may be published"), at_most(LONGEST_LETTER)],
        widget=TextArea(),
    )


class WhyForm(GovForm):
    """Why it is sent back or withdrawn."""

    why = TextAreaField(
        "Why?",
        validators=[DataRequired("Write why"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
