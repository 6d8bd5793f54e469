"""The one place that turns errors into pages: a sentence, what to do, the right status."""

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.wording import worded

log = structlog.get_logger()

SENTENCES: dict[int, tuple[str, str]] = {
    400: (marked("Something was missing"), marked("Go back, check the page and try again.")),
    403: (
        marked("You cannot open this page"),
        marked("If you think you should, ask the complaints team."),
    ),
    404: (
        marked("Page not found"),
        marked("Check the address, or start again from the first page."),
    ),
    405: (
        marked("This page cannot be used that way"),
        marked("Go back and use the buttons on the page."),
    ),
    410: (marked("This has ended"), marked("Start again from the first page.")),
    413: (
        marked("What you sent is too large"),
        marked("Send one file at a time, of at most 25 MB. Nothing that you sent before is lost."),
    ),
    429: (marked("Too many tries"), marked("Wait a few minutes and try again.")),
    500: (
        marked("Something went wrong on our side"),
        marked("What you had sent before is kept. Please try again in a few minutes, or call us."),
    ),
    503: (
        marked("This service is not working right now"),
        marked("What you sent before is kept. Please try again in a few minutes, or call us."),
    ),
}


def init_errors(app: Flask) -> None:
    """Register a page for every way in which a request can fail."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)


# Shown back to whoever typed it, never what must not stand on a screen.
NEVER_SHOWN = frozenset({"csrf_token", "password", "current_password", "words", "code", "passkey"})
WORTH_KEEPING = 20


def _page(status: int, title: str, sentence: str) -> ResponseReturnValue:
    address, text = _way_on()
    page = render_template(
        "errors/refused.html",
        title=worded(title),
        sentence=worded(sentence),
        typed=_typed(),
        way_on=address,
        way_on_text=worded(text),
        layout=_layout(),
        exit_url="/track/exit" if request.path.startswith("/track") else "/exit",
    )
    return page, status


def _layout() -> str:
    """Pages that a young person may be on keep their way out, also when something fails."""
    young = request.path.startswith(("/young-people", "/track"))
    return "layout/young.html" if young else "layout/public.html"


def _way_on() -> tuple[str, str]:
    """Where somebody can go from here: each to the first page of their own door."""
    if request.path.startswith("/officers/"):
        return "/officers/", "Go to the queue"
    if request.path.startswith("/administration/"):
        return "/administration/", "Go to the list of people"
    if request.path.startswith("/advocates/"):
        return "/advocates/", marked("Go to your list")
    if request.path.startswith("/young-people/"):
        return "/young-people/", marked("Go to the first page")
    return "/", marked("Go to the first page")


def _typed() -> list[str]:
    """What the person had typed: when it could not be kept, they must be able to copy it."""
    if request.method != "POST":
        return []
    try:
        given = request.form.items(multi=True)
        return [
            value
            for name, value in given
            # Somebody's words have spaces; a choice's code has none.
            if name not in NEVER_SHOWN and len(value) >= WORTH_KEEPING and " " in value
        ]
    except HTTPException:
        # The request was too large or too broken to be read at all.
        return []


def _refused(error: Refused) -> ResponseReturnValue:
    db.session.rollback()
    return _page(error.status, error.title, error.message)


def _expired(error: CSRFError) -> ResponseReturnValue:
    sentence = marked(
        "Go back, reload the page and send it again. What you typed should still be there."
    )
    return _page(400, marked("This page had been open for too long"), sentence)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    title, sentence = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    return _page(status, title, sentence)


def _overtaken(error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    sentence = marked(
        "Somebody else changed this while you had it open. Look at it again and decide."
    )
    return _page(409, marked("This has changed"), sentence)


def _database(error: DBAPIError) -> ResponseReturnValue:
    db.session.rollback()
    # The statement and its parameters hold people's words, so only the kind is logged.
    log.error("database_error", kind=type(error).__name__)
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return _page(503, *SENTENCES[503])
    return _page(500, *SENTENCES[500])


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    # Never str(error): it may quote what a person wrote.
    log.error("unexpected_error", kind=type(error).__name__, where=where)
    return _page(500, *SENTENCES[500])
