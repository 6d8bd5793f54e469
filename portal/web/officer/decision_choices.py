"""What the decision form offers in its lists."""

from enum import StrEnum

from portal.council import Council
from portal.procedures.refusal_rules import rule_for
from portal.procedures.vocabulary import Area, Team
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.triage.consistency import reasons_for
from portal.triage.suggested_labels import SuggestedLabels
from portal.web.officer import wording


def labelled(council: Council, kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Each code of a vocabulary with its public words."""
    return [(member.value, wording.capital(council.label(member))) for member in kind]


def reasons(outcome: Outcome) -> list[tuple[str, str]]:
    """The coded reasons that fit an outcome."""
    fitting = [(reason.value, rule_for(reason).label) for reason in reasons_for(outcome)]
    return [("", "Choose a reason"), *fitting]


def teams(
    council: Council, labels: SuggestedLabels | None, feedback: Feedback
) -> dict[str, list[tuple[str, str]]]:
    """The suggested three first, then every other team under its area."""

    def named(team: Team) -> tuple[str, str]:
        return team.value, wording.team_name(council, team)

    suggested = [guess.label for guess in labels.team[:3]] if labels is not None else []
    groups = (
        {"Suggested": [named(team) for team in suggested]}
        if suggested
        else {"": [("", "Choose a team")]}
    )
    for area in Area:
        others = [t for t in council.teams_in(area, feedback.received_on) if t not in suggested]
        if others:
            groups[wording.capital(council.label(area))] = [named(team) for team in others]
    return groups
