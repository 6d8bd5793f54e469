"""What every template may rely on: the council, its looks, dates in words, and who is signed in."""

import importlib
from datetime import datetime
from importlib.util import find_spec

from flask import Flask
from markupsafe import Markup

from portal.catalogues import ENGLISH, locale_of
from portal.clock import in_london
from portal.council_elsewhere import Signpost
from portal.council_file import Provider
from portal.web.access import Access, opens_to
from portal.web.govform import init_forms
from portal.web.headers import init_headers
from portal.web.ready_made import init_ready_made
from portal.web.static_files import init_static_files
from portal.wording import day_in_words, language, languages, long_date, name_of, tag, worded
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
    init_ready_made(app)
    init_static_files(app, brand_colour)
    opens_to(Access.EVERYONE)(app.view_functions["static"])
    app.context_processor(_for_templates)
    app.jinja_env.globals |= {"english": english, "written_in": written_in}
    app.jinja_env.filters |= {
        "call": call,
        "day_name": day_in_words,
        "dial": dial,
        "link": link,
        "london_moment": london_moment,
        "long_date": long_date,
        "mail_link": mail_link,
        "name_of_language": name_of,
        "unbroken": unbroken,
        "worded": worded,
    }
    # A page that nobody signs in to must also work where sign-in is not installed.
    if find_spec("portal.web.sign_in") is not None and find_spec(LOGIN) is not None:
        importlib.import_module(LOGIN).init_login(app)


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


def call(number: str) -> Markup:
    """A telephone number as a link."""
    return _link("tel:" + dial(number), unbroken(number))


def mail_link(address: str) -> Markup:
    """An e-mail address as a link."""
    return _link("mailto:" + address, address)


def link(provider: Provider | Signpost) -> Markup:
    """The name of somebody else, as a link to their pages."""
    return _link(provider.website or "", provider.name)


def english() -> Markup:
    """The attribute of a part that is in English on any page, such as a published report."""
    return written_in(ENGLISH)


def written_in(code: str) -> Markup:
    """The attribute of a part that is in a language of its own: a letter as it was sent.

    Args:
        code: its language.
    """
    if code == language():
        return Markup()
    return Markup(' lang="{}"').format(str(locale_of(code)).replace("_", "-"))


def _link(address: str, text: str) -> Markup:
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(address, text)


def _for_templates() -> dict[str, object]:
    return {
        "council": council(),
        "page_language": language(),
        "page_languages": languages(),
        "htmlLang": tag(),
    }
