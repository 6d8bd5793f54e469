"""Why feedback may go without a formal investigation: the coded reasons.

Each reason has a rule and a test to apply; none may be used for a whole class of complaint. The
reasons, in writing, and the way to the Ombudsman go with every refusal (Complaint Handling Code
2.4; reference/procedures.md 7). `refusal_rules` has the table of rules.
"""

from dataclasses import dataclass
from enum import StrEnum


class Disposition(StrEnum):
    """What becomes of feedback that is not investigated."""

    REFUSED = "refused"
    REDIRECTED = "redirected"
    WAITING = "waiting"
    SETTLED = "settled"
    NOT_A_COMPLAINT = "not_a_complaint"
    WITHDRAWN = "withdrawn"


DECLINING = frozenset(
    {Disposition.REFUSED, Disposition.WAITING, Disposition.SETTLED, Disposition.WITHDRAWN}
)
"""What an answer of "no formal investigation" can come to."""
PASSING_ON = frozenset({Disposition.REDIRECTED, Disposition.NOT_A_COMPLAINT})
"""What passing on can come to."""
NAMES_OMBUDSMAN = frozenset({Disposition.REFUSED, Disposition.REDIRECTED, Disposition.WAITING})
"""Where the person is told that we do not look into it, or not now: 7.1 rule 1."""


class RefusalReason(StrEnum):
    """The coded reasons."""

    CONCURRENT_COURT = "concurrent_court"
    COURT_DECISION = "court_decision"
    CONCURRENT_CRIMINAL = "concurrent_criminal"
    CONCURRENT_DISCIPLINARY = "concurrent_disciplinary"
    OUT_OF_TIME_STATUTORY = "out_of_time_statutory"
    OUT_OF_TIME_CORPORATE = "out_of_time_corporate"
    NOT_ELIGIBLE = "not_eligible"
    NO_CONSENT = "no_consent"
    NOT_THIS_AUTHORITY = "not_this_authority"
    SCHOOL = "school"
    TRIBUNAL = "tribunal"
    STATUTORY_OTHER = "statutory_other"
    SAFEGUARDING = "safeguarding"
    HR = "hr"
    DATA_PROTECTION = "data_protection"
    FOI = "foi"
    INSURANCE = "insurance"
    SERVICE_REQUEST = "service_request"
    COMMENT = "comment"
    ALREADY_CONCLUDED = "already_concluded"
    ALREADY_OPEN = "already_open"
    UNREASONABLE = "unreasonable"
    POLICY_OR_BUDGET = "policy_or_budget"
    PROFESSIONAL_DISPUTE = "professional_dispute"
    ANONYMOUS = "anonymous"
    S2_NOT_ACCEPTED = "s2_not_accepted"
    INFORMAL = "informal"
    INFO_GIVEN = "info_given"
    ENQUIRY = "enquiry"
    MP_ENQUIRY = "mp_enquiry"
    INSUFFICIENT_INFO = "insufficient_info"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class RefusalRule:
    """One reason: what becomes of the feedback, by which rule, and what the letter says.

    `dispositions` has the usual one first. `test` is what the officer must be able to say yes to.
    `unverified` marks a rule that we could not read in its own text.
    """

    label: str
    dispositions: tuple[Disposition, ...]
    rule: str
    test: str
    tell: str
    unverified: bool = False
