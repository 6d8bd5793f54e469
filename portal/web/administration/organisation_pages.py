"""Organisations outside the council: added, renamed, ended and opened again."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases import organisations
from portal.db import db
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.blueprint import (
    administrator,
    organisation_or_404,
    pages,
    place,
)
from portal.web.administration.forms import NameForm, YesForm
from portal.web.shown_first import Place, Told, walk
from portal.work import Work, begin_work


@pages.get("/organisations")
@opens_to(Act.ADMINISTER)
def organisations_page() -> str:
    """All of them, those that stand first."""
    session = db.session()
    sizes = organisations.sizes(session)
    rows = [(one, sizes.get(one.id, 0)) for one in organisations.all_of_them(session)]
    return render_template("administration/organisations.html", rows=rows)


@pages.get("/organisations/<organisation_id>")
@opens_to(Act.ADMINISTER)
def organisation(organisation_id: str) -> str:
    """One of them, with its people."""
    with begin_work(administrator()) as work:
        seen = organisation_or_404(work.session, organisation_id)
        audit.note(work, "organisation_viewed", seen)
    found = organisation_or_404(db.session(), organisation_id)
    people = organisations.people(db.session(), found)
    return render_template("administration/organisation.html", organisation=found, people=people)


@pages.route("/organisations/new", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def add_organisation() -> ResponseReturnValue:
    """A new one."""
    form = NameForm()

    def show() -> str:
        return render_template("administration/organisation_name.html", form=form, found=None)

    def deed(work: Work) -> Told:
        made = organisations.create(work, form.name.data or "")
        work.session.flush()
        return Told(
            heading=f"Add {made.name}",
            lines=("Its people can be added as advocates after that.",),
            done=f"{made.name} is on the list.",
            to=_address(made.public_id),
            button="Add it",
        )

    return walk(form, deed, place(url_for(".organisations_page")), show)


@pages.route("/organisations/<organisation_id>/name", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def rename_organisation(organisation_id: str) -> ResponseReturnValue:
    """Another name for it."""
    form = NameForm()
    found = organisation_or_404(db.session(), organisation_id)
    if not form.is_submitted():
        form.name.data = found.name

    def show() -> str:
        return render_template("administration/organisation_name.html", form=form, found=found)

    def deed(work: Work) -> Told:
        one = organisation_or_404(work.session, organisation_id)
        before = one.name
        organisations.rename(work, one, form.name.data or "")
        return Told(
            heading=f"Rename {before}",
            lines=(
                f"Its name becomes {one.name}. Young people see it beside their advocate’s name.",
            ),
            done="The name is changed.",
            to=_address(organisation_id),
            button="Rename it",
        )

    return walk(form, deed, _back(organisation_id), show)


@pages.route("/organisations/<organisation_id>/end", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def end_organisation(organisation_id: str) -> ResponseReturnValue:
    """End what its people may do."""

    def deed(work: Work) -> Told:
        one = organisation_or_404(work.session, organisation_id)
        names = [account.name for account in organisations.people(work.session, one)]
        organisations.end(work, one)
        who = f"{rights_words.joined(names)} can see nothing any more." if names else (
            "Nobody works there now."
        )  # fmt: skip
        return Told(
            heading=f"End {one.name}",
            lines=(
                who,
                "Their sign-ins end at once. Their accounts and what they did stay.",
                "You can open it again. They then follow the same young people as before.",
            ),
            done=f"{one.name} has ended.",
            to=_address(organisation_id),
            button="End it",
        )

    return walk(YesForm(), deed, _back(organisation_id))


@pages.route("/organisations/<organisation_id>/open", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def open_organisation(organisation_id: str) -> ResponseReturnValue:
    """Open it again."""

    def deed(work: Work) -> Told:
        one = organisation_or_404(work.session, organisation_id)
        names = [account.name for account in organisations.people(work.session, one)]
        organisations.open_again(work, one)
        who = rights_words.joined(names) if names else "Nobody yet"
        return Told(
            heading=f"Open {one.name} again",
            lines=(f"These people can again do what their roles say: {who}.",),
            done=f"{one.name} is open again.",
            to=_address(organisation_id),
            button="Open it again",
        )

    return walk(YesForm(), deed, _back(organisation_id))


def _address(organisation_id: str) -> str:
    return url_for("administration.organisation", organisation_id=organisation_id)


def _back(organisation_id: str) -> Place:
    return place(_address(organisation_id))
