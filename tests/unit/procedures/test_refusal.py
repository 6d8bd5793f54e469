"""Every coded reason has what an officer and the person need."""

import pytest

from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import RULES, rule_for


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_reason_has_its_rule(reason: RefusalReason) -> None:
    rule = rule_for(reason)
    assert rule.dispositions
    assert rule.rule
    assert rule.label
    assert rule.test.endswith("?")
    assert rule.tell.endswith(".")


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_whoever_is_refused_or_kept_waiting_is_told_of_the_ombudsman(
    reason: RefusalReason,
) -> None:
    expected = {Disposition.REFUSED, Disposition.WAITING} & set(rule_for(reason).dispositions)
    assert rule_for(reason).needs_ombudsman is bool(expected)


def test_the_table_keeps_to_its_source() -> None:
    refused = {r for r in RULES if Disposition.REFUSED in RULES[r].dispositions}
    assert {r.value for r in refused} == {
        "court_decision",
        "out_of_time_statutory",
        "out_of_time_corporate",
        "not_eligible",
        "already_concluded",
        "unreasonable",
        "policy_or_budget",
        "anonymous",
        "s2_not_accepted",
    }
    assert len(RULES) == 32
    with pytest.raises(TypeError):
        RULES[RefusalReason.HR] = RULES[RefusalReason.FOI]  # type: ignore[index]
