"""What holds of every conclusion, whatever is known and whatever is not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.conclusion import (
    Conclusion,
    FirstDecision,
    Question,
    QuestionCode,
    Route,
    Topic,
)
from portal.procedures.function import Family, Function
from portal.procedures.function_rules import RULES, rule_for
from portal.procedures.matter import (
    Acting,
    Appeal,
    ChildsView,
    Consent,
    Interest,
    Known,
    LocalRules,
    Matter,
    Part,
    Writer,
)
from portal.procedures.person import PEOPLE, PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.refusal import RefusalReason
from portal.procedures.standing import listed_as
from portal.procedures.vocabulary import ProcedureCode
from portal.procedures.which import conclude

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
EDUCATION = frozenset(
    {
        Function.SEND_DELAY,
        Function.SEND_DECISION,
        Function.ADMISSION_HANDLING,
        Function.ADMISSION_DECISION,
        Function.TRANSPORT_SERVICE,
        Function.TRANSPORT_DECISION,
        Function.ATTENDANCE,
        Function.OTHER_EDUCATION,
        Function.SCHOOL,
    }
)
writers = st.builds(
    Writer,
    person=st.sampled_from(PersonCode),
    acting=st.sampled_from(Acting),
    consent=st.sampled_from(Consent),
    childs_view=st.sampled_from(ChildsView),
    interest=st.sampled_from(Interest),
    parental_responsibility=st.sampled_from(Known),
    over_18=st.sampled_from(Known),
    named=st.booleans(),
)
parts = st.builds(
    Part,
    function=st.sampled_from(Function),
    might_be=st.lists(st.sampled_from(Function), max_size=2).map(tuple),
    arose=st.none() | DAYS,
    knew=st.none() | DAYS,
    appeal=st.sampled_from(Appeal),
    prejudice=st.sampled_from(Known),
    no_sooner=st.sampled_from(Known),
    still_fair=st.sampled_from(Known),
)
proceedings = st.none() | st.lists(
    st.builds(Proceeding, st.sampled_from(ProceedingKind), st.sampled_from(ProceedingState)),
    max_size=2,
).map(tuple)
matters = st.builds(
    Matter,
    received=DAYS,
    writer=writers,
    parts=st.lists(parts, min_size=1, max_size=3).map(tuple),
    proceedings=proceedings,
)
locals_ = st.builds(LocalRules, conference_procedure=st.sampled_from(Known))


def only(conclusions: tuple[Conclusion, ...]) -> Conclusion:
    (conclusion,) = conclusions
    return conclusion


@given(matters, locals_)
def test_every_part_gets_a_conclusion_with_reasons_and_sources(
    matter: Matter, local: LocalRules
) -> None:
    found = conclude(matter, local)
    assert [one.part for one in found] == list(matter.parts)
    for one in found:
        assert one.reasons
        assert all(because.text.endswith((".", "?")) for because in one.reasons)
        assert all(because.source for because in one.reasons)
        assert all(step.text and step.source for step in one.steps)
        assert (one.route is Route.REDIRECTED) is (one.outcome.refusal is not None)
        assert (one.route is Route.DECISION_FIRST) is bool(one.outcome.decisions)


@given(matters)
def test_parts_are_judged_each_for_itself(matter: Matter) -> None:
    whole = conclude(matter)
    alone = [only(conclude(replace(matter, parts=(part,)))) for part in matter.parts]
    assert list(whole) == alone


@given(matters)
def test_a_listed_adult_in_their_own_right_never_needs_consent(matter: Matter) -> None:
    writer = replace(matter.writer, acting=Acting.OWN_RIGHT)
    for one in conclude(replace(matter, writer=writer)):
        family = rule_for(one.function).family
        if family and listed_as(writer, family):
            assert FirstDecision.CONSENT not in one.outcome.decisions
            assert one.outcome.refusal is not RefusalReason.NO_CONSENT


@given(matters, locals_)
def test_a_listed_person_about_an_inside_function_is_never_corporate(
    matter: Matter, local: LocalRules
) -> None:
    for one in conclude(matter, local):
        family = rule_for(one.function).family
        if family and listed_as(matter.writer, family):
            assert one.outcome.procedure is not ProcedureCode.CORPORATE
            assert one.outcome.refusal in (None, RefusalReason.NO_CONSENT)


@given(matters, locals_)
def test_education_is_never_statutory(matter: Matter, local: LocalRules) -> None:
    for one in conclude(matter, local):
        if one.function in EDUCATION:
            assert one.outcome.procedure is not ProcedureCode.STATUTORY


@given(matters, locals_, st.booleans())
def test_having_no_name_changes_nothing(matter: Matter, local: LocalRules, named: bool) -> None:
    other = replace(matter, writer=replace(matter.writer, named=named))
    assert conclude(matter, local) == conclude(other, local)


@given(matters, locals_)
def test_nobody_is_refused_because_they_are_unknown(matter: Matter, local: LocalRules) -> None:
    writer = Writer(named=False)
    for one in conclude(replace(matter, writer=writer), local):
        allowed = {rule_for(one.function).elsewhere, rule_for(one.function).appeal}
        if local.conference_procedure is Known.YES:
            allowed.add(RefusalReason.STATUTORY_OTHER)
        assert one.outcome.refusal is None or one.outcome.refusal in allowed


@given(matters, locals_, DAYS, proceedings)
def test_neither_time_nor_proceedings_refuse_anything(
    matter: Matter, local: LocalRules, arose: date, beside: tuple[Proceeding, ...] | None
) -> None:
    simple = replace(
        matter,
        parts=tuple(replace(part, arose=None, knew=None) for part in matter.parts),
        proceedings=(),
    )
    late = replace(
        matter,
        parts=tuple(replace(part, arose=arose) for part in matter.parts),
        proceedings=beside,
    )
    for before, after in zip(conclude(simple, local), conclude(late, local), strict=True):
        assert before.outcome.refusal == after.outcome.refusal
        assert before.outcome.procedure == after.outcome.procedure


def answered(
    matter: Matter, part: Part, local: LocalRules, question: Question, at: int
) -> tuple[Matter, Part, LocalRules] | None:
    """Write an answer into the facts by hand, as a page would; None where it has no one field."""
    says, writer = question.answers[at].says, matter.writer
    yes_or_no = {"Yes": Known.YES, "No": Known.NO}
    match question.code:
        case QuestionCode.APPEAL:
            appeal = Appeal.NONE if says.startswith("No") else Appeal.AVAILABLE
            return matter, replace(part, appeal=appeal), local
        case QuestionCode.PREJUDICE:
            return matter, replace(part, prejudice=yes_or_no[says]), local
        case QuestionCode.LATENESS:
            half = Known.YES if says.startswith("Yes") else Known.NO
            return matter, replace(part, no_sooner=half, still_fair=half), local
        case QuestionCode.CONFERENCE:
            return matter, part, replace(local, conference_procedure=yes_or_no[says])
        case QuestionCode.PERSON:
            code = next(code for code, rule in PEOPLE.items() if rule.label == says)
            return replace(matter, writer=replace(writer, person=code)), part, local
        case QuestionCode.ACTING:
            acting = Acting.FOR_CHILD if "child" in says else Acting.OWN_RIGHT
            return replace(matter, writer=replace(writer, acting=acting)), part, local
        case QuestionCode.PARENTAL_RESPONSIBILITY:
            writer = replace(writer, parental_responsibility=yes_or_no[says])
            return replace(matter, writer=writer), part, local
        case QuestionCode.OVER_18:
            return replace(matter, writer=replace(writer, over_18=yes_or_no[says])), part, local
        case QuestionCode.INTEREST:
            interest = Interest.ENOUGH if says == "Yes" else Interest.NOT_ENOUGH
            return replace(matter, writer=replace(writer, interest=interest)), part, local
        case QuestionCode.CONSENT:
            consent = {"Yes": Consent.GIVEN, "No": Consent.REFUSED}.get(
                says, Consent.NON_INSTRUCTED
            )
            return replace(matter, writer=replace(writer, consent=consent)), part, local
        case _:
            return None


@given(matters, locals_, st.data())
def test_an_answer_changes_what_it_said_and_on_the_same_way_no_other_reason(
    matter: Matter, local: LocalRules, data: st.DataObject
) -> None:
    part = matter.parts[0]
    before = only(conclude(replace(matter, parts=(part,)), local))
    if not before.missing:
        return
    question = data.draw(st.sampled_from(before.missing))
    at = data.draw(st.integers(0, len(question.answers) - 1))
    told = answered(matter, part, local, question, at)
    if told is None:
        return
    matter, part, local = told
    after = only(conclude(replace(matter, parts=(part,)), local))
    assert after.outcome == question.answers[at].outcome
    assert question.code not in {one.code for one in after.missing} or (
        question.code is QuestionCode.ACTING
    )
    if after.outcome.route is not before.outcome.route:
        # Another way has provisions of its own: the Code's do not stand beside the Act's.
        return
    kept = {because for because in before.reasons if because.topic not in touched(question)}
    assert kept <= set(after.reasons)


def touched(question: Question) -> set[Topic]:
    """The sides that an answer is about: who somebody is decides whether they need consent."""
    together = {Topic.PERSON, Topic.CONSENT}
    return together if question.topic in together else {question.topic}


@given(matters, locals_)
def test_a_question_is_asked_only_where_an_answer_would_matter(
    matter: Matter, local: LocalRules
) -> None:
    for one in conclude(matter, local):
        for question in one.missing:
            assert any(answer.outcome != one.outcome for answer in question.answers)
            assert question.text.endswith("?")


@pytest.mark.parametrize("function", list(Function))
def test_every_function_has_its_rule(function: Function) -> None:
    rule = RULES[function]
    assert rule.label
    assert rule.provision
    assert not (rule.inside and rule.elsewhere)
    # No right of appeal takes a function out of the statutory procedure.
    assert not (rule.inside and rule.appeal)


@pytest.mark.parametrize("person", list(PersonCode))
def test_every_person_has_a_provision(person: PersonCode) -> None:
    assert PEOPLE[person].provision


def test_every_list_names_somebody() -> None:
    for family in Family:
        assert any(listed_as(Writer(person), family) for person in PersonCode)
