"""Forms for what is recorded of who may complain."""

from datetime import date
from enum import StrEnum

from wtforms import BooleanField, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.attachments.checked_file import CheckedFile
from portal.cases.childs_view import View
from portal.cases.consent import RECORDED, Given
from portal.cases.interest import Weighed
from portal.cases.late_test import Halves
from portal.procedures.matter import ChildsView, Consent, Interest
from portal.procedures.person import PEOPLE, PersonCode
from portal.procedures.vocabulary import ProcedureCode
from portal.records.attachment import Attachment
from portal.records.interest_decision import ChildTold
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.decision_form import LONGEST_EXPLANATION, LONGEST_NAME, at_most
from portal.web.officer.radio_question import asked
from portal.web.officer.standing_words import CHILD_TOLD, CONSENT, INTERESTS, VIEWS
from portal.web.widgets import Checkbox, FileInput, Select, TextArea, TextInput


class Half(StrEnum):
    """An answer to one half of a test."""

    YES = "yes"
    NO = "no"


class TimedProcedure(StrEnum):
    """The procedures that know a time to complain."""

    STATUTORY = "statutory"
    CORPORATE = "corporate"


_HALF = {Half.YES: "Yes", Half.NO: "No"}


class Interested(StrEnum):
    """The three codes of somebody with sufficient interest: each goes with a list of its own."""

    CHILD = PersonCode.SUFFICIENT_INTEREST_CHILD.value
    ADOPTION = PersonCode.SUFFICIENT_INTEREST_ADOPTION.value
    SPECIAL_GUARDIAN = PersonCode.SUFFICIENT_INTEREST_SGO.value


_INTERESTED = {code: wording.capital(PEOPLE[PersonCode(code.value)].label) for code in Interested}


