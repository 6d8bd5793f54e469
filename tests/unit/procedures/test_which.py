"""Which procedure: the borders that the Ombudsman or the reference has settled.

Cases follow reference/procedures.md 1.1 to 1.3, 2.4 and 7 and labels.md; the people are invented.
"""

from datetime import date

import pytest

from portal.procedures.conclusion import FirstDecision, QuestionCode, Route
from portal.procedures.function import Function
from portal.procedures.matter import (
    Appeal,
    Known,
    LocalRules,
    Matter,
    Part,
    Writer,
    parts_of,
)
from portal.procedures.person import PersonCode
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.which import conclude
from tests.unit.procedures.situations import LAST_MONTH, RECEIVED, asked, concluded, sources

STATUTORY, CORPORATE = Route.STATUTORY, Route.CORPORATE
F, P = Function, PersonCode


@pytest.mark.parametrize(
    ("function", "person", "route", "provision"),
    [
        # Dudley 24 022 184, Lancashire 24 017 112 and 24 003 845, Redbridge 24 010 962.
        (F.CHILD_IN_NEED, P.PARENT, STATUTORY, "s17"),
        (F.CHILD_IN_NEED, P.PR_HOLDER, STATUTORY, "s26(3)(c)"),
        (F.SHORT_BREAKS, P.PARENT, STATUTORY, "s26(3A)(a), Part 3"),
        (F.DIRECT_PAYMENTS, P.PARENT, STATUTORY, "Part 3"),
        (F.ADAPTATIONS, P.PARENT, STATUTORY, "Part 3"),
        (F.SOCIAL_CARE_IN_PLAN, P.PARENT, STATUTORY, "Part 3"),
        (F.LOOKED_AFTER, P.CHILD, STATUTORY, "s26(3)(a)"),
        (F.LOOKED_AFTER, P.LA_FOSTER_CARER, STATUTORY, "s26(3)(d)"),
        (F.CARE_ORDER_EFFECT, P.PARENT, STATUTORY, "s33(3), (4) and (6) to (9)"),
        (F.EMERGENCY_PROTECTION, P.PARENT, STATUTORY, "reg 3(2)"),
        (F.LEAVING_CARE, P.CARE_LEAVER, STATUTORY, "s24D(1)"),
        (F.ADOPTION_SUPPORT, P.ADOPTION_PARTY, STATUTORY, "reg 4"),
        (F.GUARDIANSHIP_SUPPORT, P.SGO_CARER, STATUTORY, "reg 5"),
        (F.GUARDIANSHIP_SUPPORT, P.SGO_APPLICANT, STATUTORY, "s26(3C)(d)"),
        # Leeds 25 006 550.
        (F.PROTECTION_ENQUIRY, P.PARENT, CORPORATE, "25 006 550"),
        (F.PROTECTION_ENQUIRY, P.SGO_CARER, CORPORATE, "s47"),
        (F.CARER_PAY, P.LA_FOSTER_CARER, CORPORATE, "regs 3 to 5"),
        (F.CARER_APPROVAL, P.LA_FOSTER_CARER, CORPORATE, "regs 3 to 5"),
        (F.EARLY_HELP, P.PARENT, CORPORATE, "regs 3 to 5"),
        (F.YOUTH_JUSTICE, P.CHILD, CORPORATE, "regs 3 to 5"),
        (F.ALLEGATION_HANDLING, P.PARENT, CORPORATE, "regs 3 to 5"),
        (F.SEND_DELAY, P.PARENT, CORPORATE, "education"),
        (F.TRANSPORT_SERVICE, P.PARENT, CORPORATE, "education"),
        (F.RECORDS, P.PARENT, CORPORATE, "regs 3 to 5"),
        (F.CONFERENCE, P.PARENT, CORPORATE, "regs 3 to 5"),
        (F.OWN_SERVICE, P.PARENT, CORPORATE, "regs 3 to 5"),
    ],
)
def test_where_a_function_belongs(
    function: Function, person: PersonCode, route: Route, provision: str
) -> None:
    found = concluded(function, person)
    assert found.route is route
    assert provision in sources(found)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (F.SEND_DECISION, RefusalReason.TRIBUNAL),
        (F.ADMISSION_DECISION, RefusalReason.TRIBUNAL),
        (F.TRANSPORT_DECISION, RefusalReason.TRIBUNAL),
        (F.SCHOOL, RefusalReason.SCHOOL),
        (F.COURT_REPORT, RefusalReason.COURT_DECISION),
        (F.COURT_ORDER, RefusalReason.COURT_DECISION),
        (F.CHILDRENS_HOME, RefusalReason.STATUTORY_OTHER),
        (F.DATA_REQUEST, RefusalReason.DATA_PROTECTION),
        (F.SAFEGUARDING_CONCERN, RefusalReason.SAFEGUARDING),
        (F.PROFESSIONAL_DISPUTE, RefusalReason.PROFESSIONAL_DISPUTE),
        (F.PERSONNEL, RefusalReason.HR),
        (F.OTHER_AUTHORITY, RefusalReason.NOT_THIS_AUTHORITY),
        (F.DAMAGES, RefusalReason.INSURANCE),
    ],
)
def test_what_is_decided_elsewhere_is_redirected_with_its_code(
    function: Function, reason: RefusalReason
) -> None:
    found = concluded(function)
    assert (found.route, found.outcome.refusal) == (Route.REDIRECTED, reason)
    assert found.outcome.procedure is ProcedureCode.DUTY
    assert found.steps


