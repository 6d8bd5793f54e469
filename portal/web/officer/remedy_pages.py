"""What is promised and recommended in a case: the list, and writing a new one."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.access.person import in_force, superiors_of_each
from portal.access.table import RECORDS_FOR
from portal.cases import findings, named_persons, points, remedies
from portal.cases.remedies import NewRemedy
from portal.db import db
from portal.errors import Refused
from portal.matter_rows import fetch_matter
from portal.procedures.completeness import GIVER_IN
from portal.procedures.finding import Giver
from portal.procedures.remedy import PAYMENTS, RECOMMENDS, Base, RemedyKind, RemedyState, kept
from portal.procedures.state import OVER
from portal.procedures.vocabulary import Team
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.remedy import Remedy
from portal.records.team_membership import TeamMembership
from portal.web.access import may, opens_to
from portal.web.officer import presence, procedure_words
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.item_pages import words_of
from portal.web.officer.presence import Has
from portal.web.officer.readable import remedies_readable
from portal.web.officer.remedy_forms import RemedyForm
from portal.work import begin_work, council

ALWAYS = (Giver.SERVICE, Giver.OMBUDSMAN)
"""What the service promises, and what the Ombudsman asks for, can come at any time; what the
others say belongs where the case stands with them."""


@pages.get("/cases/<public_id>/promises")
@opens_to(Act.READ)
def promises(public_id: str) -> ResponseReturnValue:
    """Everything promised and recommended, what is open first."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "promises_viewed", case)
    session, today = db.session(), clock.today()
    listed = remedies_readable(session, feedback, case, remedies.of_case(session, case))
    rows = [row_of(remedy) for remedy in listed]
    unfinished = (RemedyState.PROPOSED, RemedyState.PROMISED)
    return render_template(
        "officer/promises.html",
        case=case,
        open_rows=[row for row in rows if row["remedy"].state in unfinished],
        other_rows=[row for row in rows if row["remedy"].state not in unfinished],
        givers=_givers(feedback, case),
        procedure_words=procedure_words,
        today=today,
        **words_of(session, feedback),
    )


def row_of(remedy: Remedy) -> dict[str, Any]:
    """One remedy as the pages show it: its state in words, its date, what it waits for."""
    state = procedure_words.REMEDY_STATES[remedy.state]
    if remedy.state in (RemedyState.PROMISED, RemedyState.DONE):
        state = procedure_words.KEPT[kept(remedy.due_on, remedy.done_on, clock.today())]
    owner = db.session.get(Account, remedy.owner_id) if remedy.owner_id is not None else None
    return {
        "remedy": remedy,
        "state": state,
        "kind": procedure_words.KINDS[remedy.kind],
        "asked_by": procedure_words.ASKED_BY[remedy.giver],
        "owner": owner.name if owner is not None else None,
        "team": council().team(remedy.team).officer_label,
        "amount": procedure_words.pounds(remedy.amount_pence) if remedy.amount_pence else None,
        "waits_for": _waits_for(remedy),
    }


