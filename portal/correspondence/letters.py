"""Letters: each kind's facts, its template in each voice, and the words that come of them.

A template's first line is the subject. A council may put its own wording in
councils/<slug>/letters/ under the same name, or write it on a page; it gets the same facts and no
others.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jinja2 import TemplateError

from portal.catalogues import ENGLISH
from portal.correspondence import letter_sentences, letter_templates, own_wordings
from portal.correspondence.voices import Voice, language_of, voice_of
from portal.council import Council
from portal.procedures.refusal_rules import RULES
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.wording import words_of
from portal.work import Work

LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Facts:
    """What a kind of letter must be told, and what it may be told."""

    needed: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    to_staff: bool = False


NO = ("reason_label", "explanation")
REMINDS = ("stage_label", "waits_for", "due_on", "how_far", "link")

FACTS: Mapping[LetterKind, Facts] = MappingProxyType(
    {
        LetterKind.RECEIPT: Facts(("promises",), ("link", "about_plan")),
        LetterKind.TRACKING_LINK: Facts(("link",)),
        LetterKind.FILE_TOO_LARGE: Facts(("number", "megabytes", "limit")),
        LetterKind.ACKNOWLEDGEMENT: Facts(("text", "due_on", "procedure_label"), ("about_plan",)),
        LetterKind.CASE_OPENED: Facts(("due_on", "procedure_label", "team_label", "stage_label")),
        LetterKind.POINTS_TO_AGREE: Facts(("points",)),
        LetterKind.PROMISE_DONE: Facts(("text", "done_on"), ("due_on",)),
        LetterKind.THANKS: Facts(),
        LetterKind.PASSED_ON: Facts(NO, ("tell", "about_plan")),
        LetterKind.DECLINED: Facts(NO, ("tell", "resubmit_by", "about_plan")),
        LetterKind.LINKED: Facts((), ("other_reference",)),
        LetterKind.NEW_MESSAGE: Facts((), ("text",)),
        LetterKind.COMPLIMENT_FOR_TEAM: Facts(("text", "team_label"), to_staff=True),
        LetterKind.INVITATION: Facts(("link", "name"), to_staff=True),
        LetterKind.PASSWORD_RESET: Facts(("link", "name"), to_staff=True),
        LetterKind.SIGN_IN_CHANGED: Facts(("name", "what"), to_staff=True),
        LetterKind.GLASS_BROKEN: Facts(("who", "link"), to_staff=True),
        LetterKind.DANGER_ALERT: Facts(
            ("reference_of_it", "link", "number", "minutes"), to_staff=True
        ),
        LetterKind.REFUSAL_SENT_BACK: Facts(("who", "link"), to_staff=True),
        LetterKind.EXTENSION: Facts(("reason", "old_date", "new_date")),
        LetterKind.PAUSE: Facts(("reason", "due_on"), ("new_date", "resumed")),
        LetterKind.MEETING: Facts(("text",)),
        LetterKind.ANSWER: Facts(
            ("points", "promises", "stage_label", "next_step"), ("ask_by", "opening", "apology")
        ),
        LetterKind.LAPSE: Facts(("due_on",)),
        LetterKind.NEXT_STAGE: Facts(("stage_label", "what", "due_on"), ("asked_on",)),
        LetterKind.NEXT_STAGE_EARLY: Facts(("due_on",)),
        LetterKind.NEXT_STAGE_DECLINED: Facts(("explanation",)),
        LetterKind.REQUEST_ACKNOWLEDGED: Facts(("text", "stage_label", "due_on")),
        LetterKind.REROUTED: Facts(("procedure_label", "explanation", "due_on")),
        LetterKind.PARTS: Facts(("parts",), ("redirected",)),
        LetterKind.PART_REDIRECTED: Facts(
            ("points", "reason_label", "explanation"), ("about_plan",)
        ),
        LetterKind.JOINT_ANSWER: Facts(("answers",)),
        LetterKind.STATEMENT: Facts(("points",)),
        LetterKind.APPOINTED: Facts(("role_label", "name")),
        LetterKind.PANEL_PAPERS: Facts(("text",)),
        LetterKind.EARLY_REFERRAL: Facts(("text",)),
        LetterKind.NOT_CONSIDERED: Facts(
            ("proceedings", "prejudice"), ("points", "resubmit_by", "about_plan")
        ),
        LetterKind.WITHDRAWN: Facts(),
        LetterKind.CONCLUDED: Facts((), ("about_data",)),
        LetterKind.CONSENT_ASKED: Facts(("text",), ("constituent",)),
        LetterKind.INTEREST_DECIDED: Facts(("enough", "explanation")),
        LetterKind.ADVOCATE_CHANGED: Facts(("name",), ("organisation", "old_name")),
        LetterKind.ADVOCATE_COPY: Facts(("link",), to_staff=True),
        LetterKind.HOLDING: Facts(("reason", "due_on", "new_date")),
        LetterKind.REMINDER: Facts(REMINDS, to_staff=True),
        LetterKind.WORK_WAITS: Facts(("what", "due_on", "link"), ("how_far",), to_staff=True),
        LetterKind.SILENCE: Facts(("stage_label", "since", "days", "link"), to_staff=True),
        LetterKind.COMPLIMENT_FOR_WORKER: Facts(("text", "name", "reader"), to_staff=True),
        LetterKind.COMMENT_FOR_TEAM: Facts(("text", "team_label"), to_staff=True),
        LetterKind.COMMENT_PASSED_ON: Facts(("team_label", "explanation")),
        LetterKind.HANDED_ON: Facts(("team_label", "concern"), ("explanation", "rest_goes_on")),
        LetterKind.ENQUIRY_ANSWER: Facts(("text", "promises")),
        LetterKind.DATA_PROTECTION_OPENED: Facts(("acknowledge_by", "due_on")),
        LetterKind.DATA_PROTECTION_ACKNOWLEDGED: Facts(("text", "due_on")),
        LetterKind.DATA_PROTECTION_ANSWER: Facts(("text", "promises")),
        LetterKind.ACCESS_REQUEST: Facts(("due_on",)),
        LetterKind.ACCESS_REQUEST_PASSED: Facts(("due_on", "link"), to_staff=True),
        LetterKind.ACCESS_REQUEST_EXTENDED: Facts(("reason", "old_date", "new_date")),
        LetterKind.ADVOCACY_REFERRAL: Facts(
            ("sent_on", "due_on", "link"),
            ("name", "way", "to", "care", "hours", "neutral", "no_message", "not_to_see"),
            to_staff=True,
        ),
        LetterKind.ADVOCACY_REMINDER: Facts(
            ("due_on", "how_far", "link"), ("declined",), to_staff=True
        ),
    }
)
"""No kind has secret words among its facts: letters never carry them."""


@dataclass(frozen=True)
class WrittenLetter:
    """A letter's words, ready for the outbox or for an officer to look at first."""

    subject: str
    body: str
    language: str = ENGLISH

    def says(self, sentence: str) -> bool:
        """Whether the letter says a sentence of ours, in its language.

        Args:
            sentence: the English.
        """
        forms = letter_templates.forms_of(sentence, self.language)
        return any(form in self.body for form in forms)


