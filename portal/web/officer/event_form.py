"""The form of an event: the day, what the event asks, and the letter as the officer leaves it."""

from collections.abc import Iterable
from datetime import date

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from portal.procedures.facts import Facts, Given
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import OF_A_PART, rule_for
from portal.procedures.state import (
    APPOINTS,
    MUST_DECLARE,
    Doer,
    EarlyReferral,
    Event,
    Independence,
)
from portal.procedures.vocabulary import Team
from portal.records.account import Account
from portal.records.point import Point
from portal.triage.planned_event import KINDS_OF_PROCEEDINGS
from portal.web.dates import GovDateField
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most
from portal.web.officer.event_sheets import (
    CONDITIONS,
    EXTENSION_REASONS,
    INDEPENDENCE,
    WORDS_HINT,
    Ask,
    Sheet,
)
from portal.web.officer.letter_form import WithLetter
from portal.web.widgets import Checkbox, Checkboxes, Radios, Select, TextArea, TextInput

TRACKS = {Track.STATUTORY: "The statutory procedure", Track.CORPORATE: "The corporate procedure"}
FIELDS_OF = {
    Ask.APPOINTEE: ("appointee", "appointee_name", "declared", "access_until"),
    Ask.LEAD: ("lead", "lead_reference"),
}


def _box(label: str, hint: str = "") -> TextAreaField:
    return TextAreaField(
        label, description=hint, validators=[at_most(LONGEST_EXPLANATION)], widget=TextArea()
    )


