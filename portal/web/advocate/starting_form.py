"""What an advocate writes for a young person: their words and the advocate's own, kept apart."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, FileField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal.cases.advocacy_consent import Agreed
from portal.marking import marked
from portal.web.advocate import scope_words
from portal.web.advocate.consent_form import HOW, how_box, last_day_boxes, scope_boxes
from portal.web.advocate.reaching_form import REACHED, ReachForm, line
from portal.web.question_form import long_words
from portal.web.widgets import Checkbox, FileInput, Radios, TextArea

NO_STORY = marked("Write what the young person says, or add a file with their words")


def _words(label: str, hint: str = "") -> TextAreaField:
    return TextAreaField(label, [long_words], description=hint, widget=TextArea())


class StartForm(ReachForm):
    """Everything on one page, saved as far as it goes. Only "Check it" asks for what lacks."""

    name = line(
        marked("What is the young person called?"),
        marked("A first name is enough, or leave it empty."),
    )
    story = _words(marked("What happened, in the young person’s words"))
    wanted = _words(marked("What they would like to happen"))
    added = _words(
        marked("What you add yourself (optional)"), marked("We keep this apart from their words.")
    )
    about_whom = line(
        marked("Is it about a person? (optional)"),
        marked("That person cannot open it or be given it."),
    )
    danger = RadioField(
        marked("Is anyone in danger now?"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("No")),
            SelectChoice("yes", marked("Yes")),
            SelectChoice("not_sure", marked("I am not sure")),
        ],
        widget=Radios(classes="govuk-radios--inline"),
    )
    urgent = line(
        marked("Is something urgent? (optional)"),
        marked("Such as: their home ends on Friday, or their money has stopped."),
    )
    scope = scope_boxes(marked("What did the young person say you can do?"))
    how = how_box()
    last_day = last_day_boxes()
    file = FileField(marked("Add a letter, a photo, a voice note or a form"), widget=FileInput())
    has_read = BooleanField(
        marked("The young person has read this, or I have read it to them"), widget=Checkbox()
    )

    def answers(self) -> dict[str, Any]:
        """What was written, as a draft keeps it; what is no date yet is kept as none."""
        kept = {name: self[name].data for name in _PLAIN}
        last_day = self.last_day.data
        return kept | {"last_day": last_day.isoformat() if last_day is not None else None}

    def say_missing(self, *, has_files: bool) -> bool:
        """Put sentences beside what must be there before it can be sent; say whether all is."""
        if not (self.story.data or "").strip() and not has_files:
            self.story.errors = [*self.story.errors, NO_STORY]
        if not (self.how.data or "").strip():
            self.how.errors = [*self.how.errors, HOW]
        self.say_unreachable()
        return not self.errors


_PLAIN = (
    "name", "story", "wanted", "added", "about_whom", "danger", "urgent", *REACHED, "scope", "how",
    "has_read",
)  # fmt: skip


def filled(answers: Mapping[str, Any]) -> StartForm:
    """The form as a draft has it."""
    return StartForm(formdata=None, data={**answers, "last_day": last_day_of(answers)})


def last_day_of(answers: Mapping[str, Any]) -> date | None:
    """The last day that a draft has, where it has one."""
    kept = answers.get("last_day")
    return date.fromisoformat(kept) if kept else None


def agreed_in(answers: Mapping[str, Any]) -> Agreed:
    """What the young person agreed to, as a draft has it."""
    scope = scope_words.chosen(answers.get("scope"))
    return Agreed(scope, answers.get("how") or "", last_day_of(answers))
