"""Which questions the model answers, and with which codes.

The codes themselves are the portal's (`portal.procedures.vocabulary`). The table of areas is for
the model's own use: which team belongs to which area on a day is in the council's file.
"""

from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)

HEADS: dict[str, tuple[str, ...]] = {
    "category": tuple(Category),
    "team": tuple(Team),
    "procedure": tuple(ProcedureCode),
    "nature": tuple(Nature),
    "relationship": tuple(Relationship),
    "risk": tuple(Risk),
}
"""Each learnt head with its codes, in the order of its probabilities. Area is read off the team."""

_TEAMS_OF_AREA: dict[Area, tuple[Team, ...]] = {
    Area.SAFEGUARDING: (
        Team.SPECIALIST_SAFEGUARDING_UNIT,
        Team.FIRST_RESPONSE,
        Team.EMERGENCY_DUTY,
        Team.LADO,
        Team.YOUTH_OFFENDING,
        Team.EARLY_HELP,
    ),
    Area.LAC_DISABILITY: (
        Team.CARE_PLANNING_COURT,
        Team.DISABILITY,
        Team.THROUGHCARE,
        Team.ADOPTION,
        Team.FOSTERING,
        Team.OCCUPATIONAL_THERAPY,
        Team.INTENSIVE_PREVENTION,
    ),
    Area.EDUCATION: (
        Team.SEND,
        Team.ADMISSIONS_TRANSPORT,
        Team.HOME_EDUCATION,
        Team.EDUCATIONAL_PSYCHOLOGY,
        Team.EDUCATION_WELFARE,
        Team.PERFORMANCE_LICENCE,
        Team.PENALTY_NOTICES,
        Team.HOME_TUITION,
    ),
    Area.OTHER: (Team.CONFERENCE_IRO, Team.OTHER),
}

AREA_OF_TEAM: dict[str, str] = {
    team: area for area, teams in _TEAMS_OF_AREA.items() for team in teams
}
"""The area of each team, as the labels of the corpus have it."""
