"""What each clock waits for, in the words of the office."""

from collections.abc import Mapping

from portal.procedures.procedure import ClockKey

CLOCKS: Mapping[ClockKey, str] = {
    ClockKey.ACKNOWLEDGE_1: "Acknowledgement",
    ClockKey.STAGE_1: "Answer",
    ClockKey.REQUEST_2: "The person may ask for stage 2",
    ClockKey.ACKNOWLEDGE_2: "Acknowledgement of the request",
    ClockKey.STAGE_2: "Answer",
    ClockKey.REQUEST_3: "The person may ask for stage 3",
    ClockKey.ACKNOWLEDGE_3: "Acknowledgement of the request",
    ClockKey.STAGE_3: "Answer",
    ClockKey.PANEL_ACKNOWLEDGE: "Acknowledgement of the request",
    ClockKey.PANEL_CHAIR: "Chair appointed",
    ClockKey.PANEL: "Panel meets",
    ClockKey.PANEL_REPORT: "Panel’s report",
    ClockKey.PANEL_ANSWER: "Council’s answer to the panel",
    ClockKey.ANSWER: "Answer",
    ClockKey.ENQUIRY: "Answer to the Ombudsman",
    ClockKey.DRAFT_COMMENTS: "Comments on the draft",
    ClockKey.ACKNOWLEDGE: "Acknowledgement",
}
