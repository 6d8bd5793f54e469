"""The journey of everyone who is not a young person: one question a page, in this order."""

from collections.abc import Mapping
from typing import Any

from portal.cases import plan_decisions
from portal.marking import marked
from portal.procedures.vocabulary import Category, Relationship
from portal.records.feedback import ContactWay, Door
from portal.web.journey import Journey, Question
from portal.web.public import adjustments_form, contact_forms, forms
from portal.web.public import telling_forms as telling

Said = Mapping[str, Any]


def not_a_compliment(said: Said) -> bool:
    """Whether there may be something to put right."""
    return said.get("kind") != Category.COMPLIMENT


def is_compliment(said: Said) -> bool:
    """Whether there are thanks that could be published."""
    return said.get("kind") == Category.COMPLIMENT


def is_complaint(said: Said) -> bool:
    """Whether there are points to answer."""
    return said.get("kind") == Category.COMPLAINT


def names_elsewhere(said: Said) -> bool:
    """Whether they named something that somebody else decides about as well."""
    chosen = set(said.get("elsewhere") or ()) - {"none"}
    return not_a_compliment(said) and bool(chosen)


def names_a_plan(said: Said) -> bool:
    """Whether the story names an EHC plan, and the first question about it was passed over."""
    chosen = "plan" in (said.get("elsewhere") or ())
    return not_a_compliment(said) and not chosen and plan_decisions.names_one(said.get("story"))


def is_young_person(said: Said) -> bool:
    """Whether the young person writes, though they came by the other door."""
    return not_a_compliment(said) and said.get("relationship") == Relationship.YOUNG_PERSON


def is_not_young_person(said: Said) -> bool:
    """Whether somebody writes about a child."""
    return not_a_compliment(said) and not is_young_person(said)


def may_be_contacted(said: Said) -> bool:
    """Whether there is, or may still be chosen, a way that could be unsafe."""
    return not_a_compliment(said) and said.get("way") != ContactWay.PORTAL_ONLY


QUESTIONS = (
    Question(
        "what-kind",
        telling.Kind,
        marked("What would you like to tell us?"),
        template="public/what_kind.html",
    ),
    Question(
        "elsewhere",
        telling.Elsewhere,
        marked("Is it about any of these? (optional)"),
        when=not_a_compliment,
        hint=marked(
            "You can tell us about all of them. For some, someone else can help you as well."
        ),
    ),
    Question(
        "who-else",
        telling.WhoElse,
        marked("Who else can help"),
        when=names_elsewhere,
        template="public/who_else.html",
    ),
    Question(
        "what-happened",
        telling.WhatHappened,
        marked("What happened?"),
        when=not_a_compliment,
        template="public/what_happened.html",
    ),
    Question(
        "plan-decision",
        telling.PlanDecision,
        marked("Is it about a decision on an education, health and care (EHC) plan?"),
        when=names_a_plan,
        template="public/plan_decision.html",
    ),
    Question(
        "points",
        telling.Points,
        marked("List what went wrong, one thing at a time"),
        when=is_complaint,
        template="public/points.html",
    ),
    Question(
        "put-right",
        telling.PutRight,
        marked("What would put it right?"),
        when=not_a_compliment,
        hint=marked("For example: an apology, a different decision, an explanation, or help."),
    ),
    Question(
        "service",
        forms.Service,
        marked("Who is it about?"),
        when=not_a_compliment,
        template="public/service.html",
    ),
    Question(
        "you",
        forms.AboutYou,
        marked("About you"),
        when=not_a_compliment,
        template="public/about_you.html",
    ),
    Question(
        "child",
        forms.TheChild,
        marked("What is the name of the child or young person?"),
        when=is_not_young_person,
        hint=marked("Leave this empty if it is not about one child."),
    ),
    Question(
        "advocate",
        forms.Advocate,
        marked("Would you like an advocate?"),
        when=is_young_person,
        hint=marked(
            "An advocate is a person on your side who helps you say what you want to say. It is "
            "free."
        ),
    ),
    Question(
        "contact",
        contact_forms.Contact,
        marked("How is it safe to contact you?"),
        when=not_a_compliment,
        template="public/contact.html",
    ),
    Question(
        "safe-contact",
        contact_forms.SafeContact,
        marked("Before we contact you"),
        when=may_be_contacted,
        template="public/safe_contact.html",
    ),
    Question(
        "adjustments",
        adjustments_form.Adjustments,
        marked("How can we make it easier for you?"),
        when=not_a_compliment,
        template="public/adjustments.html",
    ),
    Question(
        "danger",
        forms.Danger,
        marked("Is anyone in danger now?"),
        when=not_a_compliment,
        template="public/danger.html",
    ),
    Question(
        "thanks",
        telling.Thanks,
        marked("Before you send your thanks"),
        when=is_compliment,
        on_check=True,
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
    saves=True,
)
