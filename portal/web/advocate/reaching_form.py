"""How a young person may be reached, as their advocate tells it: the questions of the other doors,
in words for somebody who knows them."""

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal.correspondence import channels
from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import mobile_number
from portal.marking import marked
from portal.procedures.contact_hours import GoodTime
from portal.records.feedback import ContactWay
from portal.web.contact_answers import GOOD_TIMES, If, contact_way
from portal.web.govform import GovForm
from portal.web.public.contact_forms import FEWEST_DIGITS, UNSAID, good_time_box
from portal.web.question_form import long_words, short_line, trimmed
from portal.web.widgets import Radios, TextArea, TextInput
from portal.wording import say, worded
from portal.work import council, settings

# The names of the fields, as a draft keeps them.
REACHED = (
    "way", "email", "mobile", "phone", "address", "shared", "others", "good_time", "care",
)  # fmt: skip
THROUGH_ME = ContactWay.PORTAL_ONLY
NOT_OFFERED = marked("Choose another way: the council cannot use this one now")


def line(label: str, hint: str = "") -> StringField:
    """A box for one line."""
    return StringField(label, [short_line], description=hint, widget=TextInput(), filters=[trimmed])


class ReachForm(GovForm):
    """One way with its details, and what must be known before it is used."""

    way = RadioField(
        marked("How may we reach the young person?"),
        choices=[
            SelectChoice(
                THROUGH_ME.value, marked("Not at all: through you, and with their secret words")
            ),
            SelectChoice(ContactWay.TEXT.value, marked("By text message")),
            SelectChoice(ContactWay.PHONE.value, marked("By phone")),
            SelectChoice(ContactWay.EMAIL.value, marked("By e-mail")),
            SelectChoice(ContactWay.POST.value, marked("By post")),
        ],
        description=marked("Choose what they say is safe."),
        default=THROUGH_ME.value,
        widget=Radios(),
    )
    email = line(marked("Their own e-mail address"))
    mobile = line(marked("Their mobile number"))
    phone = line(marked("Their phone number"))
    address = TextAreaField(
        marked("Their address"), [long_words], filters=[trimmed], widget=TextArea()
    )
    shared = RadioField(
        marked("Does anyone else use this phone, e-mail or address? (optional)"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("No, only they do")),
            SelectChoice("safe", marked("Yes, and they say it is safe to use")),
            SelectChoice("portal_only", marked("Yes, so do not use it")),
        ],
        widget=Radios(),
    )
    others = RadioField(
        marked("If somebody else may answer or open it (optional)"),
        [Optional()],
        description=marked("If you have not asked them, leave this. We do not say who we are."),
        choices=[
            *UNSAID,
            SelectChoice(If.SAY.value, marked("You can say who you are and leave a message")),
        ],
        widget=Radios(),
    )
    good_time = good_time_box()
    care = line(marked("Is there anyone who must not see or hear it? (optional)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer only the ways by which this council can reach somebody."""
        super().__init__(*args, **kwargs)
        offered = channels.offered(council(), settings())
        choices: list[Any] = list(self.way.choices or ())
        self.way.choices = [choice for choice in choices if choice.value in offered]

    def say_unreachable(self) -> None:
        """Put a sentence beside what the chosen way lacks, or beside a way that is no more offered
        since the draft was begun. Only what is to be sent is asked for it."""
        way = self.way.data
        choices: list[Any] = list(self.way.choices or ())
        if way not in {choice.value for choice in choices}:
            if not self.way.errors:
                self.way.errors = [NOT_OFFERED]
        elif way == ContactWay.EMAIL:
            self._lacks(self.email, _email_fault(self.email.data))
        elif way == ContactWay.TEXT and mobile_number(self.mobile.data) is None:
            self._lacks(self.mobile, marked("Enter a mobile number, like 07700 900 982"))
        elif way == ContactWay.PHONE and _digits(self.phone.data) < FEWEST_DIGITS:
            self._lacks(self.phone, marked("Enter a phone number, like 01632 960 001"))
        elif way == ContactWay.POST and not self.address.data:
            self._lacks(self.address, marked("Enter the address where we can write to them"))

    def _lacks(self, field: Any, sentence: str | None) -> None:
        if sentence is not None:
            field.errors = [*field.errors, sentence]


def _email_fault(typed: str | None) -> str | None:
    if not typed:
        return marked("Enter their e-mail address")
    if plain_address(typed) is None:
        return marked("That is not an email we can use. It must look like name@example.com")
    return None


def _digits(typed: str | None) -> int:
    return sum(char.isdigit() for char in typed or "")


def in_lines(said: Mapping[str, Any]) -> list[str]:
    """What was said of reaching them, in words, to be read once more before it goes.

    Args:
        said: the answers of a draft; those of an older one may lack.
    """
    way = contact_way(said)
    lines = [_way_in_words(way, said)]
    if said.get("way") not in (None, ContactWay.PORTAL_ONLY):
        lines.append(_shared_in_words(said))
    if way is not ContactWay.PORTAL_ONLY:
        lines += [_others_in_words(said), _good_time_in_words(said)]
    if said.get("care"):
        lines.append(say("Must not see or hear it: %(who)s", who=said["care"]))
    return [one for one in lines if one]


def _way_in_words(way: ContactWay, said: Mapping[str, Any]) -> str:
    if way is ContactWay.EMAIL:
        return say("We write to them at %(email)s", email=said.get("email"))
    if way is ContactWay.TEXT:
        return say("We send texts to %(number)s", number=said.get("mobile"))
    if way is ContactWay.PHONE:
        return say("We call them on %(number)s", number=said.get("phone"))
    if way is ContactWay.POST:
        address = ", ".join(str(said.get("address") or "").split("\n"))
        return say("We send letters to %(address)s", address=address)
    return say("We do not write to the young person")


def _shared_in_words(said: Mapping[str, Any]) -> str:
    if said.get("shared") == "portal_only":
        return say("Somebody else uses it, so we do not use it")
    return say("Somebody else uses it, and it is safe") if said.get("shared") == "safe" else ""


def _others_in_words(said: Mapping[str, Any]) -> str:
    if said.get("others") == If.SAY:
        return say("We may say who we are, and leave a message")
    if said.get("others") == If.NEUTRAL:
        return say("We may leave a message, but we do not say who we are")
    if said.get("others") == If.NOTHING:
        return say("We leave no message, and we do not say who we are")
    return say("We do not say who we are")


def _good_time_in_words(said: Mapping[str, Any]) -> str:
    good = said.get("good_time")
    if good not in set(GoodTime):
        return ""
    return say("A good time: %(time)s", time=worded(GOOD_TIMES[GoodTime(good)]))
