"""The questions for children and young people: few words; all but the story can be skipped."""

from typing import ClassVar

from wtforms import (
    FileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal.correspondence.email_address import plain_address
from portal.procedures.telling import NearPerson
from portal.procedures.vocabulary import Category
from portal.records.feedback import ContactWay
from portal.web.contact_answers import GOOD_TIMES, If
from portal.web.public import forms as public
from portal.web.question_form import Names, QuestionForm, Row, at_most, long_words, short_line
from portal.web.widgets import Checkboxes, FileInput, Radios, TextArea

MUCH_TOO_LONG = at_most(
    200_000,
    "This is too long for us to take. Your words are still in the box. Make them shorter, or send "
    "them as a file.",
)


class WhatHappened(QuestionForm):
    """Their own words: written, spoken, or a photo of writing or of a drawing."""

    NEEDED: ClassVar[tuple[str, ...]] = ("story",)
    NEEDED_SENTENCE = "Tell us what happened, or add a voice note or a photo"
    story = TextAreaField("What happened?", [MUCH_TOO_LONG], widget=TextArea())
    voice = FileField("Say it: add a voice note", widget=FileInput())
    file = FileField("Show it: add a photo or a file", widget=FileInput())


class Help(QuestionForm):
    """Whether they are safe, and the offer of an advocate to every one; any answer goes on."""

    NAMES: ClassVar[Names] = {"danger": "Safe right now", **public.Advocate.NAMES}
    danger = RadioField(
        "Are you safe right now?",
        [Optional()],
        choices=[
            SelectChoice("no", "Yes, I am safe"),
            SelectChoice("yes", "No. I am not safe, or someone else is not"),
            SelectChoice("not_sure", "I am not sure"),
        ],
        widget=Radios(),
    )
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


class Next(QuestionForm):
    """What they would like, about whom, and whether it is good or bad."""

    NAMES: ClassVar[Names] = {
        "wanted": "What you would like to happen",
        "about_whom": "Who it is about",
        "kind": "What kind of thing it is",
        "may_publish": "Show it to other people",
    }
    wanted = TextAreaField("What would you like to happen now?", [long_words], widget=TextArea())
    about_whom = StringField(
        "Is it about a person? You can tell us who.", [short_line], **public.LINE
    )
    kind = RadioField(
        "What kind of thing is it?",
        [Optional()],
        choices=[
            SelectChoice(Category.COMPLAINT.value, "Something is wrong"),
            SelectChoice(Category.COMPLIMENT.value, "Something is good"),
            SelectChoice(Category.COMMENT.value, "I have an idea"),
            SelectChoice("not_sure", "I am not sure"),
        ],
        widget=Radios(),
    )
    may_publish = RadioField(
        "If it is good: can we show your words to other people?",
        [Optional()],
        choices=[
            SelectChoice("yes", "Yes, with no names in it"),
            SelectChoice("no", "No, keep it to yourselves"),
        ],
        widget=Radios(),
    )

    def rows(self) -> list[Row]:
        """What they said; nothing of showing what was not called good."""
        praise = self.kind.data == Category.COMPLIMENT
        return super().rows() if praise else super().rows()[:-1]


class Contact(public.Contact):
    """How to reach them, and whom near them we may tell; no answer means that we do not."""

    NEEDED: ClassVar[tuple[str, ...]] = ()
    NAMES: ClassVar[Names] = {
        "name": "What we call you",
        "way": "How we talk to you",
        "address": "Address",
        "may_tell": "Who else we can tell",
    }
    name = StringField("What should we call you?", [short_line], **public.LINE)
    way = RadioField(
        "How can we talk to you?",
        [Optional()],
        choices=[
            SelectChoice(ContactWay.TEXT.value, "Text me"),
            SelectChoice(ContactWay.PHONE.value, "Call me"),
            SelectChoice(ContactWay.EMAIL.value, "Email me"),
            SelectChoice(ContactWay.POST.value, "Send me a letter"),
            SelectChoice(ContactWay.PORTAL_ONLY.value, "Do not contact me. I will come back here"),
        ],
        widget=Radios(
            hints={
                ContactWay.PORTAL_ONLY.value: "You get secret words. With them you can "
                "read what we say."
            },
            or_before=ContactWay.PORTAL_ONLY.value,
        ),
    )
    email = StringField("Your email", [short_line], **public.LINE)
    mobile = StringField("Your mobile number", [short_line], **public.LINE)
    phone = StringField("Your phone number", [short_line], **public.LINE)
    address = TextAreaField("Your address", [long_words], widget=TextArea())
    may_tell = SelectMultipleField(
        "Can we talk to any of these people about it?",
        choices=[
            SelectChoice(NearPerson.PARENT.value, "My mum, my dad or my family"),
            SelectChoice(NearPerson.CARER.value, "My carer"),
            SelectChoice(NearPerson.HOME.value, "The people who work where I live"),
            SelectChoice(NearPerson.SCHOOL.value, "My school"),
        ],
        widget=Checkboxes(),
    )

    def validate_email(self, field: StringField) -> None:
        """An address that we can write to, when that is the way."""
        if self.way.data == ContactWay.EMAIL and plain_address(field.data) is None:
            raise ValidationError(
                "That is not an email we can use. It must look like name@example.com"
            )

    def rows(self) -> list[Row]:
        """The way with its details, then what to call them and whom we may tell."""
        fields = list(self.own_fields())
        own = dict(zip((field.name for field in fields), QuestionForm.rows(self), strict=True))
        told = own["may_tell"] if self.may_tell.data else Row(own["may_tell"].name, "Nobody else")
        return [*super().rows(), own["name"], told]


class SafeContact(QuestionForm):
    """Who else could see or hear it."""

    NAMES: ClassVar[Names] = {
        "shared": "Other people use it",
        "others": "If someone else picks up or opens it",
        "good_time": "Good time",
        "care": "Who must not see or hear it",
    }
    shared = RadioField(
        "Does anyone else use this phone or email, or open your letters?",
        [Optional()],
        choices=[
            SelectChoice("no", "No, only me"),
            SelectChoice("safe", "Yes, and that is okay"),
            SelectChoice("portal_only", "Yes, so do not use it. I will come back here"),
        ],
        widget=Radios(),
    )
    others = RadioField(
        "What if someone else picks up, or sees it?",
        [Optional()],
        choices=[
            SelectChoice(If.NEUTRAL.value, "Do not say who you are"),
            SelectChoice(If.NOTHING.value, "Do not say who you are, and leave no message"),
            SelectChoice(If.SAY.value, "You can say who you are"),
        ],
        widget=Radios(),
    )
    good_time = RadioField(
        "When is a good time?",
        [Optional()],
        choices=[SelectChoice(time.value, words) for time, words in GOOD_TIMES.items()],
        widget=Radios(),
    )
    care = TextAreaField(
        "Is there anyone who must not see or hear it?", [long_words], widget=TextArea()
    )
