"""What somebody needs to be able to use our answers: asked once, and shown first to officers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.marking import marked
from portal.web.question_form import Names, QuestionForm, long_words, short_line, trimmed
from portal.web.widgets import Checkboxes, TextArea, TextInput

# What an officer reads of each.
FOR_OFFICERS: Mapping[str, str] = {
    "large_print": "Large print.",
    "easy_read": "Easy read.",
    "audio": "A recording to listen to.",
    "sign_language": "British Sign Language.",
    "interpreter": "An interpreter.",
    "phone_only": "Speak to them by phone: they cannot use letters or emails.",
}


class Adjustments(QuestionForm):
    """Format, language, interpreter, or to speak and not to write."""

    NAMES: ClassVar[Names] = {
        "needs": marked("What you need from us"),
        "language": marked("Your language"),
        "needs_more": marked("Anything else that helps"),
    }
    needs = SelectMultipleField(
        marked("Do you need any of these? (optional)"),
        choices=[
            SelectChoice("large_print", marked("Large print")),
            SelectChoice("easy_read", marked("Easy read")),
            SelectChoice("audio", marked("A recording that I can listen to")),
            SelectChoice("sign_language", marked("British Sign Language")),
            SelectChoice("interpreter", marked("An interpreter")),
            SelectChoice(
                "phone_only", marked("Please call me. I find letters and emails hard to use")
            ),
        ],
        widget=Checkboxes(),
    )
    language = StringField(
        marked("Which language do you speak or read best? (optional)"),
        [short_line],
        filters=[trimmed],
        widget=TextInput(),
    )
    needs_more = TextAreaField(
        marked("Is there anything else that would help? (optional)"),
        [long_words],
        widget=TextArea(),
    )


def in_lines(said: Mapping[str, Any]) -> str | None:
    """What was asked for, a line for each, as officers read it.

    Args:
        said: all answers by field name.

    Returns:
        The lines, or None where nothing was asked for.
    """
    lines = [FOR_OFFICERS[code] for code in said.get("needs") or () if code in FOR_OFFICERS]
    if said.get("language"):
        lines.append(f"Their language: {said['language']}")
    if said.get("needs_more"):
        lines.append(f"They say: {said['needs_more']}")
    return "\n".join(lines) or None
