"""Deciding: an officer's choice becomes a decision, once, and one of four things is done.

A case is opened; a compliment is thanked and passed on; it is passed on or declined with a coded
reason; or it is linked to what exists. The suggestion is kept beside it and decides nothing.
"""

from collections.abc import Iterable

from sqlalchemy import select

from portal import audit
from portal.cases import handing_over, late_test, linking, opening, safe_contact_rules
from portal.cases.acting import signed_in_id, visible_to_actor
from portal.cases.agreed import Agreed, SecondOfficerFirst
from portal.cases.young_people import is_young
from portal.errors import Refused
from portal.procedures.handing_over import OF_REASON
from portal.procedures.vocabulary import Nature, Relationship
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.party import Party
from portal.records.suggestion import Suggestion
from portal.triage import (
    consistency,
    decision_letters,
    proposals,
    refusal_letter,
    sight,
    suggesting,
)
from portal.triage.choice import Choice
from portal.triage.consistency import Fault, Writer, is_comment, must_be_taken
from portal.triage.suggested_labels import SuggestedLabels
from portal.work import Work

__all__ = ["AlreadyDecided", "Choice", "ChoiceRefused", "confirm"]


class AlreadyDecided(Refused):
    """A decision stands. It is never overwritten; what follows are further acts on it."""

    title = "This is decided already"
    message = (
        "A decision has already been made on this, so nothing was changed or sent. "
        "Open it again to see what was decided."
    )
    status = 409


class ChoiceRefused(Refused):
    """What was chosen does not go together; the first sentence says what to look at."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults for the page, and say them all."""
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.sentence for fault in self.faults))


def confirm(
    work: Work, feedback: Feedback, choice: Choice, agreed: Agreed | None = None
) -> Decision:
    """Make the decision and do what it says, all of it or none.

    Args:
        work: the open act, by an officer who is signed in.
        feedback: what is decided on. It is read anew; two officers at once meet at its row, and
            the second sees that it is decided.
        choice: what the officer chose.
        agreed: for a no, that another officer proposed it: whoever acts agrees to it.

    Returns:
        The decision.

    Raises:
        AlreadyDecided: another decision stands.
        ProposalWaits: a no on it waits for a second officer.
        SecondOfficerFirst: it says no, and nobody else has looked at it.
        ChoiceRefused: the choice contradicts itself, or links to nothing.
        NoClock, NoTimescales: no date can be given for the case.
    """
    # Locked where the database has row locks: the second of two officers waits here, and is told.
    lock(work, feedback)
    linked_to = checked(work, feedback, choice)
    if agreed is None and consistency.needed_for(choice, writer_of(work, feedback)).needed:
        raise SecondOfficerFirst
    shows = work.settings.suggestions
    suggestion = suggesting.find(work.session, feedback.id) if shows else None
    decision = _decision(work, feedback, choice, suggestion, linked_to)
    _screened(work, decision, choice, agreed)
    work.session.add(decision)
    feedback.state = FeedbackState.DECIDED
    feedback.unread = False
    # From here on it is the officer's reading that says how soon it is looked at.
    feedback.risk = choice.risk
    if choice.nature is Nature.STAFF_CONDUCT and feedback.persons_settled_at is None:
        # About somebody's conduct: closed to the services until an officer says whose.
        feedback.persons_unsettled = True
    audit.note(work, f"decided_{choice.outcome.value}", feedback, decision.changed)
    if choice.relationship is Relationship.YOUNG_PERSON:
        # Before the letter about it leaves.
        safe_contact_rules.be_careful(work, feedback)
    if choice.outcome is Outcome.CASE_OPENED:
        opening.open_case(work, feedback, decision)
    elif choice.outcome is Outcome.THANKED or is_comment(choice):
        decision_letters.send_words_to_team(work, feedback, choice)
    elif must_be_taken(choice) and choice.reason is not None:
        words = choice.explanation or ""
        handing_over.record(work, feedback, OF_REASON[choice.reason], choice.team, words)
    decision_letters.send(work, feedback, choice, linked_to)
    return decision


def lock(work: Work, feedback: Feedback) -> None:
    """Take the matter for this act alone, and make sure that it is free to be decided.

    Raises:
        AlreadyDecided, ProposalWaits: it is not.
    """
    work.session.flush()
    work.session.refresh(feedback, with_for_update=True)
    check_undecided(work, feedback)


def check_undecided(work: Work, feedback: Feedback) -> None:
    """Refuse when a decision stands, or a no waits for a second officer.

    Raises:
        AlreadyDecided, ProposalWaits: it does.
    """
    if feedback.state is FeedbackState.DECIDED:
        raise AlreadyDecided
    proposals.check_none_waits(work.session, feedback)


