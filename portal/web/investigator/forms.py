"""What an investigating officer fills in."""

from datetime import date

from wtforms import FileField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from portal.cases import conflicts, investigating, remedies
from portal.procedures.remedy import PAYMENTS, RemedyKind
from portal.records.investigation_note import NoteKind
from portal.records.point import Point
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most, one_of
from portal.web.officer.procedure_words import KINDS
from portal.web.widgets import FileInput, Radios, Select, TextArea, TextInput

NOTES = {NoteKind.INTERVIEW: "A talk with somebody", NoteKind.EVIDENCE: "Evidence"}
FOR_ALL = ("", "All points")


class NoteForm(GovForm):
    """A talk, or evidence."""

    kind = RadioField(
        "What is it?",
        choices=[SelectChoice(kind.value, words) for kind, words in NOTES.items()],
        validators=[one_of(NoteKind, "Choose what it is")],
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    point = SelectField("Which point?", widget=Select(), validate_choice=False)
    with_whom = StringField(
        "With whom?",
        description="For a talk.",
        validators=[at_most(investigating.LONGEST_NAME)],
        widget=TextInput(),
    )
    on = GovDateField("On which day?", validators=[InputRequired("Enter the day")])
    text = TextAreaField(
        "What was said, or what you saw",
        validators=[
            DataRequired(investigating.SayWhat.message), at_most(investigating.LONGEST_NOTE),
        ],
        widget=TextArea(),
    )  # fmt: skip

    def offer(self, points: list[Point]) -> None:
        """Fill the list of points."""
        self.point.choices = [FOR_ALL, *((str(p.number), f"Point {p.number}") for p in points)]

    def validate_with_whom(self, field: StringField) -> None:
        """A talk is with somebody."""
        if self.kind.data == NoteKind.INTERVIEW and not (field.data or "").strip():
            raise ValidationError(investigating.SayWithWhom.message)

    def number(self) -> int | None:
        """The point's number; None for all."""
        return number_in(self.point)

    def day(self) -> date:
        """The day; the form has been validated."""
        found = self.on.data
        assert isinstance(found, date)
        return found


class ConflictForm(GovForm):
    """A conflict of interest in one case."""

    words = TextAreaField(
        "What is the conflict?",
        validators=[
            DataRequired(conflicts.SayWhich.message), at_most(conflicts.LONGEST),
        ],
        widget=TextArea(),
    )  # fmt: skip


class RecommendForm(GovForm):
    """One recommendation."""

    point = SelectField("For which point?", widget=Select(), validate_choice=False)
    kind = SelectField(
        "What kind of thing?",
        choices=[SelectChoice(k.value, KINDS[k]) for k in RemedyKind if k not in PAYMENTS],
        validators=[one_of(RemedyKind, "Choose what kind of thing it is")],
        widget=Select(),
        validate_choice=False,
    )
    text = TextAreaField(
        "What should be done?",
        description="A payment as well: say how much, to whom and why.",
        validators=[
            DataRequired(remedies.SayWhat.message), at_most(remedies.LONGEST_TEXT),
        ],
        widget=TextArea(),
    )  # fmt: skip
    day = GovDateField("By when?", validators=[InputRequired("Enter the day")])

    def offer(self, points: list[Point]) -> None:
        """Fill the list of points."""
        self.point.choices = [FOR_ALL, *((str(p.number), f"Point {p.number}") for p in points)]


class ReportForm(GovForm):
    """The report, as a file."""

    report = FileField(
        "Your report", description="PDF or Word (.docx), at most 20 MB.", widget=FileInput()
    )


def number_in(field: SelectField) -> int | None:
    """The number of the point that was chosen, of those offered."""
    offered = {str(choice[0]) for choice in field.choices or ()}
    typed = str(field.data or "")
    return int(typed) if typed in offered and typed.isdecimal() else None
