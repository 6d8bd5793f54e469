"""The blueprint of one's own page, apart from its views, so that each view's file can import it."""

from flask import Blueprint
from flask_login import current_user

from portal.web.sign_in.destination import home_of
from portal.web.tracking.buttons import check_buttons
from portal.work import Who

pages = Blueprint("account", __name__, url_prefix="/account")
check_buttons(pages, "password", "second_factor_page", "new_passkey")


@pages.context_processor
def _way_home() -> dict[str, str]:
    return {"work_url": home_of(current_user.person)} if current_user.is_authenticated else {}


def who() -> Who:
    """Who acts: whoever is signed in."""
    return Who("account", int(current_user.id))
