"""The questions whose answer would change a conclusion, found by trying each answer.

A question is asked only where one of its answers would send the part another way; each answer says
where. So nothing is asked for its own sake, and no answer surprises.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.procedures.conclusion import Answer, Outcome, Question, QuestionCode, Topic
from portal.procedures.function import Function
from portal.procedures.function_rules import rule_for
from portal.procedures.lateness import is_late
from portal.procedures.matter import (
    Acting,
    Appeal,
    Consent,
    Interest,
    Known,
    LocalRules,
    Matter,
    Part,
)
from portal.procedures.person import PEOPLE, PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.standing import listed_as
from portal.procedures.weighing import weigh

_COURT = Proceeding(ProceedingKind.COURT, ProceedingState.UNDER_WAY)
_ASKED_WHO = (
    PersonCode.CHILD,
    PersonCode.PARENT,
    PersonCode.LA_FOSTER_CARER,
    PersonCode.SUFFICIENT_INTEREST_CHILD,
    PersonCode.REPRESENTATIVE,
    PersonCode.PROFESSIONAL,
)
_MAY_HOLD_RESPONSIBILITY = frozenset(
    {
        PersonCode.SUFFICIENT_INTEREST_CHILD,
        PersonCode.SUFFICIENT_INTEREST_SGO,
        PersonCode.SGO_CARER,
        PersonCode.SGO_APPLICANT,
        PersonCode.ADOPTION_PARTY,
    }
)


@dataclass(frozen=True)
class Situation:
    """A part with what is known around it."""

    matter: Matter
    part: Part
    local: LocalRules

    @property
    def outcome(self) -> Outcome:
        """Give the way the part goes."""
        return weigh(self.matter, self.part, self.local)[0]

    def with_part(self, **known: object) -> "Situation":
        """Give the situation in which more is known of the part."""
        return replace(self, part=replace(self.part, **known))  # type: ignore[arg-type]

    def with_writer(self, **known: object) -> "Situation":
        """Give the situation in which more is known of the writer."""
        writer = replace(self.matter.writer, **known)  # type: ignore[arg-type]
        return replace(self, matter=replace(self.matter, writer=writer))


Tries = Iterator[tuple[str, Situation]]


@dataclass(frozen=True)
class Asking:
    """One question: its words, and the situations that its answers lead to (none: not open)."""

    code: QuestionCode
    topic: Topic
    text: str
    tries: Callable[[Situation], Tries]


def questions_of(matter: Matter, part: Part, local: LocalRules) -> tuple[Question, ...]:
    """Give the open questions whose answer would change where the part goes."""
    situation = Situation(matter, part, local)
    now = situation.outcome
    found = []
    for asking in ASKED:
        answers = tuple(Answer(says, then.outcome) for says, then in asking.tries(situation))
        if any(answer.outcome != now for answer in answers):
            found.append(Question(asking.code, asking.topic, asking.text, answers))
    return tuple(found)


def _function(now: Situation) -> Tries:
    for function in dict.fromkeys((now.part.function, *now.part.might_be)):
        if now.part.might_be and function is not Function.UNCLEAR:
            yield rule_for(function).label, now.with_part(function=function, might_be=())


def _conference(now: Situation) -> Tries:
    if now.part.function is Function.CONFERENCE and _unknown(now.local.conference_procedure):
        for says, known in (("Yes", Known.YES), ("No", Known.NO)):
            yield says, replace(now, local=replace(now.local, conference_procedure=known))


def _appeal(now: Situation) -> Tries:
    if now.part.appeal is Appeal.UNKNOWN:
        yield "Yes, they can appeal or have", now.with_part(appeal=Appeal.AVAILABLE)
        yield "No, there is nothing to appeal against", now.with_part(appeal=Appeal.NONE)


def _person(now: Situation) -> Tries:
    if now.matter.writer.person is PersonCode.UNKNOWN:
        for code in _ASKED_WHO:
            yield PEOPLE[code].label, now.with_writer(person=code)


def _acting(now: Situation) -> Tries:
    writer = now.matter.writer
    family = rule_for(now.part.function).family
    may_choose = family is not None and listed_as(writer, family) is not None
    by_another = writer.acting is Acting.FOR_CHILD and may_choose
    if writer.person is not PersonCode.REPRESENTATIVE and (
        writer.acting is Acting.UNKNOWN or by_another
    ):
        yield "For themselves", now.with_writer(acting=Acting.OWN_RIGHT)
        yield "For the child", now.with_writer(acting=Acting.FOR_CHILD)


def _responsibility(now: Situation) -> Tries:
    writer = now.matter.writer
    if writer.person in _MAY_HOLD_RESPONSIBILITY and _unknown(writer.parental_responsibility):
        yield "Yes", now.with_writer(parental_responsibility=Known.YES)
        yield "No", now.with_writer(parental_responsibility=Known.NO)


def _over_18(now: Situation) -> Tries:
    if _unknown(now.matter.writer.over_18):
        yield "Yes", now.with_writer(over_18=Known.YES)
        yield "No", now.with_writer(over_18=Known.NO)


def _interest(now: Situation) -> Tries:
    if now.matter.writer.interest is Interest.UNDECIDED:
        yield "Yes", now.with_writer(interest=Interest.ENOUGH)
        yield "No", now.with_writer(interest=Interest.NOT_ENOUGH)


def _consent(now: Situation) -> Tries:
    if now.matter.writer.consent in (Consent.NOT_ASKED, Consent.ASKED):
        yield "Yes", now.with_writer(consent=Consent.GIVEN)
        yield "No", now.with_writer(consent=Consent.REFUSED)
        yield "They cannot say", now.with_writer(consent=Consent.NON_INSTRUCTED)


def _proceedings(now: Situation) -> Tries:
    if now.matter.proceedings is None and rule_for(now.part.function).near_a_court:
        for says, known in (("Yes, or one is planned", (_COURT,)), ("No", ())):
            yield says, replace(now, matter=replace(now.matter, proceedings=known))


def _prejudice(now: Situation) -> Tries:
    if _unknown(now.part.prejudice):
        yield "Yes", now.with_part(prejudice=Known.YES)
        yield "No", now.with_part(prejudice=Known.NO)


def _when(now: Situation) -> Tries:
    received = now.matter.received
    if is_late(now.part, received, now.local) is None:
        yield "Within the last year", now.with_part(arose=received)
        yield "Longer ago", now.with_part(arose=date.min)


def _lateness(now: Situation) -> Tries:
    if _unknown(now.part.no_sooner) or _unknown(now.part.still_fair):
        yield "Yes to both", now.with_part(no_sooner=Known.YES, still_fair=Known.YES)
        yield "No to one", now.with_part(no_sooner=Known.NO, still_fair=Known.NO)


def _unknown(known: Known) -> bool:
    return known is Known.UNKNOWN


_Q, _T = QuestionCode, Topic
ASKED = (
    Asking(_Q.PERSON, _T.PERSON, "Who is the writer to the child?", _person),
    Asking(_Q.FUNCTION, _T.FUNCTION, "Which of these is it about?", _function),
    Asking(
        _Q.CONFERENCE,
        _T.FUNCTION,
        "Is there a local procedure for complaints about conferences?",
        _conference,
    ),
    Asking(_Q.APPEAL, _T.APPEAL, "Has an appeal been made, or could one be?", _appeal),
    Asking(
        _Q.ACTING, _T.CONSENT, "Do they complain for themselves or in the child's name?", _acting
    ),
    Asking(
        _Q.PARENTAL_RESPONSIBILITY,
        _T.PERSON,
        "Do they hold parental responsibility for the child?",
        _responsibility,
    ),
    Asking(_Q.OVER_18, _T.PERSON, "Is the young person 18 or over?", _over_18),
    Asking(
        _Q.INTEREST,
        _T.PERSON,
        "Does the council accept the writer's interest in the child's welfare?",
        _interest,
    ),
    Asking(_Q.CONSENT, _T.CONSENT, "Has the young person agreed, and to what?", _consent),
    Asking(_Q.PROCEEDINGS, _T.PROCEEDINGS, "Is there a court case about the child?", _proceedings),
    Asking(
        _Q.PREJUDICE,
        _T.PROCEEDINGS,
        "Is the court case or other process still open, and would looking into this harm it?",
        _prejudice,
    ),
    Asking(_Q.WHEN, _T.TIME, "When did it happen?", _when),
    Asking(
        _Q.LATENESS,
        _T.TIME,
        "When did the writer first know of it, and why write now? Was it unreasonable to expect it"
        " sooner, and can it still be considered effectively and fairly?",
        _lateness,
    ),
)
"""Every question there is, in the order in which an officer would ask them."""
