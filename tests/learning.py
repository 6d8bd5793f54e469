"""A council that lets the classifier learn, and feedback on which the lot falls or does not."""

from dataclasses import replace
from datetime import date

from flask import Flask

from portal.cases.tokens import make_public_id
from portal.council import LearningEntry
from portal.records.feedback import Feedback
from portal.triage import sight

SINCE = date(2020, 1, 1)


def switch_on(app: Flask, *periods: tuple[date, date | None]) -> None:
    """Let the running council learn: on these days, or since `SINCE` where none are given."""
    heard = app.extensions["heard"]
    entries = tuple(
        LearningEntry(first_day=first, last_day=last, agreed_by="The board")
        for first, last in periods or ((SINCE, None),)
    )
    app.extensions["heard"] = replace(heard, council=replace(heard.council, learning=entries))


def set_suggestions(app: Flask, on: bool) -> None:
    """Switch suggestions on or off for the running installation."""
    heard = app.extensions["heard"]
    app.extensions["heard"] = replace(heard, settings=replace(heard.settings, suggestions=on))


def by_lot(feedback: Feedback, drawn: bool) -> Feedback:
    """Give feedback another public id, one on which the lot falls or does not."""
    while sight.drawn(feedback.public_id) is not drawn:
        feedback.public_id = make_public_id()
    return feedback
