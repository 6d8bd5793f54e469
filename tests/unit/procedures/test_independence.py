"""Who looked at a case before does not sit on its panel; who investigates does not watch."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.facts import AppointmentFacts, Facts
from portal.procedures.independence import PANEL, Clash, clash
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import AppointedAs, State

DAY = date(2026, 6, 10)
STAGE_2, STAGE_3 = StageKey.STAGE_2, StageKey.STAGE_3
INVESTIGATOR, WATCHING = AppointedAs.INVESTIGATOR, AppointedAs.INDEPENDENT_PERSON
CHAIR, SITTING, REVIEWER = (
    AppointedAs.PANEL_CHAIR, AppointedAs.PANEL_MEMBER, AppointedAs.REVIEWER,
)  # fmt: skip


def case(
    stage: StageKey, *appointed: AppointmentFacts, before: frozenset[int] = frozenset()
) -> Facts:
    return Facts(
        Track.STATUTORY, stage, State.ANSWERING, DAY, DAY, DAY, DAY,
        appointments=appointed, answered_before_by=before,
    )  # fmt: skip


def had(role: AppointedAs, stage: StageKey, ended: bool = False) -> AppointmentFacts:
    return AppointmentFacts(role, stage, "7", True, ended)


@pytest.mark.parametrize(
    ("facts", "role", "expected"),
    [
        (case(STAGE_2, had(INVESTIGATOR, STAGE_2)), WATCHING, Clash.INVESTIGATES),
        (case(STAGE_2, had(INVESTIGATOR, STAGE_2, ended=True)), WATCHING, None),
        (case(STAGE_2, had(WATCHING, STAGE_2)), INVESTIGATOR, Clash.WATCHES),
        (case(STAGE_3, had(WATCHING, STAGE_2)), CHAIR, Clash.LOOKED_BEFORE),
        (case(STAGE_3, had(INVESTIGATOR, STAGE_2, ended=True)), SITTING, Clash.LOOKED_BEFORE),
        (case(STAGE_3, had(CHAIR, STAGE_3)), SITTING, Clash.SITS),
        (case(STAGE_3, had(SITTING, STAGE_3, ended=True)), SITTING, None),
        (case(STAGE_2, before=frozenset({7})), REVIEWER, Clash.ANSWERED_BEFORE),
        (case(STAGE_2, before=frozenset({8})), REVIEWER, None),
    ],
)
def test_what_stands_in_the_way(facts: Facts, role: AppointedAs, expected: Clash | None) -> None:
    assert clash(facts, role, "7") is expected


@given(st.sampled_from(AppointedAs), st.lists(st.sampled_from(AppointedAs), max_size=4))
def test_nobody_is_barred_by_what_others_did(role: AppointedAs, roles: list[AppointedAs]) -> None:
    stage = STAGE_3 if role in PANEL else STAGE_2
    facts = case(stage, *(had(other, stage) for other in roles))
    assert clash(facts, role, "8") is None
