"""Why a procedure is suggested, in plain words with the provision, and what is still unknown.

The reasons explain the suggestion; they do not make it. They read the suggested relationship and
team, the cues of the text, and what the form said. Provisions are those of the portal's own
reference for the statutory and corporate procedures; none is quoted that was not checked there.
"""

import re
from collections.abc import Collection, Mapping

from classifier.suggestion import Reason
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Team

_ACT = "Children Act 1989"
_REGULATIONS = "SI 2006/1738"
_LGA = "Local Government Act 1974"
_CODE = "Complaint Handling Code"

_PERSONS: dict[str, Reason] = {
    Relationship.PARENT: Reason("The writer is a parent of {child}.", f"{_ACT} s26(3)(b)"),
    Relationship.YOUNG_PERSON: Reason("The writer is {self}.", f"{_ACT} s26(3)(a)"),
    Relationship.FOSTER_CARER: Reason(
        "The writer is a foster carer who speaks for the child.", f"{_ACT} s26(3)(d)"
    ),
    Relationship.RELATIVE: Reason(
        "The writer is a relative; the council decides whether their interest in the child's "
        "welfare is enough.",
        f"{_ACT} s26(3)(e)",
    ),
    Relationship.ADOPTER: Reason(
        "The writer has adopted, or wishes to adopt, a child.", f"{_ACT} s26(3B)(a)"
    ),
    Relationship.ADVOCATE: Reason(
        "The writer is an advocate for someone who may complain.", f"{_ACT} s26A"
    ),
}
_CHILD_OF_TEAM: dict[str, str] = {
    Team.CARE_PLANNING_COURT: "a child in care",
    Team.FOSTERING: "a child in care",
    Team.ADOPTION: "a child for whom adoption support is in question",
    Team.DISABILITY: "a disabled child",
    Team.OCCUPATIONAL_THERAPY: "a disabled child",
    Team.SEND: "a disabled child",
}
_PART_3 = f"{_ACT} s26(3A)(a), Part 3"
_FUNCTIONS: dict[str, Reason] = {
    Team.CARE_PLANNING_COURT: Reason("It is about the care of a child in care.", _PART_3),
    Team.DISABILITY: Reason("It is about social care for a disabled child.", _PART_3),
    Team.OCCUPATIONAL_THERAPY: Reason(
        "It is about equipment or an adaptation for a disabled child.", _PART_3
    ),
    Team.THROUGHCARE: Reason("It is about support on leaving care.", f"{_ACT} s24D(1)"),
    Team.ADOPTION: Reason("It is about adoption support.", f"{_REGULATIONS} reg 4"),
    Team.FOSTERING: Reason("It is about how a child in care is looked after.", _PART_3),
    Team.CONFERENCE_IRO: Reason("It is about the review of a child in care.", _PART_3),
    Team.SEND: Reason("It is about the social care part of a plan.", _PART_3),
}
_IN_NEED = Reason("It is about help for a child in need.", f"{_ACT} s17 and s26(3A)(a)")
_GUARDIANSHIP = Reason(
    "It is about special guardianship support.", f"{_REGULATIONS} reg 5; {_ACT} s26(3C)"
)

_OUTSIDE: dict[str, str] = {
    Team.EARLY_HELP: "Early help without a social worker is outside the functions listed.",
    Team.YOUTH_OFFENDING: "Youth justice is outside the functions listed.",
    Team.LADO: "The designated officer's work is outside the functions listed.",
    Team.CONFERENCE_IRO: "A child protection conference as such is outside the functions listed.",
    Team.FOSTERING: "A carer's own approval, record or pay is outside the functions listed.",
    Team.FIRST_RESPONSE: "No help for a child in need was asked for.",
    Team.EMERGENCY_DUTY: "No help for a child in need was asked for.",
}
_EDUCATION = "Education is outside the functions listed, whoever writes."

# For "no formal investigation": the first cue that is there gives the likeliest reason.
_ELSEWHERE: tuple[tuple[str, Reason], ...] = (
    ("tribunal", Reason("A tribunal may decide this.", f"{_LGA} s26(6)(a)")),
    ("proceedings", Reason("A court may be deciding this.", f"{_REGULATIONS} reg 8")),
    ("appeal", Reason("There is a right of appeal.", f"{_LGA} s26(6)(a)")),
    ("data", Reason("It asks for, or about, personal data.", "Data Protection Act 2018")),
    ("not_children", Reason("It is about another council's or another service.", _CODE)),
    ("school_staff", Reason("A school answers for its own staff.", f"{_LGA} Sch 5 para 5")),
    ("allegations", Reason("It is a concern to pass on to the designated officer.", _CODE)),
    (
        "long_ago",
        Reason("It may be about events over a year ago.", f"{_REGULATIONS} reg 9; {_CODE} 2.2"),
    ),
)
_CONCERNED = frozenset({Category.COMPLAINT, Category.MP_ENQUIRY, Category.OMBUDSMAN})
_WHEN = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|june?|july?|aug|sept?|oct|"
    r"nov|dec)[a-z]*\b|\bmay (?:the )?\d|\bin may\b|\b\d{1,2}[/.]\d{1,2}\b|\b20[0-3]\d\b|"
    r"\b(?:today|yesterday|tonight|last (?:night|week|month|year|term))\b|"
    r"\b(?:weeks?|months?|wks?|yrs?|years?|days?) ago\b|\b(?:christmas|easter|xmas|half term)\b",
    re.IGNORECASE,
)


