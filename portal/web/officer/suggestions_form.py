"""The period and the question of the figures on suggestions."""

from collections.abc import Sequence
from datetime import date

from wtforms import SelectField

from portal.triage.agreement import Question
from portal.web.govform import GovForm
from portal.web.widgets import Select

MONTHS_AT_FIRST = 12
QUESTIONS = {
    Question.CATEGORY: "Kind",
    Question.AREA: "Area",
    Question.TEAM: "Team, the first suggested",
    Question.TEAM_AMONG_THREE: "Team, among the three suggested",
    Question.PROCEDURE: "Procedure",
    Question.NATURE: "What a complaint is about",
    Question.RELATIONSHIP: "Written by",
    Question.RISK: "Risk",
}


def month_words(month: date) -> str:
    """A month as people write it: "July 2026"."""
    return f"{month:%B %Y}"


class FiguresForm(GovForm):
    """From which month to which, and about what. It is sent by GET, so that it has an address."""

    first = SelectField("From", widget=Select(), validate_choice=False)
    last = SelectField("To", widget=Select(), validate_choice=False)
    question = SelectField("Look closely at", widget=Select(), validate_choice=False)

    def offer(self, months: Sequence[date]) -> None:
        """Fill the lists; what is missing begins with the last year and the kind."""
        self.months = {month.isoformat(): month for month in months}
        named = [(key, month_words(month)) for key, month in self.months.items()]
        self.first.choices = self.last.choices = list(reversed(named))
        self.question.choices = [(one.value, words) for one, words in QUESTIONS.items()]
        keys = list(self.months)
        self.first.data = self.first.data or keys[-MONTHS_AT_FIRST:][0]
        self.last.data = self.last.data or keys[-1]
        self.question.data = self.question.data or Question.CATEGORY.value

    def is_sound(self) -> bool:
        """Check what was asked for, with a sentence at the field that is wrong."""
        for box in (self.first, self.last):
            if box.data not in self.months:
                box.errors = ["Choose a month from the list"]
        if self.question.data not in set(Question):
            self.question.errors = ["Choose what to look at from the list"]
        if not self.errors and self.first.data > self.last.data:
            self.first.errors = ["The first month must not be after the last"]
        return not self.errors

    def period(self) -> tuple[date, date]:
        """The first days of both months."""
        return self.months[self.first.data], self.months[self.last.data]
