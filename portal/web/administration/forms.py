"""What administrators fill in about people."""

from datetime import date

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from portal import clock
from portal.access.table import OUTSIDE
from portal.cases.accounts import EmailTaken, NotAnAddress
from portal.cases.changing_people import DesignatedAddress, Details, NobodyThere
from portal.cases.leaving import NeedsSuccessor
from portal.cases.organisations import NameTaken
from portal.cases.reporting_lines import ManagerRefused
from portal.cases.staff_lines import Unreadable
from portal.correspondence.outbox import AddressUnusable
from portal.council import Council
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.organisation import Organisation
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.wording import capital
from portal.web.role_words import ROLES
from portal.web.shown_first import ChangeForm
from portal.web.tracking.forms import not_blank
from portal.web.widgets import (
    Checkbox,
    Checkboxes,
    FileInput,
    Radios,
    Select,
    TextArea,
    TextInput,
)

LONGEST_LINE = 200
LONGEST_LIST = 400_000
YES, NO = "yes", "no"
Choices = list[tuple[str, str]]


def line(label: str, ask: str = "", hint: str = "") -> StringField:
    """A box of one line; `ask` is the sentence where it may not be empty."""
    checks = [Length(max=LONGEST_LINE, message=f"Use at most {LONGEST_LINE} characters")]
    needed = [not_blank(ask)] if ask else []
    return StringField(label, description=hint, validators=[*needed, *checks], widget=TextInput())


def role_choices(outside: bool | None = None) -> Choices:
    """Roles in words: of people outside the council, inside it, or all."""
    return [
        (role.value, capital(ROLES[role]))
        for role in Role
        if outside is None or (role in OUTSIDE) is outside
    ]


def team_choices(council: Council) -> Choices:
    """The council's teams in officers' words."""
    return [(team.value, council.team(team).officer_label) for team in Team]


class ListForm(GovForm):
    """Which people of the list to show. Posted, because a name has no place in an address."""

    text = line("Any part of a name or e-mail address")
    role = SelectField("Role", widget=Select(), validate_choice=False)
    team = SelectField("Team", widget=Select(), validate_choice=False)
    organisation = SelectField("Works for", widget=Select(), validate_choice=False)
    left = BooleanField("Show who has left", widget=Checkbox())

    def offer(self, council: Council, organisations: list[Organisation], own: str) -> None:
        """Fill the lists; `own` stands for the council itself."""
        self.role.choices = [("", "Any role"), *role_choices()]
        self.team.choices = [("", "Any team"), *team_choices(council)]
        others = [(one.public_id, one.name) for one in organisations]
        self.organisation.choices = [("", "Anybody"), (own, council.name), *others]


class DetailsForm(ChangeForm):
    """What stands on the staff list about somebody."""

    refused_at = {  # noqa: RUF012  a class of forms, not shared between instances
        EmailTaken: "email",
        NotAnAddress: "email",
        AddressUnusable: "email",
        DesignatedAddress: "email",
        NobodyThere: "manager_email",
        ManagerRefused: "manager_email",
    }

    name = line("Name", "Enter the name")
    email = line("E-mail address", "Enter the e-mail address")
    job_title = line("Job title")
    manager_email = line(
        "Their manager’s e-mail address",
        hint="Leave it empty for somebody outside the council, or with nobody above them.",
    )

    def details(self) -> Details:
        """What was typed; the form has been validated."""
        return Details(
            self.name.data or "",
            self.email.data or "",
            self.job_title.data or "",
            self.manager_email.data or "",
        )


def not_past(form: GovForm, field: Field) -> None:
    """A right that began before today would tell a history that never was."""
    if field.data is not None and field.data < clock.today():
        raise ValidationError(f"{field.label.text} must be today or later")


class DaysForm(ChangeForm):
    """From which day to which."""

    first_day = GovDateField(
        "First day", validators=[InputRequired("Enter the first day"), not_past]
    )
    last_day = GovDateField(
        "Last day", description="Leave it empty for “until further notice”.", validators=[not_past]
    )

    def days(self) -> tuple[date, date | None]:
        """Both; the form has been validated."""
        assert self.first_day.data is not None
        return self.first_day.data, self.last_day.data


