"""What each kind of remedy is called, in the office and in the annual report."""

from collections.abc import Mapping

from portal.procedures.remedy import RemedyKind

KINDS: Mapping[RemedyKind, str] = {
    RemedyKind.APOLOGY: "Apology",
    RemedyKind.EXPLANATION: "Explanation",
    RemedyKind.INFORMATION: "Information",
    RemedyKind.RECONSIDERED_DECISION: "Decision looked at again",
    RemedyKind.REASSESSMENT: "New assessment",
    RemedyKind.SERVICE: "Service given",
    RemedyKind.CHANGE_OF_WORKER: "Change of worker",
    RemedyKind.RECORD_CORRECTED: "Record put right",
    RemedyKind.MEETING: "Meeting",
    RemedyKind.REFUND: "Refund",
    RemedyKind.SYMBOLIC_PAYMENT: "Payment for distress or time and trouble",
    RemedyKind.QUANTIFIABLE_PAYMENT: "Payment for a loss",
    RemedyKind.STAFF_REMINDER: "Reminder to staff",
    RemedyKind.TRAINING: "Training",
    RemedyKind.SUPERVISION: "Supervision",
    RemedyKind.PROCEDURE_CHANGE: "Change of a procedure",
    RemedyKind.REVIEW_OF_PROVISION: "Review of a service",
    RemedyKind.OTHERS_AFFECTED: "Others affected put right",
    RemedyKind.OVERSIGHT: "Report to those who oversee",
}
