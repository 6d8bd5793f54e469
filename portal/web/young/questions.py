"""The journey of children and young people: eight short screens, counting the first, the check and
the last. Their own words come first; all but those can be skipped."""

from collections.abc import Mapping
from typing import Any

from portal.marking import marked
from portal.records.feedback import ContactWay, Door
from portal.web.journey import Journey, Question
from portal.web.young import forms

MOST_SCREENS = 8


def chose_a_way(said: Mapping[str, Any]) -> bool:
    """Whether there is a way that could be unsafe; who skipped that question chose none."""
    return said.get("way") not in (None, ContactWay.PORTAL_ONLY)


QUESTIONS = (
    Question(
        "what-happened",
        forms.WhatHappened,
        marked("What happened?"),
        template="young/what_happened.html",
        records=True,
    ),
    Question("help", forms.Help, marked("Getting help"), template="young/help.html"),
    Question("next", forms.Next, marked("What next?"), template="young/next.html"),
    Question(
        "contact",
        forms.Contact,
        marked("Talking to you"),
        template="young/contact.html",
        skip_forgets=True,
    ),
    Question(
        "safe-contact",
        forms.SafeContact,
        marked("Keeping it safe"),
        when=chose_a_way,
        template="public/safe_contact.html",
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
    onward=marked("Next"),
    send_label=marked("Send it"),
    forget_label=marked("Delete what I wrote"),
    skips=True,
)
