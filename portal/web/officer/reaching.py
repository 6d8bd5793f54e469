"""How somebody may be reached, asked once a page: several of its parts need it."""

from sqlalchemy.orm import Session

from portal.cases import safe_contact_rules
from portal.cases.safe_contact_rules import ContactRule
from portal.catalogues import ENGLISH, locale_of
from portal.correspondence.safe_contact import Route, route_of
from portal.correspondence.voices import language_of
from portal.council import Council
from portal.records.feedback import Feedback
from portal.web.once import once


def rule_of(session: Session, feedback: Feedback) -> ContactRule:
    """The rule that is in force."""
    return once("rule", feedback.id, lambda: safe_contact_rules.in_force(session, feedback))


def language_lines(council: Council, feedback: Feedback) -> list[str]:
    """What an officer must know before they write, where letters are not in English."""
    code = language_of(council, feedback)
    if code == ENGLISH:
        return []
    name = locale_of(code).get_language_name(ENGLISH)
    return [f"Letters to them are in {name}. What you write yourself is not translated."]


def route(session: Session, council: Council, feedback: Feedback) -> Route:
    """How letters reach them now."""
    return once("route", feedback.id, lambda: route_of(session, council, feedback))
