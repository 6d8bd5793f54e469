"""What the Ombudsman's decisions are called, in the words that they use now."""

from collections.abc import Mapping

from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached

DECISIONS: Mapping[OmbudsmanDecision, str] = {
    OmbudsmanDecision.NOT_READY: "Not ready for the Ombudsman",
    OmbudsmanDecision.CLOSED_AFTER_ENQUIRIES: "Closed after initial enquiries",
    OmbudsmanDecision.ENDED: "Ended the investigation",
    OmbudsmanDecision.NOT_UPHELD: "Not upheld",
    OmbudsmanDecision.UPHELD: "Upheld: fault and injustice",
    OmbudsmanDecision.UPHELD_NO_INJUSTICE: "Upheld: fault, no injustice",
    OmbudsmanDecision.UPHELD_REMEDY_AGREED: "Upheld: remedy agreed already",
}
DECLINED: Mapping[Declined, str] = {
    Declined.LITTLE_INJUSTICE: "Not enough injustice",
    Declined.FAULT_UNLIKELY: "Fault unlikely, or too little evidence",
    Declined.ANOTHER_BODY: "Another body is better placed",
    Declined.NEXT_STAGE_FIRST: "The council’s next stage comes first",
    Declined.COURT_OR_TRIBUNAL: "A court or tribunal",
    Declined.LATE: "Too late",
    Declined.REMEDY_AGREED: "A remedy is agreed already",
    Declined.NOTHING_TO_ADD: "Nothing to add to an earlier investigation",
    Declined.OUTSIDE_JURISDICTION: "Outside what the Ombudsman may look at",
}
REACHED: Mapping[Reached, str] = {
    Reached.INTAKE: "Intake: they asked us nothing",
    Reached.ASSESSMENT: "Assessment: they asked us something first",
    Reached.WENT_ON: "Assessment, then an investigation under another reference",
    Reached.INVESTIGATION: "Investigation",
}
