"""The pages of events that happen at any stage, and at the stages that a service answers."""

from collections.abc import Mapping

from portal.procedures.state import Event
from portal.web.officer.sheet import Ask, Sheet

A = Ask
EVERYDAY: Mapping[Event, Sheet] = {
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
        words="Note for the file, or the answer itself where no points are answered here",
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
        "Only for a reason that would stand before the Ombudsman. It is proposed here, and a second"
        " officer agrees to it or sends it back.",
        (A.WORDS,),
        on="On which day do you propose it?",
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
    Event.PART_NOT_CONSIDERED: Sheet(
        "Part: not considered while proceedings run",
        "Regulation 8 is a decision on these points. It is proposed here, and a second officer"
        " agrees to it or sends it back. The rest goes on.",
        (A.POINTS, A.PROCEEDINGS_KIND, A.PROCEEDINGS, A.PREJUDICE, A.NEW_DATE),
        on="On which day do you propose it?",
        new_date="They may send it again until",
    ),
    Event.NOT_CONSIDERED: Sheet(
        "Whole: not considered while proceedings run",
        "Regulation 8 is a decision. It is proposed here, and a second officer agrees to it or"
        " sends it back. Then the case ends; the person may send it again, and it becomes a new"
        " case that is linked to this one.",
        (A.PROCEEDINGS_KIND, A.PROCEEDINGS, A.PREJUDICE, A.NEW_DATE),
        on="On which day do you propose it?",
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
"""At any stage, and at those that a service answers."""
