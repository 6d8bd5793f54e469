"""Who must agree to a no, what it rests on, and what is never a reason: for every case of each."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.lateness import (
    BOTH_HOLD,
    IN_TIME,
    OUT_OF_TIME,
    WEIGH_FIRST,
    Weighed,
    fault_of_lateness,
)
from portal.procedures.matter import LocalRules
from portal.procedures.namelessness import NAMED, NEVER_BY_ITSELF, fault_of_namelessness
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.screening import NEEDED, Asked, Screening, missing
from portal.procedures.second_officer import AgreedBy, agreement_for
from portal.procedures.vocabulary import ProcedureCode

TODAY = date(2026, 6, 10)
LOCAL = LocalRules()
DISPOSITIONS = st.sampled_from([None, *Disposition])
SCREENINGS = st.builds(
    Screening,
    consulted=st.sampled_from(["", " ", "The team manager"]),
    consulted_on=st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
    evidence=st.sampled_from(["", "\n", "The notes"]),
    redirected_to=st.sampled_from(["", "The school"]),
    resubmit_by=st.sampled_from([None, TODAY, TODAY + timedelta(days=300)]),
)


@given(disposition=DISPOSITIONS, young=st.booleans(), named=st.booleans())
def test_nobody_says_no_alone_and_to_a_child_a_manager_says_it_too(
    disposition: Disposition | None, young: bool, named: bool
) -> None:
    found = agreement_for(disposition, young=young, named=named)
    ends_it = disposition in {
        Disposition.REFUSED, Disposition.REDIRECTED, Disposition.WAITING
    }  # fmt: skip
    quietly = disposition in {Disposition.SETTLED, Disposition.WITHDRAWN} and (young or not named)
    assert found.needed is (ends_it or quietly)
    assert (found.by is AgreedBy.MANAGER) is (found.needed and young)
    assert found.why.endswith(".")
    assert found.rule


def test_a_service_request_a_comment_and_an_enquiry_refuse_nobody() -> None:
    for young in (True, False):
        assert not agreement_for(Disposition.NOT_A_COMPLAINT, young=young, named=False).needed


@given(disposition=DISPOSITIONS, screening=SCREENINGS)
def test_what_is_missing_is_what_the_answer_needs_and_lacks(
    disposition: Disposition | None, screening: Screening
) -> None:
    found = dict(missing(disposition, screening, TODAY))
    assert all(sentence.endswith(".") for sentence in found.values())
    needed = NEEDED.get(disposition, ()) if disposition is not None else ()
    for asked in needed:
        value = getattr(screening, asked.value)
        lacks = not (value.strip() if isinstance(value, str) else value)
        assert not lacks or asked in found
    if not found:
        assert screening.resubmit_by is None or screening.resubmit_by > TODAY
        assert not screening.consulted.strip() or screening.consulted_on is not None
    if disposition is None:
        assert found.keys() <= {Asked.CONSULTED_ON, Asked.RESUBMIT_BY}


@given(
    reason=st.sampled_from([None, *RefusalReason]),
    disposition=DISPOSITIONS,
    named=st.booleans(),
    said=st.booleans(),
)
def test_having_no_name_stands_only_where_nothing_can_be_acted_on(
    reason: RefusalReason | None, disposition: Disposition | None, named: bool, said: bool
) -> None:
    fault = fault_of_namelessness(reason, disposition, named=named, nothing_to_act_on=said)
    if reason is not RefusalReason.ANONYMOUS:
        assert fault is None
    elif named:
        assert fault == NAMED
    else:
        refused = disposition is Disposition.REFUSED and not said
        assert fault == (NEVER_BY_ITSELF if refused else None)


@given(
    reason=st.sampled_from(sorted(OUT_OF_TIME)),
    procedure=st.sampled_from([ProcedureCode.STATUTORY, ProcedureCode.CORPORATE]),
    arose=st.dates(date(2022, 1, 1), TODAY),
    knew=st.none() | st.dates(date(2022, 1, 1), TODAY),
    no_sooner=st.booleans(),
    still_fair=st.booleans(),
)
def test_lateness_refuses_only_when_both_halves_were_weighed_and_one_fails(
    reason: RefusalReason,
    procedure: ProcedureCode,
    arose: date,
    knew: date | None,
    no_sooner: bool,
    still_fair: bool,
) -> None:
    weighed = Weighed(procedure, arose, knew, no_sooner, still_fair)
    fault = fault_of_lateness(reason, weighed, TODAY, LOCAL)
    begins = max(arose, knew or arose) if procedure is ProcedureCode.CORPORATE else arose
    if OUT_OF_TIME[reason] is not procedure:
        assert fault == WEIGH_FIRST
    elif no_sooner and still_fair:
        assert fault == BOTH_HOLD
    else:
        # A year on, counted here by its own day and month.
        last = begins.replace(year=begins.year + 1) if begins != date(2024, 2, 29) else None
        if last is not None:
            assert fault == (None if last < TODAY else IN_TIME)


@pytest.mark.parametrize("reason", sorted(OUT_OF_TIME))
def test_lateness_that_nobody_weighed_refuses_nobody(reason: RefusalReason) -> None:
    assert fault_of_lateness(reason, None, TODAY, LOCAL) == WEIGH_FIRST
    assert fault_of_lateness(RefusalReason.SCHOOL, None, TODAY, LOCAL) is None
