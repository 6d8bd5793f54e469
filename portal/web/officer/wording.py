"""Codes in the words officers read: channels, outcomes, states, how sure a suggestion is."""

from collections.abc import Mapping
from typing import Any

from portal.council import Council
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.records.attachment import AttachmentState
from portal.records.decision import Outcome
from portal.records.feedback import Channel, ContactWay
from portal.records.outbox_letter import LetterKind, LetterState
from portal.records.party import PartyRole
from portal.triage.suggested_labels import Guess

CHANNELS: Mapping[Channel, str] = {
    Channel.WEB: "Web form",
    Channel.EMAIL: "E-mail",
    Channel.PHONE: "Telephone",
    Channel.POST: "Post",
    Channel.IN_PERSON: "In person",
}
CONTACT_WAYS: Mapping[ContactWay, str] = {
    ContactWay.EMAIL: "By e-mail",
    ContactWay.PHONE: "By telephone",
    ContactWay.POST: "By post",
    ContactWay.PORTAL_ONLY: "Not at all: they come back with their secret words",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.CASE_OPENED: "Open a case",
    Outcome.THANKED: "Thank them and pass the compliment on",
    Outcome.PASSED_ON: "Pass it on to whoever deals with it",
    Outcome.DECLINED: "No formal investigation, with the reason",
    Outcome.LINKED: "Link it to something we already have",
}
DONE: Mapping[Outcome, str] = {
    Outcome.CASE_OPENED: "Case opened",
    Outcome.THANKED: "Thanked",
    Outcome.PASSED_ON: "Passed on",
    Outcome.DECLINED: "No formal investigation",
    Outcome.LINKED: "Linked",
}
ROLES: Mapping[PartyRole, str] = {
    PartyRole.COMPLAINANT: "Wrote to us",
    PartyRole.YOUNG_PERSON: "Young person",
}
FILE_STATES: Mapping[AttachmentState, str] = {
    AttachmentState.UNSCANNED: "Not scanned for viruses",
    AttachmentState.CLEAN: "Scanned, nothing found",
    AttachmentState.INFECTED: "Harmful: it cannot be opened",
    AttachmentState.REFUSED: "Not kept",
}
PROCEDURES: Mapping[ProcedureCode, str] = {
    ProcedureCode.STATUTORY: "Statutory",
    ProcedureCode.CORPORATE: "Corporate",
    ProcedureCode.DUTY: "No formal investigation",
    ProcedureCode.NONE: "No procedure needed",
}
LETTERS: Mapping[LetterKind, str] = {
    LetterKind.RECEIPT: "Receipt",
    LetterKind.ACKNOWLEDGEMENT: "Acknowledgement",
    LetterKind.CASE_OPENED: "Case opened",
    LetterKind.POINTS_TO_AGREE: "Points to agree",
    LetterKind.PROMISE_DONE: "Promise kept",
    LetterKind.THANKS: "Thanks",
    LetterKind.PASSED_ON: "Passed on",
    LetterKind.DECLINED: "No formal investigation",
    LetterKind.LINKED: "Joined to an earlier matter",
    LetterKind.NEW_MESSAGE: "Notice of a message",
    LetterKind.COMPLIMENT_FOR_TEAM: "Compliment for the team",
    LetterKind.INVITATION: "Invitation",
    LetterKind.PASSWORD_RESET: "Link for a new password",
    LetterKind.SIGN_IN_CHANGED: "Notice that a sign-in changed",
    LetterKind.GLASS_BROKEN: "Notice that a closed case was opened",
    LetterKind.EXTENSION: "More time",
    LetterKind.PAUSE: "Pause",
    LetterKind.MEETING: "Offer of a meeting",
    LetterKind.ANSWER: "Answer",
    LetterKind.LAPSE: "Late: the next stage may be asked for",
    LetterKind.NEXT_STAGE: "The next stage has begun",
    LetterKind.NEXT_STAGE_EARLY: "Early request for the next stage",
    LetterKind.NEXT_STAGE_DECLINED: "No review",
    LetterKind.REQUEST_ACKNOWLEDGED: "Request acknowledged",
    LetterKind.REROUTED: "Other procedure",
    LetterKind.PARTS: "In parts",
    LetterKind.PART_REDIRECTED: "A part is not looked into",
    LetterKind.JOINT_ANSWER: "Answer to all parts",
    LetterKind.STATEMENT: "Statement of complaint",
    LetterKind.APPOINTED: "Who looks into it",
    LetterKind.PANEL_PAPERS: "Panel",
    LetterKind.EARLY_REFERRAL: "Early referral to the Ombudsman",
    LetterKind.NOT_CONSIDERED: "Not considered while proceedings run",
    LetterKind.WITHDRAWN: "Withdrawn",
    LetterKind.CONCLUDED: "Concluded",
    LetterKind.CONSENT_ASKED: "Consent asked for",
    LetterKind.INTEREST_DECIDED: "Decision on their interest in the child",
}
LETTER_STATES: Mapping[LetterState, str] = {
    LetterState.WAITING: "waiting to be sent",
    LetterState.SENDING: "being sent",
    LetterState.SENT: "sent",
    LetterState.REFUSED: "could not be delivered",
    LetterState.WITHHELD: "not sent: read at “follow your feedback” only",
}
SURE = ((0.9, "very sure"), (0.7, "fairly sure"), (0.5, "more likely than not"))


def confidence(guess: Guess[Any]) -> str:
    """Tell how sure a suggestion is: "fairly sure, 82 %", or "unsure"."""
    # No model of words is certain, and "100 %" would say so.
    share = f"{min(guess.confidence * 100, 99):.0f} %"
    if guess.unsure:
        return f"unsure, {share}"
    return f"{next((words for at, words in SURE if guess.confidence >= at), 'a guess')}, {share}"


def team_name(council: Council, team: Team) -> str:
    """The name that officers use for a team."""
    return council.team(team).officer_label


def procedure_name(council: Council, code: ProcedureCode) -> str:
    """A procedure in officers' words, with the public's after it where they differ."""
    public = council.label(code)
    own = PROCEDURES[code]
    return own if public.casefold() == own.casefold() else f"{own}: {public}"


def capital(text: str) -> str:
    """A label at the head of a line."""
    return text[:1].upper() + text[1:]
