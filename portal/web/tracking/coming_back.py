"""A visit that has ended: the words are asked for again, and what was being sent is kept."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.marking import marked
from portal.web.tracking import visit
from portal.web.tracking.forms import WordsForm
from portal.web.waiting_files import CHOOSE_AGAIN

CLOSED = marked(
    "We closed the page because nothing happened for 30 minutes. Enter your words again."
)


def come_back(typed: str = "", *, chose: bool = False, **carried: str) -> ResponseReturnValue:
    """Ask for the words again.

    Args:
        typed: what was being sent. It is kept in the page, and stands in the message box after.
        chose: files came with it that were not added before; a closed visit takes none in.
        carried: what is no message, by its box of `WordsForm`. It stands in its own box after; of
            files it is the token, and they wait for a day.
    """
    visit.end()
    flash(CLOSED)
    if chose:
        flash(CHOOSE_AGAIN)
    again = WordsForm(formdata=None, data={"kept": typed, **carried})
    if not again.keeps:
        return redirect(url_for("tracking.start"))
    return render_template("tracking/start.html", form=again), 403
