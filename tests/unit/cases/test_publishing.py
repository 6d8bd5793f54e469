"""From thanks to a text for the annual report: with their yes, redacted, agreed by a second one."""

from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from portal.cases import publishing, publishing_consent
from portal.cases.publishing import (
    NoCompliment,
    NoReason,
    NotAllowed,
    NothingLeft,
    NotNow,
    SecondOfficer,
)
from portal.cases.publishing_consent import DayToCome, HowSaid, Said
from portal.cases.receiving import NewParty
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.account import Account
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.party import PartyRole
from portal.records.publication import PublicationState
from portal.records.publishing_consent import SaidHow
from portal.triage import deciding, publication_drafts
from portal.work import WORKER, Work
from tests.unit.triage.matters import DAY, a_choice, a_feedback, acting, an_officer

STORY = "Dana Whitlock here. Kim helped Sky."
YES = Said(True, SaidHow.PHONE, DAY, "Dana told me on the phone.")
NO = Said(False, SaidHow.EMAIL, DAY, "Her e-mail of today says so.")


class Crossing:
    """A redactor that knows names alone."""

    def spans(self, text: str, known: Iterable[str] = ()) -> Sequence[object]:
        """Nothing asks for them here."""
        return ()

    def redact(self, text: str, known: Iterable[str] = ()) -> str:
        """Each name becomes X."""
        for name in known:
            text = text.replace(name, "X")
        return text


@pytest.fixture
def officers(work: Work) -> tuple[Account, Account]:
    return an_officer(work), an_officer(work, "second@heard.example")


@pytest.fixture
def feedback(work: Work, officers: tuple[Account, Account]) -> Feedback:
    acting(work, officers[0], DAY)
    party = NewParty(PartyRole.COMPLAINANT, "Dana Whitlock", "dana@home.example")
    feedback = a_feedback(work, received=DAY, story=STORY, party=party)
    choice = a_choice(
        category=Category.COMPLIMENT,
        procedure=ProcedureCode.NONE,
        nature=None,
        outcome=Outcome.THANKED,
    )
    deciding.confirm(work, feedback, choice)
    return feedback


def redact(work: Work, as_who: Account) -> int:
    """What the background process does."""
    texts = publication_drafts.redacted(work.session, Crossing())  # type: ignore[arg-type]
    work.who = WORKER
    kept = publication_drafts.write(work, texts)
    acting(work, as_who, DAY)
    return kept


def test_two_officers_bring_it_to_the_report_and_the_words_stay(
    work: Work, feedback: Feedback, officers: tuple[Account, Account]
) -> None:
    first, second = officers
    publishing.record_consent(work, feedback, YES)
    found = publishing.begin(work, feedback)
    assert publication_drafts.waits(work.session)
    assert redact(work, first) == 1
    assert found.state is PublicationState.DRAFT
    assert found.text == "X here. Kim helped Sky."
    assert not publication_drafts.waits(work.session)
    publishing.offer(work, feedback, "X says that Y helped Z. ")
    with pytest.raises(SecondOfficer):
        publishing.agree(work, feedback)
    acting(work, second, DAY)
    publishing.agree(work, feedback)
    assert (found.state, found.text) == (PublicationState.AGREED, "X says that Y helped Z.")
    assert (found.year, found.quarter) == ("2026-27", 1)
    assert (found.offered_by_id, found.agreed_by_id) == (first.id, second.id)
    assert feedback.story == STORY
    with pytest.raises(NoReason):
        publishing.withdraw(work, feedback, " ")
    publishing.withdraw(work, feedback, "It still tells who they are.")
    assert found.state is PublicationState.WITHDRAWN


def test_without_their_yes_nothing_is_offered_or_agreed(
    work: Work, feedback: Feedback, officers: tuple[Account, Account]
) -> None:
    with pytest.raises(NotAllowed):
        publishing.begin(work, feedback)
    publishing.record_consent(work, feedback, YES)
    found = publishing.begin(work, feedback)
    publishing.offer(work, feedback, "X helped.")
    publishing.record_consent(work, feedback, NO)
    assert found.state is PublicationState.WITHDRAWN, "a no takes back what was written"
    assert found.note == NO.words
    with pytest.raises(NotAllowed):
        publishing.begin(work, feedback)
    publishing.record_consent(work, feedback, YES)
    assert publishing.begin(work, feedback) is found
    assert (found.state, found.text) == (PublicationState.REDACTING, None)


def test_a_second_officer_sends_it_back_and_then_may_not_agree_to_their_own(
    work: Work, feedback: Feedback, officers: tuple[Account, Account]
) -> None:
    first, second = officers
    publishing.record_consent(work, feedback, YES)
    found = publishing.begin(work, feedback)
    publishing.offer(work, feedback, "Kim helped.")
    acting(work, second, DAY)
    publishing.send_back(work, feedback, "Kim is a name.")
    assert (found.state, found.note) == (PublicationState.DRAFT, "Kim is a name.")
    publishing.offer(work, feedback, "X helped.")
    with pytest.raises(SecondOfficer):
        publishing.agree(work, feedback)
    acting(work, first, DAY)
    publishing.agree(work, feedback)
    assert found.text == "X helped."


def test_what_stands_elsewhere_cannot_be_done(
    work: Work, feedback: Feedback, officers: tuple[Account, Account]
) -> None:
    publishing.record_consent(work, feedback, YES)
    for act in (publishing.agree, lambda w, f: publishing.offer(w, f, "X.")):
        with pytest.raises(NotNow):
            act(work, feedback)
    publishing.begin(work, feedback)
    with pytest.raises(NotNow):
        publishing.begin(work, feedback)
    with pytest.raises(NothingLeft):
        publishing.offer(work, feedback, " \n")
    publishing.offer(work, feedback, "X.")
    with pytest.raises(NotNow):
        publishing.offer(work, feedback, "Y.")
    assert redact(work, officers[0]) == 0, "an officer went on without it"


def test_only_thanks_are_published(work: Work, officers: tuple[Account, Account]) -> None:
    acting(work, officers[0], DAY)
    complaint = a_feedback(work, received=DAY)
    publishing.record_consent(work, complaint, YES)
    with pytest.raises(NoCompliment):
        publishing.begin(work, complaint)
    assert publishing.of(work.session, complaint) is None


def test_a_later_answer_says_how_it_was_given(work: Work, feedback: Feedback) -> None:
    for wrong in (Said(True, SaidHow.PHONE, DAY, " "), Said(True, SaidHow.ON_FORM, DAY, "Yes.")):
        with pytest.raises(HowSaid):
            publishing_consent.record(work, feedback, wrong)
    with pytest.raises(DayToCome):
        publishing_consent.record(
            work, feedback, Said(True, SaidHow.PHONE, date(2026, 6, 11), "Yes.")
        )
    assert publishing_consent.latest(work.session, feedback.id) is None
    assert not publishing_consent.stands(work.session, feedback.id)
