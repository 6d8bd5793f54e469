"""The language of the public pages, where a council offers more than English."""

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.web.access import Access, opens_to
from portal.wording import COOKIE, languages
from portal.work import settings

pages = Blueprint("languages", __name__)


@pages.post("/language")
@opens_to(Access.EVERYONE)
def choose() -> ResponseReturnValue:
    """Keep the chosen language until the browser is closed, and show the same page again."""
    response = redirect(_page(request.form.get("path", "")), 303)
    chosen = request.form.get("language", "")
    if chosen in languages():
        _keep(response, chosen)
    return response


def _keep(response: Response, chosen: str) -> None:
    secure = settings().public_url.startswith("https://")
    response.set_cookie(COOKIE, chosen, httponly=True, samesite="Lax", secure=secure)


def _page(path: str) -> str:
    """The page that somebody came from, where it can be looked at; else the first one. Only a path
    of ours is taken, so that nobody can be sent elsewhere."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return "/"
    return path
