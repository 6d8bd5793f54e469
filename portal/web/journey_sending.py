"""From answers to feedback: the typed value that a journey hands over, and the act of sending."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal import audit, written_together
from portal.cases import drafted_points, drafts, plan_decisions, referring
from portal.cases.promises import first_promises
from portal.cases.receiving import AboutThem, NewFeedback, NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.cases.typed_words import NO_WORDS
from portal.cases.young_people import is_young
from portal.catalogues import ENGLISH
from portal.correspondence import outbox
from portal.procedures.vocabulary import Category, Relationship
from portal.procedures.young_person import AgeBand, TalkTo
from portal.records.draft import Draft
from portal.records.feedback import ActingFor, Channel, ContactWay, Door, Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.party import PartyRole
from portal.web import contact_answers, draft_cookie, journey_closing
from portal.web.journey import Answers, Journey, Question, flat
from portal.web.public import adjustments_form
from portal.web.public.telling_forms import points_in
from portal.web.question_form import QuestionForm
from portal.wording import language
from portal.work import PUBLIC, Work, begin_work

# What an officer reads of what somebody else decides about as well.
ELSEWHERE = {
    "court": "A court case, or what a judge decided",
    "plan": "A decision on an education, health and care plan",
    "school": "Something that a school did",
    "place": "A school place, school transport or an exclusion",
    "others": "The NHS, the police or another council",
}
MAY_PUBLISH = {"yes": True, "no": False}


@dataclass(frozen=True)
class Pressed:
    """What came of a press on "Send".

    Attributes:
        sent: there is a draft that has now been sent, by this press or an earlier one.
        wrong: the form beside the button, where it needs mending.
        unchecked: the first page that was saved before it was found right.
    """

    sent: bool = False
    wrong: QuestionForm | None = None
    unchecked: Question | None = None


def send(journey: Journey) -> Pressed:
    """Keep what stands beside the button, and send the draft of this browser, once, however often
    it is asked.

    Args:
        journey: the door.

    Returns:
        What came of it. Where nothing did, there is no draft, or an answer is missing.
    """
    try:
        return _send(journey)
    except (IntegrityError, StaleDataError):
        # Two presses at the same moment, on PostgreSQL: the other has made the record, so that
        # a second look finds it.
        return _send(journey)


def _send(journey: Journey) -> Pressed:
    with begin_work(PUBLIC) as work:
        found = draft_cookie.find_to_send(work, journey.door)
        if found is None or found.draft.feedback_id is not None:
            return Pressed(sent=found is not None)
        draft = found.draft
        wrong = journey_closing.keep(work, journey, draft)
        unchecked = journey_closing.unchecked(journey, draft)
        if wrong is not None or unchecked is not None:
            return Pressed(wrong=wrong, unchecked=unchecked if wrong is None else None)
        if journey.first_missing(drafts.answers_of(draft), has_files=bool(found.files)):
            return Pressed()
        with written_together.held(work.session, found.keys):
            _send_draft(work, journey, draft, found.files)
    return Pressed(sent=True)


def _send_draft(work: Work, journey: Journey, draft: Draft, files: tuple[int, ...]) -> None:
    def as_new(sent: Draft, answers: drafts.Answers) -> NewFeedback:
        return new_feedback(journey, sent, answers, files)

    # Theirs alone: only then may an e-mail say what it is about.
    alone = flat(drafts.answers_of(draft)).get("shared") == "no"
    with audit.gathered(work):
        feedback, _ = drafts.send(work, draft, as_new)
        if feedback.contact_way is ContactWay.EMAIL:
            _post_receipt(work, feedback, alone=alone)
        if feedback.advocate_wanted == "yes" and is_young(feedback):
            referring.refer(work, feedback)


def new_feedback(
    journey: Journey, draft: Draft, answers: Answers, files: tuple[int, ...]
) -> NewFeedback:
    """Make the typed contact from what was answered.

    Args:
        journey: the door; answers to questions that are no longer asked are left out.
        draft: gives the reference and the secret words.
        answers: by question.
        files: keys of the draft's attachments.
    """
    said = flat({q.key: answers[q.key] for q in journey.asked(answers) if q.key in answers})
    young = journey.door is Door.YOUNG_PEOPLE
    relationship = Relationship.YOUNG_PERSON if young else _relationship(said)
    kind, acting_for = said.get("kind"), said.get("acting_for")
    return NewFeedback(
        channel=Channel.WEB,
        door=journey.door,
        story=_story(said),
        wanted=said.get("wanted") or None,
        about_whom=said.get("about_whom") or None,
        about_a_person=bool(said.get("about_whom")),
        service_said=said.get("service") or None,
        category_said=Category(kind) if kind in set(Category) else None,
        relationship_said=relationship,
        # "Not sure" is read as soon as "yes": a person must look.
        acting_for=ActingFor(acting_for) if acting_for in set(ActingFor) else None,
        elsewhere_said=_elsewhere(said),
        about_plan=_about_plan(said),
        adjustments=adjustments_form.in_lines(said),
        language=None if language() == ENGLISH else language(),
        danger_said=said.get("danger") in ("yes", "not_sure"),
        advocate_wanted=said.get("advocate") or _offered(journey, answers),
        may_publish=_may_publish(said),
        may_tell=tuple(said.get("may_tell") or ()) if young else None,
        about_them=_about_them(said),
        contact_way=contact_answers.contact_way(said),
        contact_note=contact_answers.contact_note(said),
        # A young person, through whichever door.
        contact_rule=_contact_rule(said, young=relationship is Relationship.YOUNG_PERSON),
        parties=_parties(said),
        reference=draft.reference,
        words=draft.words,
        words_hash=drafts.hash_of(draft),
        attachment_ids=files,
    )


def _offered(journey: Journey, answers: Answers) -> str | None:
    """An offer that nobody answered is no answer, and still an offer (procedures.md 2.5)."""
    pages = [one for one in journey.asked(answers) if one.key in answers]
    return referring.OFFERED if any(hasattr(one.form, "advocate") for one in pages) else None


def _about_them(said: Mapping[str, Any]) -> AboutThem:
    """Whom to talk to, and how old they are, which the young alone are asked. Of somebody else
    nobody is left who was then not chosen."""
    talk_to, age = str(said.get("talk_to")), str(said.get("age"))
    named = str(said.get("trusted_adult") or "").strip() if talk_to == TalkTo.ADULT else ""
    return AboutThem(
        talk_to=talk_to if talk_to in set(TalkTo) else None,
        trusted_adult=named or None,
        age_said=age if age in set(AgeBand) else None,
    )


def _relationship(said: Mapping[str, Any]) -> Relationship | None:
    relationship = said.get("relationship")
    return Relationship(relationship) if relationship in set(Relationship) else None


def _may_publish(said: Mapping[str, Any]) -> bool | None:
    """What they answered; nothing where they changed their mind and call it something else."""
    praise = said.get("kind") == Category.COMPLIMENT
    return MAY_PUBLISH.get(str(said.get("may_publish"))) if praise else None


def _story(said: Mapping[str, Any]) -> str:
    """The words as one text: what happened, and then the points as they were listed, which is how
    the points of a case find them again."""
    told = str(said.get("praise") or said.get("story") or "")
    listed = drafted_points.as_list(points_in(said))
    return "\n\n".join(part for part in (told, listed) if part.strip()) or NO_WORDS


def _elsewhere(said: Mapping[str, Any]) -> str | None:
    lines = [ELSEWHERE[code] for code in said.get("elsewhere") or () if code in ELSEWHERE]
    return "\n".join(lines) or None


def _about_plan(said: Mapping[str, Any]) -> bool | None:
    if "plan" in (said.get("elsewhere") or ()):
        return True
    return {"yes": True, "not_sure": True, "no": False}.get(str(said.get("about_plan")))


def _contact_rule(said: Mapping[str, Any], *, young: bool) -> ContactRule | None:
    """Only where a way was chosen: nothing else leaves."""
    if said.get("way") in (None, ContactWay.PORTAL_ONLY):
        return None
    return contact_answers.rule_from(said, young=young)


def _parties(said: Mapping[str, Any]) -> tuple[NewParty, ...]:
    writer = contact_answers.person_of(said)
    child = NewParty(PartyRole.YOUNG_PERSON, name=said.get("child") or None)
    has_details = writer.name or writer.email or writer.phone or writer.address
    return (*((writer,) if has_details else ()), *((child,) if child.name else ()))


def _post_receipt(work: Work, feedback: Feedback, *, alone: bool) -> None:
    # Not what they called it: what is promised for a complaint would tell whoever shares the
    # mailbox what it is about.
    promises = first_promises(work.council, feedback.received_on, None)
    plan = alone and plan_decisions.is_about_one(feedback)
    facts = {"link": None, "promises": promises, "about_plan": plan}
    outbox.post(work, LetterKind.RECEIPT, feedback, facts)
