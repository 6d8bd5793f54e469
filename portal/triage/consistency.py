"""What cannot be decided together, each with the sentence that says so. Pure: no database.

These are not suggestions but the office's own rules: a complaint is never closed with thanks, and
nobody is told "no" without a reason that would survive the Ombudsman (procedures.md 7.1).
"""

from portal.procedures.handing_over import OF_REASON
from portal.procedures.procedure import Track, track_of
from portal.procedures.refusal import DECLINING, NAMES_OMBUDSMAN, PASSING_ON, RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.second_officer import NONE_NEEDED, Agreement, agreement_for
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship
from portal.records.decision import Outcome
from portal.triage import refusal_faults
from portal.triage.choice import Choice
from portal.triage.fault import Fault, Rule, Writer

__all__ = ["Fault", "Writer", "faults_in", "must_name_ombudsman", "needed_for", "reasons_for"]

INVESTIGATIONS = (ProcedureCode.STATUTORY, ProcedureCode.CORPORATE)
ENQUIRERS = (Track.MP_ENQUIRY, Track.MEMBER_ENQUIRY)
NO_GRIEVANCE = (Category.COMPLIMENT, Category.COMMENT)


def faults_in(choice: Choice, writer: Writer) -> tuple[Fault, ...]:
    """Say everything that does not go together in a choice.

    Args:
        choice: what the officer chose.
        writer: who wrote.

    Returns:
        One fault for each, none for a choice that can be carried out.
    """
    found = (rule(choice, writer) for rule in RULES)
    mixed = tuple(fault for fault in found if fault is not None)
    return (*mixed, *refusal_faults.faults_of_no(choice, writer, reasons_for(choice.outcome)))


def reasons_for(outcome: Outcome) -> tuple[RefusalReason, ...]:
    """The coded reasons that fit passing on or declining; none for the other outcomes."""
    fitting = {Outcome.PASSED_ON: PASSING_ON, Outcome.DECLINED: DECLINING}.get(outcome, frozenset())
    return tuple(r for r in RefusalReason if fitting & set(rule_for(r).dispositions))


def must_name_ombudsman(choice: Choice) -> bool:
    """Say whether the letter has to tell the person how to reach the Ombudsman."""
    return choice.outcome is Outcome.DECLINED or choice.disposition in NAMES_OMBUDSMAN


def needed_for(choice: Choice, writer: Writer) -> Agreement:
    """Find who must agree to a choice before anything goes out.

    Args:
        choice: what the officer chose.
        writer: who wrote, as far as they said; the officer may have found a young person.

    Returns:
        Nobody for a worry about safety and for a request: they are passed on the same day, their
        taker is recorded by name, and a complaint in them stays open (procedures.md 7.1, rule 8).
    """
    if must_be_taken(choice):
        return NONE_NEEDED
    young = writer.young or choice.relationship is Relationship.YOUNG_PERSON
    return agreement_for(choice.disposition, young=young, named=writer.named)


def is_comment(choice: Choice) -> bool:
    """Say whether it is a comment that is passed on to those who can use it."""
    return choice.outcome is Outcome.PASSED_ON and choice.reason is RefusalReason.COMMENT


def must_be_taken(choice: Choice) -> bool:
    """Say whether it is passed on for a reason whose taker has to be known by name."""
    return choice.outcome is Outcome.PASSED_ON and choice.reason in OF_REASON


def _thanks_are_for_compliments(choice: Choice, _: Writer) -> Fault | None:
    if choice.outcome is not Outcome.THANKED or choice.category is Category.COMPLIMENT:
        return None
    return Fault(
        "outcome",
        "Only a compliment can be closed with thanks. Choose another outcome, or change the"
        " category if these are words of thanks.",
    )


def _compliment_needs_no_procedure(choice: Choice, _: Writer) -> Fault | None:
    is_none = choice.procedure is ProcedureCode.NONE
    if choice.category is Category.COMPLIMENT and not is_none:
        return Fault(
            "procedure",
            "A compliment follows no procedure. Choose “no procedure needed”, or change the"
            " category if something has to be answered.",
        )
    if is_none and choice.category is not Category.COMPLIMENT:
        return Fault("procedure", "“No procedure needed” is for compliments. Choose another.")
    return None


