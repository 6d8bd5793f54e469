"""How to reach whoever tells us, and whom to talk to: boxes, choices, and what is wrong."""

from typing import Any, ClassVar

from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Optional

from portal.correspondence import channels
from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import mobile_number
from portal.marking import marked
from portal.procedures.young_person import TalkTo
from portal.records.feedback import ContactWay
from portal.web.contact_answers import GOOD_TIMES, If
from portal.web.public.forms import LINE
from portal.web.question_form import Names, QuestionForm, Row, long_words, short_line, trimmed
from portal.web.widgets import Radios, TextArea
from portal.work import council, settings

FEWEST_DIGITS = 9


class Contact(QuestionForm):
    """How we may reach the person, with the details of that way only, and whom to talk to."""

    NEEDED: ClassVar[tuple[str, ...]] = ("way",)
    NEEDED_SENTENCE = marked("Choose how we can contact you, or that we should not")
    NAMES: ClassVar[Names] = {
        "way": marked("How we contact you"),
        "address": marked("Address"),
        "talk_to": marked("Who we talk to"),
    }
    way = RadioField(
        marked("How is it safe to contact you?"),
        [DataRequired(NEEDED_SENTENCE)],
        choices=[
            SelectChoice(ContactWay.EMAIL.value, marked("Email")),
            SelectChoice(ContactWay.TEXT.value, marked("Text message")),
            SelectChoice(ContactWay.PHONE.value, marked("Phone")),
            SelectChoice(ContactWay.POST.value, marked("Post")),
            SelectChoice(
                ContactWay.PORTAL_ONLY.value, marked("Do not contact me. I will come back here")
            ),
        ],
        widget=Radios(
            hints={
                ContactWay.PORTAL_ONLY.value: marked(
                    "You read our answers with your reference and "
                    "secret words, which you get at the end."
                )
            },
            or_before=ContactWay.PORTAL_ONLY.value,
        ),
    )
    email = StringField(marked("Email address"), [short_line], **LINE)
    mobile = StringField(marked("Mobile number"), [short_line], **LINE)
    phone = StringField(marked("Phone number"), [short_line], **LINE)
    address = TextAreaField(marked("Address"), [long_words], filters=[trimmed], widget=TextArea())
    talk_to = RadioField(
        marked("Who should we talk to? (optional)"),
        [Optional()],
        choices=[
            SelectChoice(TalkTo.ME.value, marked("Me")),
            SelectChoice(TalkTo.ADULT.value, marked("Somebody else")),
        ],
        widget=Radios(
            hints={
                TalkTo.ADULT.value: marked(
                    "For example, your advocate, or a relative who helps you. We may talk to them "
                    "about all of this."
                )
            }
        ),
    )
    trusted_adult = StringField(
        marked("What is their name, and how can we reach them?"), [short_line], **LINE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer only the ways by which this council can reach somebody."""
        super().__init__(*args, **kwargs)
        offered = channels.offered(council(), settings())
        choices: list[Any] = list(self.way.choices or ())
        self.way.choices = [choice for choice in choices if choice.value in offered]

    def validate_email(self, field: StringField) -> None:
        """An address that we can write to, when that is the way."""
        if self.way.data == ContactWay.EMAIL and plain_address(field.data) is None:
            raise ValidationError(
                marked("That is not an email we can use. It must look like name@example.com")
            )

    def validate_mobile(self, field: StringField) -> None:
        """A number that a text can go to, when that is the way."""
        if self.way.data == ContactWay.TEXT and mobile_number(field.data) is None:
            raise ValidationError(marked("Enter a mobile number, like 07700 900 982"))

    def validate_phone(self, field: StringField) -> None:
        """A number that could be called, when that is the way."""
        digits = sum(char.isdigit() for char in field.data or "")
        if self.way.data == ContactWay.PHONE and digits < FEWEST_DIGITS:
            raise ValidationError(marked("Enter a phone number, like 01632 960 001"))

    def validate_address(self, field: TextAreaField) -> None:
        """Something to write on an envelope, when that is the way."""
        if self.way.data == ContactWay.POST and not field.data:
            raise ValidationError(marked("Enter the address where we can write to you"))

    def rows(self) -> list[Row]:
        """The way with its details, and whom to talk to."""
        return [*self.way_rows(), *self.talk_rows()]

    def way_rows(self) -> list[Row]:
        """The way, and the details of that way alone."""
        details = {ContactWay.POST.value: "address", ContactWay.TEXT.value: "mobile"}
        shown = {"way", details.get(self.way.data or "", self.way.data)}
        return [
            row
            for field, row in zip(self.own_fields(), super().rows(), strict=True)
            if field.name in shown
        ]

    def talk_rows(self) -> list[Row]:
        """Whom to talk to, with the name that was given; nothing where it was left out."""
        names = [field.name for field in self.own_fields()]
        talk = super().rows()[names.index("talk_to")]
        if self.talk_to.data == TalkTo.ADULT and self.trusted_adult.data:
            talk = Row(talk.name, f"{talk.value}: {self.trusted_adult.data}")
        return [talk] if talk.value else []


UNSAID = (
    SelectChoice(If.NEUTRAL.value, marked("Leave a message, but do not say who you are or why")),
    SelectChoice(If.NOTHING.value, marked("Leave no message, and do not say who you are or why")),
)
"""What may be asked for where somebody else may answer, besides saying who we are."""


def good_time_box() -> RadioField:
    """When somebody may be reached, asked alike at every adult's door."""
    return RadioField(
        marked("When is a good time? (optional)"),
        [Optional()],
        choices=[SelectChoice(time.value, words) for time, words in GOOD_TIMES.items()],
        widget=Radios(),
    )


class SafeContact(QuestionForm):
    """What we must know before we use the way that was chosen."""

    NAMES: ClassVar[Names] = {
        "shared": marked("Used by other people"),
        "others": marked("If somebody else answers or opens it"),
        "good_time": marked("Good time to reach you"),
        "care": marked("Who must not see or hear it"),
    }
    shared = RadioField(
        marked("Does anyone else use this phone, email or address? (optional)"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("No, only me")),
            SelectChoice("safe", marked("Yes, and it is safe to use")),
            SelectChoice("portal_only", marked("Yes, so do not use it. I will come back here")),
        ],
        widget=Radios(),
    )
    others = RadioField(
        marked("If somebody else may answer or open it (optional)"),
        [Optional()],
        choices=[
            SelectChoice(If.SAY.value, marked("You can say who you are and leave a message")),
            *UNSAID,
        ],
        widget=Radios(),
    )
    good_time = good_time_box()
    care = TextAreaField(
        marked("Is there anyone who must not see or hear it? (optional)"),
        [long_words],
        widget=TextArea(),
    )
