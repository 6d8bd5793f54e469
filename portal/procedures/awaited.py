"""What an open case waits for, and whose turn it is: by its state, without its dates."""

from collections.abc import Mapping
from enum import StrEnum

from portal.procedures.state import OVER, State


class Turn(StrEnum):
    """Whose turn it is."""

    OFFICER = "officer"
    SECOND_OFFICER = "second_officer"
    SERVICE = "service"
    REVIEWER = "reviewer"
    INVESTIGATOR = "investigator"
    ADJUDICATOR = "adjudicator"
    SIGNER = "signer"
    PANEL = "panel"
    PERSON = "person"
    NOBODY = "nobody"


TURNS: Mapping[State, Turn] = {
    State.ANSWERING: Turn.SERVICE,
    State.ANSWERED: Turn.PERSON,
    State.REVIEW_ASKED: Turn.OFFICER,
    State.REVIEWING: Turn.REVIEWER,
    State.INVESTIGATION_ASKED: Turn.OFFICER,
    State.INVESTIGATING: Turn.INVESTIGATOR,
    State.ADJUDICATING: Turn.ADJUDICATOR,
    State.ADJUDICATED: Turn.PERSON,
    State.PANEL_ASKED: Turn.OFFICER,
    State.PANEL_HELD: Turn.PANEL,
    State.PANEL_REPORTED: Turn.ADJUDICATOR,
    State.PANEL_ANSWERED: Turn.PERSON,
    State.OMBUDSMAN_ENQUIRY: Turn.OFFICER,
    State.OMBUDSMAN_DRAFT: Turn.OFFICER,
    State.OMBUDSMAN_DECIDED: Turn.SERVICE,
    **dict.fromkeys(OVER, Turn.NOBODY),
}
"""Whose turn it is in each state. What the law leaves to the council as a whole is the turn of
whoever decides for it; what the procedure needs arranged is the officer's."""
