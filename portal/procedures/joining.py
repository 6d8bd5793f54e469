"""Which case may lead another: the same matter, worked once and answered to each person alone.

One decision on school transport may bring several parents, and an MP for one of them. Each keeps
what is theirs; only the work is shared (reference/needs.md 2.8, path i).
"""

from portal.procedures.facts import Facts, LeadFacts
from portal.procedures.procedure import Track
from portal.procedures.state import State

LEADS_IN = frozenset({State.ANSWERING, State.REVIEWING, State.ANSWERED})
"""Where a case can lead others. Stages 2 and 3 of the statutory procedure have people and reports
of their own for each complaint, so nobody is joined there."""

COMPLAINTS = frozenset({Track.STATUTORY, Track.CORPORATE})


def can_lead(facts: Facts, lead: LeadFacts) -> bool:
    """Say whether a case can be joined to another.

    Args:
        facts: the case that would be joined.
        lead: the case that would lead.

    Returns:
        Whether it can: no chains, never two parts of one matter, and a complaint only under one
        that is answered by the same rules at the same step, so that nobody loses a right by being
        joined. An MP's enquiry may be under any complaint.
    """
    if lead.same_matter or lead.joined or facts.leads or lead.state not in LEADS_IN:
        return False
    if lead.track is facts.track:
        return lead.stage is facts.stage
    return facts.track is Track.MP_ENQUIRY and lead.track in COMPLAINTS
