"""What the item page shows beside the person's words, as plain lines for the template."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import experiences, named_persons, referring
from portal.cases.safe_contact_rules import ContactRule
from portal.council import Council
from portal.matter_rows import ACCOUNT, FILES, MESSAGE_FILES, MESSAGES, PARTIES
from portal.procedures.vocabulary import ProcedureCode
from portal.records.account import Account
from portal.records.attachment import Attachment, AttachmentState
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.party import Party
from portal.triage.if_accepted import procedure_if_accepted
from portal.triage.suggested_labels import Guess, Reason, SuggestedLabels
from portal.web.contact_answers import hours_in_words
from portal.web.officer import presence, reaching, wording, young_words
from portal.web.officer.presence import Has

# Below this another team is no help to whoever chooses.
WORTH_SHOWING = 0.05
ASK_THEM = {
    referring.OFFERED: "Offered, and they gave no answer. Ask them.",
    "not_sure": "They are not sure. Ask them.",
}


@dataclass(frozen=True)
class Fact:
    """One fact: its name and its words, possibly in several lines."""

    name: str
    value: str


@dataclass(frozen=True)
class FileLine:
    """One file: what the page says of it, and whether it may be opened."""

    public_id: str
    filename: str
    size: str
    state: str
    banner: bool
    openable: bool
    unheard: bool
    heard: str
    heard_by: str


@dataclass(frozen=True)
class SuggestionLine:
    """One suggested label, how sure it is, and what else it may be."""

    name: str
    value: str
    confidence: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProcedureAdvice:
    """The suggested procedure. Where no investigation is suggested, what it would follow if it is
    taken on, because whether to take it on is the officer's to decide."""

    line: SuggestionLine
    if_accepted: str | None
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]


def contact_lines(session: Session, council: Council, feedback: Feedback) -> list[str]:
    """Say how this person may be reached, in the order in which it must be seen."""
    lines = [*reaching.language_lines(council, feedback), _way_line(session, council, feedback)]
    if feedback.adjustments:
        # Before the way: a letter that they cannot read reaches nobody.
        lines.insert(0, "What they need: " + " ".join(feedback.adjustments.splitlines()))
    if feedback.contact_note:
        lines.append(f"They told us: {feedback.contact_note}")
    rule = reaching.rule_of(session, feedback)
    return [*lines, *young_words.lines(feedback), *rule_lines(rule)]


def rule_lines(rule: ContactRule) -> list[str]:
    """What a rule says beside the way, in the order in which it must be seen."""
    lines = []
    if rule.not_to_see:
        lines.append(f"Must not see, hear or open it: {rule.not_to_see}")
    if rule.hours is not None:
        lines.append(f"Only {hours_in_words(rule.hours)}. Letters and texts wait until then.")
    if rule.neutral:
        lines.append("Say nothing on the outside: no name of the council on calls or envelopes.")
    if rule.voicemail is not None:
        lines.append("A message may be left." if rule.voicemail else "Leave no message.")
    return lines


def people(session: Session, feedback: Feedback) -> list[Fact]:
    """Who is named, with the details that may be used."""
    parties = PARTIES.of(session, feedback.id)
    way = feedback.contact_way
    return [Fact(wording.ROLES[party.role], _details(party, way)) for party in parties]


def facts(session: Session, council: Council, feedback: Feedback) -> list[Fact]:
    """What the person said beside their story."""
    said = feedback.relationship_said
    category = feedback.category_said
    found = [
        Fact("How it came", wording.CHANNELS[feedback.channel]),
        Fact("From the young people’s pages", "Yes")
        if feedback.door is Door.YOUNG_PEOPLE
        else None,
        Fact("From the advocates’ pages", "Yes") if feedback.door is Door.ADVOCATES else None,
        Fact("Entered by", _entered_by(session, feedback)) if feedback.entered_by_id else None,
        *people(session, feedback),
        Fact("For whom", wording.ACTING_FOR[feedback.acting_for]) if feedback.acting_for else None,
        Fact("Who they said they are", wording.capital(council.label(said))) if said else None,
        Fact("What they called it", wording.capital(council.label(category))) if category else None,
        Fact("Which service", feedback.service_said) if feedback.service_said else None,
        Fact("Also about", feedback.elsewhere_said) if feedback.elsewhere_said else None,
        Fact("About whom", feedback.about_whom) if feedback.about_whom else None,
        closed_to(session, feedback),
        _advocate(session, feedback),
        may_tell(feedback),
        *_experience(session, feedback),
    ]
    return [fact for fact in found if fact is not None]


def _advocate(session: Session, feedback: Feedback) -> Fact | None:
    there = Has.REFERRAL in presence.of(session, feedback.id)
    referral = referring.latest(session, feedback.id) if there else None
    said = feedback.advocate_wanted
    if referral is not None:
        return Fact("Advocate", wording.referral(referral))
    if said in ASK_THEM:
        return Fact("Advocate", ASK_THEM[said])
    return Fact("Advocate", wording.capital(said.replace("_", " "))) if said else None


def may_tell(feedback: Feedback) -> Fact | None:
    """Whom near them a young person lets us tell; None where they were not asked."""
    if feedback.may_tell is None:
        return None
    return Fact("May be told, near them", "\n".join(young_words.near(feedback)) or "Nobody")


def _entered_by(session: Session, feedback: Feedback) -> str:
    name = session.scalar(select(Account.name).where(Account.id == feedback.entered_by_id))
    return f"{name}; taken by {feedback.taken_by}" if feedback.taken_by else f"{name}"


