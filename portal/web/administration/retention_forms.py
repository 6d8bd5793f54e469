"""What administrators fill in about how long what is kept."""

from collections.abc import Callable
from datetime import date

from wtforms import Field, Form, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from portal.cases.years_kept import NeedsReason, TooSoon
from portal.procedures.retention import (
    IN_WORDS,
    LEAST_REVIEW_MONTHS,
    LEAST_YEARS,
    LONGER,
    MOST_REVIEW_MONTHS,
    MOST_YEARS,
    KeptAs,
    Periods,
)
from portal.web.dates import GovDateField
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most
from portal.web.officer.wording import capital
from portal.web.shown_first import ChangeForm
from portal.web.tracking.forms import not_blank
from portal.web.widgets import TextArea, TextInput

LONGEST_NUMBER = 3
ADDS = "At least so long, where another of these times would be shorter."


def whole_number(named: str, least: int, most: int) -> Callable[[Form, Field], None]:
    """A validator for a number typed in digits; `named` is what it is of, in words."""

    def check(_form: Form, field: Field) -> None:
        text = (field.data or "").strip()
        if len(text) > LONGEST_NUMBER or not text.isdecimal() or not least <= int(text) <= most:
            raise ValidationError(f"Enter a whole number from {least} to {most} for “{named}”")

    return check


def years_box(kind: KeptAs) -> StringField:
    """The box for the years of one kind."""
    named = IN_WORDS[kind]
    return StringField(
        capital(named),
        description=ADDS if kind in LONGER else "",
        validators=[
            not_blank(f"Enter how many years for “{named}”"),
            whole_number(named, LEAST_YEARS, MOST_YEARS),
        ],
        widget=TextInput(),
    )


class KindsForm(ChangeForm):
    """How many years each kind is kept; its boxes are put on below, one for every kind."""


def box_of(kind: KeptAs) -> str:
    """The name of a kind's box."""
    return f"years_{kind.value}"


for _kind in KeptAs:
    setattr(KindsForm, box_of(_kind), years_box(_kind))


class YearsForm(KindsForm):
    """The years of every kind, from when, and why."""

    refused_at = {TooSoon: "in_force_from", NeedsReason: "reason"}  # noqa: RUF012

    review_months = StringField(
        "A hold is looked at again within so many months",
        validators=[
            not_blank("Enter within how many months a hold is looked at again"),
            whole_number("a hold is looked at again", LEAST_REVIEW_MONTHS, MOST_REVIEW_MONTHS),
        ],
        widget=TextInput(),
    )
    in_force_from = GovDateField(
        "In force from",
        description="Tomorrow or a later day. Until then it can be taken back.",
        validators=[InputRequired("Enter the day from which these years are in force")],
    )
    reason = TextAreaField(
        "Why these years, and who has agreed to them?",
        description="For example your information governance, or the council’s retention schedule.",
        validators=[
            not_blank("Write why these years are right, and who has agreed to them"),
            at_most(LONGEST_EXPLANATION),
        ],
        widget=TextArea(),
    )

    def boxes(self) -> list[Field]:
        """The boxes of the kinds, in their order."""
        return [self[box_of(kind)] for kind in KeptAs]

    def fill(self, periods: Periods) -> None:
        """Show years in the boxes, to be changed."""
        for kind in KeptAs:
            self[box_of(kind)].data = str(periods.years[kind])
        self.review_months.data = str(periods.review_months)

    def periods(self) -> Periods:
        """What was typed. Asked of a form that validated."""
        years = {kind: int(self[box_of(kind)].data) for kind in KeptAs}
        return Periods(years, int(self.review_months.data or ""))

    @property
    def day(self) -> date:
        """From when. Asked of a form that validated."""
        found = self.in_force_from.data
        assert isinstance(found, date), "The form has been validated."
        return found