def _box(label: str, sentence: str, hint: str = "") -> TextAreaField:
    needed = [DataRequired(sentence)] if sentence else []
    return TextAreaField(
        label,
        description=hint,
        validators=[*needed, at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )


def _day(field: GovDateField) -> date:
    found = field.data
    assert isinstance(found, date), "the form has been validated"
    return found


class ChildsViewForm(GovForm):
    """What the child thinks, or why they were not asked."""

    state = asked("Was the child asked?", VIEWS, "Choose whether the child was asked")
    on_day = GovDateField("On which day?", validators=[InputRequired("Enter the day")])
    words = _box(
        "What they said, or why they were not asked",
        "Write what they said, or why they were not asked",
        "In the child’s own words where you can.",
    )

    def as_view(self) -> View:
        """Give what is to be recorded. Called on a form that validated."""
        return View(ChildsView(self.state.data), _day(self.on_day), self.words.data or "")


class ConsentForm(GovForm):
    """Whether the young person agrees, and how we know."""

    state = asked(
        "Does the young person agree?",
        {state: CONSENT[state] for state in RECORDED},
        "Choose whether they agree",
        "A parent, or anybody else on the law’s list, who complains for themselves needs none.",
    )
    on_day = GovDateField("On which day?", validators=[InputRequired("Enter the day")])
    words = _box(
        "To what, and how we know",
        "Write what was agreed and how we know, or why consent is not needed or cannot be given",
        "If you ask by letter, these words stand in it: write to the person.",
    )
    ask_by_letter = BooleanField("Ask by letter: send these words to the writer", widget=Checkbox())
    file = SelectField("A file that shows it", widget=Select(), validate_choice=False)
    upload = FileField(
        "Or add one: a signed form, a scan or a photo",
        description="At most 25 MB. Only those who may see this matter can open it.",
        widget=FileInput(),
    )
    decided_by = StringField(
        "Who decided that they cannot say it for themselves",
        description="Only where they cannot give consent or say what they want.",
        validators=[at_most(LONGEST_NAME)],
        widget=TextInput(),
    )
    review_on = GovDateField(
        "When is it looked at again?",
        description="Only where somebody speaks without instructions.",
    )

    def ask_a_representative(self) -> None:
        """Ask it of somebody whom an MP or a member of the council represents."""
        self.state.label.text = "Does the person agree whom they write for?"
        self.state.description = (
            "No agreement is needed for an answer that says nothing of anybody."
        )

    def offer(self, files: list[Attachment]) -> None:
        """Fill the list of files."""
        kept = [(one.public_id, one.filename) for one in files]
        self.file.choices = [("", "None of those that came with it"), *kept]

    def as_given(self, upload: CheckedFile | None) -> Given:
        """Give what is to be recorded. Called on a form that validated.

        Args:
            upload: the file that was added, already looked at.
        """
        return Given(
            state=Consent(self.state.data),
            on_day=_day(self.on_day),
            words=self.words.data or "",
            decided_by=self.decided_by.data or "",
            review_on=self.review_on.data,
            file=self.file.data or "",
            upload=upload,
            ask_by_letter=bool(self.ask_by_letter.data),
        )


class InterestForm(GovForm):
    """The decision on somebody's interest in a child's welfare."""

    person = asked("Who is the writer?", _INTERESTED, "Choose who the writer is")
    decision = asked(
        "Is their interest in the child’s welfare enough?",
        INTERESTS,
        "Choose whether it is enough",
    )
    reasons = _box(
        "The reasons", "Write the reasons", "They go into the letter: write to the person."
    )
    child_told = asked("Is the child told?", CHILD_TOLD, "Choose whether the child is told")
    child_told_words = _box("How they are told, or why it is not right", "")

    def as_weighed(self) -> Weighed:
        """Give what is decided. Called on a form that validated."""
        return Weighed(
            person=PersonCode(self.person.data),
            decision=Interest(self.decision.data),
            reasons=self.reasons.data or "",
            child_told=ChildTold(self.child_told.data),
            child_told_words=self.child_told_words.data or "",
        )


class ChildToldForm(GovForm):
    """That the child was told of a decision of which they were to be told."""

    told_on = GovDateField(
        "On which day was the child told?", validators=[InputRequired("Enter the day")]
    )
    how = _box("Who told the child, and how?", "Write who told the child, and how")

    def as_told(self) -> tuple[date, str]:
        """Give the day and the words. Called on a form that validated."""
        return _day(self.told_on), self.how.data or ""


class LateTestForm(GovForm):
    """Both halves of the test for a complaint that came late."""

    procedure = asked(
        "Which procedure would it follow?",
        {
            TimedProcedure.STATUTORY: "Statutory: one year from when it happened (regulation 9)",
            TimedProcedure.CORPORATE: "Corporate: 12 months from when it happened, or from when"
            " they knew (Code 2.2)",
        },
        "Choose the procedure",
    )
    arose_on = GovDateField("When did it happen?", validators=[InputRequired("Enter the day")])
    knew_on = GovDateField(
        "When did they learn of it?", description="Leave it empty if it is the same day."
    )
    no_sooner = asked(
        "First half: was it unreasonable to expect it sooner?", _HALF, "Choose yes or no"
    )
    no_sooner_reasons = _box(
        "The reasons for the first half", "Write the reasons for the first half"
    )
    still_fair = asked(
        "Second half: can it still be looked at effectively and fairly?", _HALF, "Choose yes or no"
    )
    still_fair_reasons = _box(
        "The reasons for the second half", "Write the reasons for the second half"
    )

    def as_halves(self) -> Halves:
        """Give what was weighed. Called on a form that validated."""
        return Halves(
            procedure=ProcedureCode(self.procedure.data),
            arose_on=_day(self.arose_on),
            knew_on=self.knew_on.data,
            no_sooner=self.no_sooner.data == Half.YES,
            no_sooner_reasons=self.no_sooner_reasons.data or "",
            still_fair=self.still_fair.data == Half.YES,
            still_fair_reasons=self.still_fair_reasons.data or "",
        )
