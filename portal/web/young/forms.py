"""The questions for children and young people: few words; all but the story can be skipped."""

from typing import ClassVar

from wtforms import FileField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal.procedures.vocabulary import Category
from portal.records.feedback import ContactWay
from portal.web.contact_answers import GOOD_TIMES, If
from portal.web.public import forms as public
from portal.web.question_form import Names, QuestionForm, at_most, long_words, short_line
from portal.web.widgets import FileInput, Radios, TextArea

MUCH_TOO_LONG = at_most(
    200_000,
    "This is too long for us to take. Your words are still in the box. Make them shorter, or send "
    "them as a file.",
)


class Safe(QuestionForm):
    """Whether they are safe, asked first; any answer goes on."""

    NAMES: ClassVar[Names] = {"danger": "Safe right now"}
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


class WhatHappened(QuestionForm):
    """Their own words, or a photo of writing or of a drawing."""

    NEEDED: ClassVar[tuple[str, ...]] = ("story",)
    NEEDED_SENTENCE = "Tell us what happened, or add a photo"
    story = TextAreaField("What happened?", [MUCH_TOO_LONG], widget=TextArea())
    file = FileField("Add a photo or a file", widget=FileInput())


class Next(QuestionForm):
    """What they would like, about whom, and whether it is good or bad."""

    NAMES: ClassVar[Names] = {
        "wanted": "What you would like to happen",
        "about_whom": "Who it is about",
        "kind": "What kind of thing it is",
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


class Share(QuestionForm):
    """Whether what they praise may be shown to others without names."""

    NAMES: ClassVar[Names] = {"may_publish": "Show it to other people"}
    may_publish = RadioField(
        "Can we show your words to other people?",
        [Optional()],
        choices=[
            SelectChoice("yes", "Yes, with no names in it"),
            SelectChoice("no", "No, keep it to yourselves"),
        ],
        widget=Radios(),
    )


class Contact(public.Contact):
    """How to reach them; no answer means that we do not."""

    NEEDED: ClassVar[tuple[str, ...]] = ()
    NAMES: ClassVar[Names] = {
        "name": "What we call you",
        "way": "How we talk to you",
        "address": "Address",
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


class Advocate(public.Advocate):
    """The offer of an advocate, to every young person."""
