"""Forms for what is promised and recommended: new ones, and what becomes of each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length

from portal.cases.remedies import LONGEST_TEXT, MOST_PENCE
from portal.cases.remedy_dates import Counting
from portal.council import Council
from portal.procedures.finding import Giver
from portal.procedures.remedy import (
    FOR_THE_SERVICE,
    PAYMENTS,
    Base,
    Compliance,
    Offset,
    RemedyKind,
)
from portal.procedures.vocabulary import Team
from portal.procedures.working_days import Unit
from portal.records.account import Account
from portal.records.point import Point
from portal.records.remedy import Remedy
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most, one_of
from portal.web.officer.points_forms import shortened
from portal.web.officer.procedure_words import BASES, COMPLIANCE, KINDS
from portal.web.widgets import Checkbox, Radios, Select, TextArea, TextInput

LONGEST_LENGTH, MOST_MONTHS = 366, 60
WEEKS = "weeks"
UNITS = (
    (Unit.WORKING_DAYS.value, "working days"),
    (WEEKS, "weeks"),
    (Unit.MONTHS.value, "months"),
)
NAME = [Length(max=200, message="This must be 200 characters or fewer")]


class RemedyForm(GovForm):
    """Something to be done: what, by whom, by when."""

    kind = SelectField("What kind of thing is it?", widget=Select(), validate_choice=False)
    text = TextAreaField(
        "What will be done",
        description="So that anybody can tell whether it was. The person reads it.",
        validators=[DataRequired("Write what will be done"), at_most(LONGEST_TEXT)],
        widget=TextArea(),
    )
    point = SelectField("Which point is it for?", widget=Select(), validate_choice=False)
    base = RadioField("By when?", widget=Radios(), validate_choice=False)
    day = GovDateField("The day")
    length = StringField("How long", validators=NAME, widget=TextInput())
    unit = SelectField("In", widget=Select(), validate_choice=False)
    after = SelectField("After which promise?", widget=Select(), validate_choice=False)
    payee = StringField("Who is paid", validators=NAME, widget=TextInput())
    amount = StringField(
        "Amount in pounds", description="Like 250 or 99.50", validators=NAME, widget=TextInput()
    )
    every_months = StringField(
        "Again every how many months?",
        description="Leave it empty for something that is done once.",
        validators=NAME,
        widget=TextInput(),
    )
    until = GovDateField("Until", description="Where it repeats: not after this day.")
    team = SelectField(
        "Which team does it?",
        validators=[one_of(Team, "Choose the team that does it")],
        widget=Select(),
        validate_choice=False,
    )
    owner = SelectField("Who sees to it?", widget=Select(), validate_choice=False)
    shown = BooleanField("The person can see this promise", widget=Checkbox())

    def offer(
        self,
        council: Council,
        giver: Giver,
        points: Iterable[Point],
        others: Iterable[Remedy],
        owners: Iterable[Account],
    ) -> None:
        """Fill the lists."""
        person = [(kind.value, KINDS[kind]) for kind in KINDS if kind not in FOR_THE_SERVICE]
        service = [(kind.value, KINDS[kind]) for kind in KINDS if kind in FOR_THE_SERVICE]
        self.kind.choices = {
            "": [("", "Choose what it is")],
            "For the person": person,
            "For the service to learn": service,
        }
        self.point.choices = [
            ("", "The whole complaint"),
            *((str(one.number), f"Point {one.number}: {shortened(one.text)}") for one in points),
        ]
        self.after.choices = [
            ("", "Choose a promise"),
            *((one.public_id, shortened(one.text)) for one in others),
        ]
        decision = () if giver is Giver.OMBUDSMAN else (Base.DECISION,)
        left_out = {*decision, *(() if len(self.after.choices) > 1 else (Base.REMEDY,))}
        self.base.choices = [(base.value, BASES[base]) for base in BASES if base not in left_out]
        self.unit.choices = list(UNITS)
        self.team.choices = [(team.value, council.team(team).officer_label) for team in Team]
        self.owner.choices = [
            ("", "Nobody named yet"),
            *((one.public_id, one.name) for one in owners),
        ]

    def validate_kind(self, field: SelectField) -> None:
        """One of the kinds."""
        if field.data not in set(RemedyKind):
            raise ValidationError("Choose what kind of thing it is")

    def validate_base(self, field: RadioField) -> None:
        """One of those offered."""
        if field.data not in {choice[0] for choice in field.choices or ()}:
            raise ValidationError("Choose by when it will be done")

    def validate_day(self, field: GovDateField) -> None:
        """A day where a day was chosen."""
        if self.base.data == Base.DAY and field.data is None:
            raise ValidationError("Enter the day by which it will be done")

    def validate_length(self, field: StringField) -> None:
        """A number where a length was chosen."""
        if self.base.data not in (None, "", Base.DAY) and self.number(field) is None:
            raise ValidationError("Enter how long, as a number, like 10")

    def validate_after(self, field: SelectField) -> None:
        """A promise where one was chosen."""
        offered = {choice[0] for choice in field.choices or ()} - {""}
        if self.base.data == Base.REMEDY and field.data not in offered:
            raise ValidationError("Choose after which promise")

    def validate_payee(self, field: StringField) -> None:
        """Money goes to somebody."""
        if self.kind.data in PAYMENTS and not (field.data or "").strip():
            raise ValidationError("Enter who is paid")

    def validate_amount(self, field: StringField) -> None:
        """Money is an amount."""
        if self.kind.data in PAYMENTS and self.pence() is None:
            raise ValidationError("Enter the amount in pounds, like 250 or 99.50")

    def validate_every_months(self, field: StringField) -> None:
        """Empty, or a number of months."""
        typed = (field.data or "").strip()
        if typed and self.number(field, MOST_MONTHS) is None:
            raise ValidationError(f"Enter a number of months from 1 to {MOST_MONTHS}")

    def validate_until(self, field: GovDateField) -> None:
        """What repeats has an end, or the case could never be closed."""
        if (self.every_months.data or "").strip() and field.data is None:
            raise ValidationError("Enter the day on which it ends")

    def number(self, field: StringField, most: int = LONGEST_LENGTH) -> int | None:
        """What was typed as a number from one up."""
        typed = (field.data or "").strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
            return None
        return int(typed) if 1 <= int(typed) <= most else None

    def pence(self) -> int | None:
        """The amount; None where it is none."""
        typed = (self.amount.data or "").strip().lstrip("£").replace(",", "")
        if not typed.isascii():
            return None
        try:
            found = Decimal(typed) * 100
        except InvalidOperation:
            return None
        whole = found.is_finite() and found == found.to_integral_value()
        return int(found) if whole and 0 < found <= MOST_PENCE else None

    def counting(self, others: Iterable[Remedy]) -> Counting:
        """By when; the form has been validated."""
        base = Base(self.base.data)
        if base is Base.DAY:
            day = self.day.data
            return Counting(base, day=day if isinstance(day, date) else None)
        length, unit = self.number(self.length) or 1, str(self.unit.data)
        offset = Offset(length * 7, Unit.DAYS) if unit == WEEKS else Offset(length, _unit(unit))
        after = next((one for one in others if one.public_id == self.after.data), None)
        return Counting(base, offset=offset, after=after)


def _unit(code: str) -> Unit:
    return Unit(code) if code in set(Unit) else Unit.WORKING_DAYS


class WithVersion(GovForm):
    """What becomes of a remedy, against the version that was seen."""

    class Meta(GovForm.Meta):
        """Several of them stand on one page, whose one token is checked before its views."""

        csrf = False

    version = HiddenField()


class DoneForm(WithVersion):
    """It was done."""

    on = GovDateField("When was it done?", validators=[InputRequired("Enter the day")])
    evidence = TextAreaField(
        "How do we know?",
        description="A letter of a day, a receipt, who checked.",
        validators=[DataRequired("Write how we know that it was done"), at_most(LONGEST_TEXT)],
        widget=TextArea(),
    )
    tell = BooleanField("Write to the person that it is done", widget=Checkbox())


class ReasonForm(WithVersion):
    """It will not be done."""

    reasons = TextAreaField(
        "Why not?",
        description="The person may read it.",
        validators=[DataRequired("Write the reason"), at_most(LONGEST_TEXT)],
        widget=TextArea(),
    )


class OmbudsmanForm(WithVersion):
    """What the Ombudsman was told, and whether they are satisfied."""

    on = GovDateField("When were they told?", validators=[InputRequired("Enter the day")])
    compliance = SelectField("Are they satisfied?", widget=Select(), validate_choice=False)

    def offer(self) -> None:
        """Fill the list."""
        self.compliance.choices = [
            ("", "They have not said yet"),
            *((one.value, words) for one, words in COMPLIANCE.items()),
        ]

    def answer(self) -> Compliance | None:
        """What they said, if anything."""
        chosen = self.compliance.data
        return Compliance(chosen) if chosen in set(Compliance) else None


class LearningForm(WithVersion):
    """Whether it is learning for the annual report."""

    for_report = BooleanField("Put it into the annual report as learning", widget=Checkbox())
    made_known = TextAreaField(
        "How was it made known?",
        description="A team meeting, a bulletin, training. Leave it empty if it was not yet.",
        validators=[at_most(LONGEST_TEXT)],
        widget=TextArea(),
    )
