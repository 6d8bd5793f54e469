"""Forms for the annual report: which one to see, a chapter's commentary, and publishing it."""

from collections.abc import Iterable

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired

from portal.council import Council
from portal.procedures.reporting_year import QUARTERS, ReportingYear
from portal.procedures.vocabulary import Team
from portal.reports.forms.titles import QUARTERS as MONTHS
from portal.web.govform import GovForm
from portal.web.widgets import Checkbox, Checkboxes, Select, TextArea

MOST_DIGITS = 9


class WhichForm(GovForm):
    """Which report: sent by GET, so that it has an address."""

    year = SelectField("Year", widget=Select(), validate_choice=False)
    quarter = SelectField("Months", widget=Select(), validate_choice=False)
    team = SelectField("Team", widget=Select(), validate_choice=False)

    def offer(
        self, years: Iterable[ReportingYear], teams: Iterable[Team], council: Council
    ) -> None:
        """Fill the lists.

        Args:
            years: the years of the register, the newest first.
            teams: those that the reader may see apart.
            council: for the names of teams.
        """
        self.year.choices = [(year.name, year.label) for year in years]
        quarters = [(str(number), MONTHS[number - 1]) for number in QUARTERS]
        self.quarter.choices = [("", "The whole year"), *quarters]
        named = [(team.value, council.team(team).officer_label) for team in teams]
        self.team.choices = [("", "All teams"), *named]


class PassageForm(GovForm):
    """The commentary on one chapter."""

    text = TextAreaField("Commentary", widget=TextArea())
    # Only the numbers that the saved text has and no table has are offered.
    not_figures = SelectMultipleField(
        "Which of these are not figures of this report?",
        choices=[],
        validate_choice=False,
        widget=Checkboxes(classes="govuk-checkboxes--small"),
    )
    # Which version was on the page.
    seen = HiddenField()

    def offer(self, numbers: Iterable[str], said: Iterable[str]) -> None:
        """Fill the list of numbers that no table has.

        Args:
            numbers: those of the saved text.
            said: of which the saved passage says already that they are no figures.
        """
        self.not_figures.choices = [(number, number) for number in numbers]
        if self.not_figures.data is None:
            self.not_figures.data = list(said)

    @property
    def version(self) -> int:
        """The version that the page showed; one that was tampered with matches nothing."""
        typed = str(self.seen.data or "")
        sound = typed.isascii() and typed.isdecimal() and len(typed) < MOST_DIGITS
        return int(typed) if sound else -1


class ChoiceForm(GovForm):
    """What is picked: its boxes have the names of what they stand beside."""


class PublishForm(GovForm):
    """The confirmation, and the reason where it corrects what is published."""

    reason = TextAreaField(
        "Why is the report corrected?",
        description="The public reads this with the list of what has changed.",
        widget=TextArea(),
    )
    sure = BooleanField(
        "I have read the whole report, and it names nobody",
        validators=[InputRequired("Read the report, then tick that you have")],
        widget=Checkbox(),
    )
    # The fingerprint of what was looked at.
    seen = HiddenField()
