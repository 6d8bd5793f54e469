"""Where an officer's working-out begins, and the procedure if a matter is taken on."""

import pytest
from flask import Flask

from portal.procedures.function import Function
from portal.procedures.likely import FUNCTIONS_OF_TEAM
from portal.procedures.matter import Acting
from portal.procedures.person import PersonCode
from portal.procedures.vocabulary import ProcedureCode, Relationship, Team
from portal.triage.if_accepted import procedure_if_accepted
from portal.triage.likely_route import likely_facts
from portal.triage.suggested_labels import from_plain
from portal.work import WORKER, begin_work
from tests.unit.triage.matters import a_feedback, a_result, label


def test_every_team_has_its_functions() -> None:
    assert set(FUNCTIONS_OF_TEAM) == set(Team)
    assert Function.UNCLEAR not in {one for found in FUNCTIONS_OF_TEAM.values() for one in found}


@pytest.mark.parametrize(
    ("team", "relationship", "procedure"),
    [
        (Team.SPECIALIST_SAFEGUARDING_UNIT, Relationship.PARENT, ProcedureCode.STATUTORY),
        (Team.DISABILITY, Relationship.PARENT, ProcedureCode.STATUTORY),
        (Team.THROUGHCARE, Relationship.YOUNG_PERSON, ProcedureCode.STATUTORY),
        (Team.CARE_PLANNING_COURT, Relationship.RELATIVE, ProcedureCode.STATUTORY),
        (Team.CARE_PLANNING_COURT, Relationship.PROFESSIONAL, ProcedureCode.CORPORATE),
        (Team.SEND, Relationship.PARENT, ProcedureCode.CORPORATE),
        (Team.EARLY_HELP, Relationship.YOUNG_PERSON, ProcedureCode.CORPORATE),
        (Team.OTHER, Relationship.PARENT, ProcedureCode.CORPORATE),
    ],
)
def test_the_procedure_if_it_is_taken_on(
    team: Team, relationship: Relationship, procedure: ProcedureCode
) -> None:
    assert procedure_if_accepted(team, relationship) is procedure


def test_what_the_person_said_goes_before_what_is_suggested(app: Flask) -> None:
    labels = from_plain(a_result(relationship=label("parent"), team=[label("throughcare")]))
    with begin_work(WORKER) as work:
        said = a_feedback(work, relationship_said=Relationship.YOUNG_PERSON)
        silent = a_feedback(work, relationship_said=None)
        facts, guessed = likely_facts(said, labels), likely_facts(silent, labels)
        nothing = likely_facts(silent, None)
    assert (facts.functions, facts.person) == ((Function.LEAVING_CARE,), PersonCode.CARE_LEAVER)
    assert guessed.person is PersonCode.PARENT
    assert (nothing.functions, nothing.person) == ((Function.UNCLEAR,), PersonCode.UNKNOWN)


def test_an_advocate_speaks_in_the_young_persons_name(app: Flask) -> None:
    with begin_work(WORKER) as work:
        feedback = a_feedback(work, relationship_said=Relationship.ADVOCATE)
        facts = likely_facts(feedback, None)
    assert (facts.person, facts.acting) == (PersonCode.REPRESENTATIVE, Acting.FOR_CHILD)
