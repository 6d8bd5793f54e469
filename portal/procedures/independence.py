"""Who must not be appointed because of what they did, or do, in the same case: regulations 17(2)
and 19, and the Code's rule that another manager reviews (reference/procedures.md)."""

from enum import StrEnum

from portal.procedures.facts import Facts
from portal.procedures.state import AppointedAs

PANEL = (AppointedAs.PANEL_CHAIR, AppointedAs.PANEL_MEMBER)


class Clash(StrEnum):
    """What stands in the way."""

    LOOKED_BEFORE = "looked_before"
    SITS = "sits"
    INVESTIGATES = "investigates"
    WATCHES = "watches"
    ANSWERED_BEFORE = "answered_before"


def clash(facts: Facts, role: AppointedAs, person: str) -> Clash | None:
    """Say what stands in the way of appointing somebody.

    Args:
        facts: the case as it stands.
        role: to what they would be appointed.
        person: who, by the key that is the same for the same person everywhere.

    Returns:
        None where nothing of this case does.
    """
    here = {
        other: {one.person for one in facts.appointed(other)}
        for other in (AppointedAs.INVESTIGATOR, AppointedAs.INDEPENDENT_PERSON)
    }
    if role in PANEL:
        # Whoever was replaced at stage 2 took part in it all the same.
        if person in facts.ever_appointed(*here):
            return Clash.LOOKED_BEFORE
        return Clash.SITS if person in {one.person for one in facts.appointed(*PANEL)} else None
    if role is AppointedAs.INDEPENDENT_PERSON and person in here[AppointedAs.INVESTIGATOR]:
        return Clash.INVESTIGATES
    if role is AppointedAs.INVESTIGATOR and person in here[AppointedAs.INDEPENDENT_PERSON]:
        return Clash.WATCHES
    if role is AppointedAs.REVIEWER and person in {str(key) for key in facts.answered_before_by}:
        return Clash.ANSWERED_BEFORE
    return None
