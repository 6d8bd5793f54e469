"""Whom it is about, who tells it, and how to reach them: boxes, choices, and what is wrong."""

from typing import Any, ClassVar

from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Optional

from portal import clock
from portal.correspondence import channels
from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import mobile_number
from portal.marking import marked
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
from portal.wording import say
from portal.work import council, settings

FEWEST_DIGITS = 9
EXAMPLES_OF_AN_AREA = 3
LINE: dict[str, Any] = {"filters": [trimmed], "widget": TextInput()}


class Service(QuestionForm):
    """Which service and who, as far as the person knows."""

    NAMES: ClassVar[Names] = {
        "service": marked("Service"),
        "about_whom": marked("Worker, team or place"),
    }
    service = RadioField(
        marked("Which service is it about? (optional)"), [Optional()], widget=Radios()
    )
    about_whom = StringField(
        marked("Name of a worker, team or place, if you know it (optional)"), [short_line], **LINE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the choices from the council: the words of its areas, with teams as examples."""
        super().__init__(*args, **kwargs)
        names = [_capital(council().label(area)) for area in Area]
        unsure = marked("I’m not sure")
        self.service.choices = [*((name, name) for name in names), (unsure, unsure)]
        self.hints = {
            name: _examples(area) for name, area in zip(names, Area, strict=True) if _examples(area)
        }


class AboutYou(QuestionForm):
    """For whom somebody writes, and who they are. Nobody has to give a name."""

    NAMES: ClassVar[Names] = {
        "acting_for": marked("Who it is for"),
        "relationship": marked("Who you are"),
        "name": marked("Your name"),
    }
    acting_for = RadioField(
        marked("Who are you telling us for? (optional)"),
        [Optional()],
        choices=[
            SelectChoice(ActingFor.SELF.value, marked("Myself")),
            SelectChoice(ActingFor.OWN_CHILD.value, marked("My child")),
            SelectChoice(ActingFor.OTHER_CHILD.value, marked("Another child or young person")),
            SelectChoice(ActingFor.NO_ONE_CHILD.value, marked("It is not about one child")),
        ],
        widget=Radios(
            hints={
                ActingFor.SELF.value: marked(
                    "For example, you are a foster carer and it is about you."
                ),
                ActingFor.OTHER_CHILD.value: marked(
                    "For example, your grandchild, a child you look "
                    "after, or a child you work with."
                ),
            }
        ),
    )
    relationship = RadioField(
        marked("Who are you to the child or young person? (optional)"),
        [Optional()],
        choices=[
            SelectChoice(
                Relationship.PARENT.value, marked("Parent or person with parental responsibility")
            ),
            SelectChoice(Relationship.YOUNG_PERSON.value, marked("I am the child or young person")),
            SelectChoice(Relationship.RELATIVE.value, marked("Relative or special guardian")),
            SelectChoice(Relationship.FOSTER_CARER.value, marked("Foster carer")),
            SelectChoice(Relationship.ADOPTER.value, marked("Adoptive parent, or hoping to adopt")),
            SelectChoice(Relationship.ADVOCATE.value, marked("Advocate")),
            SelectChoice(Relationship.PROFESSIONAL.value, marked("I write as part of my job")),
            SelectChoice(Relationship.OTHER.value, marked("Someone else")),
        ],
        widget=Radios(),
    )
    name = StringField(marked("Your name (optional)"), [short_line], **LINE)


class TheChild(QuestionForm):
    """Which child it is about."""

    NAMES: ClassVar[Names] = {"child": marked("Child or young person")}
    child = StringField(
        marked("What is the name of the child or young person? (optional)"), [short_line], **LINE
    )


class Advocate(QuestionForm):
    """The offer of an advocate: a right of a young person who complains."""

    NAMES: ClassVar[Names] = {"advocate": marked("An advocate")}
    advocate = RadioField(
        marked("Would you like an advocate?"),
        [Optional()],
        choices=[
            SelectChoice("yes", marked("Yes, please")),
            SelectChoice("not_now", marked("Not now")),
            SelectChoice("have_one", marked("I have one already")),
            SelectChoice("not_sure", marked("I am not sure")),
        ],
        widget=Radios(),
    )


class Contact(QuestionForm):
    """How we may reach the person, with the details of that way only."""

    NEEDED: ClassVar[tuple[str, ...]] = ("way",)
    NEEDED_SENTENCE = marked("Choose how we can contact you, or that we should not")
    NAMES: ClassVar[Names] = {"way": marked("How we contact you"), "address": marked("Address")}
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
            SelectChoice(
                If.NEUTRAL.value, marked("Leave a message, but do not say who you are or why")
            ),
            SelectChoice(
                If.NOTHING.value, marked("Leave no message, and do not say who you are or why")
            ),
        ],
        widget=Radios(),
    )
    good_time = RadioField(
        marked("When is a good time? (optional)"),
        [Optional()],
        choices=[SelectChoice(time.value, words) for time, words in GOOD_TIMES.items()],
        widget=Radios(),
    )
    care = TextAreaField(
        marked("Is there anyone who must not see or hear it? (optional)"),
        [long_words],
        widget=TextArea(),
    )


class Danger(QuestionForm):
    """Whether anyone is in danger now: never in the way, always read first."""

    NAMES: ClassVar[Names] = {"danger": marked("In danger now")}
    danger = RadioField(
        marked("Is anyone in danger now?"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("No")),
            SelectChoice("yes", marked("Yes")),
            SelectChoice("not_sure", marked("I’m not sure")),
        ],
        widget=Radios(),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _examples(area: Area) -> str:
    """A few of an area's teams, so that nobody has to know how a council is divided."""
    teams = [team for team in council().teams_in(area, clock.today()) if team is not Team.OTHER]
    named = [council().label(team) for team in teams][:EXAMPLES_OF_AN_AREA]
    if not named:
        return ""
    return say("For example: %(teams)s", teams=", ".join(_small(name) for name in named))


def _small(words: str) -> str:
    # Initials keep their capitals.
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
