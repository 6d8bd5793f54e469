"""Forms for telling somebody near a young person: what is prepared, and the day it was done."""

from datetime import date

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from portal.cases.telling import New
from portal.procedures.telling import NearPerson
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most
from portal.web.officer.radio_question import asked
from portal.web.widgets import Radios, TextArea, TextInput

LONGEST_NAME = 300
AGREED, REFUSED = "agreed", "refused"


def _box(label: str, hint: str, sentence: str = "") -> TextAreaField:
    needed = [DataRequired(sentence)] if sentence else []
    return TextAreaField(
        label,
        description=hint,
        validators=[*needed, at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )


class TellForm(GovForm):
    """Whom, what and why."""

    whom = asked("Whom do you want to tell?", wording.NEAR, "Choose whom you want to tell")
    name = StringField(
        "Who exactly?",
        validators=[DataRequired("Enter who exactly would be told"), at_most(LONGEST_NAME)],
        widget=TextInput(),
    )
    words = _box("What they are told", "As little as will do.", "Write what they are told")
    reason = _box(
        "Why they have to know", "Leave it empty only where the young person has said yes to this."
    )
    told_first_on = GovDateField(
        "When was the young person told that you will do this?",
        description="Tell them first, and listen to what they say.",
    )
    unsafe = _box("Or: why telling them first would be unsafe", "Your manager reads this.")

    def new(self) -> New:
        """What was entered. Called on a form that validated."""
        return New(
            whom=NearPerson(self.whom.data),
            name=self.name.data or "",
            words=self.words.data or "",
            reason=self.reason.data or "",
            told_first_on=self.told_first_on.data,
            unsafe=self.unsafe.data or "",
        )


class AnswerForm(GovForm):
    """A manager's yes or no."""

    answer = RadioField(
        "May they be told?",
        choices=[SelectChoice(AGREED, "Yes, I agree"), SelectChoice(REFUSED, "No")],
        validators=[InputRequired("Choose yes or no")],
        widget=Radios(classes="govuk-radios--small"),
    )
    why = _box("Why not, if no", "Your colleague reads it.")


class ToldForm(GovForm):
    """The day on which they were told."""

    on = GovDateField("When were they told?", validators=[InputRequired("Enter the day")])

    def day(self) -> date:
        """The day. Called on a form that validated."""
        day = self.on.data
        assert isinstance(day, date), "The form has been validated."
        return day
