"""Codes in the words officers read: channels, outcomes, states, how sure a suggestion is."""

from collections.abc import Mapping
from typing import Any

from portal.council import Council
from portal.procedures.handing_over import HandedOver
from portal.procedures.procedure import Track
from portal.procedures.telling import NearPerson
from portal.procedures.vocabulary import Category, ProcedureCode, Team
from portal.procedures.working_days import in_full
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.attachment import AttachmentState
from portal.records.decision import Outcome
from portal.records.experience import Experience
from portal.records.feedback import ActingFor, Channel, ContactWay
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
ACTING_FOR: Mapping[ActingFor, str] = {
    ActingFor.SELF: "Themselves",
    ActingFor.OWN_CHILD: "Their own child",
    ActingFor.OTHER_CHILD: "Another child or young person",
    ActingFor.NO_ONE_CHILD: "Not about one child",
}
CONTACT_WAYS: Mapping[ContactWay, str] = {
    ContactWay.EMAIL: "By e-mail",
    ContactWay.PHONE: "By telephone",
    ContactWay.TEXT: "By text",
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
DATA_PROTECTION = "Data protection: acknowledged within 30 days"
HANDED_OVER: Mapping[HandedOver, str] = {
    HandedOver.SAFEGUARDING: "a worry about somebody’s safety",
    HandedOver.SERVICE_REQUEST: "a request for a service",
}
NEAR: Mapping[NearPerson, str] = {
    NearPerson.PARENT: "A parent or other family",
    NearPerson.CARER: "A carer",
    NearPerson.HOME: "Those who work where they live",
    NearPerson.SCHOOL: "Their school",
    NearPerson.TRUSTED: "An adult they trust",
    NearPerson.OTHER: "Somebody else near them",
}
REFERRALS: Mapping[ReferralState, tuple[str, str]] = {
    ReferralState.SENT: ("Sent, no answer yet", "yellow"),
    ReferralState.ACCEPTED: ("Accepted, nobody appointed yet", "blue"),
    ReferralState.APPOINTED: ("Advocate appointed", "green"),
    ReferralState.DECLINED: ("Declined", "red"),
}
LETTERS: Mapping[LetterKind, str] = {
    LetterKind.RECEIPT: "Receipt",
    LetterKind.TRACKING_LINK: "Link to follow their feedback",
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
    LetterKind.DANGER_ALERT: "Alert that somebody may be in danger",
    LetterKind.GLASS_BROKEN: "Notice that a closed case was opened",
    LetterKind.REFUSAL_SENT_BACK: "Notice that a proposed no came back",
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
    LetterKind.ADVOCATE_CHANGED: "Who their advocate is",
    LetterKind.ADVOCATE_COPY: "Notice to an advocate",
    LetterKind.HOLDING: "Holding letter",
    LetterKind.REMINDER: "Reminder of a date",
    LetterKind.WORK_WAITS: "Notice that work waits",
    LetterKind.SILENCE: "Alarm: nothing said for too long",
    LetterKind.COMPLIMENT_FOR_WORKER: "Compliment for the worker",
    LetterKind.COMMENT_FOR_TEAM: "Comment for the team",
    LetterKind.COMMENT_PASSED_ON: "Comment passed on",
    LetterKind.HANDED_ON: "Passed on today",
    LetterKind.ENQUIRY_ANSWER: "Answer to an enquiry",
    LetterKind.DATA_PROTECTION_OPENED: "Data-protection complaint opened",
    LetterKind.DATA_PROTECTION_ACKNOWLEDGED: "Data-protection complaint acknowledged",
    LetterKind.DATA_PROTECTION_ANSWER: "Answer on personal data",
    LetterKind.ACCESS_REQUEST: "Request to see data passed on",
    LetterKind.ACCESS_REQUEST_PASSED: "Notice of a request to see data",
    LetterKind.ACCESS_REQUEST_EXTENDED: "More time for a request to see data",
    LetterKind.ADVOCACY_REFERRAL: "Referral to an advocate",
    LetterKind.ADVOCACY_REMINDER: "Reminder: an advocate is waited for",
}
KINDS: Mapping[Track | None, str] = {
    Track.MP_ENQUIRY: "Enquiry from an MP",
    Track.MEMBER_ENQUIRY: "Enquiry from a member of the council",
}
LETTER_STATES: Mapping[LetterState, str] = {
    LetterState.WAITING: "waiting to be sent",
    LetterState.SENDING: "being sent",
    LetterState.SENT: "sent",
    LetterState.REFUSED: "could not be delivered",
    LetterState.WITHHELD: "not sent: read at “follow your feedback” only",
    LetterState.TO_POST: "waiting to be printed and posted",
    LetterState.POSTED: "posted",
}
READ_THERE = "No e-mail may be sent to this person: the letter is read at “follow your feedback”."
DETAILS: Mapping[str, str] = {
    "name": "Name",
    "email": "E-mail address",
    "phone": "Telephone number",
    "address": "Postal address",
}

LETTERS_GO: Mapping[ContactWay, str] = {
    ContactWay.EMAIL: "The letter goes by e-mail. Check that what it says is safe there.",
    ContactWay.POST: "The letter goes by post: you print it from “Letters to post”, and its date is"
    " the day on which it is posted.",
    ContactWay.TEXT: "The letter is read at “follow your feedback”. A text says that there is news,"
    " and not what.",
    ContactWay.PHONE: "The letter is read at “follow your feedback”. Call the person to say that"
    " there is news: it is put on the list under “Letters to post”.",
    ContactWay.PORTAL_ONLY: READ_THERE,
}
"""How a letter will reach somebody, said before it is written."""
LETTERS_WENT: Mapping[ContactWay, str] = {
    ContactWay.EMAIL: "The letter leaves by e-mail in the next minutes.",
    ContactWay.POST: "The letter waits to be printed and posted, under “Letters to post”.",
    ContactWay.TEXT: "The letter is read at “follow your feedback”. A text says that there is"
    " news.",
    ContactWay.PHONE: "The letter is read at “follow your feedback”. Call them to say that there is"
    " news: it is on the list under “Letters to post”.",
    ContactWay.PORTAL_ONLY: "No e-mail may be sent: the letter is read at “follow your feedback”.",
}
"""The same, said once it is written."""
MESSAGE_GOES: Mapping[ContactWay, str] = {
    ContactWay.EMAIL: "A notice without its words goes by e-mail.",
    ContactWay.POST: "A letter with its words waits to be printed, under “Letters to post”.",
    ContactWay.TEXT: "A text says that there is news, without its words.",
    ContactWay.PHONE: "Call them to say that there is news: it is on the list under “Letters to"
    " post”.",
    ContactWay.PORTAL_ONLY: "No e-mail was sent, because this person does not want one: they see it"
    " when they next come with their words.",
}
"""How somebody learns of a message to them."""
MESSAGE_HINTS: Mapping[ContactWay, str] = {
    ContactWay.EMAIL: "They read it with their secret words. An e-mail tells them that there is a"
    " message, without its words.",
    ContactWay.POST: "It goes to them as a letter by post, which you print from “Letters to post”.",
    ContactWay.TEXT: "They read it with their secret words. A text tells them that there is news.",
    ContactWay.PHONE: "They read it with their secret words. Call them to say that there is news.",
    ContactWay.PORTAL_ONLY: "They read it when they next come with their secret words. No e-mail"
    " may be sent to this person.",
}
"""The same, said beside the box."""
SURE = ((0.9, "very sure"), (0.7, "fairly sure"), (0.5, "more likely than not"))


def referral(one: AdvocacyReferral) -> str:
    """Where a referral to an advocate stands, in one line."""
    words = REFERRALS[one.state][0]
    if one.state is ReferralState.APPOINTED:
        return f"{words}: {one.advocate}"
    return f"{words}. Referred on {in_full(one.sent_on)}"


def experience(said: Experience) -> str:
    """How it went, and below it what was added."""
    answer = capital(said.code.value.replace("_", " "))
    return f"{answer}\n{said.words}" if said.words else answer


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


def runs_on(council: Council, code: ProcedureCode, chosen: Track | None) -> str:
    """What a decided matter runs on, in officers' words."""
    if chosen is Track.DATA_PROTECTION:
        return DATA_PROTECTION
    return procedure_name(council, code)


def kind_name(council: Council, category: Category, chosen: Track | None) -> str:
    """The kind of a decided matter: an MP and a member of the council told apart."""
    return KINDS.get(chosen) or capital(council.label(category))


def capital(text: str) -> str:
    """A label at the head of a line."""
    return text[:1].upper() + text[1:]
