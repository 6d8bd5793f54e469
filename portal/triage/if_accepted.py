"""Which procedure a matter would follow if it is taken on, for a suggestion that says it need not.

A reminder for the officer: the law's conclusion for what a team and a writer usually stand for. It
is never stored and never chosen for anybody.
"""

from datetime import date

from portal.procedures.likely import FUNCTIONS_OF_TEAM, likely_person
from portal.procedures.matter import LocalRules, Matter, Part, Writer
from portal.procedures.vocabulary import ProcedureCode, Relationship, Team
from portal.procedures.which import conclude

# Taken on means taken in time: the day stands for itself.
_SOME_DAY = date(2026, 4, 1)


def procedure_if_accepted(
    team: Team, relationship: Relationship, local: LocalRules
) -> ProcedureCode:
    """Give the usual procedure for a team's functions and a writer.

    Args:
        team: whose work it is about.
        relationship: who wrote. Somebody who writes in their job is not among the people of
            section 26(3) of the Children Act 1989.
        local: what the law leaves to the council.
    """
    function = FUNCTIONS_OF_TEAM[team][0]
    writer = Writer(likely_person(relationship, function))
    part = Part(function, arose=_SOME_DAY)
    (conclusion,) = conclude(Matter(_SOME_DAY, writer, (part,)), local)
    if conclusion.outcome.procedure is ProcedureCode.STATUTORY:
        return ProcedureCode.STATUTORY
    return ProcedureCode.CORPORATE
