"""The sign-in blueprint, apart from its views, so that each view's file can import it."""

from flask import Blueprint

from portal.web.tracking.buttons import check_buttons

pages = Blueprint("sign_in", __name__)
check_buttons(
    pages, "start", "code", "set_up", "again", "accept", "forgotten", "set_new_password"
)  # fmt: skip