def procedure_reasons(
    procedure: str, category: str, team: str, relationship: str, cues: Collection[str]
) -> tuple[Reason, ...]:
    """Return the reasons for a suggested procedure.

    Args:
        procedure: the suggested procedure.
        category: the suggested category.
        team: the suggested team.
        relationship: who seems to write.
        cues: the names of the cues that the text holds.
    """
    if procedure == ProcedureCode.NONE:
        return (Reason("It thanks or praises; the thanks are passed on.", _CODE),)
    if procedure == ProcedureCode.STATUTORY:
        return _statutory(team, relationship, cues)
    if procedure == ProcedureCode.CORPORATE:
        return _corporate(team, cues)
    return _no_investigation(category, cues)


def _statutory(team: str, relationship: str, cues: Collection[str]) -> tuple[Reason, ...]:
    reasons = []
    person = _PERSONS.get(relationship)
    if team == Team.THROUGHCARE and relationship == Relationship.YOUNG_PERSON:
        reasons.append(Reason("The writer has left care or is leaving it.", f"{_ACT} s24D(1)"))
    elif person:
        child = _CHILD_OF_TEAM.get(team, "a child in need")
        reasons.append(Reason(person.text.format(child=child, self=child), person.source))
    if team == Team.FOSTERING and "from_kin" in cues:
        reasons.append(_GUARDIANSHIP)
    else:
        reasons.append(_FUNCTIONS.get(team, _IN_NEED))
    return tuple(reasons)


def _corporate(team: str, cues: Collection[str]) -> tuple[Reason, ...]:
    source = f"{_REGULATIONS} regs 3 to 5"
    if "data" in cues:
        text = "It is about records or a disclosure, which the council still looks at."
        return (Reason(text, f"{_CODE}; outside {source}"),)
    if team == Team.SPECIALIST_SAFEGUARDING_UNIT or "protection" in cues:
        text = "A child protection enquiry as such is outside the functions listed."
        return (Reason(_OUTSIDE.get(team, text), source),)
    return (Reason(_OUTSIDE.get(team, _EDUCATION), source),)


def _no_investigation(category: str, cues: Collection[str]) -> tuple[Reason, ...]:
    if category == Category.COMMENT:
        text = "It asks, suggests or passes something on; nobody complains."
        return (Reason(text, f"{_CODE} 1.2 and 1.7"),)
    found = tuple(reason for cue, reason in _ELSEWHERE if cue in cues)[:2]
    unclear = Reason("It reads like matters for which no formal investigation opened.", _CODE)
    return found or (unclear,)


def missing_facts(
    choices: Mapping[str, str], unsure_who: bool, cues: Collection[str], text: str
) -> tuple[str, ...]:
    """Return what an officer would need to find out before deciding the procedure.

    Args:
        choices: the suggested category, procedure, team and relationship.
        unsure_who: the text does not make clear who writes, nor did the form.
        cues: the names of the cues that the text holds.
        text: the text, looked through for any date.
    """
    if choices["category"] not in _CONCERNED:
        return ()
    asked = []
    if unsure_who:
        asked.append("Who is the writer to the child?")
    if "proceedings" in cues:
        asked.append("Is the court case still open, and would looking into this affect it?")
    elif choices["procedure"] == ProcedureCode.STATUTORY:
        asked.append("Is there a court case about the child?")
    if choices["team"] == Team.SEND or "tribunal" in cues:
        asked.append("Has an appeal been made, or could one be?")
    if choices["relationship"] == Relationship.RELATIVE:
        asked.append("Does the council accept the writer's interest in the child's welfare?")
    if choices["relationship"] == Relationship.ADVOCATE:
        asked.append("Has the young person agreed, and to what?")
    if not _WHEN.search(text):
        asked.append("When did it happen?")
    elif "long_ago" in cues:
        asked.append("When did the writer first know of it, and why write now?")
    return tuple(asked)
