"""The parts of a matter as the person reads them: each with its steps, its date and its requests.

A matter that was not split is one part, and the page says nothing of parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from portal.cases import asking, brought_again, named_answerer, parting
from portal.cases.asking import Askable
from portal.cases.kinds import kind_label
from portal.cases.progress import Progress, all_over, progress
from portal.council import Council
from portal.matter_rows import fetch_matter
from portal.records.feedback import Feedback
from portal.web.govform import GovForm
from portal.web.tracking import complaint, saying, showing
from portal.web.tracking.complaint import Complaint
from portal.web.tracking.forms import AskForm, DisputeForm, ExperienceForm, StopForm, WordsForm
from portal.wording import say


@dataclass(frozen=True)
class CameBack:
    """Forms of parts that come back with what was typed: disputes by part and number, requests by
    part."""

    disputes: Mapping[tuple[int, int], DisputeForm] = field(default_factory=dict)
    asked: Mapping[int, AskForm] = field(default_factory=dict)
    stopping: Mapping[int, StopForm] = field(default_factory=dict)
    experience: ExperienceForm | None = None


@dataclass(frozen=True)
class PartShown:
    """One part. `name` is empty where there is only one; `complaint` is None before a case.
    `other_child`: it is about another child than the one whose matter it is. `who`: by name, who
    looks into it, where the person may read that."""

    part: int
    name: str
    progress: Progress
    steps: list[dict[str, str | None]]
    complaint: Complaint | None
    askable: Askable | None
    ask_form: AskForm
    stop_form: StopForm
    other_child: bool = False
    who: str = ""


def kept(form: WordsForm) -> CameBack:
    """What somebody was saying in a box of its own when their visit ended.

    Args:
        form: their words, shown again, with what came along.
    """
    part = saying.number_of(form.of_part.data or "") or 1
    asks, stops = form.asks.data, form.stops.data
    how = {"code": form.how.data, "said": form.said.data}
    return CameBack(
        asked={part: AskForm(formdata=None, prefix=prefix(part), data={"words": asks})}
        if asks
        else {},
        stopping={part: StopForm(formdata=None, prefix=prefix(part), data={"why": stops})}
        if stops
        else {},
        experience=ExperienceForm(formdata=None, data=how) if any(how.values()) else None,
    )


def without_a_box(parts: Sequence["PartShown"], back: CameBack) -> str:
    """The words of a request that cannot be made any more, because the matter went on meanwhile.

    Args:
        parts: as they are shown now.
        back: the forms that come back.
    """
    can_ask = {one.part for one in parts if one.askable and one.askable.request}
    can_stop = {
        one.part
        for one in parts
        if one.askable and one.askable.may_stop and not one.askable.withdrawal_waits
    }
    asks = [form.words.data for part, form in back.asked.items() if part not in can_ask]
    stops = [form.why.data for part, form in back.stopping.items() if part not in can_stop]
    return "\n\n".join(words for words in (*asks, *stops) if words)


def still_to_ask(back: CameBack) -> bool:
    """Whether a request comes back that was not made yet and has no fault."""
    asked = [form for form in back.asked.values() if form.words.data]
    stopping = [form for form in back.stopping.values() if form.why.data]
    return any(not form.errors for form in (*asked, *stopping))


def part_asked() -> int:
    """Which part a request is about: the first unless its address says otherwise."""
    return request.args.get("part", 1, type=int)


def prefix(part: int) -> str:
    """What the names of a part's boxes begin with, so that no two on a page are the same."""
    return "" if part == 1 else f"part-{part}-"


def parts_shown(
    session: Session, council: Council, feedback: Feedback, today: date, back: CameBack
) -> list[PartShown]:
    """Every part of a matter, and the whole where nothing was decided yet.

    Args:
        session: any session, flushed.
        council: for dates and names.
        feedback: the matter.
        today: to tell what is late.
        back: forms that come back.
    """
    cases = parting.parts(session, feedback)
    fetch_matter(session, feedback, cases)
    told = {one.part: one for one in complaint.complaints(session, feedback, today, back.disputes)}
    names = {
        case.part: say(
            "Part %(number)s: %(kind)s",
            number=case.part,
            kind=kind_label(council, case.category, case.procedure),
        )
        for case in cases
        if len(cases) > 1
    }
    of_others = {case.part for case in cases if case.other_child}
    who = {case.part: named_answerer.name_of(session, council, feedback, case) for case in cases}
    shown = []
    for part in [case.part for case in cases] or [1]:
        where = progress(session, council, feedback, today, part)
        askable = asking.askable(session, council, feedback, today, part)
        stage = askable.stage.value if askable is not None else ""
        shown.append(
            PartShown(
                part=part,
                name=names.get(part, ""),
                progress=where,
                steps=showing.step_rows(where),
                complaint=told.get(part),
                askable=askable,
                ask_form=_ask_form(part, stage, back),
                stop_form=back.stopping.get(part) or StopForm(formdata=None, prefix=prefix(part)),
                other_child=part in of_others,
                who=who.get(part, ""),
            )
        )
    return shown


def _ask_form(part: int, stage: str, back: CameBack) -> AskForm:
    form = back.asked.get(part) or AskForm(formdata=None, prefix=prefix(part))
    # Of what comes back without a stage it is the one that stands on this page.
    form.stage.data = form.stage.data or stage
    return form


def headline(
    session: Session,
    council: Council,
    parts: list[PartShown],
    later: Sequence[Feedback],
    today: date,
) -> str:
    """What the page says first: that it was brought again; of several parts, that there are some.

    Args:
        session: any session.
        council: for dates and names.
        parts: every part of the matter.
        later: what took it up, the latest last.
        today: to tell what is late.
    """
    again = brought_again.headline(later, lambda one: all_over(session, council, one, today))
    if again:
        return again
    if len(parts) == 1:
        return parts[0].progress.headline
    if all(one.progress.finished for one in parts):
        return say("This is finished.")
    return say("We look into this in %(number)s parts.", number=len(parts))


def forms_of(parts: list[PartShown], back: CameBack) -> list[GovForm]:
    """Every form of the parts, for the summary of what is wrong."""
    own = [form for one in parts for form in (one.ask_form, one.stop_form)]
    after = [back.experience] if back.experience is not None else []
    return [*back.disputes.values(), *own, *after]
