"""The facts from which the procedure follows, as an officer ticks them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from wtforms import SelectField, TextAreaField

from portal.cases.routing import RouteFacts
from portal.council import Council
from portal.procedures.function import Function
from portal.procedures.function_rules import rule_for
from portal.procedures.matter import Acting, Appeal, Known
from portal.procedures.person import PEOPLE, PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.chosen_procedure import Chosen, procedure_choices
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most, one_of
from portal.web.officer.radio_question import asked
from portal.web.widgets import Select, TextArea

PARTS = 3


class Beside(StrEnum):
    """Whether there are proceedings: not asked, none, or how far they have come."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    INTENDED = "intended"
    UNDER_WAY = "under_way"
    ENDED = "ended"


_KNOWN = {Known.YES: "Yes", Known.NO: "No", Known.UNKNOWN: "We do not know yet"}
_ACTING = {
    Acting.OWN_RIGHT: "For themselves, in their own right",
    Acting.FOR_CHILD: "In the name of the child or young person",
    Acting.UNKNOWN: "We do not know yet",
}
_APPEAL = {
    Appeal.NONE: "No",
    Appeal.AVAILABLE: "Yes, they could appeal",
    Appeal.MADE: "Yes, an appeal has been made",
    Appeal.DECIDED: "Yes, and it was decided",
    Appeal.UNKNOWN: "We do not know yet",
}
_BESIDE = {
    Beside.NONE: "No",
    Beside.INTENDED: "Planned",
    Beside.UNDER_WAY: "Under way",
    Beside.ENDED: "Ended",
    Beside.NOT_ASKED: "We do not know yet",
}
_KINDS = {
    ProceedingKind.COURT: "A court",
    ProceedingKind.TRIBUNAL: "A tribunal",
    ProceedingKind.CRIMINAL: "The police",
    ProceedingKind.DISCIPLINARY: "A staff process",
    ProceedingKind.AGENCIES: "A meeting of agencies about a child’s safety",
}
# A function may be none only for the second and third part.
_NO_MORE = ""


def _function(label: str, first: bool) -> SelectField:
    check = [one_of(Function, "Choose what it is about")] if first else []
    return SelectField(label, widget=Select(), validators=check, validate_choice=False)


class RouteForm(GovForm):
    """Who, about what, when, and what runs beside it."""

    function_1 = _function("What is it about?", first=True)
    function_2 = _function("A second part", first=False)
    function_3 = _function("A third part", first=False)
    person = SelectField(
        "Who wrote?",
        validators=[one_of(PersonCode, "Choose who wrote")],
        widget=Select(),
        validate_choice=False,
    )
    acting = asked("In whose name do they complain?", _ACTING, "Choose in whose name they complain")
    parental_responsibility = asked(
        "Do they hold parental responsibility for the child?",
        _KNOWN,
        "Choose whether they hold parental responsibility",
    )
    over_18 = asked(
        "Is the young person 18 or over?", _KNOWN, "Choose whether the person is 18 or over"
    )
    arose = GovDateField("When did it happen?", description="Leave it empty if we do not know.")
    knew = GovDateField(
        "When did they learn of it?", description="Leave it empty if it is the same day."
    )
    appeal = asked(
        "Can somebody else decide this on appeal or review?",
        _APPEAL,
        "Choose whether there is an appeal or review",
    )
    beside = asked(
        "Is there a court case, or another process about it?",
        _BESIDE,
        "Choose whether there is another process",
    )
    kind = asked("Whose process is it?", _KINDS, "Choose whose process it is")
    prejudice = asked(
        "Would looking into this now risk harming that process?",
        _KNOWN,
        "Choose whether it would harm that process",
    )
    procedure = SelectField(
        "Which procedure does it follow?", widget=Select(), validate_choice=False
    )
    reason = TextAreaField(
        "Why, if it is not what the rules say",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )

    def offer(self, council: Council) -> None:
        """Fill the lists."""
        functions = _functions()
        self.function_1.choices = functions
        self.function_2.choices = self.function_3.choices = {
            "": [(_NO_MORE, "There is none")],
            **functions,
        }
        self.person.choices = [
            (code.value, wording.capital(rule.label)) for code, rule in PEOPLE.items()
        ]
        self.procedure.choices = [
            ("", "Choose"),
            *procedure_choices(council),
        ]

    def as_facts(self) -> RouteFacts:
        """Give the facts. Called on a form that validated."""
        return RouteFacts(
            functions=tuple(_chosen((self.function_1, self.function_2, self.function_3))),
            person=PersonCode(self.person.data),
            acting=Acting(self.acting.data),
            parental_responsibility=Known(self.parental_responsibility.data),
            over_18=Known(self.over_18.data),
            arose=self.arose.data,
            knew=self.knew.data,
            appeal=Appeal(self.appeal.data),
            proceedings=self._proceedings(),
            prejudice=Known(self.prejudice.data),
        )

    def chosen_procedure(self) -> Chosen | None:
        """Give the procedure that was chosen, or None."""
        code = self.procedure.data
        return Chosen(code) if code in set(Chosen) else None

    def _proceedings(self) -> tuple[Proceeding, ...] | None:
        beside = Beside(self.beside.data)
        if beside is Beside.NOT_ASKED:
            return None
        if beside is Beside.NONE:
            return ()
        return (Proceeding(ProceedingKind(self.kind.data), ProceedingState(beside.value)),)


def beginning(facts: RouteFacts) -> dict[str, Any]:
    """Give what the form begins with."""
    functions = [function.value for function in facts.functions[:PARTS]]
    functions += [_NO_MORE] * (PARTS - len(functions))
    beside, kind = Beside.NOT_ASKED, ProceedingKind.COURT
    if facts.proceedings is not None:
        beside = Beside.NONE
    for one in facts.proceedings or ():
        beside, kind = Beside(one.state.value), one.kind
    return {
        "function_1": functions[0],
        "function_2": functions[1],
        "function_3": functions[2],
        "person": facts.person.value,
        "acting": facts.acting.value,
        "parental_responsibility": facts.parental_responsibility.value,
        "over_18": facts.over_18.value,
        "arose": facts.arose,
        "knew": facts.knew,
        "appeal": facts.appeal.value,
        "beside": beside.value,
        "kind": kind.value,
        "prejudice": facts.prejudice.value,
    }


def _chosen(fields: Iterable[SelectField]) -> list[Function]:
    codes = [field.data for field in fields if field.data in set(Function)]
    return [Function(code) for code in dict.fromkeys(codes)]


def _functions() -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {
        "Not clear yet": [],
        "Inside the statutory procedure": [],
        "The corporate procedure": [],
        "Decided elsewhere": [],
    }
    for function in Function:
        rule = rule_for(function)
        if function is Function.UNCLEAR:
            group = "Not clear yet"
        elif rule.inside:
            group = "Inside the statutory procedure"
        else:
            group = "Decided elsewhere" if rule.elsewhere else "The corporate procedure"
        groups[group].append((function.value, wording.capital(rule.label)))
    return groups
