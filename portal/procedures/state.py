"""Where a case stands in its procedure, what can happen to it, and who can make it happen."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a case stands. The stage is kept beside it: `answered` is so at every stage."""

    ANSWERING = "answering"
    ANSWERED = "answered"
    # Corporate: the next stage was asked for, and nobody has said yes or no.
    REVIEW_ASKED = "review_asked"
    REVIEWING = "reviewing"
    # Statutory stage 2, open from the day it was asked for: people and statement are settled.
    INVESTIGATION_ASKED = "investigation_asked"
    INVESTIGATING = "investigating"
    ADJUDICATING = "adjudicating"
    ADJUDICATED = "adjudicated"
    PANEL_ASKED = "panel_asked"
    PANEL_HELD = "panel_held"
    PANEL_REPORTED = "panel_reported"
    PANEL_ANSWERED = "panel_answered"
    OMBUDSMAN_ENQUIRY = "ombudsman_enquiry"
    OMBUDSMAN_DRAFT = "ombudsman_draft"
    OMBUDSMAN_DECIDED = "ombudsman_decided"
    # Regulation 8: proceedings come first. The person may come back.
    NOT_CONSIDERED = "not_considered"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"


OVER = frozenset({State.NOT_CONSIDERED, State.WITHDRAWN, State.CONCLUDED})
"""In these a case is closed and no clock runs."""

ANSWER_GIVEN = frozenset({State.ANSWERED, State.ADJUDICATED, State.PANEL_ANSWERED})
"""In these a stage has been answered, and the person may be content or ask for the next."""

RUNNING = frozenset(State) - OVER - ANSWER_GIVEN
"""In these the council owes something: a stage is open and its clock runs."""


class Event(StrEnum):
    """What can happen to a case. Each is kept with its day, its doer and its letter."""

    ACKNOWLEDGED = "acknowledged"
    POINTS_SENT = "points_sent"
    POINTS_AGREED = "points_agreed"
    POINTS_DISPUTED = "points_disputed"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    MEETING_OFFERED = "meeting_offered"
    MEETING_HELD = "meeting_held"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    REROUTED = "rerouted"
    # Points go on in another part, or to somebody else; a case is joined to a lead case.
    SPLIT = "split"
    PART_REDIRECTED = "part_redirected"
    JOINED = "joined"
    JOIN_UNDONE = "join_undone"
    DUPLICATE_CLOSED = "duplicate_closed"

    STAGE_1_SKIPPED = "stage_1_skipped"
    LAPSE_TOLD = "lapse_told"
    NEXT_STAGE_ASKED = "next_stage_asked"
    NEXT_STAGE_ASKED_EARLY = "next_stage_asked_early"
    REQUEST_TAKEN_BACK = "request_taken_back"
    NEXT_STAGE_ACCEPTED = "next_stage_accepted"
    NEXT_STAGE_REFUSED = "next_stage_refused"
    REQUEST_ACKNOWLEDGED = "request_acknowledged"
    REVIEWER_APPOINTED = "reviewer_appointed"

    STATEMENT_SENT = "statement_sent"
    STATEMENT_AGREED = "statement_agreed"
    STATEMENT_DISPUTED = "statement_disputed"
    STATEMENT_SETTLED = "statement_settled"
    INVESTIGATOR_APPOINTED = "investigator_appointed"
    INDEPENDENT_PERSON_APPOINTED = "independent_person_appointed"
    INVESTIGATION_BEGUN = "investigation_begun"
    REPORTS_RECEIVED = "reports_received"
    ADJUDICATED = "adjudicated"
    EARLY_REFERRAL = "early_referral"

    PANEL_ACKNOWLEDGED = "panel_acknowledged"
    CHAIR_APPOINTED = "chair_appointed"
    PANELLIST_APPOINTED = "panellist_appointed"
    PANELLIST_LEFT = "panellist_left"
    PAPERS_SENT = "papers_sent"
    PANEL_HELD = "panel_held"
    PANEL_REPORTED = "panel_reported"
    PANEL_ANSWERED = "panel_answered"

    # A letter of the Ombudsman that asks something and names the day for the answer.
    ENQUIRY_RECEIVED = "enquiry_received"
    ENQUIRY_ANSWERED = "enquiry_answered"
    DRAFT_RECEIVED = "draft_received"
    DRAFT_COMMENTED = "draft_commented"
    FINAL_RECEIVED = "final_received"
    OMBUDSMAN_CLOSED = "ombudsman_closed"

    PART_NOT_CONSIDERED = "part_not_considered"
    NOT_CONSIDERED = "not_considered"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    WITHDRAWAL_DECLINED = "withdrawal_declined"
    WITHDRAWN = "withdrawn"
    CONCLUDED = "concluded"


class Doer(StrEnum):
    """Who can make something happen. Which roles stand behind each is `portal.access`'s affair."""

    OFFICER = "officer"
    MANAGER = "manager"
    INVESTIGATOR = "investigator"
    ADJUDICATOR = "adjudicator"
    PERSON = "person"
    WORKER = "worker"


class AppointedAs(StrEnum):
    """What somebody is appointed to in one case."""

    INVESTIGATOR = "investigator"
    INDEPENDENT_PERSON = "independent_person"
    PANEL_CHAIR = "panel_chair"
    PANEL_MEMBER = "panel_member"
    REVIEWER = "reviewer"


class Independence(StrEnum):
    """What is ticked about somebody before they are appointed (regulations 2, 17(2) and 19)."""

    NO_MEMBER = "no_member"
    NO_OFFICER = "no_officer"
    NO_SPOUSE = "no_spouse"
    NO_PART_IN_CASE = "no_part_in_case"


MUST_DECLARE: Mapping[AppointedAs, frozenset[Independence]] = {
    # The investigating officer may be of the council, from outside the service.
    AppointedAs.INVESTIGATOR: frozenset({Independence.NO_PART_IN_CASE}),
    AppointedAs.REVIEWER: frozenset({Independence.NO_PART_IN_CASE}),
    AppointedAs.INDEPENDENT_PERSON: frozenset(Independence),
    AppointedAs.PANEL_CHAIR: frozenset(Independence),
    AppointedAs.PANEL_MEMBER: frozenset(Independence),
}
"""What each role must declare to count as independent."""

APPOINTS: Mapping[Event, AppointedAs] = {
    Event.INVESTIGATOR_APPOINTED: AppointedAs.INVESTIGATOR,
    Event.INDEPENDENT_PERSON_APPOINTED: AppointedAs.INDEPENDENT_PERSON,
    Event.REVIEWER_APPOINTED: AppointedAs.REVIEWER,
    Event.CHAIR_APPOINTED: AppointedAs.PANEL_CHAIR,
    Event.PANELLIST_APPOINTED: AppointedAs.PANEL_MEMBER,
}
"""The events that appoint somebody, and to what."""


class EarlyReferral(StrEnum):
    """What must all hold before stage 3 may be left out and the Ombudsman asked at once.

    The annex of the 2006 guidance, which could not be read in its own text (unverified,
    reference/procedures.md 2.6).
    """

    REPORT_ROBUST = "report_robust"
    ADJUDICATION_COMPLETE = "adjudication_complete"
    SIGNIFICANT_POINTS_UPHELD = "significant_points_upheld"
    CLEAR_PLAN = "clear_plan"
    WISHES_MET = "wishes_met"
