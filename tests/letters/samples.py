"""Invented facts for each kind of letter, from which the golden copies are written."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from portal.correspondence import letters
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.voices import Voice
from portal.council import load_council
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.outbox_letter import LetterKind
from tests.letters.of_advocacy import OF_ADVOCACY
from tests.letters.of_data import OF_DATA
from tests.letters.of_work import OF_WORK
from tests.letters.stand_ins import POINTS, Found, PartSample, Promised

FOLDER = Path(__file__).parent
PUBLIC_URL = "https://heard.example"
REFERENCE = "7KQM-2XVD"
STORY = "Zebedee's bus pass never came and Mrs Quillfeather shouted."


FACTS: Mapping[LetterKind, Mapping[str, object]] = {
    LetterKind.RECEIPT: {
        "promises": (
            Promised(date(2026, 12, 15), "we will tell you who is looking into it"),
            Promised(date(2026, 12, 22), "we will write to you with our answer"),
        ),
        "link": f"{PUBLIC_URL}/track/link/{'a1B2_' * 8}xyz",
        "about_plan": True,
    },
    LetterKind.FILE_TOO_LARGE: {"number": 1, "megabytes": 64, "limit": 25},
    LetterKind.ACKNOWLEDGEMENT: {
        "text": "1. The bus pass did not come.\n2. Nobody called you back.",
        "due_on": date(2027, 1, 8),
        "procedure_label": "children's social care complaint",
        "about_plan": True,
    },
    LetterKind.CASE_OPENED: {
        "due_on": date(2027, 1, 8),
        "procedure_label": "children's social care complaint",
        "team_label": "Social workers for families at home",
        "stage_label": "Stage 1: answer from the service",
    },
    LetterKind.POINTS_TO_AGREE: {"points": POINTS},
    LetterKind.PROMISE_DONE: {
        "text": "Send you a new bus pass.",
        "due_on": date(2027, 1, 22),
        "done_on": date(2027, 1, 20),
    },
    LetterKind.THANKS: {},
    LetterKind.PASSED_ON: {
        "reason_label": "It is about somebody else's service",
        "explanation": "The bus firm runs this bus, not us.",
        "tell": "Call the bus firm. Ask for the bus pass team.",
        "about_plan": True,
    },
    LetterKind.DECLINED: {
        "reason_label": "A court has decided this",
        "explanation": "A judge has made an order about this. We cannot change it.",
        "tell": "A solicitor can tell you if you can ask the judge again.",
        "resubmit_by": date(2027, 9, 30),
        "about_plan": True,
    },
    LetterKind.LINKED: {"other_reference": "4HTP-9WZC"},
    LetterKind.NEW_MESSAGE: {},
    LetterKind.TRACKING_LINK: {"link": f"{PUBLIC_URL}/track/link/sample"},
    LetterKind.COMPLIMENT_FOR_TEAM: {
        "text": "The contact worker made my son laugh.",
        "team_label": "Social workers for families at home",
    },
    LetterKind.INVITATION: {"link": f"{PUBLIC_URL}/invitation/{'c3D4-' * 8}xyz", "name": "Jo Reed"},
    LetterKind.PASSWORD_RESET: {
        "link": f"{PUBLIC_URL}/sign-in/new-password/{'c3D4-' * 8}xyz",
        "name": "Jo Reed",
    },
    LetterKind.SIGN_IN_CHANGED: {"name": "Jo Reed", "what": "Your password was changed."},
    LetterKind.CONSENT_ASKED: {
        "text": "Please ask Sam if they want this. They can tell us by phone or by note.",
    },
    LetterKind.INTEREST_DECIDED: {
        "enough": False,
        "explanation": "You live next door. You do not take part in Sam's life.",
    },
    LetterKind.DANGER_ALERT: {
        "reference_of_it": REFERENCE,
        "link": f"{PUBLIC_URL}/officers/feedback/{'c3D4-' * 3}xyz/danger",
        "number": 2,
        "minutes": 15,
    },
    LetterKind.GLASS_BROKEN: {"who": "Jo Reed", "link": f"{PUBLIC_URL}/officers/glass"},
    LetterKind.REFUSAL_SENT_BACK: {
        "who": "Jo Reed",
        "link": f"{PUBLIC_URL}/officers/feedback/a1B2c3D4e5F6g7H8/second-officer",
    },
    LetterKind.EXTENSION: {
        "reason": "We have to talk to one more person. She is back at work on Monday.",
        "old_date": date(2027, 1, 8),
        "new_date": date(2027, 1, 15),
    },
    LetterKind.PAUSE: {
        "reason": "You asked us to wait until you are out of hospital.",
        "due_on": date(2027, 1, 8),
        "new_date": date(2027, 1, 22),
        "resumed": False,
    },
    LetterKind.MEETING: {"text": "Mr Reed can see you on Tuesday at 4pm, or ring you."},
    LetterKind.ANSWER: {
        "points": POINTS,
        "promises": (Promised(date(2027, 2, 5), "We will pay for a new bag."),),
        "stage_label": "Stage 1: answer from the service",
        "next_step": "You can ask for people from outside to look into it.",
        "ask_by": date(2027, 2, 8),
    },
    LetterKind.LAPSE: {"due_on": date(2027, 1, 8)},
    LetterKind.NEXT_STAGE: {
        "stage_label": "Stage 2: independent investigation",
        "what": "Two people from outside the service will look into it and talk to you.",
        "due_on": date(2027, 2, 12),
        "asked_on": date(2027, 1, 8),
    },
    LetterKind.NEXT_STAGE_EARLY: {"due_on": date(2027, 1, 8)},
    LetterKind.NEXT_STAGE_DECLINED: {
        "explanation": "We have put right all that you told us. A new look would not change it.",
    },
    LetterKind.REQUEST_ACKNOWLEDGED: {
        "text": "1. You say that the bus pass still has not come.",
        "stage_label": "Stage 2: review by another manager",
        "due_on": date(2027, 2, 12),
    },
    LetterKind.REROUTED: {
        "procedure_label": "children's social care complaint",
        "explanation": "It is about your social worker. The law has its own steps for that.",
        "due_on": date(2026, 12, 22),
    },
    LetterKind.PARTS: {
        "parts": (
            PartSample(
                "children's social care complaint",
                "Stage 1: answer from the service",
                (Found(1, "My social worker did not come."),),
                date(2026, 12, 15),
            ),
            PartSample(
                "corporate complaint",
                "Stage 1: answer from the service",
                (Found(2, "The school bus did not stop for me."),),
                date(2026, 12, 22),
            ),
        ),
        "redirected": (Found(3, "A teacher shouted at me."),),
    },
    LetterKind.PART_REDIRECTED: {
        "points": (Found(3, "A teacher shouted at me."),),
        "reason_label": "It is about a school",
        "explanation": "The head of your school deals with this. You can ask them for a talk.",
        "about_plan": True,
    },
    LetterKind.JOINT_ANSWER: {
        "answers": (
            {
                "procedure_label": "children's social care complaint",
                "opening": "We spoke to you and to the team.",
                "apology": "We are sorry that your bag was lost.",
                "points": POINTS,
                "promises": (Promised(date(2027, 1, 22), "We will say sorry to you in person."),),
                "next_step": "You can ask for people from outside to look into it. Any words will"
                " do.",
                "ask_by": date(2027, 1, 26),
            },
            {
                "procedure_label": "corporate complaint",
                **dict.fromkeys(("opening", "apology", "ask_by")),
                "points": (
                    Found(3, "The bus did not stop.", "We agree.", "We will tell the bus firm."),
                ),
                "promises": (),
                "next_step": "You can ask for another manager to look at it again. Any words will"
                " do.",
            },
        ),
    },
    LetterKind.STATEMENT: {"points": POINTS},
    LetterKind.APPOINTED: {"role_label": "Who looks into it", "name": "Ann Example"},
    LetterKind.PANEL_PAPERS: {
        "text": "They meet on Tuesday 2 February 2027 at 10am in Meadow House, room 4.",
    },
    LetterKind.EARLY_REFERRAL: {"text": "We agree with you on each point, and have a plan."},
    LetterKind.NOT_CONSIDERED: {
        "proceedings": "A judge is looking at the same thing now.",
        "prejudice": "If we ask the same people now, it could get in the way of the court.",
        "points": POINTS[:1],
        "resubmit_by": date(2028, 1, 10),
        "about_plan": True,
    },
    LetterKind.WITHDRAWN: {},
    LetterKind.CONCLUDED: {},
    LetterKind.HOLDING: {
        "reason": "We have to talk to one more person. She is back at work on Monday.",
        "due_on": date(2027, 1, 8),
        "new_date": date(2027, 1, 15),
    },
    LetterKind.REMINDER: {
        "stage_label": "Stage 1: answer from the service",
        "waits_for": "Answer",
        "due_on": date(2027, 1, 8),
        "how_far": "in 3 working days",
        "link": f"{PUBLIC_URL}/officers/cases/a1B2c3D4e5F6g7H8",
    },
    LetterKind.SILENCE: {
        "stage_label": "Stage 1: answer from the service",
        "since": date(2026, 12, 15),
        "days": 11,
        "link": f"{PUBLIC_URL}/officers/cases/a1B2c3D4e5F6g7H8",
    },
    LetterKind.COMPLIMENT_FOR_WORKER: {
        "text": "The contact worker made my son laugh.",
        "name": "Ann Example",
        "reader": "Jo Reed",
    },
    LetterKind.COMMENT_FOR_TEAM: {
        "text": "It would help to have a bench at the bus stop.",
        "team_label": "School places and school transport",
    },
    LetterKind.COMMENT_PASSED_ON: {
        "team_label": "School places and school transport",
        "explanation": "They meet in May and will talk about it then.",
    },
    LetterKind.HANDED_ON: {
        "team_label": "First contact team",
        "concern": True,
        "explanation": "We spoke to them on the phone.",
        "rest_goes_on": True,
    },
    LetterKind.ENQUIRY_ANSWER: {
        "text": "The bus pass was sent on 4 January 2027.",
        "promises": (Promised(date(2027, 2, 5), "We will check that it has come."),),
    },
    **OF_ADVOCACY,
    **OF_DATA,
    **OF_WORK,
}


# Letters about an account name no matter.
WITHOUT_MATTER = {
    LetterKind.INVITATION,
    LetterKind.PASSWORD_RESET,
    LetterKind.SIGN_IN_CHANGED,
    LetterKind.GLASS_BROKEN,
    LetterKind.DANGER_ALERT,
    LetterKind.ACCESS_REQUEST_PASSED,
}


def sample(kind: LetterKind, voice: Voice, **instead: object) -> WrittenLetter:
    """Write one letter of the example council from the invented facts."""
    facts = {**FACTS[kind], **instead}
    feedback = None if kind in WITHOUT_MATTER else feedback_of_the_letters()
    return letters.write(load_council("staffordshire"), PUBLIC_URL, kind, voice, facts, feedback)


def feedback_of_the_letters() -> Feedback:
    """A feedback that no database knows; its story must appear in no letter."""
    return Feedback(
        reference=REFERENCE,
        channel=Channel.WEB,
        received_at=datetime(2026, 12, 8, 9, 0, tzinfo=UTC),
        received_on=date(2026, 12, 8),
        story=STORY,
        contact_way=ContactWay.EMAIL,
        words_hash="not in any letter",
    )


def golden(kind: LetterKind, voice: Voice) -> Path:
    """Where the agreed wording of a letter is kept."""
    return FOLDER / f"{kind.value}.{voice.value}.txt"


def as_text(letter: WrittenLetter) -> str:
    """A letter as its golden copy has it."""
    return f"Subject: {letter.subject}\n\n{letter.body}"
