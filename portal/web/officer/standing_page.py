"""What the one template says for each record of who may complain."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """What the one template says for a record: its title, the lead, and the button. `replaces` says
    that a new record counts instead of the earlier one."""

    endpoint: str
    title: str
    lead: str
    button: str
    replaces: bool = True


CONSENT = Page(
    "officer.consent",
    "Does the young person agree?",
    "Somebody who speaks for a child or young person needs their agreement where they can give it."
    " Somebody on the law’s list who complains for themselves does not, and sees no more of the"
    " child’s records for it.",
    "Record this",
)
CONSTITUENT = Page(
    "officer.consent",
    "Does the person agree whom they write for?",
    "An MP or a member of the council may write for somebody. Ask for that person’s agreement"
    " before an answer says anything about them or about others. What you ask for holds the answer"
    " up until you record what came of it.",
    "Record this",
)
CHILDS_VIEW = Page(
    "officer.childs_view",
    "What does the child think?",
    "Ask the child what they think of the complaint, where that is right, or write down why not.",
    "Record this",
)
INTEREST = Page(
    "officer.interest",
    "Is their interest in the child enough?",
    "Decide as soon as you can. Weigh what the child thinks. The person is told by letter, with"
    " your reasons; the child is told where that is right. A no waits for a second officer, and no"
    " letter goes before that.",
    "Decide",
)
CHILD_TOLD = Page(
    "officer.interest",
    "The child was told",
    "Record who told the child of the decision on the writer’s interest, and when.",
    "Record this",
    replaces=False,
)
LATE_TEST = Page(
    "officer.late_test",
    "A complaint that came late",
    "Being late refuses nobody by itself. Weigh both halves for this person, and write down why.",
    "Record both halves",
)