def add_remedy(public_id: str, giver: Giver) -> ResponseReturnValue:
    """Write something to be done, as one giver asks for it."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "promises_viewed", case)
    if giver not in _givers_now(case):
        raise findings.NotTheirTurn
    fetch_matter(db.session(), feedback, [case])
    form = RemedyForm()
    if not form.is_submitted():
        apology = RemedyKind.APOLOGY.value if giver is Giver.SERVICE else ""
        shown = {"team": case.team.value, "shown": True, "kind": apology, "base": Base.DAY.value}
        form = RemedyForm(formdata=None, data=shown)
        _offer(form, case, feedback, giver)
        return _add_page(feedback, form, giver)
    _offer(form, case, feedback, giver)
    if not form.validate():
        return _add_page(feedback, form, giver), 422
    try:
        with begin_work(staff()) as work:
            feedback, case = found_or_404(work.session, public_id)
            remedies.add(work, case, _as_new(work.session, form, case, giver))
    except Refused as refused:
        form.form_errors.append(refused.message)
        feedback, case = found_or_404(db.session(), public_id)
        return _add_page(feedback, form, giver), refused.status
    flash("Saved. It is shown to the person when they have the answer.", "success")
    return redirect(url_for("officer.promises", public_id=public_id), 303)


def _view_for(giver: Giver) -> Callable[[str], ResponseReturnValue]:
    def add(public_id: str) -> ResponseReturnValue:
        return add_remedy(public_id, giver)

    return add


# One address for each giver, so that each has a rule of its own.
for _giver, _act in RECORDS_FOR.items():
    pages.add_url_rule(
        f"/cases/<public_id>/promises/add/{_giver.value}",
        f"add_remedy_{_giver.value}",
        opens_to(_act)(_view_for(_giver)),
        methods=["GET", "POST"],
    )


def _as_new(session: Session, form: RemedyForm, case: Case, giver: Giver) -> NewRemedy:
    others = remedies.of_case(session, case)
    kind = RemedyKind(form.kind.data)
    listed = points.live(session, case)
    chosen = next((one for one in listed if str(one.number) == form.point.data), None)
    owners = {one.public_id: one.id for one in _owners(session, case)}
    repeats = form.number(form.every_months)
    return NewRemedy(
        giver=giver,
        kind=kind,
        text=form.text.data or "",
        team=Team(form.team.data),
        counting=form.counting(others),
        point_id=chosen.id if chosen is not None else None,
        owner_id=owners.get(form.owner.data or ""),
        payee=form.payee.data,
        amount_pence=form.pence() if kind in PAYMENTS else None,
        every_months=repeats,
        until=form.until.data if repeats is not None else None,
        shown_to_person=bool(form.shown.data),
    )


def _offer(form: RemedyForm, case: Case, feedback: Feedback, giver: Giver) -> None:
    session = db.session()
    others = [
        one
        for one in remedies_readable(session, feedback, case, remedies.of_case(session, case))
        if one.state is RemedyState.PROMISED
    ]
    form.offer(council(), giver, points.live(session, case), others, _owners(session, case))


def _owners(session: Session, case: Case) -> list[Account]:
    """Who of the case's team, and its named officer, may see to a promise: nobody whom it is
    about or who reports to them, and the officer alone until somebody has said who is meant."""
    today = clock.today()
    in_team = select(TeamMembership.account_id).where(
        TeamMembership.team == case.team,
        in_force(TeamMembership.first_day, TeamMembership.last_day, today),
    )
    wanted = select(Account).where(
        Account.active.is_(True), Account.id.in_(in_team) | (Account.id == case.officer_id)
    )
    about: set[int] = set()
    if Has.NAMED in presence.of(session, case.feedback_id):
        about = {one.account.id for one in named_persons.linked(session, case.feedback_id)}
    unsettled = session.get_one(Feedback, case.feedback_id).persons_unsettled
    people = session.scalars(wanted).all()
    above = superiors_of_each(session, people if about else ())
    found = (
        one
        for one in people
        if about.isdisjoint({one.id, *above.get(one.id, ())})
        and (not unsettled or one.id == case.officer_id)
    )
    return sorted(found, key=lambda account: account.name.casefold())


def _givers_now(case: Case) -> tuple[Giver, ...]:
    if case.procedure_state in OVER:
        return ()
    return tuple(dict.fromkeys((*ALWAYS, GIVER_IN.get(case.procedure_state, Giver.SERVICE))))


def _givers(feedback: Feedback, case: Case) -> list[tuple[Giver, str]]:
    """For whom whoever is signed in may write something, with the words of the link."""
    return [
        (giver, _link_words(giver))
        for giver in _givers_now(case)
        if may(RECORDS_FOR[giver], feedback.id)
    ]


def _link_words(giver: Giver) -> str:
    words = procedure_words.ASKED_BY[giver].removeprefix("Promised ").removeprefix("Recommended ")
    if giver is Giver.OMBUDSMAN:
        return "Add what the Ombudsman asks for"
    return f"Add a {'recommendation' if giver in RECOMMENDS else 'promise'} {words}"


def _waits_for(remedy: Remedy) -> str:
    """What a date is counted from that is not there yet."""
    if remedy.due_on is not None or remedy.offset_length is None:
        return ""
    unit = (remedy.offset_unit or "").replace("_", " ")
    base = remedy.base_event
    after = procedure_words.COUNTED_FROM[Base(base)] if base else "after another promise is kept"
    return f"{remedy.offset_length} {unit} {after}"


def _add_page(feedback: Feedback, form: RemedyForm, giver: Giver) -> str:
    return render_template(
        "officer/promise_new.html",
        form=form,
        giver=giver,
        heading=_link_words(giver),
        Base=Base,
        **words_of(db.session(), feedback),
    )
