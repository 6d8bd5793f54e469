"""What a team and a relationship usually stand for in law: where to begin, never a conclusion.

The classifier reads texts with it, and an officer's page begins with it.
"""

from collections.abc import Mapping

from portal.procedures.function import Function
from portal.procedures.person import PersonCode
from portal.procedures.vocabulary import Relationship, Team

_F, _T = Function, Team
FUNCTIONS_OF_TEAM: Mapping[str, tuple[Function, ...]] = {
    _T.SPECIALIST_SAFEGUARDING_UNIT: (_F.CHILD_IN_NEED, _F.PROTECTION_ENQUIRY),
    _T.FIRST_RESPONSE: (_F.CHILD_IN_NEED, _F.REFERRAL_HANDLING),
    _T.EMERGENCY_DUTY: (_F.CHILD_IN_NEED, _F.REFERRAL_HANDLING),
    _T.LADO: (_F.ALLEGATION_HANDLING,),
    _T.YOUTH_OFFENDING: (_F.YOUTH_JUSTICE,),
    _T.EARLY_HELP: (_F.EARLY_HELP,),
    _T.CARE_PLANNING_COURT: (_F.LOOKED_AFTER,),
    _T.DISABILITY: (_F.DISABLED_CHILD,),
    _T.THROUGHCARE: (_F.LEAVING_CARE,),
    _T.ADOPTION: (_F.ADOPTION_SUPPORT, _F.CARER_APPROVAL),
    _T.FOSTERING: (_F.LOOKED_AFTER, _F.CARER_PAY),
    _T.OCCUPATIONAL_THERAPY: (_F.ADAPTATIONS,),
    _T.INTENSIVE_PREVENTION: (_F.CHILD_IN_NEED,),
    _T.SEND: (_F.SEND_DELAY, _F.SEND_DECISION),
    _T.ADMISSIONS_TRANSPORT: (_F.ADMISSION_HANDLING, _F.ADMISSION_DECISION),
    _T.HOME_EDUCATION: (_F.OTHER_EDUCATION,),
    _T.EDUCATIONAL_PSYCHOLOGY: (_F.OTHER_EDUCATION,),
    _T.EDUCATION_WELFARE: (_F.ATTENDANCE,),
    _T.PERFORMANCE_LICENCE: (_F.OTHER_EDUCATION,),
    _T.PENALTY_NOTICES: (_F.ATTENDANCE,),
    _T.HOME_TUITION: (_F.OTHER_EDUCATION,),
    _T.CONFERENCE_IRO: (_F.CARE_REVIEW, _F.CONFERENCE),
    _T.OTHER: (_F.OTHER_AUTHORITY, _F.OTHER_COUNCIL_SERVICE),
}
"""The functions of each team, the likeliest first."""

_PERSONS: Mapping[str, PersonCode] = {
    Relationship.PARENT: PersonCode.PARENT,
    Relationship.YOUNG_PERSON: PersonCode.CHILD,
    Relationship.FOSTER_CARER: PersonCode.LA_FOSTER_CARER,
    Relationship.RELATIVE: PersonCode.SUFFICIENT_INTEREST_CHILD,
    Relationship.ADOPTER: PersonCode.ADOPTION_PARTY,
    Relationship.ADVOCATE: PersonCode.REPRESENTATIVE,
    Relationship.PROFESSIONAL: PersonCode.PROFESSIONAL,
    Relationship.OTHER: PersonCode.PUBLIC,
}
# Who somebody is depends on what they write about.
_PERSON_ABOUT: Mapping[tuple[str, Function], PersonCode] = {
    (Relationship.YOUNG_PERSON, _F.LEAVING_CARE): PersonCode.CARE_LEAVER,
    (Relationship.RELATIVE, _F.GUARDIANSHIP_SUPPORT): PersonCode.SGO_CARER,
    (Relationship.RELATIVE, _F.ADOPTION_SUPPORT): PersonCode.SUFFICIENT_INTEREST_ADOPTION,
}


def likely_person(relationship: str, function: Function) -> PersonCode:
    """Give who somebody usually is: it depends on what they write about as well."""
    about = _PERSON_ABOUT.get((relationship, function))
    return about or _PERSONS.get(relationship, PersonCode.UNKNOWN)
