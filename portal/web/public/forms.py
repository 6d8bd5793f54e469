"""Whom it is about, who tells it, and how to reach them: boxes, choices, and what is wrong."""

from typing import Any, ClassVar

from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Optional

from portal import clock
from portal.correspondence import channels
from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import mobile_number
from portal.procedures.vocabulary import Area, Relationship, Team
from portal.records.feedback import ActingFor, ContactWay
from portal.web.contact_answers import GOOD_TIMES, If
from portal.web.question_form import (
    Names,
    QuestionForm,
    Row,
    long_words,
    short_line,
    trimmed,
)
from portal.web.widgets import Radios, TextArea, TextInput
from portal.work import council, settings

FEWEST_DIGITS = 9
EXAMPLES_OF_AN_AREA = 3
LINE: dict[str, Any] = {"filters": [trimmed], "widget": TextInput()}


class Service(QuestionForm):
    """Which service and who, as far as the person knows."""

    NAMES: ClassVar[Names] = {"service": "Service", "about_whom": "Worker, team or place"}
    service = RadioField("Which service is it about? (optional)", [Optional()], widget=Radios())
    about_whom = StringField(
        "Name of a worker, team or place, if you know it (optional)", [short_line], **LINE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the choices from the council: the words of its areas, with teams as examples."""
        super().__init__(*args, **kwargs)
        names = [_capital(council().label(area)) for area in Area]
        unsure = "I’m not sure"
        self.service.choices = [*((name, name) for name in names), (unsure, unsure)]
        self.hints = {
            name: _examples(area) for name, area in zip(names, Area, strict=True) if _examples(area)
        }


class AboutYou(QuestionForm):
    """For whom somebody writes, and who they are. Nobody has to give a name."""

    NAMES: ClassVar[Names] = {
        "acting_for": "Who it is for",
        "relationship": "Who you are",
        "name": "Your name",
    }
    acting_for = RadioField(
        "Who are you telling us for? (optional)",
        [Optional()],
        choices=[
            SelectChoice(ActingFor.SELF.value, "Myself"),
            SelectChoice(ActingFor.OWN_CHILD.value, "My child"),
            SelectChoice(ActingFor.OTHER_CHILD.value, "Another child or young person"),
            SelectChoice(ActingFor.NO_ONE_CHILD.value, "It is not about one child"),
        ],
        widget=Radios(
            hints={
                ActingFor.SELF.value: "For example, you are a foster carer and it is about you.",
                ActingFor.OTHER_CHILD.value: "For example, your grandchild, a child you look "
                "after, or a child you work with.",
            }
        ),
    )
    relationship = RadioField(
        "Who are you to the child or young person? (optional)",
        [Optional()],
        choices=[
            SelectChoice(
                Relationship.PARENT.value, "Parent or person with parental responsibility"
            ),
            SelectChoice(Relationship.YOUNG_PERSON.value, "I am the child or young person"),
            SelectChoice(Relationship.RELATIVE.value, "Relative or special guardian"),
            SelectChoice(Relationship.FOSTER_CARER.value, "Foster carer"),
            SelectChoice(Relationship.ADOPTER.value, "Adoptive parent, or hoping to adopt"),
            SelectChoice(Relationship.ADVOCATE.value, "Advocate"),
            SelectChoice(Relationship.PROFESSIONAL.value, "I write as part of my job"),
            SelectChoice(Relationship.OTHER.value, "Someone else"),
        ],
        widget=Radios(),
    )
    name = StringField("Your name (optional)", [short_line], **LINE)


class TheChild(QuestionForm):
    """Which child it is about."""

    NAMES: ClassVar[Names] = {"child": "Child or young person"}
    child = StringField(
        "What is the name of the child or young person? (optional)", [short_line], **LINE
    )


class Advocate(QuestionForm):
    """The offer of an advocate: a right of a young person who complains."""

    NAMES: ClassVar[Names] = {"advocate": "An advocate"}
    advocate = RadioField(
        "Would you like an advocate?",
        [Optional()],
        choices=[
            SelectChoice("yes", "Yes, please"),
            SelectChoice("not_now", "Not now"),
            SelectChoice("have_one", "I have one already"),
            SelectChoice("not_sure", "I am not sure"),
        ],
        widget=Radios(),
    )


class Contact(QuestionForm):
    """How we may reach the person, with the details of that way only."""

    NEEDED: ClassVar[tuple[str, ...]] = ("way",)
    NEEDED_SENTENCE = "Choose how we can contact you, or that we should not"
    NAMES: ClassVar[Names] = {"way": "How we contact you", "address": "Address"}
    way = RadioField(
        "How is it safe to contact you?",
        [DataRequired(NEEDED_SENTENCE)],
        choices=[
            SelectChoice(ContactWay.EMAIL.value, "Email"),
            SelectChoice(ContactWay.TEXT.value, "Text message"),
            SelectChoice(ContactWay.PHONE.value, "Phone"),
            SelectChoice(ContactWay.POST.value, "Post"),
            SelectChoice(ContactWay.PORTAL_ONLY.value, "Do not contact me. I will come back here"),
        ],
        widget=Radios(
            hints={
                ContactWay.PORTAL_ONLY.value: "You read our answers with your reference and "
                "secret words, which you get at the end."
            },
            or_before=ContactWay.PORTAL_ONLY.value,
        ),
    )
    email = StringField("Email address", [short_line], **LINE)
    mobile = StringField("Mobile number", [short_line], **LINE)
    phone = StringField("Phone number", [short_line], **LINE)
    address = TextAreaField("Address", [long_words], filters=[trimmed], widget=TextArea())

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
                "Enter an email address in the correct format, like name@example.com"
            )

    def validate_mobile(self, field: StringField) -> None:
        """A number that a text can go to, when that is the way."""
        if self.way.data == ContactWay.TEXT and mobile_number(field.data) is None:
            raise ValidationError("Enter a mobile number, like 07700 900 982")

    def validate_phone(self, field: StringField) -> None:
        """A number that could be called, when that is the way."""
        digits = sum(char.isdigit() for char in field.data or "")
        if self.way.data == ContactWay.PHONE and digits < FEWEST_DIGITS:
            raise ValidationError("Enter a phone number, like 01632 960 001")

    def validate_address(self, field: TextAreaField) -> None:
        """Something to write on an envelope, when that is the way."""
        if self.way.data == ContactWay.POST and not field.data:
            raise ValidationError("Enter the address where we can write to you")

    def rows(self) -> list[Row]:
        """The way, and the details of that way alone."""
        details = {ContactWay.POST.value: "address", ContactWay.TEXT.value: "mobile"}
        shown = {"way", details.get(self.way.data or "", self.way.data)}
        return [
            row
            for field, row in zip(self.own_fields(), super().rows(), strict=True)
            if field.name in shown
        ]


class SafeContact(QuestionForm):
    """What we must know before we use the way that was chosen."""

    NAMES: ClassVar[Names] = {
        "shared": "Used by other people",
        "others": "If somebody else answers or opens it",
        "good_time": "Good time to reach you",
        "care": "Who must not see or hear it",
    }
    shared = RadioField(
        "Does anyone else use this phone, email or address? (optional)",
        [Optional()],
        choices=[
            SelectChoice("no", "No, only me"),
            SelectChoice("safe", "Yes, and it is safe to use"),
            SelectChoice("portal_only", "Yes, so do not use it. I will come back here"),
        ],
        widget=Radios(),
    )
    others = RadioField(
        "If somebody else may answer or open it (optional)",
        [Optional()],
        choices=[
            SelectChoice(If.SAY.value, "You can say who you are and leave a message"),
            SelectChoice(If.NEUTRAL.value, "Leave a message, but do not say who you are or why"),
            SelectChoice(If.NOTHING.value, "Leave no message, and do not say who you are or why"),
        ],
        widget=Radios(),
    )
    good_time = RadioField(
        "When is a good time? (optional)",
        [Optional()],
        choices=[SelectChoice(time.value, words) for time, words in GOOD_TIMES.items()],
        widget=Radios(),
    )
    care = TextAreaField(
        "Is there anyone who must not see or hear it? (optional)", [long_words], widget=TextArea()
    )


class Danger(QuestionForm):
    """Whether anyone is in danger now: never in the way, always read first."""

    NAMES: ClassVar[Names] = {"danger": "In danger now"}
    danger = RadioField(
        "Is anyone in danger now?",
        [Optional()],
        choices=[
            SelectChoice("no", "No"),
            SelectChoice("yes", "Yes"),
            SelectChoice("not_sure", "I’m not sure"),
        ],
        widget=Radios(),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _examples(area: Area) -> str:
    """A few of an area's teams, so that nobody has to know how a council is divided."""
    teams = [team for team in council().teams_in(area, clock.today()) if team is not Team.OTHER]
    named = [council().label(team) for team in teams][:EXAMPLES_OF_AN_AREA]
    return "For example: " + ", ".join(_small(name) for name in named) if named else ""


def _small(words: str) -> str:
    # Initials keep their capitals.
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
