"""The pages of events that split a case into parts, or join it to a lead case."""

from collections.abc import Mapping

from portal.procedures.state import Event
from portal.web.officer.sheet import Ask, Sheet

A = Ask
OF_PARTS: Mapping[Event, Sheet] = {
    Event.SPLIT: Sheet(
        "Split it: some points go the other way",
        "The points that you choose go on in a part of their own, by the other procedure. It keeps"
        " the reference, the named officer and the day of receipt. If there is such a part already,"
        " they go there. The letter tells the person what follows for each part, and by when.",
        (A.POINTS, A.TRACK, A.TEAM, A.WORDS),
        on="When was it decided?",
        words="Why these points go another way",
    ),
    Event.PART_REDIRECTED: Sheet(
        "Pass some points on, or say no to them",
        "The rest is looked into. The letter gives the reason, your words and the way to the"
        " Ombudsman, and a second officer must agree.",
        (A.POINTS, A.REFUSAL, A.WORDS),
        on="When was it decided?",
        words="Explain it to the person: why, and who can help",
    ),
    Event.JOINED: Sheet(
        "Join it to a lead case",
        "For the same matter from several people. It is looked into once, at the lead case. This"
        " person keeps their own reference, dates and letters, and nothing of theirs is shown to"
        " the others. Nothing is sent now.",
        (A.LEAD, A.WORDS),
        on="When was it decided?",
        words="Why they are one matter",
    ),
    Event.JOIN_UNDONE: Sheet(
        "Undo the join",
        "From now on this case is looked into by itself again. Its dates have run on.",
        (A.WORDS,),
        on="When was it decided?",
    ),
    Event.DUPLICATE_CLOSED: Sheet(
        "Close it: the same person’s lead case goes on",
        "For something that one person sent twice. The letter gives them the reference under which"
        " we go on.",
        on="When was it decided?",
    ),
}
"""Parts of one matter, and one matter from several people."""
