"""Every coded reason has what an officer and the person need."""

import pytest

from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import RULES, disposition_of, rule_for


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_reason_has_its_rule(reason: RefusalReason) -> None:
    rule = rule_for(reason)
    assert rule.dispositions
    assert rule.rule
    assert rule.label
    assert rule.test.endswith("?")
    assert rule.tell.endswith(".")


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_each_reason_comes_to_one_thing_with_each_outcome_that_it_fits(
    reason: RefusalReason,
) -> None:
    found = {passed_on: disposition_of(reason, passed_on=passed_on) for passed_on in (True, False)}
    assert {one for one in found.values() if one} == set(rule_for(reason).dispositions)


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
