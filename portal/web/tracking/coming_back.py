"""A visit that has ended: the words are asked for again, and what was being sent is kept."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.marking import marked
from portal.web.tracking import visit
from portal.web.tracking.forms import WordsForm

CLOSED = marked(
    "We closed the page because nothing happened for 30 minutes. Enter your words again."
)


def come_back(typed: str = "") -> ResponseReturnValue:
    """Ask for the words again.

    Args:
        typed: what was being sent. It is kept in the page, and stands in the message box after.
    """
    visit.end()
    flash(CLOSED)
    if not typed.strip():
        return redirect(url_for("tracking.start"))
    again = WordsForm(formdata=None, data={"kept": typed})
    return render_template("tracking/start.html", form=again, kept=True), 403
