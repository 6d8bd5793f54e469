"""How somebody may be reached, asked once a page: several of its parts need it."""

from sqlalchemy.orm import Session

from portal.cases import safe_contact_rules
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence.safe_contact import Route, route_of
from portal.council import Council
from portal.records.feedback import Feedback
from portal.web.once import once


def rule_of(session: Session, feedback: Feedback) -> ContactRule:
    """The rule that is in force."""
    return once("rule", feedback.id, lambda: safe_contact_rules.in_force(session, feedback))


def route(session: Session, council: Council, feedback: Feedback) -> Route:
    """How letters reach them now."""
    return once("route", feedback.id, lambda: route_of(session, council, feedback))