def _comment_is_not_investigated(choice: Choice, _: Writer) -> Fault | None:
    if choice.category is not Category.COMMENT or choice.procedure not in INVESTIGATIONS:
        return None
    return Fault(
        "category",
        "A comment is not investigated. If the person is unhappy with something, it is a"
        " complaint whatever they call it: change the category.",
    )


def _case_needs_a_clock(choice: Choice, _: Writer) -> Fault | None:
    if choice.outcome is not Outcome.CASE_OPENED:
        return None
    if choice.category in NO_GRIEVANCE:
        return Fault(
            "outcome", "A case is opened for a complaint, an MP or the Ombudsman. Choose another."
        )
    if track_of(choice.category, choice.procedure, choice.chosen_track) is None:
        return Fault(
            "procedure",
            "Choose the statutory, the corporate or the data-protection procedure to open a case"
            " for a complaint.",
        )
    return None


def _complaint_has_a_nature(choice: Choice, _: Writer) -> Fault | None:
    if choice.category is Category.COMPLAINT and choice.nature is None:
        return Fault("nature", "Choose what the complaint is about.")
    return None


def _no_is_no_investigation(choice: Choice, _: Writer) -> Fault | None:
    closing = choice.outcome in (Outcome.DECLINED, Outcome.PASSED_ON)
    if not (closing and choice.procedure in INVESTIGATIONS):
        return None
    if choice.category is not Category.COMPLAINT:
        return None
    return Fault(
        "procedure",
        "You chose an investigation, and an outcome without one. Open a case, or choose"
        " “no formal investigation”.",
    )


def _ombudsman_is_answered(choice: Choice, _: Writer) -> Fault | None:
    if choice.category is not Category.OMBUDSMAN or choice.outcome in (
        Outcome.CASE_OPENED,
        Outcome.LINKED,
    ):
        return None
    return Fault("outcome", "The Ombudsman has to be answered. Open a case or link it to one.")


def _about_data_is_a_complaint(choice: Choice, _: Writer) -> Fault | None:
    if choice.chosen_track is not Track.DATA_PROTECTION:
        return None
    if choice.category is not Category.COMPLAINT:
        return Fault("category", "Only a complaint follows the data-protection procedure.")
    if choice.outcome in (Outcome.CASE_OPENED, Outcome.LINKED):
        return None
    return Fault(
        "outcome",
        "A complaint about personal data has to be acknowledged within 30 days and answered. Open"
        " a case, or link it to one.",
    )


def _enquiry_says_who(choice: Choice, _: Writer) -> Fault | None:
    enquires = choice.category is Category.MP_ENQUIRY
    if enquires is (choice.chosen_track in ENQUIRERS):
        return None
    if not enquires:
        return Fault("category", "Only an enquiry comes from an MP or a member of the council.")
    return Fault("enquirer", "Choose who enquires: an MP, or a member of the council.")


def _worry_leaves_no_complaint(choice: Choice, _: Writer) -> Fault | None:
    if choice.category is not Category.COMPLAINT or choice.outcome is not Outcome.PASSED_ON:
        return None
    if choice.reason is not RefusalReason.SAFEGUARDING:
        return None
    return Fault(
        "outcome",
        "A complaint stays open when a worry in it is passed on. Pass the worry on today from"
        " “Pass on a worry or a request”, and decide here what becomes of the complaint.",
    )


def _link_says_to_what(choice: Choice, _: Writer) -> Fault | None:
    if choice.outcome is Outcome.LINKED and not (choice.linked_reference or "").strip():
        return Fault("linked_reference", "Enter the reference of what this belongs to.")
    return None


RULES: tuple[Rule, ...] = (
    _thanks_are_for_compliments,
    _compliment_needs_no_procedure,
    _comment_is_not_investigated,
    _case_needs_a_clock,
    _complaint_has_a_nature,
    _no_is_no_investigation,
    _ombudsman_is_answered,
    _link_says_to_what,
    _about_data_is_a_complaint,
    _enquiry_says_who,
    _worry_leaves_no_complaint,
)
