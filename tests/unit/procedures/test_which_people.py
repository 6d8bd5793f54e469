"""Which procedure: who may use it, whose interest is decided, who needs whose agreement."""

import pytest

from portal.procedures.conclusion import FirstDecision, QuestionCode, Route
from portal.procedures.function import Function
from portal.procedures.matter import (
    Acting,
    ChildsView,
    Consent,
    Interest,
    Known,
)
from portal.procedures.person import PersonCode
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import ProcedureCode
from tests.unit.procedures.situations import asked, concluded, sources

STATUTORY = Route.STATUTORY
F, P = Function, PersonCode


def test_interest_is_decided_first_and_the_decision_counts() -> None:
    open_ = concluded(F.LOOKED_AFTER, P.SUFFICIENT_INTEREST_CHILD)
    assert open_.outcome.decisions == (FirstDecision.INTEREST,)
    assert open_.outcome.procedure is ProcedureCode.STATUTORY
    assert "s26(3)(e)" in sources(open_)
    steps = " ".join(step.text for step in open_.steps)
    assert "as soon as possible" in steps
    assert "what the child thinks" in steps
    enough = concluded(F.LOOKED_AFTER, P.SUFFICIENT_INTEREST_CHILD, interest=Interest.ENOUGH)
    assert enough.route is STATUTORY
    not_enough = concluded(
        F.LOOKED_AFTER, P.SUFFICIENT_INTEREST_CHILD, interest=Interest.NOT_ENOUGH
    )
    assert not_enough.outcome.refusal is RefusalReason.NOT_ELIGIBLE
    assert any("Tell the child" in step.text for step in not_enough.steps)


@pytest.mark.parametrize(
    ("function", "limb"),
    [
        (F.CHILD_IN_NEED, "s26(3)(e)"),
        (F.ADOPTION_SUPPORT, "s26(3B)(b)"),
        (F.GUARDIANSHIP_SUPPORT, "s26(3C)(c)"),
    ],
)
def test_there_are_three_limbs_of_sufficient_interest(function: Function, limb: str) -> None:
    assert limb in sources(concluded(function, P.PUBLIC))


def test_parental_responsibility_lists_a_grandparent_without_a_decision() -> None:
    unknown = concluded(F.CHILD_IN_NEED, P.SUFFICIENT_INTEREST_CHILD)
    assert QuestionCode.PARENTAL_RESPONSIBILITY in asked(unknown)
    found = concluded(
        F.CHILD_IN_NEED, P.SUFFICIENT_INTEREST_CHILD, parental_responsibility=Known.YES
    )
    assert found.route is STATUTORY
    assert "s26(3)(c)" in sources(found)


def test_a_professional_about_casework_has_a_protocol_of_their_own() -> None:
    found = concluded(F.CHILD_IN_NEED, P.PROFESSIONAL)
    assert found.outcome.refusal is RefusalReason.PROFESSIONAL_DISPUTE


def test_a_grown_up_care_leavers_parent_needs_their_agreement() -> None:
    young = concluded(F.LEAVING_CARE, P.PARENT, over_18=Known.NO)
    assert young.route is STATUTORY
    grown_up = concluded(F.LEAVING_CARE, P.PARENT, over_18=Known.YES)
    assert grown_up.outcome.decisions == (FirstDecision.CONSENT,)
    agreed = concluded(F.LEAVING_CARE, P.PARENT, over_18=Known.YES, consent=Consent.GIVEN)
    assert agreed.route is STATUTORY
    assert QuestionCode.OVER_18 in asked(concluded(F.LEAVING_CARE, P.PARENT))


# Consent.


@pytest.mark.parametrize(
    ("consent", "route"),
    [
        (Consent.NOT_ASKED, Route.DECISION_FIRST),
        (Consent.ASKED, Route.DECISION_FIRST),
        (Consent.GIVEN, STATUTORY),
        (Consent.NOT_COMPETENT, STATUTORY),
        (Consent.NOT_NEEDED, STATUTORY),
        (Consent.NON_INSTRUCTED, STATUTORY),
        (Consent.REFUSED, Route.REDIRECTED),
    ],
)
def test_whoever_speaks_for_a_child_needs_the_childs_agreement(
    consent: Consent, route: Route
) -> None:
    found = concluded(F.LOOKED_AFTER, P.REPRESENTATIVE, consent=consent)
    assert found.route is route
    if consent is Consent.REFUSED:
        assert found.outcome.refusal is RefusalReason.NO_CONSENT
        assert any("in their own right" in step.text for step in found.steps)


def test_what_must_be_recorded_of_consent_is_said() -> None:
    found = concluded(F.LOOKED_AFTER, P.REPRESENTATIVE, consent=Consent.NON_INSTRUCTED)
    assert "who decided it, and when it is looked at again" in found.steps[0].text
    asked_view = concluded(
        F.LOOKED_AFTER,
        P.REPRESENTATIVE,
        consent=Consent.GIVEN,
        childs_view=ChildsView.ASKED,
    )
    assert not asked_view.steps


def test_a_parent_whose_child_says_no_may_go_on_in_their_own_right() -> None:
    found = concluded(F.LOOKED_AFTER, acting=Acting.FOR_CHILD, consent=Consent.REFUSED)
    assert found.outcome.refusal is RefusalReason.NO_CONSENT
    own = {q.code: q.answers for q in found.missing}[QuestionCode.ACTING][0]
    assert (own.says, own.outcome.route) == ("For themselves", STATUTORY)


def test_complaining_opens_no_records() -> None:
    assert "opens none of the child's records" in " ".join(
        because.text for because in concluded(F.CHILD_IN_NEED).reasons
    )
