"""Whom it is about, who tells it, and whether anyone is in danger: boxes and choices."""

from typing import Any, ClassVar

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal import clock
from portal.marking import marked
from portal.procedures.vocabulary import Area, Relationship, Team
from portal.records.feedback import ActingFor
from portal.web.question_form import (
    Names,
    QuestionForm,
    short_line,
    trimmed,
)
from portal.web.widgets import Radios, TextInput
from portal.wording import say
from portal.work import council

EXAMPLES_OF_AN_AREA = 3
LINE: dict[str, Any] = {"filters": [trimmed], "widget": TextInput()}


class Service(QuestionForm):
    """Which service and who, as far as the person knows."""

    NAMES: ClassVar[Names] = {
        "service": marked("Service"),
        "about_whom": marked("Worker, team or place"),
    }
    service = RadioField(
        marked("Which service is it about? (optional)"), [Optional()], widget=Radios()
    )
    about_whom = StringField(
        marked("Name of a worker, team or place, if you know it (optional)"), [short_line], **LINE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the choices from the council: the words of its areas, with teams as examples."""
        super().__init__(*args, **kwargs)
        names = [_capital(council().label(area)) for area in Area]
        unsure = marked("I’m not sure")
        self.service.choices = [*((name, name) for name in names), (unsure, unsure)]
        self.hints = {
            name: _examples(area) for name, area in zip(names, Area, strict=True) if _examples(area)
        }


class AboutYou(QuestionForm):
    """For whom somebody writes, and who they are. Nobody has to give a name."""

    NAMES: ClassVar[Names] = {
        "acting_for": marked("Who it is for"),
        "relationship": marked("Who you are"),
        "name": marked("Your name"),
    }
    acting_for = RadioField(
        marked("Who are you telling us for? (optional)"),
        [Optional()],
        choices=[
            SelectChoice(ActingFor.SELF.value, marked("Myself")),
            SelectChoice(ActingFor.OWN_CHILD.value, marked("My child")),
            SelectChoice(ActingFor.OTHER_CHILD.value, marked("Another child or young person")),
            SelectChoice(ActingFor.NO_ONE_CHILD.value, marked("It is not about one child")),
        ],
        widget=Radios(
            hints={
                ActingFor.SELF.value: marked(
                    "For example, you are a foster carer and it is about you."
                ),
                ActingFor.OTHER_CHILD.value: marked(
                    "For example, your grandchild, a child you look "
                    "after, or a child you work with."
                ),
            }
        ),
    )
    relationship = RadioField(
        marked("Who are you to the child or young person? (optional)"),
        [Optional()],
        choices=[
            SelectChoice(
                Relationship.PARENT.value, marked("Parent or person with parental responsibility")
            ),
            SelectChoice(Relationship.YOUNG_PERSON.value, marked("I am the child or young person")),
            SelectChoice(Relationship.RELATIVE.value, marked("Relative or special guardian")),
            SelectChoice(Relationship.FOSTER_CARER.value, marked("Foster carer")),
            SelectChoice(Relationship.ADOPTER.value, marked("Adoptive parent, or hoping to adopt")),
            SelectChoice(Relationship.ADVOCATE.value, marked("Advocate")),
            SelectChoice(Relationship.PROFESSIONAL.value, marked("I write as part of my job")),
            SelectChoice(Relationship.OTHER.value, marked("Someone else")),
        ],
        widget=Radios(),
    )
    name = StringField(marked("Your name (optional)"), [short_line], **LINE)


class TheChild(QuestionForm):
    """Which child it is about."""

    NAMES: ClassVar[Names] = {"child": marked("Child or young person")}
    child = StringField(
        marked("What is the name of the child or young person? (optional)"), [short_line], **LINE
    )


class Advocate(QuestionForm):
    """The offer of an advocate: a right of a young person who complains."""

    NAMES: ClassVar[Names] = {"advocate": marked("An advocate")}
    advocate = RadioField(
        marked("Would you like an advocate?"),
        [Optional()],
        choices=[
            SelectChoice("yes", marked("Yes, please")),
            SelectChoice("not_now", marked("Not now")),
            SelectChoice("have_one", marked("I have one already")),
            SelectChoice("not_sure", marked("I am not sure")),
        ],
        widget=Radios(),
    )


class Danger(QuestionForm):
    """Whether anyone is in danger now: never in the way, always read first."""

    NAMES: ClassVar[Names] = {"danger": marked("In danger now")}
    danger = RadioField(
        marked("Is anyone in danger now?"),
        [Optional()],
        choices=[
            SelectChoice("no", marked("No")),
            SelectChoice("yes", marked("Yes")),
            SelectChoice("not_sure", marked("I’m not sure")),
        ],
        widget=Radios(),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _examples(area: Area) -> str:
    """A few of an area's teams, so that nobody has to know how a council is divided."""
    teams = [team for team in council().teams_in(area, clock.today()) if team is not Team.OTHER]
    named = [council().label(team) for team in teams][:EXAMPLES_OF_AN_AREA]
    if not named:
        return ""
    return say("For example: %(teams)s", teams=", ".join(_small(name) for name in named))


def _small(words: str) -> str:
    # Initials keep their capitals.
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
