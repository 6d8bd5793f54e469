"""Who brings feedback, and which of the procedure's lists names them.

The codes are those an officer records; the lists stand in the Children Act 1989, section 26(3),
(3B) and (3C), and in section 24D(1) (reference/procedures.md 1.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from portal.procedures.vocabulary import Relationship

ACT = "Children Act 1989"


class PersonCode(StrEnum):
    """Who somebody is to the child or young person. The last four are on no list."""

    CHILD = "child"
    PARENT = "parent"
    PR_HOLDER = "pr_holder"
    LA_FOSTER_CARER = "la_foster_carer"
    SUFFICIENT_INTEREST_CHILD = "sufficient_interest_child"
    CARE_LEAVER = "care_leaver"
    ADOPTION_PARTY = "adoption_party"
    SUFFICIENT_INTEREST_ADOPTION = "sufficient_interest_adoption"
    SGO_CHILD = "sgo_child"
    SGO_CARER = "sgo_carer"
    SGO_PARENT = "sgo_parent"
    SUFFICIENT_INTEREST_SGO = "sufficient_interest_sgo"
    SGO_APPLICANT = "sgo_applicant"
    REPRESENTATIVE = "representative"
    PROFESSIONAL = "professional"
    PUBLIC = "public"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PersonRule:
    """How a person is described to an officer, and the provision that names them.

    `unverified` marks a provision of which the exact limb could not be read.
    """

    label: str
    provision: str
    relationship: Relationship
    unverified: bool = False


_P = PersonCode
_R = Relationship
PEOPLE: Mapping[PersonCode, PersonRule] = MappingProxyType(
    {
        _P.CHILD: PersonRule(
            "a child in care or a child in need", f"{ACT} s26(3)(a)", _R.YOUNG_PERSON
        ),
        _P.PARENT: PersonRule("a parent of the child", f"{ACT} s26(3)(b)", _R.PARENT),
        _P.PR_HOLDER: PersonRule(
            "somebody with parental responsibility for the child", f"{ACT} s26(3)(c)", _R.PARENT
        ),
        _P.LA_FOSTER_CARER: PersonRule(
            "a foster carer for the council", f"{ACT} s26(3)(d)", _R.FOSTER_CARER
        ),
        _P.SUFFICIENT_INTEREST_CHILD: PersonRule(
            "a relative or somebody else close to the child", f"{ACT} s26(3)(e)", _R.RELATIVE
        ),
        _P.CARE_LEAVER: PersonRule(
            "a young person who has left care or is leaving it",
            f"{ACT} s24D(1)",
            _R.YOUNG_PERSON,
            unverified=True,
        ),
        _P.ADOPTION_PARTY: PersonRule(
            "somebody whom an adoption concerns, such as an adopter or an adopted person",
            f"{ACT} s26(3B)(a); Adoption and Children Act 2002 s3(1)",
            _R.ADOPTER,
        ),
        _P.SUFFICIENT_INTEREST_ADOPTION: PersonRule(
            "a relative or somebody else close to a child who is or may be adopted",
            f"{ACT} s26(3B)(b)",
            _R.RELATIVE,
        ),
        _P.SGO_CHILD: PersonRule(
            "a child with a special guardian", f"{ACT} s26(3C)(a)", _R.YOUNG_PERSON, unverified=True
        ),
        _P.SGO_CARER: PersonRule(
            "a special guardian", f"{ACT} s26(3C)(b)", _R.RELATIVE, unverified=True
        ),
        _P.SGO_PARENT: PersonRule(
            "a parent of a child with a special guardian",
            f"{ACT} s26(3C)(b)",
            _R.PARENT,
            unverified=True,
        ),
        _P.SUFFICIENT_INTEREST_SGO: PersonRule(
            "a relative or somebody else close to a child with a special guardian",
            f"{ACT} s26(3C)(c)",
            _R.RELATIVE,
        ),
        _P.SGO_APPLICANT: PersonRule(
            "somebody who asked to be assessed for special guardianship support",
            f"{ACT} s26(3C)(d)",
            _R.RELATIVE,
            unverified=True,
        ),
        _P.REPRESENTATIVE: PersonRule(
            "an advocate, solicitor or friend who speaks for somebody",
            "Complaint Handling Code 1.5",
            _R.ADVOCATE,
        ),
        _P.PROFESSIONAL: PersonRule(
            "a professional in their job", "Complaint Handling Code 1.4", _R.PROFESSIONAL
        ),
        _P.PUBLIC: PersonRule(
            "a neighbour or a member of the public", "Complaint Handling Code 1.4", _R.OTHER
        ),
        _P.UNKNOWN: PersonRule("somebody we do not know yet", "not known", _R.OTHER),
    }
)
