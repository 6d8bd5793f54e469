"""What people type at /track: their reference and words, and a message."""

from collections.abc import Callable, Mapping

from wtforms import (
    Field,
    Form,
    HiddenField,
    RadioField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, ValidationError

from portal.cases.agreeing import LONGEST_DISPUTE
from portal.cases.messages import LONGEST_REPLY
from portal.marking import marked
from portal.records.experience import Experienced
from portal.web import posted_files, waiting_files
from portal.web.govform import GovForm
from portal.web.widgets import CharacterCount, Radios, Submit, TextArea, TextInput

LONGEST_TYPED = 300
TOO_LONG = marked("This is too long. Enter only what we gave you")
# How we reach somebody, by the names of its form's boxes.
REACHED = ("way", "email", "mobile", "phone", "address", "good_time", "others", "care")
ASKED = ("asks", "stops", "of_part")
CARRIED = ("kept", "waiting", *REACHED, "how", "said", *ASKED, "helper", "helps", "days")
EXPERIENCES: Mapping[Experienced, str] = {
    Experienced.GOOD: marked("Good"),
    Experienced.IN_BETWEEN: marked("In between"),
    Experienced.BAD: marked("Bad"),
}


def not_blank(message: str) -> Callable[[Form, Field], None]:
    """A validator for words: spaces alone are none."""

    def check(_form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(message)

    return check


def typed_box(label: str, ask: str, hint: str) -> StringField:
    """A box for what we gave somebody to type in: a reference, or secret words.

    Args:
        label: its label.
        ask: the sentence where it was left empty.
        hint: what it looks like.
    """
    return StringField(
        label,
        widget=TextInput(),
        validators=[not_blank(ask), Length(max=LONGEST_TYPED, message=TOO_LONG)],
        description=hint,
    )


def reference_box() -> StringField:
    """The box for a reference."""
    return typed_box(
        marked("Your reference"),
        marked("Enter the reference that we gave you"),
        marked("8 letters and numbers, like 7KQM-2XVD. You can use small letters."),
    )


def _comes_along(longest: int = LONGEST_TYPED) -> HiddenField:
    return HiddenField(validators=[Length(max=longest)])


class WordsForm(GovForm):
    """Reference and secret words. What was being sent when the visit ended comes along: `kept` is a
    message, `waiting` finds its files, and the boxes from `way` to `care` say how we reach them.
    `how` and `said` are how it went; `asks` and `stops` are the words of a request for the next
    step, or to stop, of a part; `helper`, `helps` and `days` are of a link for a supporter."""

    reference = reference_box()
    words = typed_box(
        marked("Your secret words"),
        marked("Enter your secret words"),
        marked("5 words. Put a space between them. Small spelling mistakes do not matter."),
    )
    kept = _comes_along(LONGEST_REPLY)
    waiting = _comes_along()
    way, good_time, others = _comes_along(), _comes_along(), _comes_along()
    email, mobile, phone, address, care = (_comes_along(LONGEST_REPLY) for _ in range(5))
    how, said = _comes_along(), _comes_along(LONGEST_REPLY)
    asks, stops = _comes_along(LONGEST_REPLY), _comes_along(LONGEST_REPLY)
    of_part = _comes_along()
    helper, helps, days = _comes_along(LONGEST_REPLY), _comes_along(), _comes_along()
    submit = SubmitField(marked("Continue"), widget=Submit())

    def refuse(self, sentence: str) -> None:
        """Show a sentence at the first box; what was typed as words is never sent back."""
        self.reference.errors = [sentence]

    @property
    def keeps(self) -> bool:
        """Whether something waits to be sent."""
        return self.keeps_in(*CARRIED)

    @property
    def carried(self) -> list[HiddenField]:
        """The boxes of what comes along."""
        return [self[name] for name in CARRIED]

    def keeps_in(self, *names: str) -> bool:
        """Whether something waits in any of these boxes."""
        return any((self[name].data or "").strip() for name in names)

    def forget_words(self) -> None:
        """Empty the words' box before the form is shown again."""
        self.words.data = None


def _message_box(*validators: Callable[[Form, Field], None]) -> TextAreaField:
    return TextAreaField(
        marked("Write to us"),
        widget=CharacterCount(LONGEST_REPLY, threshold=75),
        validators=[
            *validators,
            Length(
                max=LONGEST_REPLY,
                message=marked("Your message must be 20,000 characters or shorter"),
            ),
        ],
    )


def said_or_sent(form: Form, field: Field) -> None:
    """A validator: words, or a file that speaks for itself, now or a moment ago."""
    if not posted_files.chosen(form["files"]) and not form["waiting"].data:
        not_blank(marked("Write your message first. It can be short."))(form, field)


class ReplyForm(GovForm):
    """A message in a matter's thread, with photos or documents. `waiting` finds those that were
    added before it is sent."""

    message = _message_box(said_or_sent)
    waiting = HiddenField()
    files = waiting_files.box(marked("Add photos, recordings or documents"))
    submit = SubmitField(marked("Send message"), widget=Submit())


class ExperienceForm(GovForm):
    """How it went: one question, and words if they like."""

    code = RadioField(
        marked("How did we do?"),
        choices=[SelectChoice(code.value, text) for code, text in EXPERIENCES.items()],
        widget=Radios(),
        validate_choice=False,
    )
    said = TextAreaField(
        marked("You can say more, if you like"),
        widget=TextArea(),
        validators=[
            Length(
                max=LONGEST_REPLY, message=marked("Your words must be 20,000 characters or shorter")
            )
        ],
    )

    def validate_code(self, field: RadioField) -> None:
        """One of the answers."""
        if field.data not in set(Experienced):
            raise ValidationError(marked("Choose how we did"))


class DisputeForm(GovForm):
    """This isn't what I said: about one point. `mark` stands for the points as they were read."""

    wrong = TextAreaField(
        marked("What is wrong? What did you say?"),
        widget=CharacterCount(LONGEST_DISPUTE, threshold=75),
        validators=[
            not_blank(marked("Tell us what is wrong. A few words are enough.")),
            Length(max=LONGEST_DISPUTE, message=marked("This must be 5,000 characters or shorter")),
        ],
    )
    mark = HiddenField()
    submit = SubmitField(marked("Tell us"), widget=Submit())


def _why() -> TextAreaField:
    too_long = marked("Your words must be 20,000 characters or shorter")
    return TextAreaField(
        marked("You can say why, if you like"),
        widget=TextArea(),
        validators=[Length(max=LONGEST_REPLY, message=too_long)],
    )


class AskForm(GovForm):
    """Words that go with a request for the next step. None are needed."""

    # The stage that was on the page: a second press must not ask for the one after the next.
    stage = HiddenField()
    words = _why()


class StopForm(GovForm):
    """Words that go with a wish to stop. None are needed."""

    why = _why()
