"""What must hold before something can happen to a case: each a test and a sentence.

Pure: the facts of the case and what was given with the event go in, yes or no comes out.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from portal.marking import marked
from portal.procedures.facts import Facts, Given
from portal.procedures.finding import Giver
from portal.procedures.joining import can_lead
from portal.procedures.panel import panel_is_independent, panel_is_three
from portal.procedures.procedure import Track
from portal.procedures.refusal_rules import OF_A_PART
from portal.procedures.state import AppointedAs, Doer, EarlyReferral, Event


class Guard(StrEnum):
    """The tests by name; `SENTENCES` says for each what to do where it does not hold."""

    HAS_POINTS = "has_points"
    POINTS_WERE_SENT = "points_were_sent"
    EVERY_POINT_ANSWERED = "every_point_answered"
    EVERY_POINT_RESOLVED = "every_point_resolved"
    POINTS_CHOSEN = "points_chosen"
    A_POINT_REMAINS = "a_point_remains"
    REASON_GIVEN = "reason_given"
    REASON_PERMITTED = "reason_permitted"
    NOT_YET_DUE = "not_yet_due"
    RUN_OUT = "run_out"
    NOT_RUN_OUT = "not_run_out"
    DATE_LATER = "date_later"
    DATE_WITHIN_MAXIMUM = "date_within_maximum"
    DATE_NAMED = "date_named"
    DATE_AHEAD = "date_ahead"
    MAY_PAUSE = "may_pause"
    NOT_PAUSED = "not_paused"
    IS_PAUSED = "is_paused"
    PERSON_AGREES = "person_agrees"
    CONSENT_SETTLED = "consent_settled"
    BOTH_AGREE = "both_agree"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    NOT_DONE_YET = "not_done_yet"
    NEXT_STAGE_EXISTS = "next_stage_exists"
    OTHER_TRACK = "other_track"
    SECOND_OFFICER = "second_officer"
    PROCEEDINGS_NAMED = "proceedings_named"
    YOUNG_PERSON_HEARD = "young_person_heard"
    WITHDRAWAL_WAITS = "withdrawal_waits"
    REQUEST_WAITS = "request_waits"
    NO_REQUEST_WAITS = "no_request_waits"
    REQUEST_BEHIND_IT = "request_behind_it"
    PROMISES_KEPT = "promises_kept"
    ANOTHER_REVIEWER = "another_reviewer"
    STATEMENT_WAS_SENT = "statement_was_sent"
    STATEMENT_STANDS = "statement_stands"
    HAS_INVESTIGATOR = "has_investigator"
    HAS_INDEPENDENT_PERSON = "has_independent_person"
    INVESTIGATOR_FOUND = "investigator_found"
    EVERY_POINT_ADJUDICATED = "every_point_adjudicated"
    RECOMMENDATIONS_ANSWERED = "recommendations_answered"
    EARLY_REFERRAL_HOLDS = "early_referral_holds"
    DECLARED = "declared"
    THREE_ON_PANEL = "three_on_panel"
    ONE_IN_CHAIR = "one_in_chair"
    PANEL_INDEPENDENT = "panel_independent"
    SITS_ON_PANEL = "sits_on_panel"
    PAPERS_WERE_SENT = "papers_were_sent"
    PANEL_FOUND = "panel_found"
    COUNCIL_ANSWERED_PANEL = "council_answered_panel"
    REMEDIES_SATISFIED = "remedies_satisfied"
    TEAM_CHOSEN = "team_chosen"
    REASON_CODED = "reason_coded"
    NOT_JOINED = "not_joined"
    IS_JOINED = "is_joined"
    CAN_LEAD = "can_lead"
    LEAD_ANSWERED = "lead_answered"
    ANSWER_WRITTEN = "answer_written"
    SAME_PERSON = "same_person"
    ANSWER_SIGNED = "answer_signed"
    # Asked of every event, and of every event that moves a case.
    DAY_POSSIBLE = "day_possible"
    IN_ORDER = "in_order"


SENTENCES: Mapping[Guard, str] = {
    Guard.HAS_POINTS: marked("Write the points of complaint first."),
    Guard.POINTS_WERE_SENT: "The points have not been sent to the person yet. Send them first.",
    Guard.EVERY_POINT_ANSWERED: "Each point needs a finding with its reasons, or the person’s"
    " agreement that it is settled. Add what is missing.",
    Guard.EVERY_POINT_RESOLVED: "The person must have agreed that each point is settled. Record"
    " what was agreed on each, or answer with findings.",
    Guard.POINTS_CHOSEN: "Choose the points that this is about.",
    Guard.A_POINT_REMAINS: "This takes in every point. Use “not considered, as a whole” for that.",
    Guard.REASON_GIVEN: "Write the reason. It is kept with the case.",
    Guard.REASON_PERMITTED: "Choose one of the reasons for which this date may be moved.",
    Guard.NOT_YET_DUE: "The date has passed, and a late letter moves nothing. Write to the person,"
    " say sorry, and say when they will have the answer.",
    Guard.RUN_OUT: "On that day the time for this stage had not run out. Record that they asked"
    " early.",
    Guard.NOT_RUN_OUT: "On that day the time for this stage had run out, so the next one opens."
    " Record that they asked for the next stage.",
    Guard.DATE_LATER: "Choose a date after the present one.",
    Guard.DATE_WITHIN_MAXIMUM: "This is past the longest time allowed. Choose an earlier date.",
    Guard.DATE_NAMED: "Give the day that the letter names.",
    Guard.DATE_AHEAD: "The day that the letter names cannot lie before the letter came.",
    Guard.MAY_PAUSE: "This council’s timescales allow no pause here.",
    Guard.NOT_PAUSED: "The case is paused already.",
    Guard.IS_PAUSED: "The case is not paused.",
    Guard.PERSON_AGREES: "Ask the person, and tick that they agree.",
    Guard.CONSENT_SETTLED: "Consent was asked for and has not come. Record that it came, was"
    " refused or is not needed: then you know what the answer may say.",
    Guard.BOTH_AGREE: "Both the person and the council must agree. Tick both, or leave it.",
    Guard.NOT_ACKNOWLEDGED: "This has been acknowledged already.",
    Guard.NOT_DONE_YET: marked("This has been done already."),
    Guard.NEXT_STAGE_EXISTS: "There is no further stage. The person may go to the Ombudsman.",
    Guard.OTHER_TRACK: "Choose the other procedure.",
    Guard.SECOND_OFFICER: "A second officer must agree. Choose who looked at it with you.",
    Guard.PROCEEDINGS_NAMED: "Say which proceedings they are, and why looking into it now might"
    " prejudice them (regulation 8).",
    Guard.YOUNG_PERSON_HEARD: "A young person’s withdrawal counts only after a talk with them or"
    " their advocate. Say who talked with whom, and when.",
    Guard.WITHDRAWAL_WAITS: marked("Nobody has asked to take this back."),
    Guard.REQUEST_WAITS: marked("There is no earlier request for the next stage."),
    Guard.NO_REQUEST_WAITS: "The person asked for the next stage before this one ended. Ask"
    " whether they still want it: open the next stage, or record that they take it back.",
    Guard.REQUEST_BEHIND_IT: "The next stage opens when the person asks for it, or asked early.",
    Guard.PROMISES_KEPT: "Something that was promised is not done. Record it as done, or why it"
    " cannot be.",
    Guard.ANOTHER_REVIEWER: "Whoever answered the earlier stage cannot answer this one.",
    Guard.STATEMENT_WAS_SENT: marked("Send the statement of complaint first."),
    Guard.STATEMENT_STANDS: "The statement of complaint is not settled: the person agrees it, or"
    " you record how you go on without that.",
    Guard.HAS_INVESTIGATOR: "Appoint an investigating officer first.",
    Guard.HAS_INDEPENDENT_PERSON: "Appoint an independent person first, who is not the"
    " investigating officer (regulation 17(2)).",
    Guard.INVESTIGATOR_FOUND: "The investigating officer’s finding with reasons is missing on a"
    " point.",
    Guard.EVERY_POINT_ADJUDICATED: "The council’s own decision with reasons is missing on a point.",
    Guard.RECOMMENDATIONS_ANSWERED: "Say of each recommendation whether it is accepted, and why"
    " not where it is not.",
    Guard.EARLY_REFERRAL_HOLDS: "All the conditions must hold. Where one does not, hold the panel.",
    Guard.DECLARED: "Say who it is, and tick each condition that must hold for this role.",
    Guard.THREE_ON_PANEL: "A panel is three people. Appoint those who are missing"
    " (regulation 19(2)).",
    Guard.ONE_IN_CHAIR: "One of the three must be in the chair, and only one.",
    Guard.PANEL_INDEPENDENT: "Everybody on the panel must be independent, and the independent"
    " person of stage 2 cannot sit on it, though they may speak (regulation 19).",
    Guard.SITS_ON_PANEL: "Choose who leaves the panel.",
    Guard.PAPERS_WERE_SENT: "Send the papers first.",
    Guard.PANEL_FOUND: "The panel’s finding with reasons is missing on a point.",
    Guard.COUNCIL_ANSWERED_PANEL: "The council’s answer to the panel is missing on a point.",
    Guard.REMEDIES_SATISFIED: "The Ombudsman is not yet satisfied with each remedy.",
    Guard.TEAM_CHOSEN: "Choose the team that answers the part.",
    Guard.REASON_CODED: "Choose the reason.",
    Guard.NOT_JOINED: "This is joined to a lead case. Undo that first.",
    Guard.IS_JOINED: "This is joined to no other case.",
    Guard.CAN_LEAD: "Choose another complaint of the same procedure and step that is still being"
    " answered, or was answered and not closed. Neither may be joined already.",
    Guard.LEAD_ANSWERED: "This is joined to a lead case that is not answered yet. Answer that one"
    " first, or undo the join.",
    Guard.ANSWER_WRITTEN: "Write the answer to this person. It may name nobody else.",
    Guard.SAME_PERSON: "Another person brought the lead case, so this one needs its own answer.",
    Guard.ANSWER_SIGNED: "The draft answer is not signed, or changed since. Have it signed.",
    Guard.DAY_POSSIBLE: "The day must not be in the future, nor before the stage opened.",
    Guard.IN_ORDER: "That day lies before what this follows. Give the day on which it happened.",
}

Test: TypeAlias = Callable[[Facts, Given], bool]


def _found(facts: Facts, giver: Giver) -> bool:
    live = facts.live_points
    return bool(live) and all(
        (found := point.findings.get((facts.stage, giver))) is not None and found.complete
        for point in live
    )


def _every_point_resolved(facts: Facts, _: Given) -> bool:
    key = (facts.stage, Giver.SERVICE)
    live = facts.live_points
    return bool(live) and all(
        (found := point.findings.get(key)) is not None and found.resolved for point in live
    )


def _points_chosen(facts: Facts, given: Given) -> bool:
    return bool(given.points) and given.points <= {point.number for point in facts.live_points}


def _run_out(facts: Facts, on: date) -> bool:
    """Judged by the day on which something happened, not by the day on which it was recorded."""
    return facts.due_on is not None and on > facts.due_on


def _another_reviewer(facts: Facts, given: Given) -> bool:
    reviewers = {one.person for one in facts.appointed(AppointedAs.REVIEWER)}
    before = {str(key) for key in facts.answered_before_by}
    return bool(reviewers) and not reviewers & before


def _day_possible(facts: Facts, given: Given) -> bool:
    return max(facts.received_on, facts.stage_opened_on) <= given.on <= facts.today


def _independent_person(facts: Facts, _: Given) -> bool:
    investigators = {one.person for one in facts.appointed(AppointedAs.INVESTIGATOR)}
    watching = facts.appointed(AppointedAs.INDEPENDENT_PERSON)
    return any(one.independent and one.person not in investigators for one in watching)


TESTS: Mapping[Guard, Test] = {
    Guard.HAS_POINTS: lambda f, g: bool(f.live_points),
    Guard.POINTS_WERE_SENT: lambda f, g: Event.POINTS_SENT in f.happened,
    # A joined case is worked once, at its lead.
    Guard.EVERY_POINT_ANSWERED: lambda f, g: f.joined_to is not None or _found(f, Giver.SERVICE),
    Guard.EVERY_POINT_RESOLVED: _every_point_resolved,
    Guard.POINTS_CHOSEN: _points_chosen,
    Guard.A_POINT_REMAINS: lambda f, g: {p.number for p in f.live_points} > g.points,
    Guard.REASON_GIVEN: lambda f, g: bool(g.words.strip()),
    Guard.REASON_PERMITTED: lambda f, g: g.reason in f.extend_reasons,
    Guard.NOT_YET_DUE: lambda f, g: f.due_on is not None and not _run_out(f, f.today),
    Guard.RUN_OUT: lambda f, g: _run_out(f, g.on),
    Guard.NOT_RUN_OUT: lambda f, g: not _run_out(f, g.on),
    Guard.DATE_LATER: lambda f, g: (
        g.new_date is not None and f.due_on is not None and g.new_date > f.due_on
    ),
    Guard.DATE_WITHIN_MAXIMUM: lambda f, g: (
        g.new_date is not None and f.latest_on is not None and g.new_date <= f.latest_on
    ),
    Guard.DATE_NAMED: lambda f, g: g.new_date is not None,
    Guard.DATE_AHEAD: lambda f, g: g.new_date is None or g.new_date >= g.on,
    Guard.MAY_PAUSE: lambda f, g: f.may_pause,
    Guard.NOT_PAUSED: lambda f, g: not f.paused,
    Guard.IS_PAUSED: lambda f, g: f.paused,
    Guard.PERSON_AGREES: lambda f, g: g.agreed_by_person,
    Guard.CONSENT_SETTLED: lambda f, g: not f.consent_waits,
    Guard.BOTH_AGREE: lambda f, g: g.agreed_by_person and g.agreed_by_council,
    Guard.NOT_ACKNOWLEDGED: lambda f, g: not f.acknowledged,
    Guard.NEXT_STAGE_EXISTS: lambda f, g: f.next_stage is not None,
    Guard.OTHER_TRACK: lambda f, g: (
        g.track in (Track.STATUTORY, Track.CORPORATE) and g.track is not f.track
    ),
    Guard.SECOND_OFFICER: lambda f, g: (
        g.second_officer_id is not None and g.second_officer_id != g.account_id
    ),
    Guard.PROCEEDINGS_NAMED: lambda f, g: bool(g.proceedings.strip() and g.prejudice.strip()),
    Guard.YOUNG_PERSON_HEARD: lambda f, g: not f.young or bool(g.talked_with.strip()),
    Guard.WITHDRAWAL_WAITS: lambda f, g: f.withdrawal_waits,
    Guard.REQUEST_WAITS: lambda f, g: f.request_waits,
    # A request that no stage is left for leads to the Ombudsman, and holds nothing up.
    Guard.NO_REQUEST_WAITS: lambda f, g: not f.request_waits or f.next_stage is None,
    Guard.REQUEST_BEHIND_IT: lambda f, g: g.by is not Doer.WORKER or f.request_waits,
    Guard.PROMISES_KEPT: lambda f, g: f.promises_open == 0,
    Guard.ANOTHER_REVIEWER: _another_reviewer,
    Guard.STATEMENT_WAS_SENT: lambda f, g: Event.STATEMENT_SENT in f.happened,
    Guard.STATEMENT_STANDS: lambda f, g: f.statement_stands,
    Guard.HAS_INVESTIGATOR: lambda f, g: bool(f.appointed(AppointedAs.INVESTIGATOR)),
    Guard.HAS_INDEPENDENT_PERSON: _independent_person,
    Guard.INVESTIGATOR_FOUND: lambda f, g: _found(f, Giver.INVESTIGATOR),
    Guard.EVERY_POINT_ADJUDICATED: lambda f, g: _found(f, Giver.ADJUDICATOR),
    Guard.RECOMMENDATIONS_ANSWERED: lambda f, g: f.recommendations_unanswered == 0,
    Guard.EARLY_REFERRAL_HOLDS: lambda f, g: g.conditions == frozenset(EarlyReferral),
    Guard.DECLARED: lambda f, g: g.appointee_id is not None or bool(g.appointee_name.strip()),
    Guard.THREE_ON_PANEL: lambda f, g: panel_is_three(f),
    Guard.ONE_IN_CHAIR: lambda f, g: len(f.appointed(AppointedAs.PANEL_CHAIR)) == 1,
    Guard.PANEL_INDEPENDENT: lambda f, g: panel_is_independent(f),
    Guard.SITS_ON_PANEL: lambda f, g: (
        g.leaves in {one.person for one in f.appointed(AppointedAs.PANEL_MEMBER)}
    ),
    Guard.PAPERS_WERE_SENT: lambda f, g: Event.PAPERS_SENT in f.happened,
    Guard.PANEL_FOUND: lambda f, g: _found(f, Giver.PANEL),
    Guard.COUNCIL_ANSWERED_PANEL: lambda f, g: _found(f, Giver.COUNCIL),
    Guard.REMEDIES_SATISFIED: lambda f, g: f.remedies_unsatisfied == 0,
    Guard.TEAM_CHOSEN: lambda f, g: g.team is not None,
    Guard.REASON_CODED: lambda f, g: g.reason in OF_A_PART,
    Guard.NOT_JOINED: lambda f, g: f.joined_to is None,
    Guard.IS_JOINED: lambda f, g: f.joined_to is not None,
    Guard.CAN_LEAD: lambda f, g: g.lead is not None and can_lead(f, g.lead),
    Guard.LEAD_ANSWERED: lambda f, g: f.joined_to is None or f.joined_to.answered,
    Guard.ANSWER_WRITTEN: lambda f, g: f.joined_to is None or bool(g.words.strip()),
    Guard.SAME_PERSON: lambda f, g: f.joined_to is not None and f.joined_to.same_person,
    Guard.ANSWER_SIGNED: lambda f, g: not f.draft_waits,
    Guard.DAY_POSSIBLE: _day_possible,
    Guard.IN_ORDER: lambda f, g: f.moved_on is None or g.on >= f.moved_on,
}
