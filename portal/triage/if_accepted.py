"""Which procedure a matter would follow if it is taken on, for a suggestion that says it need not.

A reminder for the officer, from labels.md: the function decides, and then the person. It is never
stored and never chosen for anybody.
"""

from portal.procedures.vocabulary import ProcedureCode, Relationship, Team

SOCIAL_CARE = frozenset(
    {
        Team.SPECIALIST_SAFEGUARDING_UNIT,
        Team.FIRST_RESPONSE,
        Team.EMERGENCY_DUTY,
        Team.CARE_PLANNING_COURT,
        Team.DISABILITY,
        Team.THROUGHCARE,
        Team.ADOPTION,
        Team.FOSTERING,
        Team.OCCUPATIONAL_THERAPY,
        Team.INTENSIVE_PREVENTION,
    }
)
NOT_ELIGIBLE = frozenset({Relationship.PROFESSIONAL})


def procedure_if_accepted(team: Team, relationship: Relationship) -> ProcedureCode:
    """Give the usual procedure for a team's functions and a writer.

    Args:
        team: whose work it is about.
        relationship: who wrote. Somebody who writes in their job is not among the people of
            section 26(3) of the Children Act 1989.
    """
    if team in SOCIAL_CARE and relationship not in NOT_ELIGIBLE:
        return ProcedureCode.STATUTORY
    return ProcedureCode.CORPORATE
