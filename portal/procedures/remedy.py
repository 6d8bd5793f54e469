"""What is promised to put something right, and what is recommended so that it does not recur.

Types: reference/procedures.md 4.3 and 5. The Ombudsman's states of compliance could not be read
in their own list (unverified), so ours say what happened.
"""

from enum import StrEnum


class RemedyKind(StrEnum):
    """What kind of thing is done."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    INFORMATION = "information"
    RECONSIDERED_DECISION = "reconsidered_decision"
    REASSESSMENT = "reassessment"
    SERVICE = "service"
    CHANGE_OF_WORKER = "change_of_worker"
    RECORD_CORRECTED = "record_corrected"
    MEETING = "meeting"
    REFUND = "refund"
    SYMBOLIC_PAYMENT = "symbolic_payment"
    QUANTIFIABLE_PAYMENT = "quantifiable_payment"
    STAFF_REMINDER = "staff_reminder"
    TRAINING = "training"
    SUPERVISION = "supervision"
    PROCEDURE_CHANGE = "procedure_change"
    REVIEW_OF_PROVISION = "review_of_provision"
    OTHERS_AFFECTED = "others_affected"
    OVERSIGHT = "oversight"


PAYMENTS = frozenset(
    {RemedyKind.REFUND, RemedyKind.SYMBOLIC_PAYMENT, RemedyKind.QUANTIFIABLE_PAYMENT}
)
"""Kinds that have an amount and a payee."""

FOR_THE_SERVICE = frozenset(
    {
        RemedyKind.STAFF_REMINDER,
        RemedyKind.TRAINING,
        RemedyKind.SUPERVISION,
        RemedyKind.PROCEDURE_CHANGE,
        RemedyKind.REVIEW_OF_PROVISION,
        RemedyKind.OVERSIGHT,
    }
)
"""Kinds that change how a service works: what the annual report calls learning."""


class RemedyState(StrEnum):
    """How far it has come."""

    # Recommended; nobody has said yes or no.
    PROPOSED = "proposed"
    PROMISED = "promised"
    NOT_ACCEPTED = "not_accepted"
    DONE = "done"
    # It will not be done after all, with the reason.
    GIVEN_UP = "given_up"


STILL_OPEN = frozenset({RemedyState.PROPOSED, RemedyState.PROMISED})


class Compliance(StrEnum):
    """Whether the Ombudsman is satisfied with a remedy that they asked for."""

    ON_TIME = "on_time"
    LATE = "late"
    PARTLY = "partly"
    NOT = "not"


SATISFIED = frozenset({Compliance.ON_TIME, Compliance.LATE})
