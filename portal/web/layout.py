"""What every template may rely on: the council, its looks, dates in words, and who is signed in."""

import importlib
from datetime import date, datetime
from importlib.util import find_spec

from flask import Flask

from portal.clock import in_london
from portal.council import Council
from portal.procedures.working_days import in_full
from portal.web.access import Access, opens_to
from portal.web.govform import init_forms
from portal.web.headers import init_headers
from portal.web.static_files import init_static_files
from portal.work import council

LOGIN = "portal.web.sign_in.login"


def init_layout(app: Flask) -> None:
    """Give the application its look: macros, stylesheet, headers, filters and sign-in.

    Args:
        app: the application, whose council is loaded.
    """
    brand_colour: str = app.extensions["heard"].council.brand_colour
    init_forms(app)
    init_headers(app)
    init_static_files(app, brand_colour)
    opens_to(Access.EVERYONE)(app.view_functions["static"])
    app.context_processor(_council_for_templates)
    app.jinja_env.filters["long_date"] = long_date
    app.jinja_env.filters["day_name"] = day_name
    app.jinja_env.filters["dial"] = dial
    app.jinja_env.filters["london_moment"] = london_moment
    app.jinja_env.filters["unbroken"] = unbroken
    # A page that nobody signs in to must also work where sign-in is not installed.
    if find_spec("portal.web.sign_in") is not None and find_spec(LOGIN) is not None:
        importlib.import_module(LOGIN).init_login(app)


def long_date(day: date) -> str:
    """A day with its year: "8 January 2027"."""
    return f"{day.day} {day:%B %Y}"


def day_name(day: date) -> str:
    """A day as people say it: "Friday 8 January 2027"."""
    return in_full(day)


def london_moment(instant: datetime) -> str:
    """A moment on a London clock: "18 November 2026, 14:05"."""
    local = in_london(instant)
    return f"{long_date(local.date())}, {local:%H:%M}"


def dial(number: str) -> str:
    """A telephone number for a link: digits, and a plus in front where it has one."""
    return "".join(char for char in number if char.isdigit() or char == "+")


def unbroken(number: str) -> str:
    """A telephone number that stays on one line: half a number at the end of a line is misread."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def _council_for_templates() -> dict[str, Council]:
    return {"council": council()}
