"""How a matter is shown, to the person and to their advocate: steps, thread and dates in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.cases.messages import RECEIPT_TEXT, ThreadEntry
from portal.cases.progress import Progress, Step
from portal.cases.young_people import is_young
from portal.catalogues import ENGLISH
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.web import our_sentences
from portal.wording import day_in_words, language, long_date, moment, say, worded

YOUNG_LAYOUT = "layout/young.html"
PLAIN_LAYOUT = "layout/public.html"
FOR_THE_PERSON: Mapping[Sender, str] = {
    Sender.PERSON: marked("You"),
    Sender.ADVOCATE: marked("Your advocate"),
    Sender.SUPPORTER: marked("Your supporter"),
    Sender.COUNCIL: marked("The council"),
}


@dataclass(frozen=True)
class Said:
    """One entry of the thread as a page prints it."""

    who: str
    when: str
    title: str
    body: str
    is_letter: bool
    own: bool
    how: str
    # Nobody typed it: the body is a sentence of ours about the files.
    ours: bool = False
    # The names of the files that came with it.
    files: tuple[str, ...] = ()
    # Of a letter that can be saved as a file: its public id.
    letter_id: str = ""
    # Of a letter: the language in which it is shown.
    language: str = ENGLISH


def layout_for(feedback: Feedback) -> str:
    """The layout of whose matter it is: a young person has a way out, whatever door they used."""
    return YOUNG_LAYOUT if is_young(feedback) else PLAIN_LAYOUT


def step_rows(progress: Progress) -> list[dict[str, str | None]]:
    """The steps as the step bar's macro takes them."""
    return [
        {"text": worded(step.label), "state": step.state, "when": _when(step)}
        for step in progress.steps
    ]


def for_the_person(entries: list[ThreadEntry]) -> list[Said]:
    """The thread as the person whose matter it is reads it. Machines' answers are left out."""
    return [
        _said(entry, FOR_THE_PERSON[entry.sender], own=entry.sender is Sender.PERSON)
        for entry in entries
        if entry.kind != "automatic"
    ]


def for_an_advocate(
    entries: list[ThreadEntry], account_id: int, first_name: str | None
) -> list[Said]:
    """The thread as one advocate reads it."""
    said = []
    for entry in entries:
        if entry.kind == "automatic":
            continue
        own = entry.sender is Sender.ADVOCATE and entry.account_id == account_id
        names = {
            Sender.PERSON: first_name or marked("The young person"),
            Sender.ADVOCATE: marked("You") if own else marked("Another advocate"),
            Sender.SUPPORTER: marked("A supporter"),
            Sender.COUNCIL: marked("The council"),
        }
        said.append(_said(entry, names[entry.sender], own=own))
    return said


def _said(entry: ThreadEntry, who: str, own: bool) -> Said:
    when = day_in_words(entry.on) if entry.on is not None else moment(entry.at)
    is_letter, ours = entry.kind == "letter", our_sentences.of_message(entry)
    title = worded(entry.title) if is_letter else say("message")
    return Said(
        worded(who),
        when,
        title,
        ours or worded(entry.body),
        is_letter,
        own,
        entry.how,
        ours is not None,
        entry.files,
        entry.letter_id,
        entry.language if entry.body != RECEIPT_TEXT else language(),
    )


def _when(step: Step) -> str | None:
    if step.on is None:
        return None
    day = long_date(step.on)
    return day if step.state == "done" else say("by %(day)s", day=day)