def files(session: Session, feedback: Feedback) -> list[FileLine]:
    """Every file that came with it, also those on later messages, oldest first."""
    messages = [message.id for message in MESSAGES.of(session, feedback.id)]
    found = FILES.of(session, feedback.id)
    for with_one in MESSAGE_FILES.of_each(session, messages).values():
        found += with_one
    return [file_line(session, one) for one in sorted(found, key=lambda file: file.id)]


def may_open(attachment: Attachment) -> bool:
    """Say whether an officer may open a file: unscanned ones too, with a warning."""
    return attachment.stored_as is not None and attachment.state in (
        AttachmentState.UNSCANNED,
        AttachmentState.CLEAN,
    )


def suggestion_lines(council: Council, labels: SuggestedLabels) -> list[SuggestionLine]:
    """What is suggested beside the procedure."""
    lines = [
        _line(council, "Kind", labels.category),
        SuggestionLine(
            "Team",
            wording.team_name(council, labels.team[0].label),
            wording.confidence(labels.team[0]),
            tuple(
                f"{wording.team_name(council, guess.label)} ({wording.confidence(guess)})"
                for guess in labels.team[1:3]
                if guess.confidence >= WORTH_SHOWING
            ),
        ),
        _line(council, "About", labels.nature) if labels.nature is not None else None,
        _line(council, "Written by", labels.relationship),
        _line(council, "Risk", labels.risk),
    ]
    return [line for line in lines if line is not None]


def procedure_advice(council: Council, labels: SuggestedLabels) -> ProcedureAdvice:
    """The procedure with its reasons; never a "no", only what would have to be tested."""
    guess = labels.procedure
    accepted = None
    if guess.label is ProcedureCode.DUTY:
        code = procedure_if_accepted(
            labels.team[0].label, labels.relationship.label, council.local_rules
        )
        accepted = wording.procedure_name(council, code)
    line = SuggestionLine(
        "Procedure", wording.procedure_name(council, guess.label), wording.confidence(guess)
    )
    return ProcedureAdvice(line, accepted, guess.reasons, guess.missing)


def _line(council: Council, name: str, guess: Guess[Any]) -> SuggestionLine:
    label = wording.capital(council.label(guess.label))
    return SuggestionLine(name, label, wording.confidence(guess))


def _experience(session: Session, feedback: Feedback) -> list[Fact]:
    """Their own answer that counts, and each advocate's apart from it."""
    told = experiences.told(session, feedback.id)
    own = experiences.own(told)
    theirs = [Fact("How it went, they say", wording.experience(own))] if own else []
    return theirs + [
        Fact(
            "How it went, their advocate says",
            f"{one.advocate}: {wording.experience(one.experience)}",
        )
        for one in experiences.advocates(told)
    ]


def closed_to(session: Session, feedback: Feedback) -> Fact | None:
    """Whom it must not be passed on to, said where an officer looks before passing it on."""
    there = Has.NAMED in presence.of(session, feedback.id)
    linked = named_persons.linked(session, feedback.id) if there else []
    if not linked:
        return None
    names = "\n".join(one.account.name for one in linked)
    return Fact("Closed to", f"{names}\nand everybody who reports to them")


def _way_line(session: Session, council: Council, feedback: Feedback) -> str:
    match feedback.contact_way:
        case ContactWay.EMAIL if reaching.route(session, council, feedback).way is ContactWay.EMAIL:
            return (
                "Letters go by e-mail. Most quote nothing; the acknowledgement says what you"
                " understood."
            )
        case ContactWay.EMAIL:
            return (
                "They chose e-mail, but gave no address that we can write to. Letters are only"
                " read at “follow your feedback”."
            )
        case ContactWay.PHONE:
            return "By telephone only. No e-mail is sent."
        case ContactWay.TEXT:
            return "By text only. A text says that there is news, and no more. Do not call."
        case ContactWay.POST if reaching.route(session, council, feedback).way is ContactWay.POST:
            return "By post only. No e-mail is sent: letters wait under “Letters to post”."
        case ContactWay.POST:
            return (
                "They chose post, but there is no address, or the council posts nothing. Letters"
                " are only read at “follow your feedback”."
            )
        case _:
            return "Do not contact this person. They come back with their secret words."


def _details(party: Party, way: ContactWay) -> str:
    """What is known of a party, each detail that may not be used marked so."""
    parts = [party.name or "No name given"]
    for detail, ways in (
        (party.email, (ContactWay.EMAIL,)),
        (party.phone, (ContactWay.PHONE, ContactWay.TEXT)),
        (party.address, (ContactWay.POST,)),
    ):
        if detail:
            parts.append(detail if way in ways else f"{detail} (not to be used)")
    return "\n".join(parts)


def file_line(session: Session, attachment: Attachment) -> FileLine:
    """What is said of one file."""
    by = ACCOUNT.first(session, attachment.heard_by_id) if attachment.heard_by_id else None
    state = wording.FILE_STATES[attachment.state]
    return FileLine(
        public_id=attachment.public_id,
        filename=attachment.filename,
        size=_size(attachment.size),
        state=f"{state}. {attachment.refusal}" if attachment.refusal else state,
        banner=attachment.state is AttachmentState.UNSCANNED,
        openable=may_open(attachment),
        unheard=attachment.unheard and may_open(attachment),
        heard=attachment.heard or "",
        heard_by=by.name if by is not None else "",
    )


def _size(size: int) -> str:
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
