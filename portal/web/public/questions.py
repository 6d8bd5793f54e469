"""The journey of everyone who is not a young person: one question a page, in this order."""

from collections.abc import Mapping
from typing import Any

from portal.procedures.vocabulary import Category, Relationship
from portal.records.feedback import ContactWay, Door
from portal.web.journey import Journey, Question
from portal.web.public import forms

Said = Mapping[str, Any]


def not_a_compliment(said: Said) -> bool:
    """Whether there may be something to put right."""
    return said.get("kind") != Category.COMPLIMENT


def is_compliment(said: Said) -> bool:
    """Whether there are thanks that could be published."""
    return said.get("kind") == Category.COMPLIMENT


def is_young_person(said: Said) -> bool:
    """Whether the young person writes, though they came by the other door."""
    return said.get("relationship") == Relationship.YOUNG_PERSON


def is_not_young_person(said: Said) -> bool:
    """Whether somebody writes about a child."""
    return not is_young_person(said)


def may_be_contacted(said: Said) -> bool:
    """Whether there is, or may still be chosen, a way that could be unsafe."""
    return said.get("way") != ContactWay.PORTAL_ONLY


QUESTIONS = (
    Question("what-kind", forms.Kind, "What would you like to tell us?"),
    Question(
        "what-happened",
        forms.WhatHappened,
        "What happened?",
        template="public/what_happened.html",
    ),
    Question(
        "share",
        forms.Share,
        "May we publish your words?",
        when=is_compliment,
        hint="We would like to show what people value, in our yearly report. We take out every "
        "name first, and two of us check it. You can change your mind at any time.",
    ),
    Question(
        "put-right",
        forms.PutRight,
        "What would put it right?",
        when=not_a_compliment,
        hint="For example: an apology, a different decision, an explanation, or help.",
    ),
    Question(
        "service",
        forms.Service,
        "Who is it about?",
        template="public/service.html",
    ),
    Question("you", forms.AboutYou, "About you", template="public/about_you.html"),
    Question(
        "child",
        forms.TheChild,
        "What is the name of the child or young person?",
        when=is_not_young_person,
        hint="Leave this empty if it is not about one child.",
    ),
    Question(
        "advocate",
        forms.Advocate,
        "Would you like an advocate?",
        when=is_young_person,
        hint="An advocate is a person on your side who helps you say what you want to say. It is "
        "free.",
    ),
    Question(
        "contact",
        forms.Contact,
        "How is it safe to contact you?",
        template="public/contact.html",
    ),
    Question(
        "safe-contact",
        forms.SafeContact,
        "Before we contact you",
        when=may_be_contacted,
        template="public/safe_contact.html",
    ),
    Question(
        "danger",
        forms.Danger,
        "Is anyone in danger now?",
        template="public/danger.html",
    ),
)

JOURNEY = Journey(
    door=Door.EVERYONE,
    pages="public",
    start="public.begin",
    questions=QUESTIONS,
    folder="give-feedback",
    templates="public",
    layout="layout/public.html",
)
