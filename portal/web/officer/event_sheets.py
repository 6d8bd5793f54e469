"""What each event's page asks an officer, and in which words. The law is not here: the table of
transitions says what may happen, and its guards what must come first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.procedures.state import Event


class Ask(StrEnum):
    """What a page asks besides the day."""

    WORDS = "words"
    REASON = "reason"
    NEW_DATE = "new_date"
    TRACK = "track"
    SECOND_OFFICER = "second_officer"
    PERSON_AGREES = "agreed_by_person"
    COUNCIL_AGREES = "agreed_by_council"
    TALKED_WITH = "talked_with"
    PROCEEDINGS = "proceedings"
    PREJUDICE = "prejudice"
    POINTS = "points"
    CONDITIONS = "conditions"
    APPOINTEE = "appointee"


@dataclass(frozen=True)
class Sheet:
    """One event's page. `words` and `new_date` are the labels of those boxes."""

    button: str
    lead: str
    asks: tuple[Ask, ...] = ()
    on: str = "When did it happen?"
    words: str = "The reason"
    new_date: str = "The new date"


A = Ask
_TO_PERSON = "It goes into the letter. Write it as you would say it to them."
SHEETS: Mapping[Event, Sheet] = {
    Event.POINTS_SENT: Sheet("Send the points to agree", "The points are sent to the person."),
    Event.POINTS_AGREED: Sheet("They agree the points", "Record that the person agrees."),
    Event.POINTS_DISPUTED: Sheet(
        "They say a point is wrong",
        "Record what the person wants changed. Then change the points and send them again.",
        (A.POINTS, A.WORDS),
        words="What they said",
    ),
    Event.EXTENDED: Sheet(
        "Take more time",
        "Only before the date, only for a reason that the timescales allow, and never past the"
        " longest time. The letter tells the person why, and the new date.",
        (A.REASON, A.WORDS, A.NEW_DATE),
        on="When was it decided?",
        words="The reason, in words to the person",
    ),
    Event.PAUSED: Sheet(
        "Agree a pause",
        "A pause is an agreement with the person. The law’s date stays in sight, and is what is"
        " reported.",
        (A.WORDS, A.PERSON_AGREES),
        on="From which day?",
        words="Why, in words to the person",
    ),
    Event.RESUMED: Sheet("End the pause", "The clock goes on from this day.", on="On which day?"),
    Event.MEETING_OFFERED: Sheet(
        "Offer a meeting",
        "A meeting may settle things early. It stops no clock and stands in no one’s way.",
        (A.WORDS,),
        on="When was it offered?",
        words="What you offer: when, where, with whom",
    ),
    Event.MEETING_HELD: Sheet(
        "Record a meeting",
        "What came of it is kept with the case.",
        (A.WORDS,),
        on="When was it held?",
        words="Who came, and what was said and agreed",
    ),
    Event.ANSWERED: Sheet(
        "Send the answer",
        "The letter states each point with its finding and reasons, what will be done, and the"
        " next step.",
        (A.WORDS,),
        on="When does the answer go?",
        words="Note for the file, or the answer itself where there are no points",
    ),
    Event.RESOLVED: Sheet(
        "Send what was agreed",
        "Each point is settled by agreement (regulation 15). It counts apart from findings, and"
        " the next stage stays open.",
        on="When does the letter go?",
    ),
    Event.REROUTED: Sheet(
        "Move to the other procedure",
        "The day of receipt stays, and the dates are counted anew from it.",
        (A.TRACK, A.WORDS),
        on="When was it decided?",
        words="Why, in words to the person",
    ),
    Event.STAGE_1_SKIPPED: Sheet(
        "Leave out stage 1",
        "Both sides must agree that stage 1 is not the way. Stage 2 opens on this day.",
        (A.PERSON_AGREES, A.COUNCIL_AGREES, A.WORDS),
        on="When was it agreed?",
    ),
    Event.NEXT_STAGE_ASKED: Sheet(
        "They ask for the next stage",
        "Any words count, in any letter or call. It counts from the day the request came.",
        (A.WORDS,),
        on="When did the request come?",
        words="What they said",
    ),
    Event.NEXT_STAGE_ASKED_EARLY: Sheet(
        "They ask for the next stage already",
        "The stage has not run out. The request is kept, and opens the next stage when it does.",
        (A.WORDS,),
        on="When did the request come?",
        words="What they said",
    ),
    Event.REQUEST_TAKEN_BACK: Sheet(
        "They no longer want the next stage",
        "Only where the person says so.",
        (A.WORDS,),
        words="What they said",
    ),
    Event.NEXT_STAGE_ACCEPTED: Sheet(
        "Accept the review", "Another manager looks at it again.", on="When was it accepted?"
    ),
    Event.NEXT_STAGE_REFUSED: Sheet(
        "No review",
        "Only for a reason that would stand before the Ombudsman, and with a second officer.",
        (A.WORDS, A.SECOND_OFFICER),
        on="When was it decided?",
        words="Why, in words to the person",
    ),
    Event.REQUEST_ACKNOWLEDGED: Sheet(
        "Acknowledge the request",
        "The letter says what you understand the person to be unhappy with. The review’s time"
        " counts from it.",
        (A.WORDS,),
        on="When does the letter go?",
        words="What you understand",
    ),
    Event.REVIEWER_APPOINTED: Sheet(
        "Appoint the reviewer",
        "Somebody who did not answer the earlier stage.",
        (A.APPOINTEE,),
        on="From which day?",
    ),
    Event.STATEMENT_SENT: Sheet(
        "Send the statement of complaint",
        "The points as they will be investigated. The clock runs from the request meanwhile.",
        on="When does it go?",
    ),
    Event.STATEMENT_AGREED: Sheet("They agree the statement", "Record that the person agrees."),
    Event.STATEMENT_DISPUTED: Sheet(
        "They say the statement is wrong",
        "Record what they want changed. Then change the points and send it again.",
        (A.POINTS, A.WORDS),
        words="What they said",
    ),
    Event.STATEMENT_SETTLED: Sheet(
        "Go on without agreement",
        "Where the person does not answer or cannot agree. The investigation must not wait.",
        (A.WORDS,),
        words="What was tried, and how you go on",
    ),
    Event.INVESTIGATOR_APPOINTED: Sheet(
        "Appoint the investigating officer",
        "They get this case until the day you choose, and nothing else.",
        (A.APPOINTEE,),
        on="From which day?",
    ),
    Event.INDEPENDENT_PERSON_APPOINTED: Sheet(
        "Appoint the independent person",
        "Neither a member nor an officer of the council, nor the spouse or civil partner of one"
        " (regulation 2).",
        (A.APPOINTEE,),
        on="From which day?",
    ),
    Event.INVESTIGATION_BEGUN: Sheet(
        "Begin the investigation", "People and statement are settled.", on="When does it begin?"
    ),
    Event.REPORTS_RECEIVED: Sheet(
        "The reports have come",
        "The investigating officer’s findings stand on the findings page.",
        on="When did they come?",
    ),
    Event.ADJUDICATED: Sheet(
        "Send the council’s decision",
        "The letter states the council’s own decision on each point, with the next step.",
        on="When does the letter go?",
    ),
    Event.EARLY_REFERRAL: Sheet(
        "Agree to leave out the panel",
        "Every condition must hold, and both sides must agree. Otherwise hold the panel.",
        (A.CONDITIONS, A.PERSON_AGREES, A.COUNCIL_AGREES, A.WORDS),
        on="When was it agreed?",
        words="What was agreed, in words to the person",
    ),
    Event.PANEL_ACKNOWLEDGED: Sheet(
        "The request for a panel was acknowledged", "Record the day of your letter or call."
    ),
    Event.CHAIR_APPOINTED: Sheet(
        "Appoint the chair", "Independent of the council.", (A.APPOINTEE,), on="From which day?"
    ),
    Event.PANELLIST_APPOINTED: Sheet(
        "Appoint a member of the panel",
        "Two beside the chair, independent of the council. The independent person of stage 2"
        " cannot sit.",
        (A.APPOINTEE,),
        on="From which day?",
    ),
    Event.PAPERS_SENT: Sheet(
        "Send the papers and the invitation",
        "The person may bring an advocate and one more.",
        (A.WORDS,),
        on="When do they go?",
        words="Day, hour and place of the panel, and how to take part",
    ),
    Event.PANEL_HELD: Sheet("The panel has met", "Its report is due in five working days."),
    Event.PANEL_REPORTED: Sheet(
        "The panel’s report has come",
        "Its findings stand on the findings page. The council answers in 15 working days.",
        on="When did it come?",
    ),
    Event.PANEL_ANSWERED: Sheet(
        "Send the council’s answer to the panel",
        "The letter states the answer on each point and the way to the Ombudsman.",
        on="When does it go?",
    ),
    Event.ENQUIRY_ANSWERED: Sheet(
        "The enquiry was answered", "What went to the Ombudsman.", (A.WORDS,), words="What was sent"
    ),
    Event.DRAFT_RECEIVED: Sheet(
        "A draft decision has come",
        "The letter names the day by which to comment.",
        (A.NEW_DATE,),
        on="When did it come?",
        new_date="Comments by (as the letter says)",
    ),
    Event.DRAFT_COMMENTED: Sheet(
        "Comments were sent", "What went to the Ombudsman.", (A.WORDS,), words="What was sent"
    ),
    Event.FINAL_RECEIVED: Sheet(
        "The final decision has come",
        "Record each remedy with its day on the promises page.",
        (A.WORDS,),
        on="When did it come?",
        words="What was decided",
    ),
    Event.OMBUDSMAN_CLOSED: Sheet(
        "The Ombudsman closed it",
        "Without an investigation: not ready for them, or closed after initial enquiries.",
        (A.WORDS,),
        words="Their reason",
    ),
    Event.PART_NOT_CONSIDERED: Sheet(
        "Part: not considered while proceedings run",
        "Regulation 8 is a decision on these points, with a second officer. The rest goes on.",
        (A.POINTS, A.PROCEEDINGS, A.PREJUDICE, A.NEW_DATE, A.SECOND_OFFICER),
        on="When was it decided?",
        new_date="They may send it again until",
    ),
    Event.NOT_CONSIDERED: Sheet(
        "Whole: not considered while proceedings run",
        "Regulation 8 is a decision, with a second officer. The case ends; the person may send it"
        " again, and it becomes a new case that is linked to this one.",
        (A.PROCEEDINGS, A.PREJUDICE, A.NEW_DATE, A.SECOND_OFFICER),
        on="When was it decided?",
        new_date="They may send it again until",
    ),
    Event.WITHDRAWAL_ASKED: Sheet(
        "They want to take it back",
        "Ask why, and whether anybody leaned on them.",
        (A.WORDS,),
        on="When did they ask?",
        words="What they said",
    ),
    Event.WITHDRAWAL_DECLINED: Sheet(
        "Look into it all the same",
        "The council may go on where something must be put right.",
        (A.WORDS,),
        words="Why",
    ),
    Event.WITHDRAWN: Sheet(
        "Close it as taken back",
        "A young person’s wish counts only after a talk with them or their advocate.",
        (A.TALKED_WITH, A.WORDS),
        words="Note for the file",
    ),
    Event.CONCLUDED: Sheet(
        "Close the case",
        "Nothing is owed any more: each promise is kept, or given up with a reason.",
        on="When was it closed?",
    ),
}
"""Acknowledging has a page of its own; telling that a stage ran out is the portal's own work."""

WORDS_HINT = _TO_PERSON

CONDITIONS: Mapping[str, str] = {
    "report_robust": "The investigation’s report is robust",
    "adjudication_complete": "The council has decided on every point",
    "significant_points_upheld": "All points are upheld, or all that matter",
    "clear_plan": "There is a clear plan of what will be done",
    "wishes_met": "Most of what the person wanted is agreed",
}
INDEPENDENCE: Mapping[str, str] = {
    "no_member": "They are no member of the council",
    "no_officer": "They are no officer of the council",
    "no_spouse": "They are no spouse or civil partner of a member or officer",
    "no_part_in_case": "They had no part in what the complaint is about",
}
EXTENSION_REASONS: Mapping[str, str] = {
    "complex": "The complaint is complex",
    "advocate_needed": "An advocate is being found",
    "reason_in_writing": "A reason that is given in writing",
}
