"""Forms for whom a matter is about and to whom it is opened."""

from datetime import date

from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from portal.records.account import Account
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.widgets import Select, TextInput

LONGEST_SEARCH = 100


class FindForm(GovForm):
    """Part of a name or e-mail address of the staff list."""

    name = StringField(
        "Find them on the staff list",
        description="Part of their name or e-mail address.",
        validators=[
            InputRequired("Enter part of a name"),
            Length(max=LONGEST_SEARCH, message="Enter a shorter part of the name"),
        ],
        widget=TextInput(),
    )


class GiveForm(GovForm):
    """To whom a matter is opened, and until when."""

    person = SelectField("Open it to", widget=Select(), validate_choice=False)
    last_day = GovDateField(
        "Until the end of",
        description="They cannot see it after this day.",
        validators=[InputRequired("Enter the last day")],
    )

    def offer(self, people: list[tuple[Account, str]]) -> None:
        """Fill the list: each person with the name of their role."""
        choices = [(one.public_id, f"{one.name}, {role}") for one, role in people]
        self.person.choices = [("", "Choose somebody"), *choices]

    def validate_person(self, field: SelectField) -> None:
        """Somebody of the list."""
        offered = {choice[0] for choice in field.choices or ()} - {""}
        if field.data not in offered:
            raise ValidationError("Choose to whom it is opened")

    def day(self) -> date:
        """The last day; the form has been validated."""
        found = self.last_day.data
        assert isinstance(found, date)
        return found
