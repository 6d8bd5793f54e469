"""Where an officer's working-out begins, and the procedure if a matter is taken on."""

import pytest

from portal.procedures.function import Function
from portal.procedures.likely import FUNCTIONS_OF_TEAM
from portal.procedures.matter import Acting
from portal.procedures.person import PersonCode
from portal.procedures.vocabulary import ProcedureCode, Relationship, Team
from portal.procedures.which import THE_LAW
from portal.triage.if_accepted import procedure_if_accepted
from portal.triage.likely_route import likely_facts


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
    assert procedure_if_accepted(team, relationship, THE_LAW) is procedure


def test_what_a_team_and_a_writer_stand_for() -> None:
    facts = likely_facts(Team.THROUGHCARE, Relationship.YOUNG_PERSON)
    assert (facts.functions, facts.person) == ((Function.LEAVING_CARE,), PersonCode.CARE_LEAVER)
    nothing = likely_facts(None, None)
    assert (nothing.functions, nothing.person) == ((Function.UNCLEAR,), PersonCode.UNKNOWN)


def test_an_advocate_speaks_in_the_young_persons_name() -> None:
    facts = likely_facts(None, Relationship.ADVOCATE)
    assert (facts.person, facts.acting) == (PersonCode.REPRESENTATIVE, Acting.FOR_CHILD)
