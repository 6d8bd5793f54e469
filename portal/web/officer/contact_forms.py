"""The forms of reaching a person: the rule, a party's details, and one letter past the rule."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, ValidationError

from portal.cases.contact_details import Details
from portal.cases.overriding import LONGEST_REASON, Way
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import channels
from portal.correspondence.email_address import plain_address
from portal.council import Council
from portal.procedures.contact_hours import ContactHours
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import OutboxLetter
from portal.settings import Settings
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.decision_form import at_most, one_of
from portal.web.widgets import Checkbox, Radios, Select, TextArea, TextInput

LONGEST_LINE = 300
LONGEST_ADDRESS = 1_000
_HOURS = [
    SelectChoice("", "Any time"),
    *(SelectChoice(str(hour), f"{hour}:00") for hour in range(25)),
]
VOICEMAIL = {"": "Nobody asked", "yes": "A message may be left", "no": "No message may be left"}


def _why(label: str, sentence: str) -> TextAreaField:
    return TextAreaField(
        label,
        description="Kept with its history.",
        validators=[DataRequired(sentence), at_most(LONGEST_REASON)],
        widget=TextArea(),
    )


class ContactForm(GovForm):
    """How a person may be reached."""

    way = RadioField(
        "By which way?",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
        validators=[one_of(ContactWay, "Choose by which way")],
    )
    begins = SelectField("Not before", choices=_HOURS[:-1], widget=Select(), validate_choice=False)
    ends = SelectField(
        "Not after", choices=[_HOURS[0], *_HOURS[2:]], widget=Select(), validate_choice=False
    )
    weekdays_only = BooleanField("Monday to Friday only", widget=Checkbox())
    neutral = BooleanField(
        "Say nothing on the outside: neutral sender and subject, plain envelope, no name on calls",
        widget=Checkbox(),
    )
    voicemail = RadioField(
        "If nobody answers a call",
        choices=[SelectChoice(value, text) for value, text in VOICEMAIL.items()],
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    not_to_see = TextAreaField(
        "Who must not see, hear or open it?",
        description="Shown to staff and to advocates who are to reach them. In no letter to them.",
        validators=[at_most(LONGEST_REASON)],
        widget=TextArea(),
    )
    reason = _why("Why does it change?", "Write why it changes: who said so, and when")

    def offer(self, council: Council, settings: Settings) -> None:
        """Name the ways by which this council reaches people."""
        offered = channels.offered(council, settings)
        self.way.choices = [
            SelectChoice(way.value, wording.CONTACT_WAYS[way])
            for way in ContactWay
            if way in offered
        ]

    def show(self, feedback: Feedback, rule: ContactRule) -> None:
        """Show what is in force."""
        hours, message = rule.hours, {True: "yes", False: "no", None: ""}
        self.way.data = feedback.contact_way.value
        self.begins.data = str(hours.begins) if hours else ""
        self.ends.data = str(hours.ends) if hours else ""
        self.weekdays_only.data = bool(hours and hours.weekdays_only)
        self.neutral.data, self.voicemail.data = rule.neutral, message[rule.voicemail]
        self.not_to_see.data = rule.not_to_see

    def validate_ends(self, _field: SelectField) -> None:
        """Hours that somebody could be reached in."""
        try:
            self._hours()
        except ValueError:
            raise ValidationError("Choose an hour that is later than the first") from None

    def chosen_way(self) -> ContactWay:
        """The way. Called on a form that validated."""
        return ContactWay(self.way.data)

    def as_rule(self) -> ContactRule:
        """The rest. Called on a form that validated."""
        return ContactRule(
            hours=self._hours(),
            neutral=bool(self.neutral.data),
            voicemail={"yes": True, "no": False}.get(self.voicemail.data or ""),
            not_to_see=(self.not_to_see.data or "").strip() or None,
        )

    def _hours(self) -> ContactHours | None:
        begins, ends = _number(self.begins.data, 0), _number(self.ends.data, 24)
        weekdays = bool(self.weekdays_only.data)
        if (begins, ends, weekdays) == (0, 24, False):
            return None
        return ContactHours(begins, ends, weekdays)


def _number(chosen: object, otherwise: int) -> int:
    text = str(chosen or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else otherwise


class PartyForm(GovForm):
    """A party's details."""

    name = StringField("Name", validators=[at_most(LONGEST_LINE)], widget=TextInput())
    email = StringField("E-mail address", validators=[at_most(LONGEST_LINE)], widget=TextInput())
    phone = StringField("Telephone number", validators=[at_most(LONGEST_LINE)], widget=TextInput())
    address = TextAreaField(
        "Postal address", validators=[at_most(LONGEST_ADDRESS)], widget=TextArea()
    )
    reason = _why("Why does it change?", "Write why it changes: who said so, and when")

    def validate_email(self, field: StringField) -> None:
        """An address that letters can go to, or none."""
        if (field.data or "").strip() and plain_address(field.data) is None:
            raise ValidationError(
                "Enter an e-mail address in the correct format, like name@example.com"
            )

    def as_details(self) -> Details:
        """What is to stand there. Called on a form that validated."""
        return Details(self.name.data, self.email.data, self.phone.data, self.address.data)


class OverrideForm(GovForm):
    """Which letter, which way, and why."""

    letter = RadioField(
        "Which letter?", widget=Radios(classes="govuk-radios--small"), validate_choice=False
    )
    by = RadioField(
        "How should it go, this once?",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    reason = TextAreaField(
        "Why must it go, although the person said otherwise?",
        description="What may happen to somebody if it waits. A manager reads this.",
        validators=[DataRequired("Write why it must go"), at_most(LONGEST_REASON)],
        widget=TextArea(),
    )

    def offer(self, letters: list[tuple[OutboxLetter, str]], ways: list[Way]) -> None:
        """Name the letters that wait, and the ways that there are details for."""
        self.letter.choices = [SelectChoice(one.public_id, words) for one, words in letters]
        self.by.choices = [
            SelectChoice(
                one.key, f"{wording.CONTACT_WAYS[one.way]}: {' · '.join(one.to.split(chr(10)))}"
            )
            for one in ways
        ]

    def chosen(self, ways: list[Way]) -> Way | None:
        """The way that was chosen; what is wrong is put beside its question."""
        found = next((one for one in ways if one.key == self.by.data), None)
        if found is None:
            self.by.errors = ["Choose how it should go"]
        if not self.letter.data:
            self.letter.errors = ["Choose the letter"]
        return found if self.letter.data else None


class RefuseForm(GovForm):
    """Why a manager does not agree; words are not needed."""

    why = TextAreaField(
        "Why not? (optional)", validators=[at_most(LONGEST_REASON)], widget=TextArea()
    )
