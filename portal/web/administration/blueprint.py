"""The administrators' blueprint, apart from its views, so that each view's file can import it."""

from flask import Blueprint, abort, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.account import Account
from portal.records.organisation import Organisation
from portal.web.shown_first import Place
from portal.web.tracking.buttons import check_buttons
from portal.work import Who

pages = Blueprint("administration", __name__, url_prefix="/administration")
LAYOUT = "administration/layout.html"
# Every post of an administrator is a form that checks its token itself and shows itself again.
WITH_FORMS = (
    "people", "add_person", "add_many", "change_details", "invite", "reset_second_factor",
    "end_sign_ins", "give_role", "end_role", "join_team", "leave_team", "add_to_team", "leaver",
    "come_back", "add_organisation", "rename_organisation", "end_organisation",
    "open_organisation", "link_council_account", "unlink_council_account", "set_retention",
    "take_back_retention",
)  # fmt: skip
check_buttons(pages, *WITH_FORMS)


def administrator() -> Who:
    """Who acts: the signed-in administrator. The view's rule has let nobody else in."""
    return Who("staff", int(current_user.id))


def place(back: str) -> Place:
    """Where a change is made; "Back" leads to an address."""
    return Place(administrator(), LAYOUT, back)


def of_person(account_id: str) -> Place:
    """A change on somebody's page."""
    return place(url_for("administration.person", account_id=account_id))


def address_of(account: Account) -> str:
    """Somebody's page."""
    return url_for("administration.person", account_id=account.public_id)


def account_or_404(session: Session, account_id: str) -> Account:
    """The person of an address."""
    found = session.scalar(select(Account).where(Account.public_id == account_id))
    return found if found is not None else abort(404)


def organisation_or_404(session: Session, organisation_id: str) -> Organisation:
    """The organisation of an address."""
    found = session.scalar(select(Organisation).where(Organisation.public_id == organisation_id))
    return found if found is not None else abort(404)
