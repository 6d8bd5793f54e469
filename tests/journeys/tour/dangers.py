"""Somebody in danger: an alert that nobody has taken, one that was taken, and one that is over."""

from portal.cases import danger, danger_over
from portal.procedures.vocabulary import Risk
from portal.records.account import Account
from portal.records.danger_alert import RaisedBy
from portal.records.feedback import Feedback
from portal.work import Work
from tests import matters

STORY = "He said he will hurt me tonight."


def add(work: Work, _officer: Account) -> dict[str, Feedback]:
    """Add the three, by what the tour calls them."""
    made = {name: matters.make_feedback(work, story=STORY) for name in ("danger", "taken", "over")}
    work.session.flush()
    for feedback in made.values():
        danger.say_danger(work, feedback, RaisedBy.WORDS)
    for name in ("taken", "over"):
        danger.take(work, made[name], "Rang the police; they go there now.")
    danger_over.say_over(work, made["over"], "He moved out on Monday.", Risk.NONE)
    return made
