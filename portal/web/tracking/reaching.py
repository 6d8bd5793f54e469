"""How we reach a person, as they read it at /track, and the form by which they change it."""

from typing import Any

from sqlalchemy.orm import Session
from wtforms import Field, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from portal.cases import safe_contact_rules
from portal.cases.contact_details import Details
from portal.cases.safe_contact_rules import ContactRule
from portal.cases.young_people import is_young
from portal.correspondence import channels
from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import mobile_number
from portal.correspondence.safe_contact import FEWEST_DIGITS
from portal.marking import marked
from portal.records.feedback import ContactWay, Feedback
from portal.records.party import Party
from portal.web.contact_answers import GOOD_TIMES, If, answers_of, hours_in_words, rule_from
from portal.web.govform import GovForm
from portal.web.widgets import Radios, TextArea, TextInput
from portal.wording import say, worded
from portal.work import council, settings

WAYS = {
    ContactWay.EMAIL: marked("Email me"),
    ContactWay.TEXT: marked("Text me"),
    ContactWay.PHONE: marked("Call me"),
    ContactWay.POST: marked("Send me letters"),
    ContactWay.PORTAL_ONLY: marked("Do not contact me. I come back here"),
}
NOW = {
    ContactWay.EMAIL: marked("We email you."),
    ContactWay.TEXT: marked("We text you when there is news. The text does not say what."),
    ContactWay.PHONE: marked("We call you when there is news."),
    ContactWay.POST: marked("We send you letters by post."),
    ContactWay.PORTAL_ONLY: marked("We do not contact you. You read our letters here."),
}
OTHERS = {
    If.NEUTRAL: marked("Do not say who you are"),
    If.NOTHING: marked("Do not say who you are, and leave no message"),
    If.SAY: marked("You can say who you are"),
}
LONGEST_LINE, LONGEST_ADDRESS, LONGEST_WORDS = 300, 1_000, 2_000
KEPT = "kept"


def lines(session: Session, feedback: Feedback) -> list[str]:
    """What holds now, in the words of the form.

    Args:
        session: any session.
        feedback: the matter.
    """
    rule = safe_contact_rules.in_force(session, feedback)
    said = [worded(NOW[feedback.contact_way])]
    if feedback.contact_way is ContactWay.PORTAL_ONLY:
        return said
    if rule.hours is not None:
        said.append(say("Only at these times: %(hours)s.", hours=hours_in_words(rule.hours)))
    if rule.neutral:
        said.append(say("We do not say who we are to anybody else."))
    if rule.voicemail is False:
        said.append(say("We leave no message."))
    return said


def _line(label: str) -> StringField:
    too_long = marked("This must be 300 characters or shorter")
    return StringField(
        label, validators=[Length(max=LONGEST_LINE, message=too_long)], widget=TextInput()
    )


