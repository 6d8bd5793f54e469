"""The journey of children and young people: with its first and last page, eight short screens."""

from collections.abc import Mapping
from typing import Any

from portal.procedures.vocabulary import Category
from portal.records.feedback import ContactWay, Door
from portal.web.journey import Journey, Question
from portal.web.young import forms


def is_praise(said: Mapping[str, Any]) -> bool:
    """Whether they say that something is good."""
    return said.get("kind") == Category.COMPLIMENT


def chose_a_way(said: Mapping[str, Any]) -> bool:
    """Whether there is a way that could be unsafe; who skipped that question chose none."""
    return said.get("way") not in (None, ContactWay.PORTAL_ONLY)


QUESTIONS = (
    Question("safe", forms.Safe, "Are you safe right now?", template="young/safe.html"),
    Question(
        "what-happened",
        forms.WhatHappened,
        "What happened?",
        template="young/what_happened.html",
    ),
    Question("next", forms.Next, "What next?", template="young/next.html"),
    Question(
        "share",
        forms.Share,
        "Can we show your words to other people?",
        when=is_praise,
        hint="We want to tell people what is good. We take out all the names first. You can say "
        "no.",
    ),
    Question("contact", forms.Contact, "Talking to you", template="young/contact.html"),
    Question(
        "safe-contact",
        forms.SafeContact,
        "Keeping it safe",
        when=chose_a_way,
        template="young/safe_contact.html",
    ),
    Question(
        "advocate",
        forms.Advocate,
        "Someone on your side",
        template="young/advocate.html",
    ),
)

JOURNEY = Journey(
    door=Door.YOUNG_PEOPLE,
    pages="young",
    start="young.start",
    questions=QUESTIONS,
    folder="young-people",
    templates="young",
    layout="layout/young.html",
    onward="Next",
    send_label="Send it",
    forget_label="Delete what I wrote",
    skips=True,
)
