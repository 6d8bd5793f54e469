"""How a matter is shown, to the person and to their advocate: steps, thread and dates in words."""

from dataclasses import dataclass
from datetime import date, datetime

from portal import clock
from portal.cases.messages import ThreadEntry
from portal.cases.progress import Progress, Step
from portal.cases.young_people import is_young
from portal.procedures.working_days import in_full
from portal.records.feedback import Feedback
from portal.records.message import Sender

YOUNG_LAYOUT = "layout/young.html"
PLAIN_LAYOUT = "layout/public.html"


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
    # The names of the files that came with it.
    files: tuple[str, ...] = ()
    # Of a letter that can be saved as a file: its public id.
    letter_id: str = ""


def layout_for(feedback: Feedback) -> str:
    """The layout of whose matter it is: a young person has a way out, whatever door they used."""
    return YOUNG_LAYOUT if is_young(feedback) else PLAIN_LAYOUT


def step_rows(progress: Progress) -> list[dict[str, str | None]]:
    """The steps as the step bar's macro takes them."""
    return [
        {"text": step.label, "state": step.state, "when": _when(step)} for step in progress.steps
    ]


def for_the_person(entries: list[ThreadEntry]) -> list[Said]:
    """The thread as the person whose matter it is reads it. Machines' answers are left out."""
    return [
        _said(entry, entry.who.capitalize(), own=entry.sender is Sender.PERSON)
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
            Sender.PERSON: first_name or "The young person",
            Sender.ADVOCATE: "You" if own else "Another advocate",
            Sender.SUPPORTER: "A supporter",
            Sender.COUNCIL: "The council",
        }
        said.append(_said(entry, names[entry.sender], own=own))
    return said


def moment(at: datetime) -> str:
    """A moment as people say it: "Monday 23 November 2026 at 9:05am"."""
    local = clock.in_london(at)
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{in_full(local.date())} at {hour}:{local:%M}{half}"


def _said(entry: ThreadEntry, who: str, own: bool) -> Said:
    when = in_full(entry.on) if entry.on is not None else moment(entry.at)
    is_letter = entry.kind == "letter"
    return Said(
        who,
        when,
        entry.title,
        entry.body,
        is_letter,
        own,
        entry.how,
        entry.files,
        entry.letter_id,
    )


def _when(step: Step) -> str | None:
    if step.on is None:
        return None
    return _short(step.on) if step.state == "done" else f"by {_short(step.on)}"


def _short(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
