"""The shape of councils/<slug>/council.toml, and the faults that stop the start.

What pydantic finds is told in our own sentences: which key, what is wrong, what to do.
"""

from datetime import date

from pydantic import Field, ValidationError

from portal.council_accessibility import AccessibilityEntry
from portal.council_chasing import ChasingEntry
from portal.council_danger import DangerEntry
from portal.council_elsewhere import Elsewhere, Signpost
from portal.council_giving import GivingEntry
from portal.council_local_rules import LocalRulesEntry
from portal.council_retention import RetentionEntry
from portal.council_sign_in import CouncilSignInEntry
from portal.council_values import (
    Colour,
    Email,
    Entry,
    Length,
    NeutralText,
    PublicText,
    TagCode,
    Text,
)
from portal.procedures.procedure import ClockKey, ClockRule, Profile, StageKey, StartEvent, Track
from portal.procedures.vocabulary import Area, Team
from portal.procedures.working_days import Unit


class CouncilFileError(Exception):
    """A council's file that the portal cannot start with; one sentence for each fault."""

    def __init__(self, file: str, faults: tuple[str, ...]) -> None:
        """Keep the faults, and say them all at once under the file's name."""
        self.faults = faults
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))


class Contact(Entry):
    """How to reach the council."""

    phone: Text
    phone_hours: Text
    email: Email
    post: tuple[Text, ...]
    out_of_hours: Text


class Mail(Entry):
    """What a letter's sender and subject say: nothing that tells a bystander anything."""

    display_name: NeutralText
    # For people who said that nothing may tell who writes: another name, and one subject for all.
    neutral_name: NeutralText
    neutral_subject: NeutralText
    subject_receipt: NeutralText
    subject_reply: NeutralText
    subject_update: NeutralText


class Posting(Entry):
    """Whether and how the council posts letters. `within_days` are working days; what stands on
    the outside of an envelope tells nobody anything."""

    sends: bool
    within_days: Length
    return_line: NeutralText


class Texts(Entry):
    """What a text says before the address of the page: that there is news, and no more."""

    words: NeutralText = Field(max_length=100)


class Provider(Entry):
    """Somebody else that people are pointed to."""

    name: Text
    phone: Text
    website: Text | None = None
    about: Text


class AdvocacyProvider(Provider):
    """Who finds advocates: where referrals go, and within how many working days an advocate is to
    be appointed (portal design: the law says "help them get one" and gives no days)."""

    email: Email
    appoint_within_days: Length


class Membership(Entry):
    """Where a team belonged between two dates; without `last_day`, until further notice."""

    area: Area
    leadership: Text
    first_day: date
    last_day: date | None = None


class TeamEntry(Entry):
    """A team: its names, and where it has belonged."""

    label: PublicText
    officer_label: Text
    # Where thanks for the team are passed on to; without one the officer passes them on.
    email: Email | None = None
    membership: tuple[Membership, ...] = Field(min_length=1)

    def at(self, on: date) -> Membership | None:
        """Give where the team belonged on a day."""
        for place in self.membership:
            if place.first_day <= on and (place.last_day is None or on <= place.last_day):
                return place
        return None


class ClockEntry(Entry):
    """One clock of a profile, as written in the file."""

    starts: StartEvent
    length: Length
    unit: Unit = Unit.WORKING_DAYS
    maximum: Length | None = None
    extend_reasons: tuple[Text, ...] = ()
    soft: bool = False
    roll: bool = False
    start_no_later_than: ClockKey | None = None
    tell: tuple[Text, ...] = ()
    approved_by: Text | None = None
    may_pause: bool = False