class FactsMissing(LookupError):
    """A letter was asked for without the facts that it states: a mistake in our code."""


def preview(
    work: Work, kind: LetterKind, feedback: Feedback, facts: Mapping[str, object] | None = None
) -> WrittenLetter:
    """Write a letter about one feedback, and send nothing.

    Args:
        work: the open act.
        kind: which letter.
        feedback: what it is about.
        facts: what the kind states, as `FACTS` lists it.

    Returns:
        The letter in the writer's voice and language, or in plain adult English when it goes to
        staff.

    Raises:
        FactsMissing: a fact that the letter needs is not given.
    """
    to_staff = FACTS[kind].to_staff
    voice = Voice.ADULT if to_staff else voice_of(work.session, feedback)
    language = ENGLISH if to_staff else language_of(work.council, feedback)
    own = own_wordings.in_force(work, kind, voice.value)
    url, told = work.settings.public_url, facts or {}
    return write(work.council, url, kind, voice, told, feedback, own, language=language)


def write(
    council: Council,
    public_url: str,
    kind: LetterKind,
    voice: Voice,
    facts: Mapping[str, object],
    feedback: Feedback | None = None,
    own: str | None = None,
    *,
    trial: bool = False,
    language: str = ENGLISH,
) -> WrittenLetter:
    """Write a letter from its template.

    Args:
        council: whose letter it is.
        public_url: where the portal's pages are.
        kind, voice: which template.
        facts: what the kind states; others are not passed on, so no template can show them.
        feedback: what it is about; only its reference and its day of receipt are used.
        own: a wording that somebody wrote on a page, in place of the template.
        trial: an error in that wording is one; otherwise the letter goes in the template's words.
        language: one that the council offers. What has no translation is in English.

    Raises:
        FactsMissing: a fact that the letter needs is not given.
    """
    missing = [name for name in FACTS[kind].needed if name not in facts]
    if missing:
        raise FactsMissing(f"{kind.value} needs {', '.join(missing)}")
    told: dict[str, object] = dict.fromkeys(FACTS[kind].may)
    known = {*FACTS[kind].needed, *FACTS[kind].may}
    told.update({name: _tidy(name, facts[name]) for name in facts if name in known})
    told |= {
        "council": council,
        "track_url": f"{public_url}/track",
        "reference": feedback.reference if feedback else None,
        "received_on": feedback.received_on if feedback else None,
        "has_words": feedback is not None and feedback.words_hash is not None,
    }
    reader = letter_templates.reader(council, language, voice)
    text = own_wordings.rendered(reader, own, told, trial=trial)
    text = text or reader.get_template(f"{kind.value}.{voice.value}.txt").render(told)
    subject, _, body = text.strip().partition("\n")
    about = None if FACTS[kind].to_staff else feedback
    return WrittenLetter(_subject(subject, about), _without_controls(body).strip() + "\n", language)