def checked(work: Work, feedback: Feedback, choice: Choice) -> Feedback | None:
    """Check everything about a choice that can be checked before it is carried out.

    Returns:
        What it is linked to, where it is.

    Raises:
        ChoiceRefused: with every fault found.
    """
    faults = list(consistency.faults_in(choice, writer_of(work, feedback)))
    linked_to = None
    if choice.outcome is Outcome.LINKED and choice.linked_reference:
        linked_to = linking.find_by_reference(
            work.session, choice.linked_reference, visible_to_actor(work)
        )
        faults += _link_faults(work, feedback, linked_to)
    if choice.letter is not None:
        faults += _letter_faults(work, choice, choice.letter)
    if faults:
        raise ChoiceRefused(faults)
    return linked_to


def writer_of(work: Work, feedback: Feedback) -> Writer:
    """What the rules need to know about who wrote and when."""
    named = select(Party.id).where(Party.feedback_id == feedback.id, Party.name.is_not(None))
    return Writer(
        young=is_young(feedback),
        named=work.session.scalar(named.limit(1)) is not None,
        received=feedback.received_on,
        today=work.today,
        weighed=late_test.halves_of(late_test.latest(work.session, feedback)),
    )


def _link_faults(work: Work, feedback: Feedback, linked_to: Feedback | None) -> list[Fault]:
    field = "linked_reference"
    if linked_to is None:
        return [Fault(field, "There is nothing with this reference. Check it and try again.")]
    if linked_to.id == feedback.id:
        return [Fault(field, "This is its own reference. Enter that of what it belongs to.")]
    back = select(Decision.id).where(
        Decision.feedback_id == linked_to.id, Decision.linked_to_id == feedback.id
    )
    if work.session.scalar(back) is not None:
        return [Fault(field, "That one is linked to this one already. Decide this one itself.")]
    return []


def _letter_faults(work: Work, choice: Choice, letter: str) -> list[Fault]:
    must = consistency.must_name_ombudsman(choice)
    sentence = refusal_letter.fault_in(work.council, letter, names_ombudsman=must)
    return [Fault("letter", sentence)] if sentence is not None else []


def _decision(
    work: Work,
    feedback: Feedback,
    choice: Choice,
    suggestion: Suggestion | None,
    linked_to: Feedback | None,
) -> Decision:
    area = work.council.area_of(choice.team, work.today)
    explained = choice.outcome in (Outcome.PASSED_ON, Outcome.DECLINED)
    labels = suggesting.read(suggestion)
    return Decision(
        feedback_id=feedback.id,
        suggestion_id=suggestion.id if suggestion is not None else None,
        decided_at=work.now,
        decided_by_id=signed_in_id(work),
        outcome=choice.outcome,
        category=choice.category,
        area=area,
        team=choice.team,
        procedure=choice.procedure,
        chosen_track=choice.chosen_track,
        nature=choice.nature,
        relationship=choice.relationship,
        risk=choice.risk,
        reason=choice.reason if explained else None,
        explanation=(choice.explanation or "").strip() or None if explained else None,
        linked_to_id=linked_to.id if linked_to is not None else None,
        changed=_changed(choice, area, labels),
        sight=sight.sight_of(work, feedback, labels),
    )


def _screened(work: Work, decision: Decision, choice: Choice, agreed: Agreed | None) -> None:
    """Write down what the answer rests on, and of a no who proposed it and who agreed."""
    written = choice.screening
    decision.screened_on, decision.screened_by_id = work.today, decision.decided_by_id
    if agreed is not None:
        decision.agreed_by_id = decision.decided_by_id
        decision.decided_by_id = agreed.first_officer_id
        decision.screened_on = agreed.screened_on
        decision.screened_by_id = agreed.screened_by_id
    decision.consulted = written.consulted.strip() or None
    decision.consulted_on = written.consulted_on
    decision.evidence = written.evidence.strip() or None
    decision.redirected_to = written.redirected_to.strip() or None
    decision.resubmit_by = written.resubmit_by
    decision.nothing_to_act_on = written.nothing_to_act_on


def _changed(choice: Choice, area: object, labels: SuggestedLabels | None) -> list[str]:
    """The fields in which the officer differs; none where nothing was suggested."""
    if labels is None:
        return []
    suggested = {
        "area": labels.area.label,
        "category": labels.category.label,
        "nature": labels.nature.label if labels.nature is not None else None,
        "procedure": labels.procedure.label,
        "relationship": labels.relationship.label,
        "risk": labels.risk.label,
        "team": labels.team[0].label,
    }
    decided = {name: getattr(choice, name) for name in suggested if name != "area"}
    decided["area"] = area
    return sorted(name for name in suggested if suggested[name] != decided[name])
