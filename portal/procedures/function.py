"""What part of the council's work feedback is about: inside the statutory procedure, or outside.

`function_rules` has the table with the provision of each.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.procedures.refusal import RefusalReason


class Family(StrEnum):
    """The lists of people that go with the functions inside the procedure."""

    CHILD = "child"
    LEAVING_CARE = "leaving_care"
    ADOPTION = "adoption"
    GUARDIANSHIP = "guardianship"


class Function(StrEnum):
    """The functions: those inside, those outside, and what is decided elsewhere."""

    # Inside: Part 3.
    CHILD_IN_NEED = "child_in_need"
    DISABLED_CHILD = "disabled_child"
    SHORT_BREAKS = "short_breaks"
    DIRECT_PAYMENTS = "direct_payments"
    ADAPTATIONS = "adaptations"
    SOCIAL_CARE_IN_PLAN = "social_care_in_plan"
    LOOKED_AFTER = "looked_after"
    CONTACT_IN_CARE = "contact_in_care"
    CARE_REVIEW = "care_review"
    LEAVING_CARE = "leaving_care"
    VOLUNTARY_ACCOMMODATION = "voluntary_accommodation"
    FOSTERING_LIMIT = "fostering_limit"
    # Inside: Parts 4 and 5.
    CARE_APPLICATION = "care_application"
    CARE_ORDER_EFFECT = "care_order_effect"
    CONTACT_ORDER = "contact_order"
    SUPERVISION = "supervision"
    ASSESSMENT_ORDER = "assessment_order"
    EMERGENCY_PROTECTION = "emergency_protection"
    # Inside: adoption and special guardianship.
    ADOPTION_SUPPORT = "adoption_support"
    ADOPTION_PLACEMENT = "adoption_placement"
    ADOPTION_ABROAD = "adoption_abroad"
    GUARDIANSHIP_SUPPORT = "guardianship_support"
    # Outside: the corporate procedure.
    PROTECTION_ENQUIRY = "protection_enquiry"
    CONFERENCE = "conference"
    EARLY_HELP = "early_help"
    YOUTH_JUSTICE = "youth_justice"
    ALLEGATION_HANDLING = "allegation_handling"
    CARER_APPROVAL = "carer_approval"
    CARER_PAY = "carer_pay"
    SEND_DELAY = "send_delay"
    SEND_DECISION = "send_decision"
    ADMISSION_HANDLING = "admission_handling"
    ADMISSION_DECISION = "admission_decision"
    TRANSPORT_SERVICE = "transport_service"
    TRANSPORT_DECISION = "transport_decision"
    ATTENDANCE = "attendance"
    OTHER_EDUCATION = "other_education"
    REFERRAL_HANDLING = "referral_handling"
    RECORDS = "records"
    OWN_SERVICE = "own_service"
    OTHER_COUNCIL_SERVICE = "other_council_service"
    # Decided elsewhere.
    SAFEGUARDING_CONCERN = "safeguarding_concern"
    COURT_ORDER = "court_order"
    COURT_REPORT = "court_report"
    SCHOOL = "school"
    CHILDRENS_HOME = "childrens_home"
    ADULT_SOCIAL_CARE = "adult_social_care"
    COUNCILLOR_CONDUCT = "councillor_conduct"
    OTHER_AUTHORITY = "other_authority"
    PROFESSIONAL_DISPUTE = "professional_dispute"
    PERSONNEL = "personnel"
    DATA_REQUEST = "data_request"
    INFORMATION_REQUEST = "information_request"
    DAMAGES = "damages"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class FunctionRule:
    """One function: where it belongs and why.

    `family` is set for what is inside the statutory procedure; `elsewhere` for what neither
    procedure decides. With neither it is the corporate procedure's. `appeal` is the code that
    applies where somebody else can decide the very matter on appeal, and `appealable` says that
    such a right goes with the function. `doubt` says what could not be verified.
    """

    label: str
    provision: str
    family: Family | None = None
    elsewhere: RefusalReason | None = None
    appeal: RefusalReason | None = None
    appealable: bool = False
    near_a_court: bool = False
    doubt: str = ""

    @property
    def inside(self) -> bool:
        """Say whether the statutory procedure covers the function."""
        return self.family is not None
