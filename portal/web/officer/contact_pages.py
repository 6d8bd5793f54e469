"""How a person may be reached, and a party's details: looked at and mended, with their history."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import contact_details, safe_contact_rules
from portal.correspondence.safe_contact import roles_of, usable
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account
from portal.records.feedback import ContactWay, Feedback
from portal.records.party import Party
from portal.records.safe_contact_rule import SaidBy
from portal.web.access import opens_to
from portal.web.officer import reading, wording
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.contact_forms import ContactForm, PartyForm
from portal.web.officer.history import at_words
from portal.work import Work, begin_work, council, settings

NO_DETAIL = "There is nothing to reach them by that way. Add it to their details first"


class NoSuchParty(Refused):
    """Nobody of that number is named in this matter."""

    title = "Nobody of that number is named here"
    message = "This matter names fewer people. Go back and choose one of them."
    status = 409


@dataclass(frozen=True)
class Change:
    """One entry of the history, in words."""

    what: str
    when: str
    reason: str


@pages.get("/feedback/<public_id>/contact", endpoint="contact")
@opens_to(Act.CONDUCT)
def contact_page(public_id: str) -> ResponseReturnValue:
    """How the person may be reached, their details, and what of both was changed."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "contact_viewed", feedback)
    form = ContactForm(formdata=None)
    form.show(feedback, safe_contact_rules.in_force(db.session(), feedback))
    return _page(feedback, form)


@pages.post("/feedback/<public_id>/contact", endpoint="contact_changed")
@opens_to(Act.CONDUCT)
def change_contact(public_id: str) -> ResponseReturnValue:
    """Put another rule in force; letters that wait obey it from now on."""
    form = ContactForm()
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate() or not _has_detail(feedback, form):
        return _page(feedback, form), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        changed = safe_contact_rules.keep(
            work, feedback, form.chosen_way(), form.as_rule(), SaidBy.OFFICER, form.reason.data
        )
        contact_details.readdress(work, feedback)
    flash("Saved. Letters that wait obey it." if changed else "Nothing was different.", "success")
    return redirect(url_for("officer.contact", public_id=public_id), 303)


@pages.get("/feedback/<public_id>/contact/<number>", endpoint="party")
@opens_to(Act.CONDUCT)
def party_page(public_id: str, number: str) -> ResponseReturnValue:
    """One party's details."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        party = _party(work, feedback, number)
        audit.note(work, "contact_viewed", feedback)
    return _party_page(feedback, party, number, PartyForm(formdata=None, obj=party))


@pages.post("/feedback/<public_id>/contact/<number>", endpoint="party_changed")
@opens_to(Act.CONDUCT)
def change_party(public_id: str, number: str) -> ResponseReturnValue:
    """Change them, with a reason. The old address is never used again."""
    form = PartyForm()
    valid = form.validate()
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        party = _party(work, feedback, number)
        changed: tuple[str, ...] = ()
        if valid:
            changed = contact_details.change(
                work, feedback, party, form.as_details(), SaidBy.OFFICER, form.reason.data
            )
    if not valid:
        return _party_page(feedback, party, number, form), 422
    said = "Saved. Letters that wait go there now." if changed else "Nothing was different."
    flash(said, "success")
    return redirect(url_for("officer.contact", public_id=public_id), 303)


def _party(work: Work, feedback: Feedback, number: str) -> Party:
    found = contact_details.parties(work.session, feedback)
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    if not 1 <= at <= len(found):
        raise NoSuchParty
    return found[at - 1]


def _has_detail(feedback: Feedback, form: ContactForm) -> bool:
    way, session = form.chosen_way(), db.session()
    roles = roles_of(session, feedback)
    found = (one for one in contact_details.parties(session, feedback) if one.role in roles)
    if way is ContactWay.PORTAL_ONLY or any(usable(way, party) for party in found):
        return True
    form.way.errors = [NO_DETAIL]
    return False


def _page(feedback: Feedback, form: ContactForm) -> str:
    session = db.session()
    form.offer(council(), settings())
    return render_template(
        "officer/contact.html",
        feedback=feedback,
        form=form,
        contact_lines=reading.contact_lines(session, council(), feedback),
        parties=[
            (number, wording.ROLES[party.role], party)
            for number, party in enumerate(contact_details.parties(session, feedback), 1)
        ],
        rules=_rules(session, feedback),
        changes=_changes(session, feedback),
    )


def _party_page(feedback: Feedback, party: Party, number: str, form: PartyForm) -> str:
    return render_template(
        "officer/contact_party.html",
        feedback=feedback,
        form=form,
        role=wording.ROLES[party.role],
        number=number,
    )


def _rules(session: Session, feedback: Feedback) -> list[Change]:
    rows = safe_contact_rules.history(session, feedback)
    names = _names(session, {row.account_id for row in rows})
    return [
        Change(
            "\n".join(
                [
                    wording.CONTACT_WAYS[row.way],
                    *reading.rule_lines(safe_contact_rules.as_rule(row)),
                ]
            ),
            f"{at_words(row.said_at)}, {names.get(row.account_id, 'the person')}",
            row.reason or "",
        )
        for row in rows
    ]


def _changes(session: Session, feedback: Feedback) -> list[Change]:
    rows = contact_details.history(session, feedback)
    names = _names(session, {row.account_id for row in rows})
    return [
        Change(
            f"{wording.DETAILS[row.field]}: {row.before or 'none'} → {row.after or 'none'}",
            f"{at_words(row.changed_at)}, {names.get(row.account_id, 'the person')}",
            row.reason or "",
        )
        for row in rows
    ]


def _names(session: Session, ids: set[int | None]) -> dict[int | None, str]:
    found = session.scalars(select(Account).where(Account.id.in_(ids - {None})))
    return {account.id: account.name for account in found}