def faults_in(council: Council) -> tuple[str, ...]:
    """Find templates that cannot be read, a council's own among them, and translations that
    cannot stand in them.

    Returns:
        One sentence for each fault, for whoever runs the portal.
    """
    faults: dict[str, None] = {}
    for kind in LetterKind:
        for voice in voices_for(kind):
            name = f"{kind.value}.{voice.value}.txt"
            try:
                letter_templates.reader(council).get_template(name)
            except TemplateError as error:
                faults[f"The letter {name} has a fault: {error}."] = None
                continue
            if not FACTS[kind].to_staff:
                faults |= dict.fromkeys(_faults_of_words(council, name, voice))
    return tuple(faults)


def _faults_of_words(council: Council, name: str, voice: Voice) -> Iterator[str]:
    for language in council.languages:
        words = words_of(language, plain=voice is Voice.YOUNG)
        for source in letter_templates.with_parts(council, name):
            for fault in letter_sentences.faults_in(source, words):
                yield f"The letter {name} has a fault in {language}: {fault}."


def voices_for(kind: LetterKind) -> tuple[Voice, ...]:
    """Give the voices that a kind is written in: staff are written to in one."""
    return (Voice.ADULT,) if FACTS[kind].to_staff else tuple(Voice)


def shipped(council: Council, kind: LetterKind, voice: Voice) -> str:
    """The wording that is used where nobody wrote another one on a page."""
    return letter_templates.source(council, f"{kind.value}.{voice.value}.txt")


def _subject(line: str, feedback: Feedback | None) -> str:
    """The subject; `feedback` is None where no answer is to be filed by its reference."""
    # The reference is put on here, so that no template can lose it: replies are filed by it.
    plain = " ".join(_without_controls(line).split())[:LONGEST_SUBJECT]
    return f"{plain} [{feedback.reference}]" if feedback else plain


def _tidy(name: str, fact: object) -> object:
    if not isinstance(fact, str):
        return fact
    if name == "tell" and fact in _FOR_OFFICERS:
        return None
    return _without_controls(fact.replace("\r\n", "\n").replace("\r", "\n")).strip()


# The rules' `tell` says to an officer what a letter must hold. It is no sentence for the person,
# so where it is handed over as one, the letter goes without it.
_FOR_OFFICERS = frozenset(rule.tell for rule in RULES.values())


def _without_controls(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
