"""The letters that go with a decision: which kind each outcome sends, and what it states.

Planned apart from being sent, so that the officer reads the very letter before it goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.cases import linking, opening, plan_decisions
from portal.cases.kinds import kind_label
from portal.cases.stages import StagePlan
from portal.correspondence import letters, outbox
from portal.correspondence.letters import WrittenLetter
from portal.council import Council
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.vocabulary import Team
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.triage.choice import Choice
from portal.triage.consistency import is_comment, must_be_taken
from portal.work import Work

KINDS: Mapping[Outcome, LetterKind] = {
    Outcome.CASE_OPENED: LetterKind.CASE_OPENED,
    Outcome.THANKED: LetterKind.THANKS,
    Outcome.PASSED_ON: LetterKind.PASSED_ON,
    Outcome.DECLINED: LetterKind.DECLINED,
    Outcome.LINKED: LetterKind.LINKED,
}
OF_THEIR_KIND = (
    LetterKind.DATA_PROTECTION_OPENED,
    LetterKind.HANDED_ON,
    LetterKind.COMMENT_PASSED_ON,
)
"""What some decisions send instead."""


@dataclass(frozen=True)
class PlannedLetter:
    """The letter to the person: its kind and the facts that it states."""

    kind: LetterKind
    facts: Mapping[str, object]


def plan_of(work: Work, feedback: Feedback, choice: Choice) -> StagePlan | None:
    """The stage that the choice would open; None where it opens no case.

    Raises:
        NoClock, NoTimescales: no date can be given.
    """
    if choice.outcome is not Outcome.CASE_OPENED:
        return None
    return opening.planned(
        work.council,
        choice.category,
        choice.procedure,
        feedback.received_on,
        work.today,
        choice.chosen_track,
    )


def planned_letter(
    work: Work, feedback: Feedback, choice: Choice, linked_to: Feedback | None
) -> PlannedLetter:
    """Work out the letter that a choice sends.

    Args:
        work: the open act.
        feedback: what was decided on.
        choice: the choice, already found consistent.
        linked_to: what it is joined to, for that outcome.
    """
    kind = KINDS[choice.outcome]
    if kind is LetterKind.CASE_OPENED:
        return _case_letter(work, feedback, choice)
    if must_be_taken(choice) or is_comment(choice):
        return _handed_on(work, choice)
    if kind is LetterKind.LINKED:
        return PlannedLetter(kind, _link_facts(work, feedback, linked_to))
    if choice.reason is None:
        return PlannedLetter(kind, {})
    facts: dict[str, object] = {
        "reason_label": rule_for(choice.reason).label,
        "explanation": (choice.explanation or "").strip(),
        # Most of all here: whoever waits for us instead of the tribunal gets nothing from either.
        "about_plan": plan_decisions.is_about_one(feedback),
    }
    if kind is LetterKind.DECLINED:
        facts["resubmit_by"] = choice.screening.resubmit_by
    else:
        facts["tell"] = choice.screening.redirected_to.strip() or None
    return PlannedLetter(kind, facts)


def preview(
    work: Work, feedback: Feedback, choice: Choice, linked_to: Feedback | None
) -> WrittenLetter | None:
    """Write the letter without sending it; None where the person wants none."""
    if not sends_letter(choice):
        return None
    planned = planned_letter(work, feedback, choice, linked_to)
    return letters.preview(work, planned.kind, feedback, planned.facts)


def sends_letter(choice: Choice) -> bool:
    """Whether the person is written to: always, but for a comment that wants no answer."""
    return choice.answer_wanted or not is_comment(choice)


def send(
    work: Work, feedback: Feedback, choice: Choice, linked_to: Feedback | None
) -> OutboxLetter | None:
    """Put the letter into the outbox, in the officer's words where they changed any."""
    if not sends_letter(choice):
        return None
    planned = planned_letter(work, feedback, choice, linked_to)
    letter = outbox.post(work, planned.kind, feedback, planned.facts)
    if choice.letter is not None:
        letter.body = choice.letter.strip() + "\n"
    return letter


def send_words_to_team(work: Work, feedback: Feedback, choice: Choice) -> OutboxLetter | None:
    """Send a team the thanks that it was given, or the comment.

    Returns:
        The letter; None where the council's file gives the team no address, and an officer has to
        tell them.
    """
    address = team_email(work.council, choice.team)
    if address is None:
        return None
    kind = LetterKind.COMMENT_FOR_TEAM if is_comment(choice) else LetterKind.COMPLIMENT_FOR_TEAM
    facts = {"text": feedback.story, "team_label": work.council.team(choice.team).officer_label}
    return outbox.post_to(work, kind, address, facts, feedback=feedback)


def team_email(council: Council, team: Team) -> str | None:
    """A team's address for compliments and comments, where the council's file has one."""
    return council.team(team).email


def _case_letter(work: Work, feedback: Feedback, choice: Choice) -> PlannedLetter:
    plan = plan_of(work, feedback, choice)
    assert plan is not None
    if plan.track is Track.DATA_PROTECTION:
        assert plan.acknowledge is not None, "The law has a time for it."
        facts = {"acknowledge_by": plan.acknowledge.due, "due_on": plan.deadline.due}
        return PlannedLetter(LetterKind.DATA_PROTECTION_OPENED, facts)
    return PlannedLetter(LetterKind.CASE_OPENED, _case_facts(work, choice, plan))


def _handed_on(work: Work, choice: Choice) -> PlannedLetter:
    facts: dict[str, object] = {
        "team_label": work.council.label(choice.team),
        "explanation": (choice.explanation or "").strip(),
    }
    if is_comment(choice):
        return PlannedLetter(LetterKind.COMMENT_PASSED_ON, facts)
    facts["concern"] = choice.reason is RefusalReason.SAFEGUARDING
    return PlannedLetter(LetterKind.HANDED_ON, facts)


def _case_facts(work: Work, choice: Choice, plan: StagePlan) -> dict[str, object]:
    return {
        "due_on": plan.deadline.due,
        "procedure_label": kind_label(work.council, choice.category, choice.procedure),
        "team_label": work.council.label(choice.team),
        "stage_label": work.council.stage_name(plan.track, plan.key),
    }


def _link_facts(work: Work, feedback: Feedback, linked_to: Feedback | None) -> dict[str, object]:
    if linked_to is None or not linking.same_person(work.session, feedback, linked_to):
        return {}
    return {"other_reference": linked_to.reference}
