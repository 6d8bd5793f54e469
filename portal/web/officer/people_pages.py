"""Whom a matter is about, who follows it, and to whom it is opened for a time."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import advocacy, grants, named_persons, staff_search
from portal.cases.staff_search import MOST_FOUND
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.records.wall import MatterGrant, NamedPerson
from portal.web import role_words
from portal.web.access import opens_to
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.people_forms import FindForm, GiveForm
from portal.web.sign_in import login
from portal.work import begin_work


@pages.get("/feedback/<public_id>/people")
@opens_to(Act.NAME_PERSONS)
def people(public_id: str) -> ResponseReturnValue:
    """Whom it is about, and who may see it."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "people_viewed", feedback)
    return _page(feedback, FindForm(formdata=None), GiveForm(formdata=None))


@pages.post("/feedback/<public_id>/people")
@opens_to(Act.NAME_PERSONS)
def find_people(public_id: str) -> ResponseReturnValue:
    """Whom of the staff list it could be. Posted, because who is meant has no place in an
    address, which logs keep."""
    form = FindForm()
    if not form.validate():
        feedback = feedback_or_404(db.session(), public_id)
        return _page(feedback, form, GiveForm(formdata=None)), 422
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "staff_searched", feedback, ["name"])
    return _page(feedback, form, GiveForm(formdata=None))


@pages.get("/feedback/<public_id>/people/<account_id>")
@opens_to(Act.NAME_PERSONS)
def check_person(public_id: str, account_id: str) -> ResponseReturnValue:
    """Say what linking somebody will do, before it does."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        account = _account_or_404(work.session, account_id)
        goes = named_persons.goes_to_designated(work, account)
        audit.note(work, "people_viewed", feedback)
    return render_template(
        "officer/link_person.html",
        feedback=feedback,
        account=account,
        below=staff_search.below(db.session(), account),
        goes_to_designated=goes,
    )


@pages.post("/feedback/<public_id>/people/<account_id>")
@opens_to(Act.NAME_PERSONS)
def link_person(public_id: str, account_id: str) -> ResponseReturnValue:
    """Link somebody; the matter closes to them and to those who report to them."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        account = _account_or_404(work.session, account_id)
        named = named_persons.link(work, feedback, account)
        name, gone = account.name, named.for_designated
    if gone:
        flash(
            f"{name} is linked. This is now for the officer whom the council has named for it, and"
            " you cannot open it any more.",
            "success",
        )
        return redirect(url_for("officer.queue"))
    flash(f"{name} is linked. They and those who report to them cannot open it.", "success")
    return _back(public_id)


@pages.post("/feedback/<public_id>/people/unlink/<named_id>")
@opens_to(Act.NAME_PERSONS)
def unlink_person(public_id: str, named_id: str) -> ResponseReturnValue:
    """Take a wrong link back."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        wanted = select(NamedPerson).where(
            NamedPerson.public_id == named_id, NamedPerson.feedback_id == feedback.id
        )
        named = work.session.scalar(wanted) or abort(404)
        named_persons.unlink(work, feedback, named)
    flash("The link is taken back.", "success")
    return _back(public_id)


@pages.post("/feedback/<public_id>/people/settle")
@opens_to(Act.NAME_PERSONS)
def settle_people(public_id: str) -> ResponseReturnValue:
    """Everybody whom it is about is linked, or nobody of the staff list is meant."""
    with begin_work(staff()) as work:
        named_persons.settle(work, feedback_or_404(work.session, public_id))
    flash("Noted. Those whose work it is can see it now, behind the walls.", "success")
    return _back(public_id)


@pages.post("/feedback/<public_id>/people/unsettle")
@opens_to(Act.NAME_PERSONS)
def unsettle_people(public_id: str) -> ResponseReturnValue:
    """Somebody else may be meant: close it again."""
    with begin_work(staff()) as work:
        named_persons.unsettle(work, feedback_or_404(work.session, public_id))
    flash("Closed again: only complaints officers see it until you say who is meant.", "success")
    return _back(public_id)


@pages.post("/feedback/<public_id>/grants")
@opens_to(Act.GRANT, fresh=True)
def give(public_id: str) -> ResponseReturnValue:
    """Open it to somebody until a day."""
    form = GiveForm()
    form.offer(_people_to_choose())
    feedback = feedback_or_404(db.session(), public_id)
    if not form.validate():
        return _page(feedback, FindForm(formdata=None), form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            account = _account_or_404(work.session, form.person.data)
            grants.give(work, feedback, account, form.day())
            name = account.name
    except Refused as refused:
        form.person.errors = [refused.message]
        feedback = feedback_or_404(db.session(), public_id)
        return _page(feedback, FindForm(formdata=None), form), 422
    flash(f"{name} can see it now.", "success")
    return _back(public_id)


@pages.post("/feedback/<public_id>/grants/<grant_id>/end")
@opens_to(Act.GRANT, fresh=True)
def end_grant(public_id: str, grant_id: str) -> ResponseReturnValue:
    """Close it to somebody at once."""
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        wanted = select(MatterGrant).where(
            MatterGrant.public_id == grant_id, MatterGrant.feedback_id == feedback.id
        )
        grants.end(work, feedback, work.session.scalar(wanted) or abort(404))
    flash("They cannot see it any more.", "success")
    return _back(public_id)


def _page(feedback: Feedback, find: FindForm, give_form: GiveForm) -> str:
    session, today = db.session(), clock.today()
    typed = (find.name.data or "").strip() if not find.errors else ""
    give_form.offer(_people_to_choose())
    linked = named_persons.linked(session, feedback.id)
    return render_template(
        "officer/people.html",
        feedback=feedback,
        linked=linked,
        find_form=find,
        typed=typed,
        found=staff_search.find(session, typed, {one.account.id for one in linked}),
        most_found=MOST_FOUND,
        give_form=give_form,
        given=[
            (one, role_words.ROLES[one.grant.role])
            for one in grants.given(session, feedback.id, today)
        ],
        followers=advocacy.followers(session, feedback),
        fresh=login.is_fresh(),
    )


def _people_to_choose() -> list[tuple[Account, str]]:
    found = grants.who_can_be_given(db.session(), clock.today())
    return [(account, role_words.ROLES[role]) for account, role in found]


def _account_or_404(session: Session, public_id: str) -> Account:
    found = session.scalar(select(Account).where(Account.public_id == public_id))
    return found if found is not None else abort(404)


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("officer.people", public_id=public_id), 303)
