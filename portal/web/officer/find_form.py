"""The form of the search: words, and everything that a list can be narrowed by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from wtforms import BooleanField, SelectField, StringField, ValidationError

from portal.council import Council
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.records.feedback import Door
from portal.records.organisation import Organisation
from portal.triage.find.filters import Filters, Standing, from_plain
from portal.triage.find.searching import LONGEST_SEARCH
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.case_view import STATES
from portal.web.officer.decision_choices import labelled
from portal.web.officer.decision_form import at_most
from portal.web.officer.procedure_words import FINDINGS, KINDS
from portal.web.ready_made import ready_box
from portal.web.widgets import Checkbox, Select, TextInput

ANY = [("", "Any")]
STANDINGS: Mapping[Standing, str] = {
    Standing.WAITING: "Waits for a decision",
    Standing.OPEN: "Open case",
    Standing.CLOSED: "Closed case",
    Standing.NO_CASE: "Decided without a case",
}
STAGES: Mapping[StageKey, str] = {
    StageKey.STAGE_1: "Stage 1",
    StageKey.STAGE_2: "Stage 2",
    StageKey.STAGE_3: "Stage 3",
    StageKey.ANSWER: "Answer to an enquiry",
    StageKey.ENQUIRY: "Ombudsman’s enquiry",
    StageKey.ACKNOWLEDGE: "Acknowledgement about personal data",
}
DOORS: Mapping[Door, str] = {
    Door.YOUNG_PEOPLE: "Young people’s pages",
    Door.EVERYONE: "Pages for everyone",
    Door.ADVOCATES: "Advocates’ pages",
}
RISKS: Mapping[Risk, str] = {
    Risk.NOW: "Danger now",
    Risk.CONCERN: "A concern, as decided",
    Risk.NONE: "None, as decided",
}
# What the page calls each filter, for its list of those that are in force.
NAMES: Mapping[str, str] = {
    "standing": "How far it is", "procedure": "Procedure", "stage": "Stage",
    "state": "What it waits for", "category": "Kind", "nature": "Nature of the complaint",
    "area": "Area", "team": "Team", "channel": "How it came", "door": "Door",
    "received_from": "Came in from", "received_to": "Came in to",
    "answered_from": "Answered from", "answered_to": "Answered to",
    "closed_from": "Closed from", "closed_to": "Closed to", "outcome": "What was decided",
    "reason": "Reason for a no", "risk": "Risk", "relationship": "Written by",
    "finding": "Finding", "remedy": "Promise", "tag": "Tag", "officer": "Named officer",
    "manager": "Given to", "organisation": "Advocate of", "advocate": "Has an advocate",
    "young": "From young people", "overdue": "Overdue",
}  # fmt: skip
# As they stand on the page, each group to be opened by itself.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "what it is about": ("category", "nature", "area", "team", "risk", "tag"),
    "who wrote, and how it came": (
        "relationship", "young", "advocate", "organisation", "channel", "door", "received_from",
        "received_to",
    ),
    "where it stands": (
        "standing", "procedure", "stage", "state", "officer", "manager", "overdue",
    ),
    "how it came out": (
        "outcome", "reason", "finding", "remedy", "answered_from", "answered_to", "closed_from",
        "closed_to",
    ),
}  # fmt: skip
# Lists of what a council may have none of: they are left out then.
MAY_BE_EMPTY = frozenset({"tag", "manager", "organisation"})
# Lists of people, which are made for each page: nobody's name is kept between pages.
OF_PEOPLE = frozenset({"officer", "manager", "organisation"})
SMALL = {"params": {"fieldset": {"legend": {"classes": "govuk-fieldset__legend--s"}}}}
PERIODS = ("received", "answered", "closed")
DAYS = frozenset(f"{name}_{end}" for name in PERIODS for end in ("from", "to"))


def _list(label: str, hint: str = "") -> SelectField:
    return SelectField(label, description=hint, widget=Select(), default="")


@dataclass(frozen=True)
class FilterGroup:
    """Some filters under one heading: their names, how many of them are in force, and whether
    something in them was filled in wrongly."""

    title: str
    names: tuple[str, ...]
    in_force: int
    is_wrong: bool


class FindForm(GovForm):
    """Words and filters; all of them may be left out."""

    words = StringField(
        "Words",
        description="Names, places, what was said. Put words that stand together in quotation"
        " marks, like “moved school”.",
        validators=[at_most(LONGEST_SEARCH)],
        widget=TextInput(),
    )
    standing = _list("How far it is")
    category = _list("Kind")
    nature = _list("Nature of the complaint", "As an officer decided.")
    procedure = _list("Procedure")
    stage = _list("Stage")
    state = _list("What it waits for")
    area = _list("Area")
    team = _list("Team")
    officer = _list("Named officer")
    manager = _list("Given to", "The manager who has its answer to write.")
    channel = _list("How it came")
    door = _list("Door", "Which pages they used.")
    relationship = _list("Written by")
    risk = _list("Risk")
    outcome = _list("What was decided")
    reason = _list("Reason for a no", "At the first decision, or later in the procedure.")
    finding = _list("Finding on a point", "Of stages that were answered.")
    remedy = _list("What was promised")
    tag = _list("Tag")
    received_from = GovDateField("Came in from")
    received_to = GovDateField("Came in to")
    answered_from = GovDateField("A stage answered from")
    answered_to = GovDateField("A stage answered to")
    closed_from = GovDateField("Closed from")
    closed_to = GovDateField("Closed to")
    organisation = _list("Advocate of")
    advocate = BooleanField("Has an advocate", widget=Checkbox())
    young = BooleanField("From young people", widget=Checkbox())
    overdue = BooleanField("Overdue", widget=Checkbox())

    def offer(
        self,
        council: Council,
        officers: Iterable[Account],
        managers: Iterable[Account] = (),
        organisations: Iterable[Organisation] = (),
    ) -> None:
        """Fill the lists.

        Args:
            council: whose words and tags.
            officers: who can be the named officer of a case.
            managers: who can have a case to answer.
            organisations: of which advocates are.
        """
        choices: dict[str, list[tuple[str, str]]] = {
            "standing": [(one.value, words) for one, words in STANDINGS.items()],
            "category": labelled(council, Category),
            "nature": labelled(council, Nature),
            "procedure": [(one.value, wording.PROCEDURES[one]) for one in ProcedureCode],
            "stage": [(one.value, words) for one, words in STAGES.items()],
            "state": [(one.value, words) for one, words in STATES.items()],
            "area": labelled(council, Area),
            "team": [(one.value, wording.team_name(council, one)) for one in Team],
            "officer": [(one.public_id, one.name) for one in officers],
            "manager": [(one.public_id, one.name) for one in managers],
            "organisation": [(one.public_id, one.name) for one in organisations],
            "outcome": [(one.value, words) for one, words in wording.DONE.items()],
            "reason": [(one.value, rule_for(one).label) for one in RefusalReason],
            "door": [(one.value, words) for one, words in DOORS.items()],
            "channel": [(one.value, words) for one, words in wording.CHANNELS.items()],
            "relationship": labelled(council, Relationship),
            "risk": [(one.value, words) for one, words in RISKS.items()],
            "finding": [(one.value, FINDINGS[one]) for one in Finding],
            "remedy": [(one.value, words) for one, words in KINDS.items()],
            "tag": list(council.tags.items()),
        }
        for name, found in choices.items():
            field: Any = self[name]
            field.choices = [*ANY, *found]

    def officers(self) -> list[tuple[str, str]]:
        """Who can be the named officer: public ids and names, without the choice of anybody."""
        field: Any = self.officer
        return [(choice[0], choice[1]) for choice in field.choices if choice[0]]

    def groups(self, in_force: Iterable[str]) -> list[FilterGroup]:
        """The filters as the page shows them: a list without anything to choose is left out.

        Args:
            in_force: the names of those that narrow the list now.
        """
        chosen = frozenset(in_force)
        return [
            FilterGroup(
                title,
                tuple(name for name in names if name not in MAY_BE_EMPTY or self._offers(name)),
                len(chosen.intersection(names)),
                is_wrong=any(name in self.errors for name in names),
            )
            for title, names in GROUPS.items()
        ]

    def validate_received_to(self, field: GovDateField) -> None:
        """Not before the first day."""
        _check_last_day(self.received_from, field)

    def validate_answered_to(self, field: GovDateField) -> None:
        """Not before the first day."""
        _check_last_day(self.answered_from, field)

    def validate_closed_to(self, field: GovDateField) -> None:
        """Not before the first day."""
        _check_last_day(self.closed_from, field)

    def chosen(self) -> Filters:
        """The filters; the form has been validated."""
        given: dict[str, Any] = {}
        for name in NAMES:
            value = self[name].data
            given[name] = value.isoformat() if hasattr(value, "isoformat") else value
        return from_plain(given)

    def box(self, name: str) -> Markup:
        """A filter as the page shows it. Most are not answered, and look alike on every page:
        making them took three quarters of it.

        Args:
            name: of the filter.
        """
        given = SMALL if name in DAYS else {}
        if name in OF_PEOPLE:
            return Markup(self[name](**given))  # noqa: S704  made by the component
        return ready_box(self, name, **given)

    def in_force(self, narrowed: Filters) -> list[str]:
        """What the list is narrowed by, in words."""
        return [self._told(name, getattr(narrowed, name)) for name in narrowed.named()]

    def _told(self, name: str, value: Any) -> str:
        if value is True:
            return NAMES[name]
        if name in DAYS:
            return f"{NAMES[name]} {value.day} {value:%B %Y}"
        field: Any = self[name]
        choices = dict(field.choices)
        return f"{NAMES[name]}: {choices.get(str(value), 'no longer in the list')}"

    def _offers(self, name: str) -> bool:
        field: Any = self[name]
        return len(field.choices) > len(ANY)


def _check_last_day(first: GovDateField, last: GovDateField) -> None:
    if first.data is not None and last.data is not None and last.data < first.data:
        raise ValidationError("The last day must not be before the first")


def begun(words: str, narrowed: Filters) -> dict[str, Any]:
    """What stands in the form when a search is shown again."""
    found: dict[str, Any] = {name: getattr(narrowed, name) for name in narrowed.named()}
    plain = {
        name: value.value if hasattr(value, "value") else value for name, value in found.items()
    }
    return {"words": words, **plain}
