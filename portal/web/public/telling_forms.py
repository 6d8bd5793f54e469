"""What somebody has to tell: its kind, who else decides about it, the story and its points."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import (
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Optional

from portal.cases import drafted_points
from portal.cases.drafted_points import MOST_LISTED
from portal.marking import marked
from portal.procedures.vocabulary import Category
from portal.web.question_form import (
    Answer,
    Names,
    QuestionForm,
    Row,
    long_words,
    short_line,
    trimmed,
)
from portal.web.widgets import Checkboxes, FileInput, Radios, TextArea, TextInput
from portal.wording import say

FEWEST_BOXES = 3


class Kind(QuestionForm):
    """What it is: it decides what is asked and promised, and an officer may still change it.

    Thanks are told at once: they need no more pages.
    """

    NEEDED: ClassVar[tuple[str, ...]] = ("kind",)
    NAMES: ClassVar[Names] = {"praise": marked("What was good")}
    kind = RadioField(
        marked("What would you like to tell us?"),
        [DataRequired(marked("Choose what you would like to tell us"))],
        choices=[
            SelectChoice(Category.COMPLAINT.value, marked("Something is wrong")),
            SelectChoice(Category.COMPLIMENT.value, marked("Something was good")),
            SelectChoice(Category.COMMENT.value, marked("An idea or a comment")),
        ],
        widget=Radios(
            hints={
                Category.COMPLAINT.value: marked(
                    "This is a complaint. We look into it and answer you."
                ),
                Category.COMPLIMENT.value: marked("This is a compliment. We pass your thanks on."),
                Category.COMMENT.value: marked("We pass it to the people who can use it."),
            }
        ),
    )
    praise = TextAreaField(marked("What was good?"), [long_words], widget=TextArea())

    def validate_praise(self, field: TextAreaField) -> None:
        """Thanks are in the words alone."""
        if self.kind.data == Category.COMPLIMENT and not (field.data or "").strip():
            raise ValidationError(marked("Tell us what was good. A few words are enough"))

    def rows(self) -> list[Row]:
        """The kind, and the words of thanks where it is thanks."""
        rows = super().rows()
        return rows if self.kind.data == Category.COMPLIMENT else rows[:1]


class Elsewhere(QuestionForm):
    """Whether somebody else decides about it as well: asked early, and never in the way."""

    NAMES: ClassVar[Names] = {"elsewhere": marked("Also about")}
    elsewhere = SelectMultipleField(
        marked("Is it about any of these? (optional)"),
        choices=[
            SelectChoice("court", marked("A court case, or what a judge decided")),
            SelectChoice("plan", marked("A decision on an education, health and care (EHC) plan")),
            SelectChoice("school", marked("Something that a school did")),
            SelectChoice("place", marked("A school place, school transport or being sent home")),
            SelectChoice("others", marked("The NHS, the police or another council")),
            SelectChoice("none", marked("None of these")),
        ],
        widget=Checkboxes(or_before="none"),
    )


class WhoElse(QuestionForm):
    """Nothing is asked: where else help is had."""


class WhatHappened(QuestionForm):
    """The story, in the person's own words, and photos or documents if they have some."""

    NEEDED: ClassVar[tuple[str, ...]] = ("story",)
    NEEDED_SENTENCE = marked("Tell us what happened, or add a photo or document")
    story = TextAreaField(marked("What happened?"), [long_words], widget=TextArea())
    file = MultipleFileField(
        marked("Add photos, documents or recordings (optional)"), widget=FileInput()
    )


class PlanDecision(QuestionForm):
    """Whether it is about a decision on a plan that the words name."""

    NAMES: ClassVar[Names] = {"about_plan": marked("About an EHC plan decision")}
    about_plan = RadioField(
        marked("Is it about a decision on an education, health and care (EHC) plan?"),
        [Optional()],
        choices=[
            SelectChoice("yes", marked("Yes")),
            SelectChoice("no", marked("No")),
            SelectChoice("not_sure", marked("I’m not sure")),
        ],
        widget=Radios(),
    )


class Points(QuestionForm):
    """What went wrong, one thing in each box; they become the points that are answered."""

    def boxes(self) -> list[TextAreaField]:
        """The boxes to show: what is filled, and one more."""
        every = [self[name] for name in POINT_NAMES]
        filled = max((n for n, box in enumerate(every, 1) if (box.data or "").strip()), default=0)
        wrong = max((n for n, box in enumerate(every, 1) if box.errors), default=0)
        shown = every[: max(FEWEST_BOXES, wrong, min(filled + 1, MOST_LISTED))]
        for number, box in enumerate(shown, start=1):
            box.label.text = say("Point %(number)s", number=number)
        return shown

    def answer(self) -> Answer:
        """The points that were filled in, without gaps between them."""
        return dict(zip(POINT_NAMES, self._told(), strict=False))

    def rows(self) -> list[Row]:
        """All of them as one list."""
        return [Row(say("What went wrong, one by one"), drafted_points.as_list(self._told()))]

    def _told(self) -> list[str]:
        texts = (self[name].data or "" for name in POINT_NAMES)
        return [text.strip() for text in texts if text.strip()]


POINT_NAMES = tuple(f"point_{number}" for number in range(1, MOST_LISTED + 1))
# A class body cannot name its fields by number.
for _name in POINT_NAMES:
    setattr(Points, _name, TextAreaField("", [long_words], widget=TextArea()))


def points_in(said: Mapping[str, Any]) -> list[str]:
    """The points that were listed, in their order."""
    return [str(said[name]) for name in POINT_NAMES if said.get(name)]


class PutRight(QuestionForm):
    """What would put it right."""

    NAMES: ClassVar[Names] = {"wanted": marked("What would put it right")}
    wanted = TextAreaField(
        marked("What would put it right? (optional)"), [long_words], widget=TextArea()
    )


class Thanks(QuestionForm):
    """What is asked beside the Send button of thanks: a name, and whether they may be published."""

    NAMES: ClassVar[Names] = {
        "signed": marked("Your name"),
        "may_publish": marked("Publish it without names"),
    }
    signed = StringField(
        marked("Your name (optional)"), [short_line], filters=[trimmed], widget=TextInput()
    )
    may_publish = RadioField(
        marked("May we publish your words, without names? (optional)"),
        [Optional()],
        choices=[
            SelectChoice("yes", marked("Yes, without names")),
            SelectChoice("no", marked("No, keep them private")),
        ],
        widget=Radios(),
    )
