"""What a young person agreed to, as their advocate records it."""

from datetime import date
from typing import Any

from wtforms import FileField, SelectMultipleField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from portal.attachments import checking
from portal.attachments.checking import CheckedFile, FileRefused
from portal.cases.advocacy_consent import LONGEST_HOW, Agreed, DayPast
from portal.errors import Refused
from portal.marking import marked
from portal.web.advocate import scope_words
from portal.web.advocate.forms import JoinForm
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.tracking.forms import not_blank, typed_box
from portal.web.widgets import Checkboxes, FileInput, Submit, TextArea

HOW = marked("Say how they told you. A few words are enough")
TOO_LONG = marked("This must be 2,000 characters or shorter")


def scope_boxes(label: str) -> SelectMultipleField:
    """The boxes of a scope."""
    return SelectMultipleField(
        label,
        choices=[SelectChoice(one.value, text) for one, text in scope_words.CHOICES.items()],
        description=marked("Tick only what they said yes to. You can see it in any case."),
        widget=Checkboxes(),
    )


def how_box(*validators: Any) -> TextAreaField:
    """The box for how it was given."""
    return TextAreaField(
        marked("How did they tell you, and what did they say?"),
        description=marked(
            "Such as: face to face, by a form, in a call that we recorded. They can read this."
        ),
        validators=[*validators, Length(max=LONGEST_HOW, message=TOO_LONG)],
        widget=TextArea(),
    )


def last_day_boxes() -> GovDateField:
    """The boxes for the last day."""
    return GovDateField(
        marked("Until which day?"),
        description=marked("Leave this empty if they set no end. They can end it at any time."),
    )


class AgreementForm(GovForm):
    """What was agreed, how, and until when."""

    scope = scope_boxes(marked("What did the young person say you can do?"))
    how = how_box(not_blank(HOW))
    last_day = last_day_boxes()

    def as_agreed(self, upload: CheckedFile | None = None) -> Agreed:
        """Give the agreement. Called on a form that validated."""
        scope = scope_words.chosen(self.scope.data)
        return Agreed(scope, self.how.data or "", self.last_day.data, upload)

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field."""
        field = self.last_day if isinstance(refused, DayPast) else self.how
        field.errors = [refused.message]


class ConsentForm(AgreementForm):
    """The agreement, for a matter that the young person has shown the words of."""

    file = FileField(
        marked("A file that shows it (optional)"),
        description=marked("A form that they signed, or a voice note. The council can see it."),
        widget=FileInput(),
    )
    submit = SubmitField(marked("The young person wants this: follow it"), widget=Submit())


def carried(form: ConsentForm) -> dict[str, str]:
    """What was written of an agreement, as the boxes of `JoinForm` take it along. A file has to be
    chosen again."""
    until = form.last_day.data
    return {
        "agreed_scope": " ".join(form.scope.data or []),
        "agreed_how": form.how.data or "",
        "agreed_until": until.isoformat() if until is not None else "",
    }


def again(join: JoinForm) -> ConsentForm:
    """The agreement as it was being written when the words were asked for again.

    Args:
        join: the words, with what came along.
    """
    try:
        until = date.fromisoformat(join.agreed_until.data or "")
    except ValueError:
        until = None
    ticked = (join.agreed_scope.data or "").split()
    data = {"scope": ticked, "how": join.agreed_how.data, "last_day": until}
    return ConsentForm(formdata=None, data=data)


class AskForm(AgreementForm):
    """The same, to an officer, for a matter whose words the young person does not have."""

    page_order = ("reference",)
    reference = typed_box(
        marked("Their reference"),
        marked("Enter the reference that they gave you"),
        marked("8 letters and numbers, like 7KQM-2XVD"),
    )
    submit = SubmitField(marked("Ask the complaints team"), widget=Submit())


def looked_at(field: FileField) -> CheckedFile | None:
    """Check the file that was posted, if there is one, outside the act; what is wrong with it is
    put beside its field."""
    # A browser posts an empty part without a name when nothing was chosen.
    if not getattr(field.data, "filename", ""):
        return None
    try:
        return checking.check(field.data.filename, field.data.stream.read())
    except FileRefused as refusal:
        field.errors = [*field.errors, refusal.message]
        return None
