"""For each coded reason: the rule, the test an officer applies, and what the letter must say.

Our own wording of reference/procedures.md 7.2; what that could not read is marked unverified.
"""

from collections.abc import Mapping
from types import MappingProxyType

from portal.marking import marked
from portal.procedures.refusal import (
    DECLINING,
    PASSING_ON,
    Disposition,
    RefusalReason,
    RefusalRule,
)

R, D, P, S, N, W = Disposition
X = RefusalReason
"""Short names for the table below, one letter as in its source."""

RULES: Mapping[RefusalReason, RefusalRule] = MappingProxyType(
    {
        X.CONCURRENT_COURT: RefusalRule(
            marked("Court proceedings are under way or planned"),
            (P,),
            "Regulation 8 of SI 2006/1738; Local Government Act 1974, Schedule 5 paragraph 1",
            "Would looking at this part now risk harming the proceedings?",
            "Which proceedings, which parts wait, that you may come back when they end and by"
            " when, and how to reach the Ombudsman.",
        ),
        X.COURT_DECISION: RefusalRule(
            marked("A court has decided this"),
            (R,),
            "Local Government Act 1974, section 26(6)(c) and Schedule 5 paragraph 1",
            "Is the disagreement with an order, or with evidence the court already had?",
            "That only a court can change this, and where to find legal advice about an appeal.",
        ),
        X.CONCURRENT_CRIMINAL: RefusalRule(
            marked("A police matter is under way"),
            (P,),
            "Regulation 8 of SI 2006/1738; Local Government Act 1974, Schedule 5 paragraph 2",
            "Would looking at this part now risk harming the police's work?",
            "Which parts wait, that you may come back when it ends and by when, and how to reach"
            " the Ombudsman.",
            unverified=True,
        ),
        X.CONCURRENT_DISCIPLINARY: RefusalRule(
            marked("A staff process is under way"),
            (P,),
            "Regulation 8 of SI 2006/1738; Local Government Act 1974, Schedule 5 paragraph 4",
            "Would looking at this part now risk harming the staff process?",
            "Which parts wait and when you may come back. Nothing about the member of staff.",
            unverified=True,
        ),
        X.OUT_OF_TIME_STATUTORY: RefusalRule(
            marked("More than a year has passed"),
            (R,),
            "Regulation 9 of SI 2006/1738",
            "Was it reasonable to expect it sooner, or can it no longer be looked at fairly?",
            "Our reasons on both halves of the test, and how to reach the Ombudsman.",
        ),
        X.OUT_OF_TIME_CORPORATE: RefusalRule(
            marked("More than 12 months have passed"),
            (R,),
            "Complaint Handling Code 2.2",
            "Over 12 months since it happened and since the person knew, with no good reason?",
            "Our reasons, and how to reach the Ombudsman.",
        ),
        X.NOT_ELIGIBLE: RefusalRule(
            marked("The person is not one who may use this procedure"),
            (R, D),
            "Children Act 1989, section 26(3), (3B) and (3C)",
            "Are they on no list, and without enough interest in the child's welfare?",
            "Our decision on their interest, the corporate procedure where it fits, and how to"
            " reach the Ombudsman. The child is told where that is right.",
        ),
        X.NO_CONSENT: RefusalRule(
            marked("We need the consent of the person it is about"),
            (P,),
            "Practice of councils for people who act for another",
            "Is consent needed and missing, or does the child not want this taken further?",
            "What is needed, that the worry itself has been passed on, and that an adult may"
            " complain for themselves.",
        ),
        X.NOT_THIS_AUTHORITY: RefusalRule(
            marked("It is about somebody else's service"),
            (D,),
            "Practice of councils",
            "Is no part of it ours, nor done for us by another?",
            "Whom to contact and how.",
        ),
        X.SCHOOL: RefusalRule(
            marked("It is for the school"),
            (D,),
            "Local Government Act 1974, Schedule 5 paragraph 5",
            "Is it about how a school is run, teaches or disciplines?",
            "To ask the head, then the governors, then the Department for Education.",
        ),
        X.TRIBUNAL: RefusalRule(
            marked("There is a right of appeal"),
            (D,),
            "Local Government Act 1974, section 26(6)(a)",
            "Could a tribunal or appeal panel decide this part?",
            "How to appeal and by when, and that parts outside the appeal may still be raised.",
        ),
        X.STATUTORY_OTHER: RefusalRule(
            marked("Another set procedure decides it"),
            (D,),
            "The procedure it belongs to: a conference, adult social care, a carer's review",
            "Is there such a procedure, and can this person use it?",
            "Which procedure and how to use it.",
            unverified=True,
        ),
        X.SAFEGUARDING: RefusalRule(
            marked("A worry about a child's safety"),
            (D,),
            "Local safeguarding procedures",
            "Has it been passed on today, by voice?",
            "That it was passed on today, and that any complaint in it is still open.",
        ),
        X.HR: RefusalRule(
            marked("It is about somebody's own employment"),
            (D,),
            "Local Government Act 1974, Schedule 5 paragraph 4",
            "Is the person writing as an employee?",
            "The way inside the council; its outcome stays private.",
        ),
        X.DATA_PROTECTION: RefusalRule(
            marked("A data-protection matter"),
            (D,),
            "Data (Use and Access) Act 2025, section 103",
            "Is it about seeing, correcting or sharing personal data?",
            "That it will be acknowledged within 30 days, and the Information Commissioner.",
        ),
        X.FOI: RefusalRule(
            marked("A request for information"),
            (D,),
            "Freedom of Information Act 2000",
            "Do they ask for information that the council holds?",
            "Where the request has gone.",
            unverified=True,
        ),
        X.INSURANCE: RefusalRule(
            marked("A claim for damages"),
            (D,),
            "Practice of councils",
            "Do they claim money for loss or injury?",
            "The claims team; what is about the service may go on here.",
        ),
        X.SERVICE_REQUEST: RefusalRule(
            marked("A request for a service"),
            (N,),
            "Complaint Handling Code 1.2 and 1.7",
            "Do they want something done, and not complain of how it was handled?",
            "Which team has it, and that you may complain of their response.",
        ),
        X.COMMENT: RefusalRule(
            marked("A comment or suggestion"),
            (N,),
            "Practice of councils",
            "Is there a view or an idea, and no grievance?",
            "Who has been told.",
        ),
        X.ALREADY_CONCLUDED: RefusalRule(
            marked("It has been answered at every stage"),
            (R,),
            "Practice of councils",
            "Is it the same matter, with nothing new, and was the last stage or the Ombudsman's"
            " decision reached?",
            "The earlier answer and its date, and how to reach the Ombudsman.",
        ),
        X.ALREADY_OPEN: RefusalRule(
            marked("We are already looking into it"),
            (S,),
            "Good administration",
            "Is it the same matter from the same person?",
            "That it has been joined to the open matter.",
        ),
        X.UNREASONABLE: RefusalRule(
            marked("Contact that has become unreasonable"),
            (R,),
            "Chapter 6 of the 2006 statutory guidance, and the council's own policy",
            "Has the policy been followed, and have disability and distress been considered?",
            "The policy, the limits, when they are looked at again, how to challenge them, and"
            " that anything new is still heard.",
        ),
        X.POLICY_OR_BUDGET: RefusalRule(
            marked("A decision on policy or the budget"),
            (R,),
            "Practice of councils",
            "Is it the rule itself, and not how it was used for this person? Who is affected?",
            "Who decides it, how to take part, and how to reach the Ombudsman.",
        ),
        X.PROFESSIONAL_DISPUTE: RefusalRule(
            marked("One professional about another"),
            (D,),
            "The local protocol for disagreement between professionals",
            "Does the writer speak only for their own service?",
            "Which protocol to use.",
        ),
        X.ANONYMOUS: RefusalRule(
            marked("We cannot answer: there is no name or address"),
            (N, R),
            "Practice of councils",
            "Is there no way to write back? Has it been checked for a child's safety?",
            "Nothing can be sent; it is still passed to the service.",
        ),
        X.S2_NOT_ACCEPTED: RefusalRule(
            marked("A review would add nothing"),
            (R,),
            "The corporate procedure before 1 April 2026",
            "Did the request come before 1 April 2026, and could a review change nothing?",
            "Our reasons, and how to reach the Ombudsman.",
        ),
        X.INFORMAL: RefusalRule(
            marked("Put right by the team"),
            (S,),
            "Practice of councils",
            "Does the person agree that it is settled, freely, and not to avoid stage 1?",
            "What was agreed, and that you may still complain.",
        ),
        X.INFO_GIVEN: RefusalRule(
            marked("Information was all that was wanted"),
            (N,),
            "Practice of councils",
            "Has the question been answered?",
            "The answer.",
        ),
        X.ENQUIRY: RefusalRule(
            marked("A question"),
            (N,),
            "Practice of councils",
            "Is there a question, and no grievance?",
            "The answer, or who will give it and by when.",
        ),
        X.MP_ENQUIRY: RefusalRule(
            marked("A question from a member"),
            (N,),
            "Practice of councils",
            "Does the member ask, and does nobody complain?",
            "The answer, or who will give it and by when.",
        ),
        X.INSUFFICIENT_INFO: RefusalRule(
            marked("We need to know more"),
            (P,),
            "Practice of councils; no form may be asked for where a complaint can be understood",
            "Can it truly not be understood, after we have tried to ask?",
            "What is missing and by when to tell us, and how to reach the Ombudsman.",
        ),
        X.WITHDRAWN: RefusalRule(
            marked("Taken back by the person"),
            (W,),
            "Regulation 7 of SI 2006/1738",
            "Did the person say so, freely?",
            "That it is closed as you asked, and that you may come back.",
            unverified=True,
        ),
    }
)


def rule_for(reason: RefusalReason) -> RefusalRule:
    """Give what goes with a reason."""
    return RULES[reason]


def disposition_of(reason: RefusalReason, *, passed_on: bool) -> Disposition | None:
    """Say what a reason comes to.

    Args:
        reason: the coded reason.
        passed_on: whether somebody else gets it; otherwise it is declined.

    Returns:
        None where the reason does not fit.
    """
    fitting = PASSING_ON if passed_on else DECLINING
    return next((one for one in rule_for(reason).dispositions if one in fitting), None)


OF_A_PART: frozenset[str] = frozenset(
    reason.value
    for reason, rule in RULES.items()
    if {R, D} & set(rule.dispositions) and reason is not X.S2_NOT_ACCEPTED
)
"""The reasons for which some points of a complaint go to somebody else, or nowhere, while the
others are looked into. A review that is not accepted has its own event."""
