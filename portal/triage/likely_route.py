"""What the page "Which procedure?" begins with: what the suggestion and the form say, as facts."""

from portal.cases.routing import RouteFacts
from portal.procedures.function import Function
from portal.procedures.likely import FUNCTIONS_OF_TEAM, likely_person
from portal.procedures.matter import Acting
from portal.procedures.person import PersonCode
from portal.records.feedback import Feedback
from portal.triage.suggested_labels import SuggestedLabels


def likely_facts(feedback: Feedback, labels: SuggestedLabels | None) -> RouteFacts:
    """Give the facts to begin with; an officer corrects each of them.

    Args:
        feedback: for what the person said of themself.
        labels: the suggestion, where there is one.
    """
    function = Function.UNCLEAR
    if labels is not None:
        function = FUNCTIONS_OF_TEAM[labels.team[0].label][0]
    relationship = feedback.relationship_said
    if relationship is None and labels is not None:
        relationship = labels.relationship.label
    if relationship is None:
        return RouteFacts(functions=(function,))
    person = likely_person(relationship, function)
    speaks = person is PersonCode.REPRESENTATIVE
    return RouteFacts(
        functions=(function,),
        person=person,
        acting=Acting.FOR_CHILD if speaks else Acting.OWN_RIGHT,
    )