class ReachForm(GovForm):
    """How we may reach the person: the way with its details, then what makes it safe."""

    way = RadioField(marked("How can we reach you?"), widget=Radios(), validate_choice=False)
    email = _line(marked("Your email address"))
    mobile = _line(marked("Your mobile number"))
    phone = _line(marked("Your phone number"))
    address = TextAreaField(
        marked("Your address"),
        validators=[Length(max=LONGEST_ADDRESS, message=marked("This address is too long"))],
        widget=TextArea(),
    )
    good_time = RadioField(marked("When is a good time?"), widget=Radios(), validate_choice=False)
    others = RadioField(
        marked("What if someone else picks up, or sees it?"),
        choices=[SelectChoice(code.value, text) for code, text in OTHERS.items()],
        widget=Radios(),
        validate_choice=False,
    )
    care = TextAreaField(
        marked("Is there anyone who must not see or hear it?"),
        validators=[Length(max=LONGEST_WORDS, message=marked("Use fewer words here"))],
        widget=TextArea(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer only the ways by which this council can reach somebody."""
        super().__init__(*args, **kwargs)
        offered = channels.offered(council(), settings())
        self.way.choices = [
            SelectChoice(way.value, text) for way, text in WAYS.items() if way in offered
        ]
        self.good_time.choices = [SelectChoice(one.value, text) for one, text in GOOD_TIMES.items()]

    def show(self, feedback: Feedback, rule: ContactRule, party: Party | None) -> None:
        """Show what holds now. Hours that an officer set stand as a choice of their own.

        Args:
            feedback: the matter.
            rule: the rule in force.
            party: the person, where anybody was named.
        """
        answers = answers_of(rule)
        self.way.data = feedback.contact_way.value
        self.good_time.data, self.others.data = answers["good_time"], answers["others"]
        if rule == ContactRule() and is_young(feedback):
            # They have said nothing yet, so the careful answer stands there to begin with.
            self.others.data = If.NEUTRAL.value
        self.care.data = rule.not_to_see
        self.keep_hours(rule)
        if not answers["good_time"]:
            self.good_time.data = KEPT
        if party is not None:
            self.email.data, self.address.data = party.email, party.address
            self.mobile.data = self.phone.data = party.phone

    def keep_hours(self, rule: ContactRule) -> None:
        """Offer hours that the few words cannot say as they are."""
        if rule.hours is not None and not answers_of(rule)["good_time"]:
            words = hours_in_words(rule.hours)
            kept = SelectChoice(KEPT, words[:1].upper() + words[1:])
            choices: list[Any] = list(self.good_time.choices or ())
            self.good_time.choices = [kept, *choices]

    def validate_way(self, field: Field) -> None:
        """One of those offered."""
        choices: list[Any] = list(self.way.choices or ())
        if field.data not in {str(choice.value) for choice in choices}:
            raise ValidationError(marked("Choose how we can reach you, or that we should not"))

    def validate_email(self, field: Field) -> None:
        """An address that we can write to, when that is the way."""
        if self.way.data == ContactWay.EMAIL and plain_address(field.data) is None:
            raise ValidationError(
                marked("That is not an email we can use. It must look like name@example.com")
            )

    def validate_mobile(self, field: Field) -> None:
        """A number that a text can go to, when that is the way."""
        if self.way.data == ContactWay.TEXT and mobile_number(field.data) is None:
            raise ValidationError(marked("Enter a mobile number, like 07700 900 982"))

    def validate_phone(self, field: Field) -> None:
        """A number that could be called, when that is the way."""
        digits = sum(char.isdigit() for char in field.data or "")
        if self.way.data == ContactWay.PHONE and digits < FEWEST_DIGITS:
            raise ValidationError(marked("Enter a phone number, like 01632 960 001"))

    def validate_address(self, field: Field) -> None:
        """Something to write on an envelope, when that is the way."""
        if self.way.data == ContactWay.POST and not (field.data or "").strip():
            raise ValidationError(marked("Enter the address where we can write to you"))

    def chosen_way(self) -> ContactWay:
        """The way. Called on a form that validated."""
        return ContactWay(self.way.data)

    def as_rule(self, before: ContactRule) -> ContactRule:
        """The rule. Called on a form that validated."""
        said = {field.name: field.data for field in (self.good_time, self.others, self.care)}
        made = rule_from(said, young=False)
        if self.good_time.data != KEPT:
            return made
        return ContactRule(before.hours, made.neutral, made.voicemail, made.not_to_see)

    def as_details(self, party: Party) -> Details:
        """The person's details: what was typed under the chosen way, the rest as it stands."""
        way = self.chosen_way()
        number = {ContactWay.TEXT: self.mobile, ContactWay.PHONE: self.phone}.get(way)
        return Details(
            name=party.name,
            email=self.email.data if way is ContactWay.EMAIL else party.email,
            phone=number.data if number is not None else party.phone,
            address=self.address.data if way is ContactWay.POST else party.address,
        )