class EventForm(WithLetter):
    """Everything that an event can ask; `only` keeps what one does."""

    on = GovDateField("When did it happen?", validators=[InputRequired("Enter the day")])
    points = SelectMultipleField(
        "Which points?", widget=Checkboxes(), validate_choice=False, coerce=str
    )
    lead = RadioField("Which case leads?", widget=Radios(), validate_choice=False)
    lead_reference = StringField(
        "Or the reference of another lead case",
        description="Eight characters, for example 7KQM-2XVD.",
        validators=[at_most(100)],
        widget=TextInput(),
    )
    track = RadioField("To which procedure?", widget=Radios(), validate_choice=False)
    team = SelectField("Which team answers them?", widget=Select(), validate_choice=False)
    refusal = SelectField("The reason", widget=Select(), validate_choice=False)
    leaves = RadioField("Who leaves?", widget=Radios(), validate_choice=False)
    reason = RadioField("Why is more time needed?", widget=Radios(), validate_choice=False)
    proceedings_kind = RadioField(
        "What kind of proceedings are they?", widget=Radios(), validate_choice=False
    )
    proceedings = _box("Which proceedings?", WORDS_HINT)
    prejudice = _box("Why might looking into it now prejudice them?", WORDS_HINT)
    conditions = SelectMultipleField(
        "Which conditions hold?", widget=Checkboxes(), validate_choice=False, coerce=str
    )
    appointee = SelectField("Who?", widget=Select(), validate_choice=False)
    appointee_name = StringField(
        "Or their name, if they have no account", validators=[at_most(200)], widget=TextInput()
    )
    declared = SelectMultipleField(
        "What they have declared", widget=Checkboxes(), validate_choice=False, coerce=str
    )
    access_until = GovDateField(
        "They can see this case until the end of",
        description="Leave it empty for somebody without an account.",
    )
    talked_with = _box("Who talked with the young person or their advocate, and when?")
    words = _box("The reason")
    new_date = GovDateField("The new date")
    agreed_by_person = BooleanField("The person agrees", widget=Checkbox())
    agreed_by_council = BooleanField("The council agrees", widget=Checkbox())

    def only(self, sheet: Sheet) -> None:
        """Keep the boxes that the sheet asks for, in its words."""
        kept = {"on", "letter", "written", "csrf_token"}
        for ask in sheet.asks:
            kept |= set(FIELDS_OF.get(ask, (ask.value,)))
        for name in [field.name for field in self if field.name not in kept]:
            delattr(self, name)
        self.on.label.text = sheet.on
        for name, label in (("words", sheet.words), ("new_date", sheet.new_date)):
            if name in self:
                self[name].label.text = label

    def offer_parts(
        self,
        teams: Iterable[tuple[Team, str]],
        leads: Iterable[tuple[str, str]],
        panel: Iterable[tuple[str, str]],
    ) -> None:
        """Fill the lists of the boxes about parts, lead cases and who sits, where they are kept.

        Args:
            teams: with their names.
            leads: references of cases that may lead, with why they come to mind.
            panel: who sits, by the key of the person, with their names.
        """
        if "team" in self:
            self.team.choices = [("", "Choose the team"), *((t.value, name) for t, name in teams)]
        if "refusal" in self:
            reasons = [(r.value, rule_for(r).label) for r in RefusalReason if r.value in OF_A_PART]
            self.refusal.choices = [("", "Choose the reason"), *reasons]
        if "lead" in self:
            self.lead.choices = list(leads)
            if not self.lead.choices:
                del self.lead
                self.lead_reference.label.text = "The reference of the lead case"
        if "leaves" in self:
            self.leaves.choices = list(panel)

    def offer(
        self,
        event: Event,
        facts: Facts,
        points: Iterable[Point],
        people: Iterable[Account],
    ) -> None:
        """Fill the lists of whatever boxes are kept."""
        if "points" in self:
            live = {point.number for point in facts.live_points}
            self.points.choices = [
                (str(p.number), f"{p.number}. {p.text}") for p in points if p.number in live
            ]
        if "track" in self:
            others = [track for track in TRACKS if track is not facts.track]
            self.track.choices = [(track.value, TRACKS[track]) for track in others]
        if "reason" in self:
            self.reason.choices = [
                (code, EXTENSION_REASONS.get(code, code.replace("_", " ").capitalize()))
                for code in facts.extend_reasons
            ]
        if "conditions" in self:
            self.conditions.choices = [(code.value, CONDITIONS[code]) for code in EarlyReferral]
        if "proceedings_kind" in self:
            self.proceedings_kind.choices = [
                (one.value, rule_for(one).label) for one in KINDS_OF_PROCEEDINGS
            ]
        if "appointee" in self:
            needed = MUST_DECLARE[APPOINTS[event]]
            self.appointee.choices = _people(people)
            self.declared.choices = [
                (code.value, INDEPENDENCE[code]) for code in Independence if code in needed
            ]

    def lead_typed(self) -> str:
        """The reference of the case that should lead: what was typed, else what was chosen."""
        return self._text("lead_reference").strip() or self._text("lead")

    def given(self, doer: Doer, account_id: int, people: dict[str, int]) -> Given:
        """What was filled in, typed. Called on a form that validated.

        Args:
            doer: as whom.
            account_id: whose account.
            people: keys of those offered, by public id.
        """
        track, team = self._text("track"), self._text("team")
        return Given(
            on=_day(self.on.data) or date.min,
            by=doer,
            account_id=account_id,
            reason=self._reason(),
            words=self._text("words"),
            new_date=_day(self.new_date.data) if "new_date" in self else None,
            track=Track(track) if track in set(Track) else None,
            agreed_by_person="agreed_by_person" in self and bool(self.agreed_by_person.data),
            agreed_by_council="agreed_by_council" in self and bool(self.agreed_by_council.data),
            talked_with=self._text("talked_with"),
            proceedings=self._text("proceedings"),
            prejudice=self._text("prejudice"),
            points=frozenset(int(code) for code in self._chosen("points")),
            conditions=frozenset(EarlyReferral(code) for code in self._chosen("conditions")),
            appointee_id=people.get(self._text("appointee")),
            appointee_name=self._text("appointee_name"),
            leaves=self._text("leaves"),
            team=Team(team) if team in set(Team) else None,
            declared=frozenset(Independence(code) for code in self._chosen("declared")),
        )

    def until(self) -> date | None:
        """Until when somebody who is appointed can see the case."""
        return _day(self.access_until.data) if "access_until" in self else None

    def _reason(self) -> str | None:
        chosen = (self._text(name) for name in ("reason", "proceedings_kind", "refusal"))
        return next((code for code in chosen if code), None)

    def _text(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""

    def _chosen(self, name: str) -> set[str]:
        """Of the boxes ticked, those that were offered."""
        if name not in self:
            return set()
        offered = {str(choice[0]) for choice in self[name].choices or ()}
        return offered & set(self[name].data or ())


def _people(accounts: Iterable[Account]) -> list[tuple[str, str]]:
    named = sorted(accounts, key=lambda account: account.name.casefold())
    return [("", "Choose somebody"), *((one.public_id, one.name) for one in named)]


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
