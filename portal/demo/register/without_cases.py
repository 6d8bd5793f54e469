"""Invented matters that open no case: those without a formal investigation, and words of thanks."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from portal.cases.tokens import make_public_id
from portal.demo.dates import working_days_after
from portal.demo.people import FIRST_NAMES
from portal.demo.register import words
from portal.demo.register.complaint import NATURES
from portal.demo.register.contact import Contact, Desk, Labels
from portal.demo.register.inventing import some_day, someone, teams_of
from portal.demo.register.year_file import DutyMatters, PublishedYear
from portal.demo.rows import Row
from portal.procedures.refusal import DECLINING, Disposition, RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.reporting_quarter import quarter_of
from portal.procedures.vocabulary import Category, ProcedureCode, Team
from portal.records.decision import Outcome
from portal.records.publication import PublicationState
from portal.records.publishing_consent import SaidHow

RESUBMIT_AFTER = timedelta(days=365)
AGREED_BY_TWO = frozenset({Disposition.REFUSED, Disposition.REDIRECTED, Disposition.WAITING})
OF_LETTERS = ("x", "y", "z")


def duty_matters(desk: Desk, year: PublishedYear) -> Iterator[Contact]:
    """Matters without a formal investigation, each with its reason."""
    for group in year.duty:
        reasons = [reason for reason, number in group.reasons.items() for _ in range(number)]
        desk.chance.shuffle(reasons)
        for team, reason in zip(teams_of(desk, group), reasons, strict=True):
            yield _duty(desk, group, team, reason)
        for _ in range(group.school):
            yield _duty(desk, group, Team.OTHER, RefusalReason.SCHOOL)


def compliments(desk: Desk, year: PublishedYear) -> Iterator[Contact]:
    """Words of thanks; of a year whose compliments were published, some are for the report."""
    for group in year.compliments:
        left = {code: list(words.quotes(code)) for code in desk.council.leaderships}
        for team in teams_of(desk, group):
            received = some_day(desk, group.year)
            quotes = left[desk.council.leadership_of(team, received)] if group.published else []
            quote = quotes.pop() if quotes else None
            names = dict(zip(OF_LETTERS, desk.chance.sample(FIRST_NAMES, 3), strict=True))
            labels = Labels(
                Category.COMPLIMENT, team, ProcedureCode.NONE, someone(desk), Outcome.THANKED
            )
            decided = working_days_after(received, desk.chance.randint(1, 3))
            said = quote.format(**names) if quote is not None else None
            contact = desk.contact(labels, received, decided, said)
            if quote is not None:
                _publish(desk, contact, quote)
            yield contact


def _duty(desk: Desk, group: DutyMatters, team: Team, reason: RefusalReason) -> Contact:
    disposition = rule_for(reason).dispositions[0]
    declined = disposition in DECLINING
    labels = Labels(
        Category.COMPLAINT,
        team,
        ProcedureCode.DUTY,
        someone(desk),
        Outcome.DECLINED if declined else Outcome.PASSED_ON,
        desk.chance.choices(list(NATURES), list(NATURES.values()))[0],
    )
    received = some_day(desk, group.year)
    decided = working_days_after(received, desk.chance.randint(1, 6))
    contact = desk.contact(labels, received, decided)
    contact.decision |= {
        "reason": reason,
        "explanation": words.sentence("explanation"),
        "agreed_by_id": desk.second_id if disposition in AGREED_BY_TWO else None,
        "screened_on": decided,
        "screened_by_id": desk.officer_id,
    }
    contact.decision |= _screening(disposition, contact)
    return contact


def _screening(disposition: Disposition, contact: Contact) -> Mapping[str, Any]:
    """What is written down before a no of each kind."""
    day = contact.decision["screened_on"]
    if disposition is Disposition.REFUSED:
        return {
            "consulted": words.sentence("consulted"),
            "consulted_on": day,
            "evidence": words.sentence("looked_at"),
        }
    if disposition is Disposition.REDIRECTED:
        return {"redirected_to": words.sentence("sent_to")}
    if disposition is Disposition.WAITING:
        return {"evidence": words.sentence("looked_at"), "resubmit_by": day + RESUBMIT_AFTER}
    return {}


def _publish(desk: Desk, contact: Contact, quote: str) -> None:
    received = contact.feedback["received_on"]
    quarter = quarter_of(received)
    offered = working_days_after(received, 4)
    contact.publication = {
        "public_id": make_public_id(),
        "state": PublicationState.AGREED,
        "text": quote.format(**{letter: letter.upper() for letter in OF_LETTERS}),
        "area": contact.decision["area"],
        "year": quarter.year,
        "quarter": quarter.number,
        "offered_at": desk.noon(offered),
        "offered_by_id": desk.officer_id,
        "agreed_at": desk.noon(working_days_after(offered, 1)),
        "agreed_by_id": desk.second_id,
    }
    contact.consent = _consent(desk, contact)


def _consent(desk: Desk, contact: Contact) -> Row:
    day = working_days_after(contact.feedback["received_on"], 2)
    return {
        "agrees": True,
        "how": SaidHow.PHONE,
        "on_day": day,
        "recorded_at": desk.noon(day),
        "recorded_by_id": desk.officer_id,
    }
