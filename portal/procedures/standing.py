"""Whether the person may use the statutory procedure for this function.

The lists are those of the Children Act 1989, sections 26(3), (3B), (3C) and 24D(1). Whoever is on
no list may still have enough interest in the child's welfare: that is a decision with its own
steps, for exactly three limbs (reference/procedures.md 1.1).
"""

from collections.abc import Mapping

from portal.procedures.conclusion import Because, FirstDecision, Step, Topic
from portal.procedures.function import Family
from portal.procedures.function_rules import rule_for
from portal.procedures.matter import ChildsView, Interest, Known, Part, Writer
from portal.procedures.person import ACT, PEOPLE, PersonCode
from portal.procedures.refusal import RefusalReason
from portal.procedures.side import NOTHING, Side

_P = PersonCode
# Whose name on which list: a parent is a parent under each section that names parents.
_LISTED: Mapping[Family, Mapping[PersonCode, PersonCode]] = {
    Family.CHILD: {
        _P.CHILD: _P.CHILD,
        _P.SGO_CHILD: _P.CHILD,
        _P.PARENT: _P.PARENT,
        _P.SGO_PARENT: _P.PARENT,
        _P.PR_HOLDER: _P.PR_HOLDER,
        _P.LA_FOSTER_CARER: _P.LA_FOSTER_CARER,
        _P.CARE_LEAVER: _P.CARE_LEAVER,
    },
    Family.LEAVING_CARE: {
        _P.CARE_LEAVER: _P.CARE_LEAVER,
        _P.CHILD: _P.CHILD,
        _P.PARENT: _P.PARENT,
        _P.PR_HOLDER: _P.PR_HOLDER,
        _P.LA_FOSTER_CARER: _P.LA_FOSTER_CARER,
    },
    Family.ADOPTION: {
        _P.ADOPTION_PARTY: _P.ADOPTION_PARTY,
        _P.CHILD: _P.ADOPTION_PARTY,
        _P.PARENT: _P.ADOPTION_PARTY,
        _P.PR_HOLDER: _P.ADOPTION_PARTY,
    },
    Family.GUARDIANSHIP: {
        _P.SGO_CHILD: _P.SGO_CHILD,
        _P.CHILD: _P.SGO_CHILD,
        _P.SGO_CARER: _P.SGO_CARER,
        _P.SGO_PARENT: _P.SGO_PARENT,
        _P.PARENT: _P.SGO_PARENT,
        _P.SGO_APPLICANT: _P.SGO_APPLICANT,
    },
}
_LIMBS: Mapping[Family, str] = {
    Family.CHILD: f"{ACT} s26(3)(e)",
    Family.LEAVING_CARE: f"{ACT} s26(3)(e)",
    Family.ADOPTION: f"{ACT} s26(3B)(b)",
    Family.GUARDIANSHIP: f"{ACT} s26(3C)(c)",
}
_INTEREST_STEPS = "SI 2006/1738, on people with sufficient interest"
_GROWN_UP_NEEDED = frozenset({_P.PARENT, _P.PR_HOLDER, _P.LA_FOSTER_CARER})
_NOT_FOR_ANOTHER = frozenset({_P.UNKNOWN, _P.PROFESSIONAL})
_YOUNG: Mapping[Family, PersonCode] = {
    Family.CHILD: _P.CHILD,
    Family.LEAVING_CARE: _P.CARE_LEAVER,
    Family.ADOPTION: _P.ADOPTION_PARTY,
    Family.GUARDIANSHIP: _P.SGO_CHILD,
}
_LIMB_UNREAD = "The exact limb of the section was not read."


def listed_as(writer: Writer, family: Family) -> PersonCode | None:
    """Give the code under which the writer is on the list for these functions, or None.

    Whoever holds parental responsibility is listed under section 26(3)(c) whatever else they are,
    unless they write as somebody's representative: then it is the other's standing that counts.
    A parent of a grown-up care leaver is no longer the parent of a child.
    """
    code = _LISTED[family].get(writer.person)
    by_responsibility = (
        family in (Family.CHILD, Family.LEAVING_CARE)
        and writer.parental_responsibility is Known.YES
        and writer.person is not PersonCode.REPRESENTATIVE
    )
    if code is None and by_responsibility:
        code = PersonCode.PR_HOLDER
    if family is Family.LEAVING_CARE and writer.over_18 is Known.YES and code in _GROWN_UP_NEEDED:
        return None
    return code


