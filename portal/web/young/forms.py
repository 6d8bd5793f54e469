"""The questions for children and young people: few words; all but the story can be skipped."""

from typing import ClassVar

from wtforms import (
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal.marking import marked
from portal.procedures.telling import NearPerson
from portal.procedures.vocabulary import Category
from portal.procedures.young_person import AgeBand, TalkTo
from portal.records.feedback import ContactWay
from portal.web.contact_answers import GOOD_TIMES, If
from portal.web.public import contact_forms
from portal.web.public import forms as public
from portal.web.question_form import Names, QuestionForm, Row, long_words, short_line
from portal.web.widgets import Checkboxes, FileInput, Radios, Select, TextArea
from portal.wording import say


class WhatHappened(QuestionForm):
    """Their own words: written, spoken, or a photo of writing or of a drawing."""

    NEEDED: ClassVar[tuple[str, ...]] = ("story",)
    NEEDED_SENTENCE = marked("Tell us what happened, or add a voice note or a photo")
    story = TextAreaField(marked("What happened?"), [long_words], widget=TextArea())
    voice = FileField(marked("Say it: add a voice note"), widget=FileInput())
    file = FileField(marked("Show it: add a photo or a file"), widget=FileInput())


class Help(QuestionForm):
    """Whether they are safe, and the offer of an advocate to every one; any answer goes on."""

    NAMES: ClassVar[Names] = {"danger": marked("Safe right now"), **public.Advocate.NAMES}
    danger = RadioField(
        marked("Are you safe right now?"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("Yes, I am safe")),
            SelectChoice("yes", marked("No. I am not safe, or someone else is not")),
            SelectChoice("not_sure", marked("I am not sure")),
        ],
        widget=Radios(),
    )
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


class Next(QuestionForm):
    """What they would like, about whom or what, and whether it is good or bad."""

    NAMES: ClassVar[Names] = {
        "wanted": marked("What you would like to happen"),
        "about_whom": marked("Who or what it is about"),
        "kind": marked("What kind of thing it is"),
        "may_publish": marked("Show it to other people"),
    }
    wanted = TextAreaField(
        marked("What would you like to happen now?"), [long_words], widget=TextArea()
    )
    about_whom = StringField(
        marked("Is it about a person, a place or a rule?"), [short_line], **public.LINE
    )
    kind = RadioField(
        marked("What kind of thing is it?"),
        [Optional()],
        choices=[
            SelectChoice(Category.COMPLAINT.value, marked("Something is wrong")),
            SelectChoice(Category.COMPLIMENT.value, marked("Something is good")),
            SelectChoice(Category.COMMENT.value, marked("I have an idea")),
            SelectChoice("not_sure", marked("I am not sure")),
        ],
        widget=Radios(),
    )
    may_publish = RadioField(
        marked("If it is good: can we show your words to other people?"),
        [Optional()],
        choices=[
            SelectChoice("yes", marked("Yes, with no names in it")),
            SelectChoice("no", marked("No, keep it to yourselves")),
        ],
        widget=Radios(),
    )

    def rows(self) -> list[Row]:
        """What they said; nothing of showing what was not called good."""
        praise = self.kind.data == Category.COMPLIMENT
        return super().rows() if praise else super().rows()[:-1]


