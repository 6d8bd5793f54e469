"""Whom a young person wants us to talk to, and how old they are, in the words of officers."""

from portal.cases.young_people import said_yes_to
from portal.procedures.telling import NearPerson
from portal.procedures.young_person import AgeBand, TalkTo
from portal.records.feedback import Feedback
from portal.web.officer import wording

AGES = {
    AgeBand.UNDER_10: "9 or under",
    AgeBand.FROM_10: "10 to 12",
    AgeBand.FROM_13: "13 to 15",
    AgeBand.FROM_16: "16 or 17",
    AgeBand.FROM_18: "18 or over",
}
TALK = {
    TalkTo.ME: "They want us to talk to them.",
    TalkTo.ADVOCATE: "They want us to talk to their advocate.",
    TalkTo.ADULT: "They want us to talk to an adult they trust. They did not say who: ask them.",
}


def lines(feedback: Feedback) -> list[str]:
    """What stands beside the way by which they are reached, on every page where they may be.

    Args:
        feedback: the matter.

    Returns:
        Nothing where they were not asked, or said nothing.
    """
    found = []
    if feedback.trusted_adult:
        found.append(f"They want us to talk to an adult they trust: {feedback.trusted_adult}")
    elif feedback.talk_to is not None:
        found.append(TALK[TalkTo(feedback.talk_to)])
    if feedback.age_said is not None:
        found.append(f"How old they say they are: {AGES[AgeBand(feedback.age_said)]}")
    return found


def near(feedback: Feedback) -> list[str]:
    """Whom near them they let us tell, the adult whom they named by their name."""
    return [
        f"{wording.NEAR[NearPerson.TRUSTED]}: {feedback.trusted_adult}"
        if code == NearPerson.TRUSTED
        else wording.NEAR[NearPerson(code)]
        for code in said_yes_to(feedback) or ()
    ]
