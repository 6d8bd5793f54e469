"""The journey of children and young people: with its first and last page, eight short screens."""

from portal.records.feedback import Door
from portal.web.journey import Journey, Question
from portal.web.public.questions import can_be_contacted
from portal.web.young import forms

QUESTIONS = (
    Question("safe", forms.Safe, "Are you safe right now?", template="young/safe.html"),
    Question(
        "what-happened",
        forms.WhatHappened,
        "What happened?",
        template="young/what_happened.html",
    ),
    Question("next", forms.Next, "What next?", template="young/next.html"),
    Question("contact", forms.Contact, "How can we talk to you?", template="young/contact.html"),
    Question(
        "safe-contact",
        forms.SafeContact,
        "Keeping it safe",
        when=can_be_contacted,
        template="young/safe_contact.html",
    ),
    Question(
        "advocate",
        forms.Advocate,
        "Would you like an advocate?",
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