def test_a_safeguarding_concern_is_passed_on_first_and_the_complaint_stays_open() -> None:
    first, then = concluded(F.SAFEGUARDING_CONCERN).steps
    assert "today, by voice" in first.text
    assert "still open" in then.text


def test_a_special_needs_decision_goes_to_the_tribunal_and_its_delay_does_not() -> None:
    decision = concluded(F.SEND_DECISION, part={"appeal": Appeal.NONE})
    assert decision.route is CORPORATE
    delay = concluded(F.SEND_DELAY)
    assert delay.route is CORPORATE
    assert QuestionCode.APPEAL in asked(delay)
    appealed = concluded(F.SEND_DELAY, part={"appeal": Appeal.MADE})
    assert appealed.outcome.refusal is RefusalReason.TRIBUNAL
    assert any("delay may still be raised" in step.text for step in appealed.steps)


def test_a_right_of_appeal_takes_nothing_out_of_the_statutory_procedure() -> None:
    assert concluded(F.SOCIAL_CARE_IN_PLAN, part={"appeal": Appeal.MADE}).route is STATUTORY


def test_a_carers_approval_goes_to_its_own_review_where_there_is_one() -> None:
    found = concluded(F.CARER_APPROVAL, P.LA_FOSTER_CARER, part={"appeal": Appeal.AVAILABLE})
    assert found.outcome.refusal is RefusalReason.STATUTORY_OTHER
    assert found.doubts


def test_a_conference_goes_where_the_area_hears_it() -> None:
    unknown = concluded(F.CONFERENCE)
    assert QuestionCode.CONFERENCE in asked(unknown)
    local = LocalRules(conference_procedure=Known.YES)
    found = concluded(F.CONFERENCE, local=local)
    assert found.outcome.refusal is RefusalReason.STATUTORY_OTHER
    assert "cannot change" in found.reasons[0].text


def test_one_contact_splits_into_three_ways() -> None:
    points = (
        ("Nobody comes for our short breaks", F.SHORT_BREAKS),
        ("The plan is 30 weeks late", F.SEND_DELAY),
        ("The carer was changed without a word", F.SHORT_BREAKS),
        ("The head teacher would not listen", F.SCHOOL),
    )
    parts = parts_of(points)
    assert [len(part.points) for part in parts] == [2, 1, 1]
    found = conclude(Matter(RECEIVED, Writer(P.PARENT), parts))
    assert [one.route for one in found] == [STATUTORY, CORPORATE, Route.REDIRECTED]
    assert found[2].outcome.refusal is RefusalReason.SCHOOL


def test_what_is_not_clear_yet_asks_which_it_is() -> None:
    part = {"might_be": (F.CHILD_IN_NEED, F.PROTECTION_ENQUIRY)}
    found = concluded(F.UNCLEAR, part=part)
    assert found.outcome.decisions == (FirstDecision.FUNCTION,)
    assert found.outcome.procedure is None
    (question,) = found.missing
    assert [answer.outcome.route for answer in question.answers] == [STATUTORY, CORPORATE]


def test_parts_that_arose_on_different_days_are_judged_apart() -> None:
    old = Part(F.LOOKED_AFTER, arose=date(2023, 5, 1))
    new = Part(F.LOOKED_AFTER, arose=LAST_MONTH)
    first, second = conclude(Matter(RECEIVED, Writer(P.PARENT), (old, new)))
    assert (first.route, second.route) == (Route.DECISION_FIRST, STATUTORY)
