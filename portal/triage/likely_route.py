"""What the page "Which procedure?" begins with: what was decided, suggested or said, as facts."""

from portal.cases.routing import RouteFacts
from portal.procedures.function import Function
from portal.procedures.likely import FUNCTIONS_OF_TEAM, likely_person
from portal.procedures.matter import Acting
from portal.procedures.person import PersonCode
from portal.procedures.vocabulary import Relationship, Team


def likely_facts(team: Team | None, relationship: Relationship | None) -> RouteFacts:
    """Give the facts to begin with; an officer corrects each of them.

    Args:
        team: whose work it seems to be about; None where nobody has said.
        relationship: who seems to write; None where nobody has said.
    """
    function = FUNCTIONS_OF_TEAM[team][0] if team is not None else Function.UNCLEAR
    if relationship is None:
        return RouteFacts(functions=(function,))
    person = likely_person(relationship, function)
    speaks = person is PersonCode.REPRESENTATIVE
    return RouteFacts(
        functions=(function,),
        person=person,
        acting=Acting.FOR_CHILD if speaks else Acting.OWN_RIGHT,
    )
