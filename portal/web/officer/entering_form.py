"""The form for feedback that came by telephone, by post or over the counter."""

from datetime import date, datetime, time
from enum import StrEnum

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms import ValidationError as FieldFault
from wtforms.validators import DataRequired, InputRequired

from portal import clock
from portal.cases import consent as consents
from portal.cases.receiving import LONGEST_STORY, NewFeedback, NewParty
from portal.cases.references import read_reference
from portal.correspondence import channels
from portal.correspondence.phone_number import mobile_number
from portal.council import Council
from portal.procedures.contact_hours import GoodTime
from portal.procedures.matter import Consent
from portal.procedures.vocabulary import Category, Relationship
from portal.records.feedback import Channel, ContactWay
from portal.records.party import PartyRole
from portal.web import waiting_files
from portal.web.contact_answers import GOOD_TIMES, If, rule_from
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.decision_form import at_most, one_of
from portal.web.officer.standing_words import CONSENT
from portal.web.widgets import Checkbox, Radios, TextArea, TextInput
from portal.work import council as running_council
from portal.work import settings

LONGEST_LINE = 300
NOON = time(12)
# What can be said when a call comes in; the rest needs somebody who decides it, on its own page.
SAID_AT_ONCE = (Consent.NOT_ASKED, Consent.ASKED, Consent.GIVEN, Consent.REFUSED)
OTHERS = {
    "": "They were not asked",
    If.SAY.value: "Say who we are",
    If.NEUTRAL.value: "Say nothing on the outside: neutral sender and subject, plain envelope",
    If.NOTHING.value: "The same, and leave no message when nobody answers",
}
NOT_ASKED = "They do not complain for somebody else, or nobody has asked yet"


class EnteredBy(StrEnum):
    """The ways in which an officer enters feedback; the others come by themselves."""

    PHONE = "phone"
    POST = "post"
    IN_PERSON = "in_person"
    # A message that could not be read, or one that came to a colleague.
    EMAIL = "email"


def _small_radios(label: str, kind: type[StrEnum], sentence: str) -> RadioField:
    return RadioField(
        label,
        validators=[one_of(kind, sentence)],
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )


def _line(label: str, hint: str = "") -> StringField:
    return StringField(
        label, description=hint, validators=[at_most(LONGEST_LINE)], widget=TextInput()
    )


