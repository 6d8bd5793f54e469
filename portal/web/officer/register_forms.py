"""Forms of the register and of fees."""

from datetime import date

from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from portal.cases import fees, register
from portal.cases.fees import Appointed
from portal.cases.register import Known
from portal.records.register_entry import RatePer, RegisterEntry
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.case_view import ROLES
from portal.web.officer.decision_form import at_most
from portal.web.officer.pounds import pence_typed
from portal.web.widgets import Select, TextArea, TextInput

PER = {RatePer.HOUR: "an hour", RatePer.DAY: "a day", RatePer.CASE: "a case"}


class RegisterForm(GovForm):
    """What is known of somebody of the register."""

    skills = TextAreaField(
        "What they know and can do",
        validators=[at_most(register.LONGEST_WORDS)],
        widget=TextArea(),
    )
    conflicts = TextAreaField(
        "Conflicts that they have declared",
        description="Whom and which services they are close to. Asked again for each case.",
        validators=[at_most(register.LONGEST_WORDS)],
        widget=TextArea(),
    )
    rate = StringField(
        "Rate in pounds",
        description="Like 250 or 99.50. Leave it empty where nothing is paid.",
        validators=[at_most(20)],
        widget=TextInput(),
    )
    rate_per = SelectField(
        "Paid for",
        choices=[SelectChoice(per.value, words) for per, words in PER.items()],
        widget=Select(),
        validate_choice=False,
    )
    dbs_on = GovDateField("Date of their DBS certificate")
    version = HiddenField()

    def validate_rate(self, field: StringField) -> None:
        """Nothing, or an amount."""
        pence = pence_typed(field.data)
        if (field.data or "").strip() and (pence is None or pence > register.MOST_PENCE):
            raise ValidationError("Enter the rate in pounds, like 250 or 99.50")

    def validate_rate_per(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in set(RatePer):
            raise ValidationError("Choose what it is paid for")

    def show(self, entry: RegisterEntry | None) -> None:
        """Fill it with what is kept."""
        self.version.data = str(entry.version if entry is not None else 0)
        if entry is None:
            return
        self.skills.data, self.conflicts.data = entry.skills, entry.conflicts
        self.rate.data = f"{entry.rate_pence / 100:.2f}" if entry.rate_pence else ""
        self.rate_per.data = entry.rate_per.value if entry.rate_per else RatePer.HOUR.value
        self.dbs_on.data = entry.dbs_on

    def as_known(self) -> Known:
        """What was filled in; the form has been validated."""
        pence = pence_typed(self.rate.data)
        return Known(
            skills=self.skills.data or "",
            conflicts=self.conflicts.data or "",
            rate_pence=pence,
            rate_per=RatePer(self.rate_per.data) if pence else None,
            dbs_on=_day(self.dbs_on),
        )


class FeeForm(GovForm):
    """One payment."""

    appointment = SelectField("Who was paid?", widget=Select(), validate_choice=False)
    amount = StringField(
        "Amount in pounds",
        description="Like 250 or 99.50",
        validators=[InputRequired(fees.AmountNotPossible.message)],
        widget=TextInput(),
    )
    what_for = StringField(
        "What for?",
        validators=[DataRequired(fees.SayWhatFor.message), at_most(fees.LONGEST_WORDS)],
        widget=TextInput(),
    )
    paid_on = GovDateField("Paid on", validators=[InputRequired("Enter the day")])

    def offer(self, found: list[Appointed]) -> None:
        """Fill the list with those who are or were appointed."""
        named = [
            (one.appointment.public_id, f"{one.name}, {ROLES[one.appointment.role].lower()}")
            for one in found
        ]
        self.appointment.choices = [("", "Choose somebody"), *named]

    def validate_appointment(self, field: SelectField) -> None:
        """Somebody of the list."""
        if field.data not in {choice[0] for choice in field.choices or ()} - {""}:
            raise ValidationError(fees.NotAppointed.message)

    def day(self) -> date:
        """The day of the payment; the form has been validated."""
        found = _day(self.paid_on)
        assert found is not None
        return found


def _day(field: GovDateField) -> date | None:
    return field.data if isinstance(field.data, date) else None
