"""The decision form: what an officer chooses on one feedback, checked and handed over typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, TypeVar

from wtforms import BooleanField, Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms import ValidationError as FieldFault

from portal.council import Council
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.screening import Screening
from portal.procedures.vocabulary import (
    Category,
    Nature,
    Relationship,
    Risk,
    Team,
)
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.triage.choice import Choice
from portal.triage.consistency import Fault
from portal.triage.suggested_labels import SuggestedLabels
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.chosen_procedure import (
    ENQUIRERS,
    TRACKS,
    Chosen,
    Enquirer,
    chosen_for,
    procedure_choices,
    procedure_of,
    track_of_choice,
)
from portal.web.officer.decision_choices import labelled, reasons, teams
from portal.web.widgets import Checkbox, Radios, Select, TextArea, TextInput
from portal.wording import say

LONGEST_EXPLANATION = 5_000
LONGEST_LETTER = 20_000
LONGEST_NAME = 300
Kind = TypeVar("Kind", bound=StrEnum)


def one_of(kind: type[StrEnum], sentence: str) -> Callable[[Form, Field], None]:
    """A validator: the value must be a code of the vocabulary."""

    def check(_form: Form, field: Field) -> None:
        if field.data not in set(kind):
            raise FieldFault(sentence)

    return check


def at_most(longest: int) -> Callable[[Form, Field], None]:
    """A validator without the attribute with which a browser would cut words off."""

    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") > longest:
            most = f"{longest:,}"
            raise FieldFault(say("This must be %(number)s characters or fewer", number=most))

    return check


def radios(label: str, kind: type[StrEnum], sentence: str) -> RadioField:
    """Radios for a vocabulary of which one must be chosen."""
    return RadioField(
        label,
        validators=[one_of(kind, sentence)],
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )


class DecisionForm(GovForm):
    """One decision. Procedure, risk and outcome are never chosen beforehand by anybody but an
    officer. The rest begins with what was suggested or said."""

    category = radios("What kind of feedback is it?", Category, "Choose what kind it is")
    enquirer = RadioField(
        "Who enquires?",
        choices=[(code.value, text) for code, text in ENQUIRERS.items()],
        widget=Radios(classes="govuk-radios--small"),
        validate_choice=False,
    )
    team = SelectField(
        "Which team is it about?",
        validators=[one_of(Team, "Choose the team it is about")],
        widget=Select(),
        validate_choice=False,
    )
    relationship = SelectField(
        "Who wrote?",
        validators=[one_of(Relationship, "Choose who wrote")],
        widget=Select(),
        validate_choice=False,
    )
    nature = SelectField("What is the complaint about?", widget=Select(), validate_choice=False)
    procedure = radios("Which procedure does it follow?", Chosen, "Choose the procedure")
    risk = radios("Is anybody at risk?", Risk, "Choose whether anybody is at risk")
    outcome = radios("What will you do?", Outcome, "Choose what you will do")
    passed_on_reason = SelectField("Why is it passed on?", widget=Select(), validate_choice=False)
    passed_on_explanation = TextAreaField(
        "What the person should know",
        description="This goes into the letter. Say who has it now and how to reach them.",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    redirected_to = TextAreaField(
        "Who deals with it, and how to reach them",
        description="Needed where it is not ours. This goes into the letter.",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    no_answer = BooleanField("A comment: they want no answer, so send no letter", widget=Checkbox())
    declined_reason = SelectField("The reason", widget=Select(), validate_choice=False)
    declined_explanation = TextAreaField(
        "Explain it to the person",
        description="This goes into the letter, with how to reach the Ombudsman.",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    resubmit_by = GovDateField(
        "Until when may they come back?",
        description="Needed where it has to wait. This goes into the letter.",
    )
    nothing_to_act_on = BooleanField(
        "There is no name, and nothing in it can be acted on at all", widget=Checkbox()
    )
    linked_reference = StringField(
        "Reference of what it belongs to",
        description="Eight characters, for example 7KQM-2XVD.",
        validators=[at_most(100)],
        widget=TextInput(),
    )
    consulted = StringField(
        "Whom in the service did you ask?",
        description="The service is asked about the facts before a no.",
        validators=[at_most(LONGEST_NAME)],
        widget=TextInput(),
    )
    consulted_on = GovDateField("On which day did you ask?")
    evidence = TextAreaField(
        "What did you look at?",
        description="Needed for a no and for a wait. It is kept, and not sent.",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    letter = TextAreaField("The letter", validators=[at_most(LONGEST_LETTER)], widget=TextArea())

    def offer(self, council: Council, feedback: Feedback, labels: SuggestedLabels | None) -> None:
        """Fill the lists, and what begins with the suggestion or with what the person said.

        Args:
            council: for the words of each code.
            feedback: for what the person said.
            labels: the suggestion, where there is one.
        """
        self.category.choices = labelled(council, Category)
        self.team.choices = teams(council, labels, feedback)
        self.procedure.choices = procedure_choices(council)
        self.nature.choices = [("", "It is not a complaint"), *labelled(council, Nature)]
        self.relationship.choices = [("", "Choose"), *labelled(council, Relationship)]
        self.risk.choices = labelled(council, Risk)
        self.outcome.choices = [(o.value, wording.OUTCOMES[o]) for o in Outcome]
        self.passed_on_reason.choices = reasons(Outcome.PASSED_ON)
        self.declined_reason.choices = reasons(Outcome.DECLINED)

    def read_button(self, sent: Mapping[str, str]) -> None:
        """Take over what a button chooses by itself: what to do, or what it belongs to.

        Args:
            sent: the form as it was sent.
        """
        if sent.get("straight", "") in set(Outcome):
            self.outcome.data = sent["straight"]
        if sent.get("link_to"):
            self.outcome.data, self.linked_reference.data = Outcome.LINKED, sent["link_to"]

    def as_choice(self) -> Choice:
        """Give the officer's choice. Called on a form that validated."""
        outcome = Outcome(self.outcome.data)
        reason, explanation = self._reason_for(outcome)
        linked = outcome is Outcome.LINKED
        nature = _known(Nature, self.nature.data)
        category = Category(self.category.data)
        no_nature = category in (Category.COMPLIMENT, Category.COMMENT)
        procedure = Chosen(self.procedure.data)
        return Choice(
            category=category,
            team=Team(self.team.data),
            procedure=procedure_of(procedure),
            relationship=Relationship(self.relationship.data),
            risk=Risk(self.risk.data),
            outcome=outcome,
            nature=None if no_nature else nature,
            reason=reason,
            explanation=explanation,
            linked_reference=(self.linked_reference.data or "").strip() if linked else None,
            letter=self.letter.data if self.letter.raw_data else None,
            screening=self._screening(outcome),
            chosen_track=self._track(category, procedure),
            answer_wanted=not self.no_answer.data,
        )

    def _screening(self, outcome: Outcome) -> Screening:
        # What stands under another outcome was left there and is not meant.
        passed_on, declined = outcome is Outcome.PASSED_ON, outcome is Outcome.DECLINED
        return Screening(
            consulted=self.consulted.data or "",
            consulted_on=self.consulted_on.data,
            evidence=self.evidence.data or "",
            redirected_to=(self.redirected_to.data or "") if passed_on else "",
            resubmit_by=self.resubmit_by.data if declined else None,
            nothing_to_act_on=declined and bool(self.nothing_to_act_on.data),
        )

    def blame(self, faults: Iterable[Fault]) -> None:
        """Show each fault at its field."""
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, fault.sentence]

    def hidden(self) -> list[tuple[str, str]]:
        """Everything chosen, for the check page to send again; the letter is a box there."""
        kept: list[tuple[str, str]] = []
        for field in self:
            if field.name in ("csrf_token", "letter") or field.data in (None, "", False):
                continue
            if isinstance(field, GovDateField):
                kept += [(field.name, part) for part in field.typed()]
            else:
                kept.append((field.name, "y" if field.data is True else str(field.data)))
        return kept

    def _track(self, category: Category, procedure: Chosen) -> Track | None:
        if category is Category.MP_ENQUIRY:
            enquirer = _known(Enquirer, self.enquirer.data)
            return TRACKS[enquirer] if enquirer is not None else None
        return track_of_choice(procedure)

    def _reason_for(self, outcome: Outcome) -> tuple[RefusalReason | None, str | None]:
        if outcome is Outcome.PASSED_ON:
            said = self.passed_on_reason.data, self.passed_on_explanation.data
        elif outcome is Outcome.DECLINED:
            said = self.declined_reason.data, self.declined_explanation.data
        else:
            return None, None
        return _known(RefusalReason, said[0]), said[1]


def beginning(feedback: Feedback, labels: SuggestedLabels | None) -> Mapping[str, Any]:
    """What the form begins with: the suggestion, else what the person said, else nothing."""
    if labels is None:
        return {
            "category": feedback.category_said,
            "relationship": feedback.relationship_said or "",
        }
    return {
        "category": labels.category.label,
        "team": labels.team[0].label,
        "nature": labels.nature.label if labels.nature is not None else "",
        "relationship": feedback.relationship_said or labels.relationship.label,
    }


def beginning_again(choice: Choice) -> Mapping[str, Any]:
    """What the form begins with where an earlier answer came back: that answer, to be changed."""
    name = "declined" if choice.outcome is Outcome.DECLINED else "passed_on"
    written = choice.screening
    return {
        "category": choice.category,
        "team": choice.team,
        "procedure": chosen_for(choice.procedure, choice.chosen_track),
        "relationship": choice.relationship,
        "risk": choice.risk,
        "outcome": choice.outcome,
        "nature": choice.nature or "",
        f"{name}_reason": choice.reason or "",
        f"{name}_explanation": choice.explanation,
        **asdict(written),
    }


def _known(kind: type[Kind], value: str | None) -> Kind | None:
    return kind(value) if value in set(kind) else None