class RoleForm(DaysForm):
    """A role to give."""

    page_order = ("role",)
    role = RadioField("Role", widget=Radios(), validators=[InputRequired("Choose a role")])

    def offer(self, outside: bool) -> None:
        """Fill the list with the roles that somebody inside or outside the council can have."""
        self.role.choices = role_choices(outside)


class TeamForm(DaysForm):
    """A team to put somebody into."""

    page_order = ("team",)
    team = SelectField("Team", widget=Select(), validators=[InputRequired("Choose a team")])

    def offer(self, council: Council) -> None:
        """Fill the list."""
        self.team.choices = [("", "Choose a team"), *team_choices(council)]


class MemberForm(DaysForm):
    """Somebody to put into a team."""

    page_order = ("email",)
    refused_at = {NobodyThere: "email"}  # noqa: RUF012

    email = line("Their e-mail address", "Enter their e-mail address")


class EndForm(ChangeForm):
    """When a role or a membership ends."""

    when = RadioField(
        "When does it end?",
        choices=[SelectChoice("now", "At once"), SelectChoice("day", "After a day")],
        widget=Radios(),
        validators=[InputRequired("Choose when it ends")],
    )
    last_day = GovDateField("Last day", validators=[not_past])

    def validate_last_day(self, field: GovDateField) -> None:
        """Needed where it ends after a day."""
        if self.when.data == "day" and field.data is None:
            raise ValidationError("Enter the last day")


class PersonForm(DetailsForm):
    """Somebody new."""

    organisation = SelectField("Works for", default="", widget=Select())
    signs_in = RadioField(
        "Will they sign in?",
        choices=[
            SelectChoice(YES, "Yes: send an invitation"),
            SelectChoice(NO, "No: they only stand on the staff list"),
        ],
        widget=Radios(),
        validators=[InputRequired("Choose whether they will sign in")],
    )
    roles = SelectMultipleField("Roles", widget=Checkboxes(classes="govuk-checkboxes--small"))
    teams = SelectMultipleField("Teams", widget=Checkboxes(classes="govuk-checkboxes--small"))
    first_day = GovDateField("First day", validators=[not_past])
    last_day = GovDateField(
        "Last day", description="Leave it empty for “until further notice”.", validators=[not_past]
    )

    def offer(self, council: Council, organisations: list[Organisation]) -> None:
        """Fill the lists."""
        standing = [(one.public_id, one.name) for one in organisations if one.active]
        self.organisation.choices = [("", council.name), *standing]
        self.roles.choices = role_choices()
        self.teams.choices = team_choices(council)

    def validate_roles(self, field: Field) -> None:
        """Roles are for those who sign in."""
        if field.data and self.signs_in.data == NO:
            raise ValidationError("Choose no role for somebody who does not sign in")

    def validate_first_day(self, field: Field) -> None:
        """Needed where something begins."""
        if field.data is None and (self.roles.data or self.teams.data):
            raise ValidationError("Enter the first day of the roles and teams")


class ManyForm(ChangeForm):
    """A staff list, pasted or as a file."""

    refused_at = {Unreadable: "text"}  # noqa: RUF012

    text = TextAreaField(
        "Paste the list",
        description="One person on each line: name, e-mail address, job title, manager’s e-mail"
        " address. Put commas, semicolons or tabs between them, as a spreadsheet does.",
        validators=[Length(max=LONGEST_LIST, message="Add fewer people at a time")],
        widget=TextArea(),
    )
    file = FileField("Or choose a CSV file", widget=FileInput())


class LeaverForm(ChangeForm):
    """Who takes over."""

    refused_at = {NeedsSuccessor: "successor"}  # noqa: RUF012

    successor = SelectField("Who takes over?", default="", widget=Select())


class NameForm(ChangeForm):
    """An organisation's name."""

    refused_at = {NameTaken: "name"}  # noqa: RUF012

    name = line("Name of the organisation", "Enter the name")


class SubjectForm(ChangeForm):
    """Who somebody is at the council's own sign-in."""

    subject = line(
        "Their number there",
        "Enter the number that the page showed them",
        "Letters, digits and signs, exactly as they stand on that page.",
    )


class YesForm(ChangeForm):
    """Nothing to fill in: only a yes to say."""
