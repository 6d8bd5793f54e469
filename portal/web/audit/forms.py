"""What an auditor looks for in the trail."""

from collections.abc import Mapping

from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.widgets import Select, TextInput

LONGEST = 320


class FilterForm(GovForm):
    """Days, act, person, matter. It is sent by GET, so that a page of the trail has an address."""

    first_day = GovDateField("From", validators=[Optional()])
    last_day = GovDateField("To", validators=[Optional()])
    act = SelectField("What was done", widget=Select(), validate_choice=False)
    person = StringField(
        "By (e-mail address)",
        validators=[Length(max=LONGEST, message="Enter one e-mail address")],
        widget=TextInput(),
    )
    reference = StringField(
        "Reference",
        validators=[Length(max=LONGEST, message="Enter one reference")],
        widget=TextInput(),
    )

    def offer(self, acts: list[str], words: Mapping[str, str]) -> None:
        """Fill the list of acts, by their words."""
        named = sorted((words.get(act, act.replace("_", " ").capitalize()), act) for act in acts)
        self.act.choices = [("", "Anything"), *((act, name) for name, act in named)]

    def used(self) -> list[str]:
        """Names of the fields that narrow it: what the trail notes of a reading."""
        names = ("first_day", "last_day", "act", "person", "reference")
        return [name for name in names if self[name].data]

    def as_query(self) -> dict[str, str | list[str]]:
        """The filter as an address's query, for the links to other pages."""
        found: dict[str, str | list[str]] = {
            name: self[name].data for name in ("act", "person", "reference") if self[name].data
        }
        for name in ("first_day", "last_day"):
            day = self[name].data
            if day:
                # A date is three boxes of one name.
                found[name] = [str(day.day), str(day.month), str(day.year)]
        return found
