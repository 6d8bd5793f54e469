"""Who may open what: every view says it, and what says nothing opens to nobody."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.errors import Refused
from portal.records.account import Role

View = TypeVar("View", bound=Callable[..., Any])
RULE = "heard_access"


class Access(StrEnum):
    """The rules a view can declare."""

    EVERYONE = "everyone"
    # Somebody who has shown a reference and its words, or a link, in this session.
    TRACKER = "tracker"
    ADVOCATE = "advocate"
    OFFICER = "officer"
    # Any signed-in account.
    ACCOUNT = "account"


SIGNED_IN_ROLES = {Access.ADVOCATE: Role.ADVOCATE, Access.OFFICER: Role.OFFICER}


def opens_to(rule: Access) -> Callable[[View], View]:
    """Declare who may open a view. Placed nearest to the function."""

    def declare(view: View) -> View:
        setattr(view, RULE, rule)
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Access | None:
    """The rule that an endpoint's view declares, or None when it declares none."""
    return getattr(app.view_functions[endpoint], RULE, None)


class SignedOut(Refused):
    """Something was sent after the sign-in had run out; the page gives the words back."""

    title = "You have been signed out"
    message = (
        "You were signed out because nothing happened for a while, so this was not sent. Sign in "
        "again in a new tab, then copy your words from below."
    )
    status = 401


def init_access(app: Flask) -> None:
    """Ask the rule before every request."""
    app.before_request(_ask)


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is Access.EVERYONE:
        return None
    if rule is None:
        # A view without a rule is our mistake, and a closed door is the safe way to show it.
        abort(404)
    if rule is Access.TRACKER:
        return None if "track" in session else redirect(url_for("tracking.start"))
    if not current_user.is_authenticated:
        if request.method == "POST" and len(request.form) > 1:
            # More than a token was sent: a redirect would lose what was typed.
            raise SignedOut
        return redirect(url_for("sign_in.start", next=request.path))
    if rule is Access.ACCOUNT:
        return None
    # The same 404 as for a page that does not exist: a door's existence is not told either.
    return None if current_user.role is SIGNED_IN_ROLES[rule] else abort(404)
