"""The panel of stage 3: how many sit on it, and who may (regulation 19)."""

from portal.procedures.facts import Facts
from portal.procedures.state import AppointedAs

SEATS = 3


def panel_is_three(facts: Facts) -> bool:
    """Whether three different people sit on it (regulation 19(2)).

    Args:
        facts: the case.
    """
    people = [one.person for one in facts.appointed(*_SITTING)]
    return len(people) == len(set(people)) == SEATS


def panel_is_independent(facts: Facts) -> bool:
    """Whether nobody on it works for the council or took part in stage 2 (regulation 19).

    Args:
        facts: the case.
    """
    # Whoever was replaced at stage 2 took part in it all the same.
    earlier = facts.ever_appointed(AppointedAs.INDEPENDENT_PERSON, AppointedAs.INVESTIGATOR)
    sitting = facts.appointed(*_SITTING)
    return all(one.independent and one.person not in earlier for one in sitting)


_SITTING = (AppointedAs.PANEL_CHAIR, AppointedAs.PANEL_MEMBER)
