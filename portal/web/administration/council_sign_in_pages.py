"""Tying somebody to their account of the council's own sign-in, and ending that tie."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.access.acts import Act
from portal.cases import council_identities
from portal.cases.council_identities import LinkRefused
from portal.db import db
from portal.web.access import opens_to
from portal.web.administration.blueprint import account_or_404, address_of, of_person, pages
from portal.web.administration.forms import SubjectForm, YesForm
from portal.web.shown_first import Told, walk
from portal.work import Work


@pages.route("/people/<account_id>/council-account", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def link_council_account(account_id: str) -> ResponseReturnValue:
    """Say which account there is theirs."""
    account = account_or_404(db.session(), account_id)
    form = SubjectForm()

    def show() -> str:
        return render_template("administration/council_account.html", form=form, account=account)

    def deed(work: Work) -> Told:
        found = account_or_404(work.session, account_id)
        council_identities.link(work, found, form.subject.data or "")
        return Told(
            heading=f"Link {found.name} to their council account",
            lines=(
                "They sign in with it from now on. Their password here no longer signs them in.",
                "Roles that come from its groups are given and ended at each sign-in.",
            ),
            warnings=("Make sure that this number is really theirs: whoever has it gets in.",),
            done=f"{found.name} signs in with their council account from now on.",
            to=address_of(found),
            button="Link them",
        )

    return walk(form, deed, of_person(account_id), show)


@pages.route("/people/<account_id>/council-account/end", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def unlink_council_account(account_id: str) -> ResponseReturnValue:
    """End the tie."""

    def deed(work: Work) -> Told:
        found = account_or_404(work.session, account_id)
        if not council_identities.unlink(work, found):
            raise LinkRefused("They are not linked to a council account.")
        return Told(
            heading=f"End the link of {found.name} to their council account",
            lines=(
                "They no longer sign in with it. They can with their password here, if they have "
                "one.",
                "Roles that its groups gave end at once.",
            ),
            done="The link is ended.",
            to=address_of(found),
            button="End the link",
        )

    return walk(YesForm(), deed, of_person(account_id))
