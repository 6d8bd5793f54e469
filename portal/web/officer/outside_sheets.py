"""The pages of events with people from outside: stage 2, the panel, the Ombudsman."""

from collections.abc import Mapping

from portal.procedures.state import Event
from portal.web.officer.sheet import Ask, Sheet

A = Ask
WITH_OTHERS: Mapping[Event, Sheet] = {
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
    Event.PANELLIST_LEFT: Sheet(
        "A member has left the panel",
        "They cannot sit after all. Appoint somebody else, and end their sight of the case under"
        " “whom it is about, and who may see it”.",
        (A.LEAVES, A.WORDS),
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
    Event.ENQUIRY_RECEIVED: Sheet(
        "A letter asks us something",
        "The Ombudsman’s letter names the day by which to answer.",
        (A.NEW_DATE,),
        on="When did it come?",
        new_date="Answer by (as the letter says)",
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
        "Without an investigation, or without being satisfied with each remedy. The second waits"
        " for another officer, who agrees to it or sends it back.",
        (A.WORDS,),
        words="Their reason",
    ),
}
"""At the statutory stages 2 and 3, and with the Ombudsman."""
