"""For each function: where it belongs, by which provision (reference/procedures.md 1.2, 1.3).

Decisions of the Ombudsman that settled a border stand with their number. What the reference could
not read says so in `doubt`, and an officer sees it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from portal.procedures.function import Family, Function, FunctionRule
from portal.procedures.refusal import RefusalReason

F = Function
_PART_3 = "Children Act 1989 s26(3A)(a), Part 3"
_REG_3 = "SI 2006/1738 reg 3(2)"
_REG_4 = "SI 2006/1738 reg 4"
_OUTSIDE = "outside SI 2006/1738 regs 3 to 5"
_EDUCATION = f"education is {_OUTSIDE}"
_LGA = "Local Government Act 1974"
_COUNCILS = "practice of councils"


def _part_3(label: str, provision: str = _PART_3, family: Family = Family.CHILD) -> FunctionRule:
    return FunctionRule(label, provision, family=family, near_a_court=True)


def _order(label: str, sections: str) -> FunctionRule:
    return FunctionRule(
        label, f"{_REG_3}; Children Act 1989 {sections}", family=Family.CHILD, near_a_court=True
    )


def _corporate(label: str, why: str = _OUTSIDE, doubt: str = "") -> FunctionRule:
    return FunctionRule(label, why, doubt=doubt)


def _elsewhere(label: str, reason: RefusalReason, provision: str, doubt: str = "") -> FunctionRule:
    return FunctionRule(label, provision, elsewhere=reason, doubt=doubt)


_X = RefusalReason
_INSIDE = {
    F.CHILD_IN_NEED: _part_3(
        "help for a child in need: an assessment, a plan, a social worker's work with the family",
        "Children Act 1989 s17 and s26(3A)(a); Ombudsman 24 022 184, 24 017 112, 24 010 962",
    ),
    F.DISABLED_CHILD: _part_3("social care for a disabled child"),
    F.SHORT_BREAKS: _part_3("short breaks for a disabled child"),
    F.DIRECT_PAYMENTS: _part_3("direct payments for a child's care"),
    F.ADAPTATIONS: _part_3("equipment or changes to a home for a disabled child"),
    F.SOCIAL_CARE_IN_PLAN: _part_3("the social care part of an education, health and care plan"),
    F.LOOKED_AFTER: _part_3("how a child in care is looked after"),
    F.CONTACT_IN_CARE: _part_3("a child in care's time with their family"),
    F.CARE_REVIEW: _part_3("the review of a child in care"),
    F.LEAVING_CARE: _part_3(
        "support on leaving care", "Children Act 1989 s24D(1), Part 3", Family.LEAVING_CARE
    ),
    F.VOLUNTARY_ACCOMMODATION: FunctionRule(
        "a voluntary organisation that accommodates the child",
        "SI 2006/1738, the part on voluntary organisations",
        family=Family.CHILD,
        near_a_court=True,
        doubt="The number of the part, and the changes it makes, were not read.",
    ),
    F.FOSTERING_LIMIT: FunctionRule(
        "leave to foster more children than the usual limit",
        "Children Act 1989 Sch 7 para 6",
        family=Family.CHILD,
        doubt="The changes that the Regulations make for this were not read.",
    ),
    F.CARE_APPLICATION: _order("the council's asking for a care or supervision order", "s31(1)"),
    F.CARE_ORDER_EFFECT: _order(
        "what the council does under a care order", "s33(3), (4) and (6) to (9)"
    ),
    F.CONTACT_ORDER: _order("contact with a child under a care order", "s34(6) and (8)"),
    F.SUPERVISION: _order("a supervision order", "s35(1) and (2)"),
    F.ASSESSMENT_ORDER: _order("a child assessment order", "s43(1)"),
    F.EMERGENCY_PROTECTION: _order("an emergency protection order", "s44(1), (10) and (11)"),
    F.ADOPTION_SUPPORT: FunctionRule(
        "adoption support",
        f"{_REG_4}; Adoption Support Services Regulations 2005 reg 3, Parts 4 and 5",
        family=Family.ADOPTION,
    ),
    F.ADOPTION_PLACEMENT: FunctionRule(
        "placing a child for adoption, or considering it",
        f"{_REG_4}; Adoption and Children Act 2002 ss18 to 40",
        family=Family.ADOPTION,
        near_a_court=True,
        doubt="The list in regulation 4 may go on past what was read.",
    ),
    F.ADOPTION_ABROAD: FunctionRule(
        "adopting a child from another country",
        f"{_REG_4}; Adoptions with a Foreign Element Regulations 2005 reg 10, Part 3 chapter 3",
        family=Family.ADOPTION,
    ),
    F.GUARDIANSHIP_SUPPORT: FunctionRule(
        "special guardianship support",
        "SI 2006/1738 reg 5; Children Act 1989 s26(3C)",
        family=Family.GUARDIANSHIP,
        doubt="The items of regulation 5 were not read.",
    ),
}
_CORPORATE = {
    F.PROTECTION_ENQUIRY: FunctionRule(
        "a child protection enquiry as such",
        f"Children Act 1989 s47, {_OUTSIDE}; Ombudsman 25 006 550",
        near_a_court=True,
        doubt="What the Ombudsman's guide of 2021 says of these enquiries was not read.",
    ),
    F.CONFERENCE: FunctionRule(
        "a child protection conference: how it was run, its category or its plan",
        f"the safeguarding partnership's procedure, or the corporate one; {_OUTSIDE}",
        near_a_court=True,
        doubt="Councils differ: an older manual heard how a conference was run as statutory.",
    ),
    F.EARLY_HELP: _corporate("early help without a social worker"),
    F.YOUTH_JUSTICE: FunctionRule("youth justice", _OUTSIDE, near_a_court=True),
    F.ALLEGATION_HANDLING: _corporate(
        "how the designated officer dealt with an allegation against a worker"
    ),
    F.CARER_APPROVAL: FunctionRule(
        "a carer's or adopter's own assessment, approval or registration",
        f"{_OUTSIDE}; each on its merits",
        appeal=_X.STATUTORY_OTHER,
        doubt="The independent review of such decisions was not read.",
    ),
    F.CARER_PAY: _corporate("a carer's own pay, record or support as a carer"),
    F.SEND_DELAY: FunctionRule(
        "delay, silence or service with an education, health and care plan",
        _EDUCATION,
        appeal=_X.TRIBUNAL,
    ),
    F.SEND_DECISION: FunctionRule(
        "what was decided about an education, health and care plan",
        f"{_LGA} s26(6)(a); Milburn [2023] EWCA Civ 207",
        appeal=_X.TRIBUNAL,
        appealable=True,
    ),
    F.ADMISSION_HANDLING: FunctionRule(
        "how a school place was dealt with", _EDUCATION, appeal=_X.TRIBUNAL
    ),
    F.ADMISSION_DECISION: FunctionRule(
        "which school place was offered or refused",
        f"{_LGA} s26(6)(a)",
        appeal=_X.TRIBUNAL,
        appealable=True,
    ),
    F.TRANSPORT_SERVICE: FunctionRule("the way to school", _EDUCATION, appeal=_X.TRIBUNAL),
    F.TRANSPORT_DECISION: FunctionRule(
        "whether a child gets transport to school",
        f"the council's transport appeal; {_LGA} s26(6)(a)",
        appeal=_X.TRIBUNAL,
        appealable=True,
    ),
    F.ATTENDANCE: _corporate("attendance, or a fine for absence", _EDUCATION),
    F.OTHER_EDUCATION: FunctionRule(
        "home education, tuition, psychology or licences", _EDUCATION, appeal=_X.TRIBUNAL
    ),
    F.REFERRAL_HANDLING: _corporate(
        "how a referral was dealt with, where no help for the child was asked for"
    ),
    F.RECORDS: _corporate("what records say, or who was told, which the council still looks at"),
    F.OWN_SERVICE: _corporate("a service that the adult had in their own right"),
    F.OTHER_COUNCIL_SERVICE: _corporate("another service of this council"),
}
_ELSEWHERE = {
    F.SAFEGUARDING_CONCERN: _elsewhere(
        "a worry that a child is at risk, or an allegation against a worker",
        _X.SAFEGUARDING,
        "local safeguarding procedures",
    ),
    F.COURT_ORDER: _elsewhere(
        "what a judge decided", _X.COURT_DECISION, f"{_LGA} s26(6)(c) and Sch 5 para 1"
    ),
    F.COURT_REPORT: _elsewhere(
        "a report written for a court, which the court weighs",
        _X.COURT_DECISION,
        f"{_LGA} Sch 5 para 1; Children Act 1989 s7 and s37",
        doubt="Each case goes on its merits; the Ombudsman's guide of 2021 was not read.",
    ),
    F.SCHOOL: _elsewhere("how a school is run", _X.SCHOOL, f"{_LGA} Sch 5 para 5"),
    F.CHILDRENS_HOME: _elsewhere(
        "how a children's home is run",
        _X.STATUTORY_OTHER,
        "Children's Homes Regulations 2015 reg 39; it gives way where SI 2006/1738 applies",
    ),
    F.ADULT_SOCIAL_CARE: _elsewhere(
        "social care for an adult",
        _X.STATUTORY_OTHER,
        "the adult social care complaints regulations of 2009",
    ),
    F.COUNCILLOR_CONDUCT: _elsewhere(
        "how a councillor behaved", _X.STATUTORY_OTHER, "the council's code for its members"
    ),
    F.OTHER_AUTHORITY: _elsewhere("somebody else's service", _X.NOT_THIS_AUTHORITY, _COUNCILS),
    F.PROFESSIONAL_DISPUTE: _elsewhere(
        "one service's disagreement with another",
        _X.PROFESSIONAL_DISPUTE,
        "the local protocol for disagreement between professionals",
    ),
    F.PERSONNEL: _elsewhere("somebody's own employment", _X.HR, f"{_LGA} Sch 5 para 4"),
    F.DATA_REQUEST: _elsewhere(
        "seeing, correcting or sharing personal data",
        _X.DATA_PROTECTION,
        "Data (Use and Access) Act 2025 s103",
    ),
    F.INFORMATION_REQUEST: _elsewhere(
        "information that the council holds",
        _X.FOI,
        "Freedom of Information Act 2000",
        doubt="The time limit for such a request was not read.",
    ),
    F.DAMAGES: _elsewhere("money for loss or injury", _X.INSURANCE, _COUNCILS),
}
RULES: Mapping[Function, FunctionRule] = MappingProxyType(
    {
        **_INSIDE,
        **_CORPORATE,
        **_ELSEWHERE,
        F.UNCLEAR: FunctionRule(
            "a part of our work that is not clear yet", "reference: person, function, date"
        ),
    }
)


def rule_for(function: Function) -> FunctionRule:
    """Give what goes with a function."""
    return RULES[function]