class ProfileEntry(Entry):
    """A dated set of clocks, as written in the file."""

    code: Text
    track: Track
    in_force_from: date
    in_force_to: date | None = None
    historic: bool = False
    promised: dict[ClockKey, ClockEntry] = Field(min_length=1)
    reported_against: dict[ClockKey, tuple[Length, ...]] = Field(default_factory=dict)

    def as_profile(self) -> Profile:
        """Give the profile that the procedures count with."""
        rules = {k: ClockRule(key=k, **e.model_dump()) for k, e in self.promised.items()}
        return Profile(
            code=self.code,
            track=self.track,
            in_force_from=self.in_force_from,
            in_force_to=self.in_force_to,
            promised={str(key): rule for key, rule in rules.items()},
            reported_against={str(k): tuple(sorted(v)) for k, v in self.reported_against.items()},
            historic=self.historic,
        )


class LeadershipName(Entry):
    """What a leadership was called between two dates, where its name has changed."""

    code: Text
    name: Text
    first_day: date
    last_day: date | None = None


class AccessRequests(Entry):
    """What the council does with requests to see personal data."""

    # How many months more a complex request may take; at most two, which is unverified.
    extend_months: int = Field(ge=1, le=2)


class LearningEntry(Entry):
    """Days on which the classifier may learn from what officers decide, and who agreed to it."""

    first_day: date
    last_day: date | None = None
    agreed_by: Text


class CouncilFile(Entry):
    """The whole file."""

    name: Text
    service_name: Text
    brand_colour: Colour
    records_from: date
    warning_days: Length
    # E-mail of the officer to whom complaints about the complaints team or a head of service go.
    designated_officer: Email
    contact: Contact
    mail: Mail
    posting: Posting
    texts: Texts
    advocacy: AdvocacyProvider
    # Independent advice about education, health and care plans.
    plan_advice: Provider
    # Who else can help where others decide; nobody need be named.
    elsewhere: dict[Elsewhere, tuple[Signpost, ...]] = Field(default_factory=dict)
    ombudsman: Provider
    # To whom somebody may go about their personal data.
    commissioner: Provider
    leaderships: dict[str, Text]
    leadership_names: tuple[LeadershipName, ...] = ()
    labels: dict[str, dict[str, PublicText]]
    stages: dict[Track, dict[StageKey, PublicText]]
    access_requests: AccessRequests
    teams: dict[Team, TeamEntry]
    profiles: tuple[ProfileEntry, ...]
    danger: DangerEntry
    local_rules: LocalRulesEntry
    chasing: ChasingEntry
    giving: GivingEntry
    retention: RetentionEntry
    accessibility: AccessibilityEntry = AccessibilityEntry()
    # Without it everybody signs in with a password or a passkey.
    council_sign_in: CouncilSignInEntry | None = None
    # Codes of the languages that are offered beside English. Each needs a catalogue.
    languages: tuple[Text, ...] = ()
    # Without an entry nothing is learnt from anybody's words.
    learning: tuple[LearningEntry, ...] = ()
    # Short codes that officers may put on matters to find them again, with their words.
    tags: dict[TagCode, Text] = Field(default_factory=dict)


def in_sentences(error: ValidationError) -> tuple[str, ...]:
    """Say each thing that pydantic found as a sentence for whoever edits the file."""
    return tuple(_sentence(fault["type"], _path(fault["loc"]), fault) for fault in error.errors())


def _sentence(kind: str, key: str, fault: object) -> str:
    assert isinstance(fault, dict)
    given, context = fault["input"], fault.get("ctx", {})
    match kind:
        case "missing":
            return f"{key} is missing. Add it."
        case "extra_forbidden":
            return f"{key} is not a key we know. Check its spelling or remove it."
        case "enum":
            return f'{key}: "{given}" is not known. Use one of {context["expected"]}.'
        case "value_error":
            return f"{key}: {context['error']}."
        case "string_too_short" | "too_short":
            return f"{key} is empty. Fill it in."
        case "string_too_long":
            return f"{key} is longer than {context['max_length']} characters. Shorten it."
        case _:
            return f"{key}: {fault['msg']}. Correct it."


def _path(location: tuple[int | str, ...]) -> str:
    words = ""
    for part in location:
        if part == "[key]":
            continue
        words += f"[{part}]" if isinstance(part, int) else f".{part}"
    return words.removeprefix(".")