def speaks_for_another(writer: Writer, family: Family | None) -> bool:
    """Say whether the writer needs somebody's agreement: they speak in a young person's name.

    So does whoever writes about a grown-up care leaver, as nobody else is on that list.
    """
    if writer.speaks_for_another:
        return True
    about_grown_up = family is Family.LEAVING_CARE and writer.over_18 is Known.YES
    return (
        about_grown_up
        and writer.person not in _NOT_FOR_ANOTHER
        and listed_as(writer, Family.LEAVING_CARE) is None
    )


def standing_of(writer: Writer, part: Part) -> Side:
    """Find whether the person may use the statutory procedure; outside it anybody may complain."""
    family = rule_for(part.function).family
    if family is None:
        return _anybody(writer, part)
    if speaks_for_another(writer, family):
        rule = PEOPLE[_YOUNG[family]]
        text = "They speak for a child or young person, who may use the procedure."
        return Side((Because(Topic.PERSON, text, rule.provision, _doubt(rule.unverified)),))
    code = listed_as(writer, family)
    if code is not None:
        rule = PEOPLE[code]
        because = Because(
            Topic.PERSON, f"The writer is {rule.label}.", rule.provision, _doubt(rule.unverified)
        )
        return Side((because,))
    return _not_listed(writer, family)


def _not_listed(writer: Writer, family: Family) -> Side:
    person = writer.person
    if person is PersonCode.UNKNOWN:
        text = "We do not know yet who the writer is to the child. Having no name refuses nobody."
        return Side((Because(Topic.PERSON, text, f"{ACT} s26(3); s24D(1)"),), FirstDecision.PERSON)
    if person is PersonCode.PROFESSIONAL:
        text = "The writer is a professional in their job, who has a protocol of their own."
        source = "the local protocol for disagreement between professionals"
        return Side(
            (Because(Topic.PERSON, text, source),), refusal=RefusalReason.PROFESSIONAL_DISPUTE
        )
    return _interest(writer, family)


def _interest(writer: Writer, family: Family) -> Side:
    limb = _LIMBS[family]
    who = f"The writer is {PEOPLE[writer.person].label}"
    if writer.interest is Interest.ENOUGH:
        text = f"{who}. The council decided that their interest in the child's welfare is enough."
        return Side((Because(Topic.PERSON, text, limb),))
    if writer.interest is Interest.NOT_ENOUGH:
        text = (
            f"{who}. The council decided that their interest in the child's welfare is not enough."
        )
        steps = (
            Step("Tell the person that nothing more will be done on it, and why.", _INTEREST_STEPS),
            Step("Tell the child where that is right.", _INTEREST_STEPS),
        )
        because = Because(Topic.PERSON, text, limb)
        return Side((because,), refusal=RefusalReason.NOT_ELIGIBLE, steps=steps)
    text = (
        f"{who}. The council must decide whether their interest in the child's welfare is enough."
    )
    return Side(
        (Because(Topic.PERSON, text, limb),), FirstDecision.INTEREST, steps=_to_decide(writer)
    )


def _to_decide(writer: Writer) -> tuple[Step, ...]:
    steps = [Step("Decide on their interest as soon as possible.", _INTEREST_STEPS)]
    if writer.childs_view is ChildsView.NOT_YET:
        text = "Ask what the child thinks, where that is right, or record why not."
        steps.append(Step(text, _INTEREST_STEPS))
    steps.append(
        Step("Tell the person what was decided, and the child where right.", _INTEREST_STEPS)
    )
    return tuple(steps)


def _anybody(writer: Writer, part: Part) -> Side:
    if rule_for(part.function).elsewhere:
        return NOTHING
    text = "Anybody may complain about this, and may have somebody speak for them."
    return Side((Because(Topic.PERSON, text, "Complaint Handling Code 1.4 and 1.5"),))


def _doubt(unverified: bool) -> str:
    return _LIMB_UNREAD if unverified else ""
