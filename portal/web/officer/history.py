"""A matter's history: the trail's rows in words, with who did each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal import clock
from portal.cases import looks
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback

MOST_SHOWN = 200
ACTS: Mapping[str, str] = {
    "feedback_received": "Came in",
    "feedback_entered": "Entered by an officer",
    "feedback_viewed": "Read",
    "feedback_prepared": "A decision was prepared",
    "suggestion_stored": "The classifier made a suggestion",
    "decided_case_opened": "Decided: a case",
    "decided_thanked": "Decided: thanked",
    "decided_passed_on": "Decided: passed on",
    "decided_declined": "Decided: no formal investigation",
    "decided_linked": "Decided: linked",
    "refusal_proposed": "A no was proposed to a second officer",
    "refusal_viewed": "A proposed no was read",
    "refusal_agreed": "A second officer agreed to a no",
    "refusal_sent_back": "A second officer sent a no back",
    "refusal_taken_back": "A proposed no was taken back",
    "advocacy_agreed": "What an advocate may do was recorded",
    "advocate_asked": "An advocate asked to follow it",
    "advocate_request_approved": "An advocate was let in",
    "advocate_request_declined": "An advocate was not let in",
    "advocates_viewed": "Its advocates were looked at",
    "takeover_asked": "An advocate asked a colleague to take over",
    "takeover_taken_back": "An advocate asks a colleague no longer",
    "takeover_accepted": "A colleague took over from an advocate",
    "takeover_declined": "A colleague did not take over from an advocate",
    "supporter_offered": "A link for a supporter was made",
    "supporter_began": "A supporter used their link",
    "supporter_ended": "A supporter’s link was ended",
    "supporter_viewed": "A supporter looked at it",
    "case_opened": "The case was opened",
    "case_viewed": "The case was looked at",
    "shown_again": "A form about it was shown again",
    "people_viewed": "Whom it is about was looked at",
    "staff_searched": "The staff list was searched for whom it is about",
    "words_viewed": "The page for new secret words was opened",
    "tag_put": "A tag was put on it",
    "tag_taken_off": "A tag was taken off it",
    "case_assigned": "Another officer was named for it",
    "found_by_search": "It was found by its words",
    "list_searched": "Its reference was looked up in the lists",
    "tracking_viewed": "Looked at on “follow your feedback”",
    "case_acknowledged": "The acknowledgement was written",
    "points_viewed": "The points were looked at",
    "point_added": "A point was written",
    "point_edited": "A point was changed",
    "point_split": "A point was split",
    "points_joined": "Points were joined",
    "point_withdrawn": "A point was withdrawn",
    "part_closed": "A part was said to be about another child",
    "part_opened": "A part was said to be about the young person whose matter it is",
    "point_moved": "A point went into another part",
    "case_split": "Points were split off into another part",
    "case_part_redirected": "Points were passed on or refused",
    "case_joined": "It was joined to a lead case",
    "case_join_undone": "It was parted from its lead case",
    "case_duplicate_closed": "It was closed as sent twice",
    "ombudsman_recorded": "The Ombudsman’s decision was recorded",
    "ombudsman_covers": "The Ombudsman’s decision was said to cover a case",
    "ombudsman_covered": "It was said to be covered by the Ombudsman’s decision",
    "ombudsman_uncovered": "It was taken out of the Ombudsman’s decision",
    "case_points_sent": "The points were sent to the person",
    "case_points_agreed": "The points were agreed",
    "case_points_disputed": "The person said that a point is not what they said",
    "findings_viewed": "The findings were looked at",
    "finding_recorded": "A finding was written",
    "promises_viewed": "The promises were looked at",
    "remedy_proposed": "Something was recommended",
    "remedy_promised": "Something was promised",
    "remedy_accepted": "A recommendation was accepted",
    "remedy_not_accepted": "A recommendation was not accepted",
    "remedy_given_up": "A promise was given up",
    "remedy_done": "A promise was kept",
    "remedy_told_ombudsman": "The Ombudsman was told of a remedy",
    "remedy_learning": "Learning was noted",
    "message_added": "A message was added",
    "note_added": "A note for colleagues was added",
    "notes_viewed": "The officers’ notes were looked at",
    "timeline_viewed": "All that was said and done was looked at",
    "letter_written": "A letter was written",
    "letter_sent": "A letter was sent",
    "letter_viewed": "A letter by post was looked at",
    "letter_saved": "An advocate saved a letter",
    "letter_saved_by_person": "The person saved a letter",
    "copy_saved": "The person saved a copy of what they had sent",
    "letter_printed": "A letter by post was printed",
    "letter_posted": "The day on which a letter was posted was recorded",
    "letter_posting_corrected": "The day on which a letter was posted was corrected",
    "letter_posting_taken_back": "A letter was not posted after all",
    "notice_made": "The person is to be told that there is news",
    "notice_by_hand": "A text did not arrive: an officer tells the person",
    "notice_done": "An officer told the person that there is news",
    "notice_dropped": "The person closed this way, so no text was sent",
    "text_sent": "A text was sent",
    "text_delivered": "A text was delivered",
    "file_viewed": "A file was opened",
    "words_given": "New secret words were given",
    "experience_said": "The person said how it went",
    "advocate_experience_said": "An advocate said how it went",
    "contact_viewed": "How they may be reached was looked at",
    "safe_contact_changed": "How they may be reached was said or changed",
    "contact_details_changed": "Somebody’s details were changed",
    "contact_override_proposed": "A letter past the safe-contact rule was proposed",
    "contact_override_agreed": "A manager agreed to a letter past the safe-contact rule",
    "contact_override_refused": "A manager did not agree to a letter past the safe-contact rule",
    "allocated": "It was given to a manager to answer",
    "allocation_accepted": "A manager took it",
    "allocation_handed_back": "A manager handed it back",
    "allocation_ended": "It was taken from somebody whom it is about, or who reports to them",
    "allocation_chased": "A manager was reminded to take it or hand it back",
    "allocation_viewed": "Who answers it was looked at",
    "answer_viewed": "The draft answer was looked at",
    "answer_drafted": "The draft answer was written on",
    "answer_sent_to_sign": "The draft answer was sent to be signed",
    "answer_sent_back": "The draft answer was sent back",
    "answer_signed": "The draft answer was signed",
    "tasks_viewed": "The questions to colleagues were looked at",
    "task_viewed": "A question was read by whoever was asked",
    "task_asked": "A colleague was asked something",
    "task_answered": "A colleague answered",
    "task_taken_back": "A question to a colleague was taken back",
    "task_chased": "A colleague was reminded of a question",
    "fees_viewed": "What was paid was looked at",
    "fee_recorded": "A payment was recorded",
    "fee_taken_back": "A payment was taken back",
    "papers_viewed": "The papers for an investigation were looked at",
    "papers_chosen": "Papers for an investigation were chosen",
    "paper_viewed": "A paper was read from outside",
    "investigation_note_written": "An investigating officer wrote a note",
    "investigation_report_kept": "A report of an investigation was kept",
    "investigation_report_viewed": "A report of an investigation was opened",
    "bundles_viewed": "The bundles of papers were looked at",
    "bundle_asked": "A bundle of papers was begun",
    "bundle_read": "The files in a bundle were read",
    "bundle_redacted": "The names in a bundle were looked for",
    "bundle_checked": "A bundle was read and checked",
    "bundle_made": "A bundle was made",
    "bundle_failed": "A bundle could not be made",
    "bundle_opened": "A bundle was opened",
    "person_linked": "Somebody whom it is about was linked to the staff list",
    "person_unlinked": "A link to the staff list was taken back",
    "persons_settled": "Who is meant was settled",
    "persons_unsettled": "Who is meant was opened again",
    "matter_given": "It was opened to somebody for a time",
    "matter_taken_back": "It was closed to somebody again",
    "glass_broken": "Opened in an emergency",
    "danger_alert_raised": "Alert raised: somebody may be in danger now",
    "danger_alert_sent": "Alert sent to the duty list",
    "danger_alert_taken": "Alert taken",
    "danger_alert_ended": "Alert ended by an officer’s decision",
    "child_named": "A child was named",
    "child_unnamed": "A child’s name was taken away",
    "children_viewed": "The children’s names were looked at",
    "danger_viewed": "Alert looked at",
    "alert_words_viewed": "Words read past a wall, because of an alert",
    "danger_page_viewed": "The page to say that there is danger, or no more, was opened",
    "risk_raised": "Risk raised by alarming words",
    "danger_said": "An officer said that somebody is in danger now",
    "danger_over": "An officer said that the danger is over",
    "glass_break_seen": "The complaints manager looked at the emergency",
    "case_handed_over": "It was handed over to another officer",
    "looks_viewed": "The list of those who looked was read",
    "route_viewed": "Which procedure it follows was looked at",
    "route_facts_kept": "Facts on which procedure it follows were ticked",
    "route_recorded": "Which procedure it follows was recorded",
    "consent_recorded": "Consent was recorded",
    "childs_view_recorded": "What the child thinks was recorded",
    "interest_decided": "Their interest in the child was decided",
    "child_told_of_interest": "The child was told of the decision on interest",
    "late_test_recorded": "Both halves of the test for a late complaint were recorded",
    "reminder_sent": "A reminder was sent",
    "reminder_untold": "A reminder did not reach everybody it was for",
    "reminder_settled": "An officer told them another way",
    "holding_drafted": "A holding letter was drafted",
    "holding_viewed": "The holding letter was looked at",
    "holding_edited": "The holding letter was changed",
    "holding_sent": "A holding letter was sent",
    "holding_discarded": "A holding letter was thrown away",
    "handovers_viewed": "What was passed on was looked at",
    "handed_over": "A worry or a request was passed on",
    "resubmission_viewed": "What waits for proceedings was looked at",
    "takes_up": "It takes up a matter that waited for proceedings",
    "taken_up": "It was brought again after proceedings",
    "handover_taken": "Who took what was passed on was recorded",
    "compliment_passed_on": "The compliment was passed on to a worker",
    "praise_viewed": "The page for passing a compliment on was opened",
    "access_request_viewed": "A request to see data was looked at",
    "access_request_passed": "A request to see data was passed on",
    "access_request_taken": "A request to see data was taken",
    "access_request_extended": "More time was taken for a request to see data",
    "access_request_answered": "A request to see data was answered",
    "listed_behind_figure": "Its line behind a figure of the annual report was looked at",
    "listed_as_learned": "What was promised in it was looked at for the annual report",
    "publication_viewed": "The text for publication was looked at",
    "publishing_consent_recorded": "Whether their words may be published was recorded",
    "publication_begun": "A redacted text was asked for",
    "publication_redacted": "A redacted text was written",
    "publication_offered": "A text was offered for publication",
    "publication_agreed": "A second officer agreed to a text for publication",
    "publication_sent_back": "A second officer sent a text back",
    "publication_withdrawn": "A text was withdrawn from publication",
    "keeping_viewed": "How long it is kept was looked at",
    "hold_put": "A hold was put on it",
    "hold_lifted": "The hold was lifted",
    "erasure_proposed": "Its erasure was proposed",
    "erasure_agreed": "A second officer agreed to its erasure",
    "erasure_declined": "Its erasure was declined",
    "erasure_confirmed": "An officer confirmed that it may go",
    "erasure_stopped": "It was not erased after all",
    "erased": "Erased",
    "tracking_opened": "Opened at “follow your feedback”",
    "tellings_viewed": "Who near the young person is told was looked at",
    "telling_proposed": "It was prepared to tell somebody near the young person",
    "telling_agreed": "A manager agreed that somebody near the young person is told",
    "telling_refused": "A manager said no to telling somebody near the young person",
    "telling_done": "Somebody near the young person was told",
    "referral_viewed": "The referral to an advocate was looked at",
    "advocate_answer_recorded": "What they said to the offer of an advocate was recorded",
    "advocate_referred": "A referral to an advocate was sent",
    "advocate_referral_accepted": "The referral to an advocate was accepted",
    "advocate_referral_appointed": "An advocate was appointed",
    "advocate_referral_declined": "The referral to an advocate was declined",
    "advocate_referral_chased": "The referral to an advocate was chased",
    "file_unheard": "A file came that nobody has heard or looked at: a concern until then",
    "hearing_viewed": "What a file says was looked at",
    "file_heard": "An officer wrote down what a file says",
    "text_not_english": "A text came that is not in English: a concern until somebody has read it",
    "in_english_viewed": "What a text says in English was looked at",
    "text_in_english": "An officer wrote down what a text says in English",
    "suggestion_asked_again": "A new suggestion was asked for",
}
ACTORS: Mapping[str, str] = {
    "officer": "an officer",
    "staff": "somebody of the council",
    "account": "themself",
    "advocate": "an advocate",
    "public": "the person",
    "supporter": "a supporter",
    "intake": "the mailbox",
    "work": "the portal",
    "command": "whoever runs the portal",
}


@dataclass(frozen=True)
class HistoryRow:
    """One act in words."""

    title: str
    when: str
    body: str


def history(session: Session, feedback: Feedback) -> list[HistoryRow]:
    """Tell what was done with a matter, the newest first, at most `MOST_SHOWN` acts.

    Args:
        session: any session.
        feedback: the matter.
    """
    return rows_of(*looks.latest_acts(session, feedback, MOST_SHOWN))


def rows_of(events: Iterable[AuditEvent], names: Mapping[int, str]) -> list[HistoryRow]:
    """Tell rows of the trail in words.

    Args:
        events: the rows.
        names: of the accounts that did them, by their keys.
    """
    return [_row(event, names) for event in events]


def at_words(moment: datetime) -> str:
    """A moment on a London clock: "8 January 2027, 14:05"."""
    local = clock.in_london(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _row(event: AuditEvent, names: Mapping[int, str]) -> HistoryRow:
    by = names.get(event.actor_id or 0) or ACTORS.get(event.actor_kind, event.actor_kind)
    changed = ", ".join(field.replace("_", " ") for field in event.fields)
    return HistoryRow(
        title=ACTS.get(event.act, event.act.replace("_", " ").capitalize()),
        when=f"{at_words(event.at)}, {by}",
        body=f"Other than suggested: {changed}" if changed and "decided" in event.act else "",
    )