class EnteringForm(GovForm):
    """One telephone call, letter or visit, as the officer wrote it down."""

    # Made with the empty page, so that pressing the button twice makes one record.
    reference = HiddenField()
    # The message in the ledger that it is written down from, if any.
    mail = HiddenField()
    danger_said = BooleanField("Somebody may be in danger now", widget=Checkbox())
    channel = _small_radios("How did it come?", EnteredBy, "Choose how it came")
    received_on = GovDateField(
        "When did it come?", validators=[InputRequired("Enter the day on which it came")]
    )
    taken_by = _line("Who took the call or the letter?", "Leave it empty if you did.")
    story = TextAreaField(
        "What they said, in their own words",
        validators=[DataRequired("Write what they said"), at_most(LONGEST_STORY)],
        widget=TextArea(),
    )
    wanted = TextAreaField(
        "What they would like to happen", validators=[at_most(LONGEST_STORY)], widget=TextArea()
    )
    category = RadioField(
        "What do they call it?",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
        validators=[one_of(Category, "Choose what they call it")],
    )
    name = _line("Their name", "Leave it empty if they did not give one.")
    relationship = RadioField(
        "Who are they?",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
        validators=[one_of(Relationship, "Choose who they are")],
    )
    about_whom = _line("Whom is it about?", "The child or young person, if it is not the caller.")
    consent = _small_radios(
        "If they complain for a child or young person, does that person agree?",
        Consent,
        "Choose whether the child or young person agrees",
    )
    consent_words = TextAreaField(
        "What was agreed, and how do you know?",
        validators=[at_most(LONGEST_LINE * 4)],
        widget=TextArea(),
    )
    contact_way = _small_radios(
        "How may we reach them?", ContactWay, "Choose how we may reach them"
    )
    email = _line("Their e-mail address")
    mobile = _line("Their mobile number")
    phone = _line("Their telephone number")
    address = TextAreaField(
        "Their postal address", validators=[at_most(LONGEST_LINE)], widget=TextArea()
    )
    others = RadioField(
        "If somebody else may answer a call or open a letter",
        choices=list(OTHERS.items()),
        default="",
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    good_time = RadioField(
        "When is a good time to reach them?",
        choices=[(time.value, text) for time, text in GOOD_TIMES.items()],
        default=GoodTime.ANY.value,
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    care = _line(
        "Who must not see, hear or open it?",
        "Shown to staff. No letter goes where they would see it.",
    )
    contact_note = TextAreaField(
        "Anything else we must know to reach them safely",
        description="Shown to staff, and kept to by them alone: no letter is held back by it.",
        validators=[at_most(LONGEST_LINE * 4)],
        widget=TextArea(),
    )
    # Finds the files that were added before it is entered.
    waiting = HiddenField()
    files = waiting_files.box("Scans or photos of it, and what came with it")

    def offer(self, council: Council) -> None:
        """Fill the lists."""
        words = {Consent.NOT_ASKED: NOT_ASKED, **CONSENT}
        self.consent.choices = [(state.value, words[state]) for state in SAID_AT_ONCE]
        self.channel.choices = [(e.value, wording.CHANNELS[Channel(e.value)]) for e in EnteredBy]
        ways = channels.offered(council, settings())
        self.contact_way.choices = [
            (way.value, wording.CONTACT_WAYS[way]) for way in ContactWay if way in ways
        ]
        self.relationship.choices = [
            (r.value, wording.capital(council.label(r))) for r in Relationship
        ]
        self.category.choices = [(c.value, wording.capital(council.label(c))) for c in Category]

    def validate_reference(self, field: Field) -> None:
        """A reference that we did not make is replaced, not complained about."""
        field.data = read_reference(field.data or "")

    def validate_received_on(self, field: Field) -> None:
        """Nothing can have come tomorrow."""
        if field.data is not None and field.data > clock.today():
            raise FieldFault("The day on which it came must be today or in the past")

    def validate_contact_way(self, field: Field) -> None:
        """Only a way by which this council can reach somebody."""
        if field.data not in channels.offered(running_council(), settings()):
            raise FieldFault("Choose how we may reach them")

    def validate_email(self, field: Field) -> None:
        """An address is needed where e-mail is the way to reach them."""
        _needed(self, field, ContactWay.EMAIL, "Enter the e-mail address that we may write to")
        if field.data and "@" not in field.data:
            raise FieldFault("Enter an e-mail address like name@example.org")

    def validate_mobile(self, field: Field) -> None:
        """A number that a text can go to is needed where texts are the way."""
        _needed(self, field, ContactWay.TEXT, "Enter the mobile number that we may text")
        if self.contact_way.data == ContactWay.TEXT and mobile_number(field.data) is None:
            raise FieldFault("Enter a mobile number, like 07700 900 982")

    def validate_phone(self, field: Field) -> None:
        """A number is needed where we may call."""
        _needed(self, field, ContactWay.PHONE, "Enter the number that we may call")

    def validate_address(self, field: Field) -> None:
        """An address is needed where we may write."""
        _needed(self, field, ContactWay.POST, "Enter the address that we may write to")

    def validate_consent_words(self, field: Field) -> None:
        """Consent is a record with its evidence, or nothing."""
        said = self.consent.data not in (None, Consent.NOT_ASKED.value)
        if said and not (field.data or "").strip():
            raise FieldFault("Write what was agreed and how you know")

    def consent_given(self) -> consents.Given | None:
        """What is to be recorded of consent, or None. Called on a form that validated."""
        state = Consent(self.consent.data)
        if state is Consent.NOT_ASKED:
            return None
        assert self.received_on.data is not None, "The form validated."
        return consents.Given(state, self.received_on.data, self.consent_words.data or "")

    def as_new(self, earliest: date) -> NewFeedback:
        """Give the typed contact. Called on a form that validated.

        Args:
            earliest: the first day of the council's records.

        Raises:
            FieldFault: it came before then.
        """
        received_on = self.received_on.data
        assert received_on is not None, "The form validated."
        if received_on < earliest:
            raise FieldFault(f"The day must be {earliest.day} {earliest:%B %Y} or later")
        relationship, way = Relationship(self.relationship.data), ContactWay(self.contact_way.data)
        party = NewParty(
            PartyRole.COMPLAINANT,
            name=_said(self.name),
            email=_said(self.email),
            phone=_said(self.mobile if way is ContactWay.TEXT else self.phone),
            address=_said(self.address),
        )
        return NewFeedback(
            channel=Channel(self.channel.data),
            story=self.story.data or "",
            wanted=_said(self.wanted),
            about_whom=_said(self.about_whom),
            category_said=Category(self.category.data),
            relationship_said=relationship,
            danger_said=bool(self.danger_said.data),
            contact_way=way,
            contact_note=_said(self.contact_note),
            # A young person who was not asked is written to as one who said nothing.
            contact_rule=rule_from(self.data, young=relationship is Relationship.YOUNG_PERSON),
            parties=(party,),
            reference=self.reference.data,
            received_at=_moment(received_on),
            received_on=received_on,
            taken_by=_said(self.taken_by),
        )


def _needed(form: EnteringForm, field: Field, way: ContactWay, sentence: str) -> None:
    if form.contact_way.data == way.value and not (field.data or "").strip():
        raise FieldFault(sentence)


def _said(field: Field) -> str | None:
    return (field.data or "").strip() or None


def _moment(received_on: date) -> datetime | None:
    """Only the day is known of what came earlier; its noon keeps it in its place in the queue."""
    if received_on == clock.today():
        return None
    return datetime.combine(received_on, NOON, tzinfo=clock.LONDON)
