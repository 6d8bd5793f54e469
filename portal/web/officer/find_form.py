"""The form of the search: words, and everything that a list can be narrowed by."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, SelectField, StringField, ValidationError

from portal.council import Council
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey
from portal.procedures.vocabulary import (
    Area,
    Category,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.triage.find.filters import Filters, Standing, from_plain
from portal.triage.find.searching import LONGEST_SEARCH
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.case_view import STATES
from portal.web.officer.decision_choices import labelled
from portal.web.officer.decision_form import at_most
from portal.web.officer.procedure_words import FINDINGS, KINDS
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
RISKS: Mapping[Risk, str] = {
    Risk.NOW: "Danger now",
    Risk.CONCERN: "A concern, as decided",
    Risk.NONE: "None, as decided",
}
# What the page calls each filter, for its list of those that are in force.
NAMES: Mapping[str, str] = {
    "standing": "How far it is", "procedure": "Procedure", "stage": "Stage",
    "state": "What it waits for", "category": "Kind", "area": "Area", "team": "Team",
    "channel": "How it came", "received_from": "Came in from", "received_to": "Came in to",
    "risk": "Risk", "relationship": "Written by", "finding": "Finding", "remedy": "Promise",
    "tag": "Tag", "officer": "Named officer", "young": "From young people", "overdue": "Overdue",
}  # fmt: skip


def _list(label: str, hint: str = "") -> SelectField:
    return SelectField(label, description=hint, widget=Select(), default="")


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
    procedure = _list("Procedure")
    stage = _list("Stage")
    state = _list("What it waits for")
    area = _list("Area")
    team = _list("Team")
    officer = _list("Named officer")
    channel = _list("How it came")
    relationship = _list("Written by")
    risk = _list("Risk")
    finding = _list("Finding on a point", "Of stages that were answered.")
    remedy = _list("What was promised")
    tag = _list("Tag")
    received_from = GovDateField("Came in from")
    received_to = GovDateField("Came in to")
    young = BooleanField("From young people", widget=Checkbox())
    overdue = BooleanField("Overdue", widget=Checkbox())

    def offer(self, council: Council, officers: Iterable[Account]) -> None:
        """Fill the lists.

        Args:
            council: whose words and tags.
            officers: who can be the named officer of a case.
        """
        choices: dict[str, list[tuple[str, str]]] = {
            "standing": [(one.value, words) for one, words in STANDINGS.items()],
            "category": labelled(council, Category),
            "procedure": [(one.value, wording.PROCEDURES[one]) for one in ProcedureCode],
            "stage": [(one.value, words) for one, words in STAGES.items()],
            "state": [(one.value, words) for one, words in STATES.items()],
            "area": labelled(council, Area),
            "team": [(one.value, wording.team_name(council, one)) for one in Team],
            "officer": [(one.public_id, one.name) for one in officers],
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

    def validate_received_to(self, field: GovDateField) -> None:
        """Not before the first day."""
        first = self.received_from.data
        if first is not None and field.data is not None and field.data < first:
            raise ValidationError("The last day must not be before the first")

    def chosen(self) -> Filters:
        """The filters; the form has been validated."""
        given: dict[str, Any] = {}
        for name in NAMES:
            value = self[name].data
            given[name] = value.isoformat() if hasattr(value, "isoformat") else value
        return from_plain(given)

    def in_force(self, narrowed: Filters) -> list[str]:
        """What the list is narrowed by, in words."""
        return [self._told(name, getattr(narrowed, name)) for name in narrowed.named()]

    def _told(self, name: str, value: Any) -> str:
        if value is True:
            return NAMES[name]
        if name in ("received_from", "received_to"):
            return f"{NAMES[name]} {value.day} {value:%B %Y}"
        field: Any = self[name]
        choices = dict(field.choices)
        return f"{NAMES[name]}: {choices.get(str(value), 'no longer in the list')}"


def begun(words: str, narrowed: Filters) -> dict[str, Any]:
    """What stands in the form when a search is shown again."""
    found: dict[str, Any] = {name: getattr(narrowed, name) for name in narrowed.named()}
    plain = {
        name: value.value if hasattr(value, "value") else value for name, value in found.items()
    }
    return {"words": words, **plain}
