"""What an auditor looks for in the trail."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional

from portal.web.audit.act_words import in_words
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.widgets import Select, TextInput

LONGEST = 320


class FilterForm(GovForm):
    """Days, act, person, matter. Each page of the trail has an address, where all of it stands but
    the person's own address: that is posted, and a public id takes its place."""

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

    def offer(self, acts: list[str]) -> None:
        """Fill the list of acts, by their words."""
        named = sorted((in_words(act), act) for act in acts)
        self.act.choices = [("", "Anything"), *((act, name) for name, act in named)]

    def used(self, by_somebody: bool) -> list[str]:
        """Names of the fields that narrow it: what the trail notes of a reading."""
        names = ("first_day", "last_day", "act", "reference")
        narrowing = [name for name in names if self[name].data]
        return [*narrowing, "person"] if by_somebody else narrowing

    def as_query(self, by: str) -> dict[str, Any]:
        """The filter as an address's query; `by` is the public id of who acted, or empty."""
        found: dict[str, Any] = {
            name: self[name].data for name in ("act", "reference") if self[name].data
        }
        if by:
            found["by"] = by
        for name in ("first_day", "last_day"):
            day = self[name].data
            if day:
                # A date is three boxes of one name.
                found[name] = [str(day.day), str(day.month), str(day.year)]
        return found
