"""Forms for the points of complaint."""

from wtforms import BooleanField, HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Optional

from portal.cases.drafted_points import MOST_POINTS, parts_of
from portal.cases.points import LONGEST_POINT
from portal.errors import Refused
from portal.records.point import Point
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most
from portal.web.widgets import Checkbox, Checkboxes, TextArea

THEIR_WORDS = "Use the person’s own words. One thing that went wrong, and no more."


class PointForm(GovForm):
    """The words of one point."""

    text = TextAreaField(
        "What went wrong",
        description=THEIR_WORDS,
        validators=[DataRequired("Write what went wrong"), at_most(LONGEST_POINT)],
        widget=TextArea(),
    )
    version = HiddenField()


class SplitForm(GovForm):
    """One point's words, with an empty line where it is cut."""

    parts = TextAreaField(
        "Split it",
        description="Leave an empty line where one point ends and the next begins.",
        validators=[DataRequired("Write the parts"), at_most(LONGEST_POINT)],
        widget=TextArea(),
    )
    version = HiddenField()

    def texts(self) -> tuple[str, ...]:
        """The parts."""
        return parts_of(self.parts.data or "")


class WithdrawForm(GovForm):
    """The person's wish, which is all that takes a point out."""

    asked = BooleanField(
        "The person told us that they want to take this point back",
        validators=[DataRequired("Tick the box if the person asked for it. Nobody else can")],
        widget=Checkbox(),
    )
    version = HiddenField()


class JoinForm(GovForm):
    """Points that say the same thing."""

    numbers = SelectMultipleField(
        "Which points say the same thing?",
        widget=Checkboxes(classes="govuk-checkboxes--small"),
        validate_choice=False,
    )

    def offer(self, live: list[Point]) -> None:
        """Fill the list."""
        self.numbers.choices = [
            (str(point.number), f"Point {point.number}: {shortened(point.text)}") for point in live
        ]


class DraftBox(GovForm):
    """One drafted point; left empty it is not kept."""

    class Meta(GovForm.Meta):
        """The page's one token is checked before its view."""

        csrf = False

    text = TextAreaField(validators=[Optional(), at_most(LONGEST_POINT)], widget=TextArea())


def draft_boxes(texts: tuple[str, ...] | None = None) -> list[DraftBox]:
    """The boxes of the drafting page.

    Args:
        texts: what to fill them with, and one more that is empty; None to read what was posted.
    """
    if texts is None:
        boxes = [DraftBox(prefix=f"draft-{at}-") for at in range(1, MOST_POINTS + 2)]
    else:
        filled = [*texts, ""]
        boxes = [
            DraftBox(formdata=None, prefix=f"draft-{at}-", data={"text": text})
            for at, text in enumerate(filled, start=1)
        ]
    for at, box in enumerate(boxes, start=1):
        box.text.label.text = f"Point {at}"
    return boxes


def refuse(form: GovForm, field: str, refused: Refused) -> None:
    """Show a refusal at a field, with everything that was typed."""
    form[field].errors = [refused.message]


def shortened(text: str, longest: int = 80) -> str:
    """The beginning of a point, for a list."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"


def version_of(form: GovForm) -> int:
    """The version that the page showed; one that was tampered with matches nothing."""
    typed = str(form["version"].data or "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1
