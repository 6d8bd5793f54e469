"""Letting a supporter in: what they are called, what they may do, and for how long."""

from datetime import date, timedelta

from wtforms import RadioField, SelectMultipleField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length

from portal.cases.supporters import LONGEST, LONGEST_NAME
from portal.marking import marked
from portal.records.agreed_scope import Scope
from portal.web.advocate import scope_words
from portal.web.govform import GovForm
from portal.web.tracking.forms import not_blank
from portal.web.widgets import Checkboxes, Radios, Submit, TextInput

DAYS = {"7": marked("1 week"), "30": marked("1 month"), str(LONGEST.days): marked("3 months")}
PLAIN = {
    Scope.SPEAK: marked("Write to us for you"),
    Scope.LETTERS: marked("Read your letters"),
    Scope.DECIDE: marked("Say yes or no for you"),
}


class SupporterForm(GovForm):
    """The young person's own form. An officer fills it in with them."""

    name = StringField(
        marked("What is their name?"),
        description=marked("A first name is enough."),
        validators=[
            not_blank(marked("Write their name. A first name is enough.")),
            Length(max=LONGEST_NAME, message=marked("The name must be 100 letters or fewer")),
        ],
        widget=TextInput(),
    )
    scope = SelectMultipleField(
        marked("What can they do?"),
        description=marked("They can see it. Tick what else they can do."),
        choices=[SelectChoice(one.value, text) for one, text in PLAIN.items()],
        widget=Checkboxes(),
    )
    days = RadioField(
        marked("For how long?"),
        choices=[SelectChoice(key, text) for key, text in DAYS.items()],
        validators=[DataRequired(marked("Choose how long they can see it"))],
        widget=Radios(),
    )
    submit = SubmitField(marked("Make a link for them"), widget=Submit())

    def agreed(self) -> frozenset[Scope]:
        """What the supporter may do."""
        return scope_words.chosen(self.scope.data)

    def last_day(self, today: date) -> date:
        """The last day, counted from today."""
        return today + timedelta(days=int(self.days.data))