class Contact(contact_forms.Contact):
    """How to reach them, whom to talk to, and whom near them we may tell: nobody without an answer.
    How old they are and their name are asked last."""

    NEEDED: ClassVar[tuple[str, ...]] = ()
    NAMES: ClassVar[Names] = {
        "name": marked("What we call you"),
        "way": marked("How we talk to you"),
        "address": marked("Address"),
        "may_tell": marked("Who else we can tell"),
        "talk_to": marked("Who we talk to"),
        "age": marked("How old you are"),
    }
    name = StringField(marked("What should we call you?"), [short_line], **public.LINE)
    way = RadioField(
        marked("How can we talk to you?"),
        [Optional()],
        choices=[
            SelectChoice(ContactWay.TEXT.value, marked("Text me")),
            SelectChoice(ContactWay.PHONE.value, marked("Call me")),
            SelectChoice(ContactWay.EMAIL.value, marked("Email me")),
            SelectChoice(ContactWay.POST.value, marked("Send me a letter")),
            SelectChoice(
                ContactWay.PORTAL_ONLY.value, marked("Do not contact me. I will come back here")
            ),
        ],
        widget=Radios(
            hints={
                ContactWay.PORTAL_ONLY.value: marked(
                    "You get secret words. With them you can read what we say."
                )
            },
            or_before=ContactWay.PORTAL_ONLY.value,
        ),
    )
    email = StringField(marked("Your email"), [short_line], **public.LINE)
    mobile = StringField(marked("Your mobile number"), [short_line], **public.LINE)
    phone = StringField(marked("Your phone number"), [short_line], **public.LINE)
    address = TextAreaField(marked("Your address"), [long_words], widget=TextArea())
    talk_to = RadioField(
        marked("Who should we talk to?"),
        [Optional()],
        choices=[
            SelectChoice(TalkTo.ME.value, marked("Me")),
            SelectChoice(TalkTo.ADVOCATE.value, marked("My advocate")),
            SelectChoice(TalkTo.ADULT.value, marked("Another adult I trust")),
        ],
        widget=Radios(),
    )
    trusted_adult = StringField(
        marked("Who is it? How can we reach them?"), [short_line], **public.LINE
    )
    age = SelectField(
        marked("How old are you?"),
        [Optional()],
        choices=[
            SelectChoice("", marked("I do not want to say")),
            SelectChoice(AgeBand.UNDER_10.value, marked("9 or under")),
            SelectChoice(AgeBand.FROM_10.value, marked("10 to 12")),
            SelectChoice(AgeBand.FROM_13.value, marked("13 to 15")),
            SelectChoice(AgeBand.FROM_16.value, marked("16 or 17")),
            SelectChoice(AgeBand.FROM_18.value, marked("18 or over")),
        ],
        # A list takes a third of the bytes of round buttons.
        widget=Select(),
    )
    may_tell = SelectMultipleField(
        marked("Can we talk to any of these people about it?"),
        choices=[
            SelectChoice(NearPerson.PARENT.value, marked("My mum, my dad or my family")),
            SelectChoice(NearPerson.CARER.value, marked("My carer")),
            SelectChoice(NearPerson.HOME.value, marked("The people who work where I live")),
            SelectChoice(NearPerson.SCHOOL.value, marked("My school")),
        ],
        widget=Checkboxes(),
    )

    def rows(self) -> list[Row]:
        """The way with its details, whom to talk to, whom we may tell, and then who they are."""
        fields = list(self.own_fields())
        own = dict(zip((field.name for field in fields), QuestionForm.rows(self), strict=True))
        told = (
            own["may_tell"] if self.may_tell.data else Row(own["may_tell"].name, say("Nobody else"))
        )
        rows = [*self.way_rows(), *self.talk_rows(), told, own["age"], own["name"]]
        # It is not missed where it was left out.
        return [row for row in rows if row.value or row != own["age"]]


class SafeContact(QuestionForm):
    """Who else could see or hear it."""

    NAMES: ClassVar[Names] = {
        "shared": marked("Other people use it"),
        "others": marked("If someone else picks up or opens it"),
        "good_time": marked("Good time"),
        "care": marked("Who must not see or hear it"),
    }
    shared = RadioField(
        marked("Does anyone else use this phone or email, or open your letters?"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("No, only me")),
            SelectChoice("safe", marked("Yes, and that is okay")),
            SelectChoice("portal_only", marked("Yes, so do not use it. I will come back here")),
        ],
        widget=Radios(),
    )
    others = RadioField(
        marked("What if someone else picks up, or sees it?"),
        [Optional()],
        choices=[
            SelectChoice(If.NEUTRAL.value, marked("Do not say who you are")),
            SelectChoice(If.NOTHING.value, marked("Do not say who you are, and leave no message")),
            SelectChoice(If.SAY.value, marked("You can say who you are")),
        ],
        widget=Radios(),
    )
    good_time = RadioField(
        marked("When is a good time?"),
        [Optional()],
        choices=[SelectChoice(time.value, words) for time, words in GOOD_TIMES.items()],
        widget=Radios(),
    )
    care = TextAreaField(
        marked("Is there anyone who must not see or hear it?"), [long_words], widget=TextArea()
    )
