"""Forms for what is passed on and for who took it."""

from datetime import date

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.handing_over import Taken
from portal.council import Council
from portal.procedures.handing_over import HandedOver
from portal.procedures.vocabulary import Area, Team
from portal.records.handover import TakenBy
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer import wording
from portal.web.officer.decision_form import LONGEST_EXPLANATION, at_most, one_of
from portal.web.officer.radio_question import asked
from portal.web.widgets import Select, TextArea, TextInput

LONGEST_NAME = 300
WAYS = {TakenBy.PHONE: "By telephone", TakenBy.EMAIL: "By e-mail", TakenBy.IN_PERSON: "In person"}
_WHAT = {what: wording.capital(words) for what, words in wording.HANDED_OVER.items()}


def _line(label: str, sentence: str = "", hint: str = "") -> StringField:
    needed = [DataRequired(sentence)] if sentence else []
    return StringField(
        label, description=hint, validators=[*needed, at_most(LONGEST_NAME)], widget=TextInput()
    )


class PassOnForm(GovForm):
    """What is passed on, to whom, and in which words."""

    what = asked("What do you pass on?", _WHAT, "Choose what you pass on")
    team = SelectField(
        "To whom?",
        description="A worry about somebody who works with children goes to the LADO.",
        validators=[one_of(Team, "Choose to whom it is passed on")],
        widget=Select(),
        validate_choice=False,
    )
    words = TextAreaField(
        "What you tell them",
        description="It is kept here, not sent. Tell them by voice if a child may be at risk.",
        validators=[DataRequired("Write what you pass on"), at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )
    explanation = TextAreaField(
        "What the letter says besides (optional)",
        description="The person is told today that it was passed on, and to whom.",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )

    def offer(self, council: Council, today: date) -> None:
        """Fill the list of teams, each under its area."""
        self.team.choices = {
            "": [("", "Choose a team")],
            **{
                wording.capital(council.label(area)): [
                    (team.value, wording.team_name(council, team))
                    for team in council.teams_in(area, today)
                ]
                for area in Area
            },
        }

    def chosen(self) -> tuple[HandedOver, Team]:
        """What and to whom. Called on a form that validated."""
        return HandedOver(self.what.data), Team(self.team.data)


class TakenForm(GovForm):
    """Who took it: the proof."""

    name = _line("Name of whoever took it", "Enter their name")
    role = _line("Their role", "Enter their role", "For example: duty social worker.")
    way = asked("How did they take it?", WAYS, "Choose how they took it")
    on = GovDateField("On which day?", validators=[InputRequired("Enter the day")])
    their_reference = _line("Their reference (optional)")
    agreed = TextAreaField(
        "What was agreed (optional)",
        validators=[at_most(LONGEST_EXPLANATION)],
        widget=TextArea(),
    )

    def taken(self) -> Taken:
        """What was entered. Called on a form that validated."""
        on = self.on.data
        assert isinstance(on, date), "The form has been validated."
        return Taken(
            name=self.name.data or "",
            role=self.role.data or "",
            way=TakenBy(self.way.data),
            on=on,
            their_reference=self.their_reference.data or "",
            agreed=self.agreed.data or "",
        )
