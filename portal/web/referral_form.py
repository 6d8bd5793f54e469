"""What the advocacy provider said about a referral, as an officer or the provider types it."""

from datetime import date

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from portal.cases.referring import Said
from portal.marking import marked
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most
from portal.web.widgets import Radios, TextArea, TextInput

LONGEST_NAME = 300
ACCEPTED, DECLINED = "accepted", "declined"


def _line(label: str, hint: str = "") -> StringField:
    return StringField(
        label, description=hint, validators=[at_most(LONGEST_NAME)], widget=TextInput()
    )


class ProviderForm(GovForm):
    """Yes with an advocate, yes and a name later, or no."""

    answer = RadioField(
        marked("Can you find an advocate for them?"),
        choices=[SelectChoice(ACCEPTED, marked("Yes")), SelectChoice(DECLINED, marked("No"))],
        validators=[InputRequired(marked("Choose yes or no"))],
        widget=Radios(classes="govuk-radios--small"),
    )
    advocate = _line(
        marked("Name of the advocate"), marked("Leave it empty if you do not know yet.")
    )
    appointed_on = GovDateField(
        marked("From which day is the advocate there?"),
        description=marked("Leave it empty if nobody is appointed yet."),
    )
    why_not = TextAreaField(
        marked("If no: why not?"), validators=[at_most(LONGEST_EXPLANATION)], widget=TextArea()
    )
    answered_by = _line(marked("Your name"))

    def said(self, today: date) -> Said:
        """What was entered. Called on a form that validated."""
        return Said(
            accepted=self.answer.data == ACCEPTED,
            on=today,
            answered_by=self.answered_by.data or "",
            why_not=self.why_not.data or "",
            advocate=self.advocate.data or "",
            appointed_on=self.appointed_on.data,
        )


class ReferralForm(ProviderForm):
    """The same in an officer's words, who was told by telephone or e-mail."""

    on = GovDateField("When did they say so?", validators=[InputRequired("Enter the day")])

    def in_officers_words(self) -> "ReferralForm":
        """Ask about the provider, and not the provider."""
        self.answer.label.text = "Can they find an advocate?"
        self.answered_by.label.text = "Who told you?"
        for box in (self.advocate, self.appointed_on):
            box.description = "Leave it empty if they do not know yet."
        return self

    def said(self, today: date) -> Said:
        """What was entered, on the day on which they said it."""
        on = self.on.data
        assert isinstance(on, date), "The form has been validated."
        return super().said(on)
