"""The words that mean one thing everywhere: codes for what an officer decides.

The codes are stable: they stand in the database, in the classifier's labels and in the
command-line contract. The words that people see are a council's configuration.
"""

from enum import StrEnum


class Category(StrEnum):
    """What kind of feedback it is."""

    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    COMMENT = "comment"
    MP_ENQUIRY = "mp_enquiry"
    OMBUDSMAN = "ombudsman"


class Area(StrEnum):
    """The four areas of children's services that teams belong to."""

    SAFEGUARDING = "safeguarding"
    LAC_DISABILITY = "lac_disability"
    EDUCATION = "education"
    OTHER = "other"


class Team(StrEnum):
    """The service teams; which area a team belongs to on a day is in the council's file."""

    SPECIALIST_SAFEGUARDING_UNIT = "specialist_safeguarding_unit"
    FIRST_RESPONSE = "first_response"
    EMERGENCY_DUTY = "emergency_duty"
    LADO = "lado"
    YOUTH_OFFENDING = "youth_offending"
    EARLY_HELP = "early_help"
    CARE_PLANNING_COURT = "care_planning_court"
    DISABILITY = "disability"
    THROUGHCARE = "throughcare"
    ADOPTION = "adoption"
    FOSTERING = "fostering"
    OCCUPATIONAL_THERAPY = "occupational_therapy"
    INTENSIVE_PREVENTION = "intensive_prevention"
    SEND = "send"
    ADMISSIONS_TRANSPORT = "admissions_transport"
    HOME_EDUCATION = "home_education"
    EDUCATIONAL_PSYCHOLOGY = "educational_psychology"
    EDUCATION_WELFARE = "education_welfare"
    PERFORMANCE_LICENCE = "performance_licence"
    PENALTY_NOTICES = "penalty_notices"
    HOME_TUITION = "home_tuition"
    CONFERENCE_IRO = "conference_iro"
    OTHER = "other"


class ProcedureCode(StrEnum):
    """Which procedure a matter follows. `DUTY` is shown to people as "no formal investigation"."""

    STATUTORY = "statutory"
    CORPORATE = "corporate"
    DUTY = "duty"
    NONE = "none"


class Nature(StrEnum):
    """What a complaint is about, in one word."""

    CASE_MANAGEMENT = "case_management"
    COMMUNICATION = "communication"
    STAFF_CONDUCT = "staff_conduct"
    STANDARD_OF_SERVICE = "standard_of_service"
    POLICY = "policy"
    DATA = "data"


class Relationship(StrEnum):
    """Who the writer is to the child or the service."""

    PARENT = "parent"
    YOUNG_PERSON = "young_person"
    ADVOCATE = "advocate"
    FOSTER_CARER = "foster_carer"
    RELATIVE = "relative"
    ADOPTER = "adopter"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Risk(StrEnum):
    """How soon a person must read it. Raised for a person; it never lowers or closes anything."""

    NOW = "now"
    CONCERN = "concern"
    NONE = "none"
