"""What letters of events say in words of ours: findings, roles, and how it can go on."""

from collections.abc import Mapping

from portal.marking import marked
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import AppointedAs

FINDINGS: Mapping[Finding, str] = {
    Finding.UPHELD: marked("We agree."),
    Finding.PARTIALLY_UPHELD: marked("We agree in part."),
    Finding.NOT_UPHELD: marked("We do not agree."),
    Finding.NO_FINDING: marked("We could not tell what happened."),
}
ROLES: Mapping[AppointedAs, str] = {
    AppointedAs.INVESTIGATOR: marked("Who looks into it"),
    AppointedAs.INDEPENDENT_PERSON: marked("Who makes sure that it is fair"),
    AppointedAs.REVIEWER: marked("The manager who looks at it again"),
    AppointedAs.PANEL_CHAIR: marked("Who leads the panel"),
    AppointedAs.PANEL_MEMBER: marked("Who sits on the panel"),
}
NEXT_STEPS: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_2): marked(
        "You can ask for people from outside to look into it. Any words will do."
    ),
    (Track.STATUTORY, StageKey.STAGE_3): marked(
        "You can ask for three people from outside to look at it again. Any words will do."
    ),
    (Track.CORPORATE, StageKey.STAGE_2): marked(
        "You can ask for another manager to look at it again. Any words will do."
    ),
}
LAST_STEP = marked("There are no more steps here. You can ask the people below to look at it.")
STEPS = (*NEXT_STEPS.values(), LAST_STEP)
"""How a letter of an answer may say to go on: one of these."""
BEGINS: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_2): marked(
        "Two people will look into it and talk to you. One of"
        " them makes sure that it is fair. Neither works for the service."
    ),
    (Track.STATUTORY, StageKey.STAGE_3): marked(
        "Three people from outside the council will meet. You can come and speak to them."
    ),
}
ANOTHER_MANAGER = marked("Another manager will look at what we did and what we said.")
