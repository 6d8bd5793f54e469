"""Whom somebody wants us to talk to, and how old a young person is, in the words of officers."""

from portal.cases.young_people import said_yes_to
from portal.procedures.telling import NearPerson
from portal.procedures.young_person import AgeBand, TalkTo
from portal.records.feedback import Door, Feedback
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
# At the other doors it is anybody who helps them, and not one of the few whom a child trusts.
HELPER = "They want us to talk to somebody else"


def lines(feedback: Feedback) -> list[str]:
    """What stands beside the way by which they are reached, on every page where they may be.

    Args:
        feedback: the matter.

    Returns:
        Nothing where they were not asked, or said nothing.
    """
    found = []
    if feedback.talk_to is not None:
        found.append(_talk(feedback, TalkTo(feedback.talk_to)))
    if feedback.age_said is not None:
        found.append(f"How old they say they are: {AGES[AgeBand(feedback.age_said)]}")
    return found


def _talk(feedback: Feedback, talk_to: TalkTo) -> str:
    young = feedback.door is Door.YOUNG_PEOPLE
    if feedback.trusted_adult:
        whom = "They want us to talk to an adult they trust" if young else HELPER
        return f"{whom}: {feedback.trusted_adult}"
    if talk_to is TalkTo.ADULT and not young:
        return f"{HELPER}. They did not say who: ask them."
    return TALK[talk_to]


def near(feedback: Feedback) -> list[str]:
    """Whom near them they let us tell, the adult whom they named by their name."""
    return [
        f"{wording.NEAR[NearPerson.TRUSTED]}: {feedback.trusted_adult}"
        if code == NearPerson.TRUSTED
        else wording.NEAR[NearPerson(code)]
        for code in said_yes_to(feedback) or ()
    ]
