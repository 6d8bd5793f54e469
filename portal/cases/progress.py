"""Where a matter stands, in words for the person whose matter it is: steps, and the next date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from portal import clock
from portal.cases import brought_again
from portal.cases.kinds import kind_label
from portal.cases.promises import first_promises
from portal.council import Council
from portal.marking import marked
from portal.matter_rows import CASE_STAGES, CASES, DECISIONS
from portal.procedures.procedure import StageKey, Track, track_of
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.wording import day_in_words, say, worded

StepState = Literal["done", "now", "next"]

GOT_IT, READ_IT, ANSWER = (
    marked("We have got it"),
    marked("We read it"),
    marked("You get our answer"),
)
MANAGER = marked("A manager looks into it")
STEP_NAMES: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_2): marked("Two people from outside look into it"),
    (Track.STATUTORY, StageKey.STAGE_3): marked("Three people from outside check it again"),
    (Track.CORPORATE, StageKey.STAGE_2): marked("Another manager looks at it again"),
    (Track.OMBUDSMAN, StageKey.ENQUIRY): marked("We look into it for the Ombudsman"),
}
HEADLINES: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_2): marked("Two people from outside are looking into it."),
    (Track.STATUTORY, StageKey.STAGE_3): marked("Three people from outside are checking it again."),
    (Track.CORPORATE, StageKey.STAGE_2): marked("Another manager is looking at it again."),
    (Track.OMBUDSMAN, StageKey.ENQUIRY): marked("We are looking into it for the Ombudsman."),
}
MANAGER_NOW = marked("A manager is looking into it.")

UNDERSTOOD = marked("We write to you to say what we understood")
LATE = marked(
    "We said that we would do this by then. We have not, and we are sorry. Call us to ask why."
)
NOT_HAPPY = marked("If you are not happy with our answer, tell us. Any words count, and so do few.")
ENDED: Mapping[Outcome, tuple[str, str, str]] = {
    Outcome.THANKED: (
        marked("Thank you. We have passed on what you said."),
        marked("We thank you and pass it on"),
        marked("There is nothing that you need to do."),
    ),
    Outcome.PASSED_ON: (
        marked("We have passed it on to the people who can help."),
        marked("We pass it on"),
        marked("Our letter to you says who they are. If you do not hear from them, tell us."),
    ),
    Outcome.DECLINED: (
        marked("We cannot look into this as a complaint."),
        marked("We tell you why we cannot look into it"),
        marked(
            "Our letter to you says why. If you think we are wrong, tell us, or ask the Ombudsman."
        ),
    ),
    Outcome.LINKED: (
        marked("We have put this together with something that we are looking into already."),
        marked("We put it together with another matter"),
        marked("We will answer both together."),
    ),
}


@dataclass(frozen=True)
class Step:
    """One step of the bar; `on` is when it was done, or by when it is promised."""

    label: str
    state: StepState
    on: date | None = None


@dataclass(frozen=True)
class Progress:
    """Where a matter stands.

    `next_on` is the next date that the council has promised and `working` how it was counted;
    `late` says that it has passed. `process` names the procedure and stage in the council's words.
    """

    steps: tuple[Step, ...]
    headline: str
    next_on: date | None
    next_what: str
    working: str = ""
    late: bool = False
    finished: bool = False
    process: str = ""
    # The working is that of a stage, which is kept as it was written when the date was counted.
    as_written: bool = False

    @property
    def is_over(self) -> bool:
        """Whether no step is left: answered or ended, though the person may ask for another."""
        return all(step.state == "done" for step in self.steps)


def progress(
    session: Session, council: Council, feedback: Feedback, today: date, part: int = 1
) -> Progress:
    """Say where a matter stands, or one part of it.

    Args:
        session: any session.
        council: for its promises and the names of its procedures.
        feedback: the matter.
        today: to tell whether a promise is late.
        part: which part, where it was split.
    """
    decision = DECISIONS.first(session, feedback.id)
    if decision is None:
        return _waiting(council, feedback, today)
    case = next((one for one in CASES.of(session, feedback.id) if one.part == part), None)
    if case is None:
        return _ended(session, council, feedback, decision, today)
    stages = CASE_STAGES.of(session, case.id)
    return _case(council, feedback, decision, case, stages, today)


def all_over(session: Session, council: Council, feedback: Feedback, today: date) -> bool:
    """Whether no step is left in any part of a matter.

    Args:
        session, council, feedback, today: as in `progress`.
    """
    numbers = [case.part for case in CASES.of(session, feedback.id)] or [1]
    return all(progress(session, council, feedback, today, part).is_over for part in numbers)


def _waiting(council: Council, feedback: Feedback, today: date) -> Progress:
    promises = first_promises(council, feedback.received_on, feedback.category_said)
    first = promises[0] if promises else None
    late = first is not None and first.by < today
    read = marked("We have got it. A person in our team will read it.")
    if not feedback.unread:
        read = marked("We have got it and are reading it.")
    what = marked("We will write to you here.")
    if first is not None:
        what = worded(LATE) if late else _sentence(worded(first.what))
    return Progress(
        steps=(
            Step(GOT_IT, "done", feedback.received_on),
            Step(READ_IT, "now"),
            Step(marked("We tell you what happens next"), "next", first.by if first else None),
        ),
        headline=read,
        next_on=first.by if first else None,
        next_what=what,
        working=_counted_from(feedback.received_on) if first else "",
        late=late,
    )


def _ended(
    session: Session, council: Council, feedback: Feedback, decision: Decision, today: date
) -> Progress:
    headline, step, what = ENDED.get(
        decision.outcome,
        (
            marked("We are looking into it."),
            marked("We look into it"),
            marked("We will write to you here."),
        ),
    )
    if decision.resubmit_by is not None:
        headline, what = brought_again.headline_and_what(
            session,
            feedback,
            decision.resubmit_by,
            today,
            lambda later: all_over(session, council, later, today),
        )
    decided_on = clock.london_date(decision.decided_at)
    return Progress(
        steps=(
            Step(GOT_IT, "done", feedback.received_on),
            Step(READ_IT, "done", decided_on),
            Step(step, "done", decided_on),
        ),
        headline=headline,
        next_on=None,
        next_what=what,
        finished=decision.outcome in ENDED,
    )


def _case(
    council: Council,
    feedback: Feedback,
    decision: Decision,
    case: Case,
    stages: list[CaseStage],
    today: date,
) -> Progress:
    track = track_of(case.category, case.procedure, case.chosen_track)
    begun = (
        Step(GOT_IT, "done", feedback.received_on),
        Step(READ_IT, "done", clock.london_date(decision.decided_at)),
    )
    if not stages or track is None:
        return Progress(
            (*begun, Step(marked("We look into it"), "now")),
            marked("We are looking into it."),
            None,
            marked("We will write to you here."),
        )
    last = stages[-1]
    steps = begun + tuple(
        Step(_step_name(track, stage), "done" if stage.answered_on else "now", stage.answered_on)
        for stage in stages
        # What ended otherwise, such as by a move to the other procedure, was no step for them.
        if stage.ended_on is None or stage is last
    )
    process = _process(council, case, track, last)
    if last.answered_on is not None or case.state is CaseState.CLOSED:
        return _answered(steps, last, case.state is CaseState.CLOSED, process)
    steps += (Step(ANSWER, "next", last.due_on),)
    return _open(case, track, last, steps, today, process)


def _answered(steps: tuple[Step, ...], last: CaseStage, closed: bool, process: str) -> Progress:
    headline = marked("This is finished.") if closed else marked("We have sent you our answer.")
    done = tuple(Step(step.label, "done", step.on) for step in steps)
    return Progress(
        steps=(*done, Step(ANSWER, "done", last.answered_on)),
        headline=headline,
        next_on=None,
        next_what=NOT_HAPPY,
        finished=closed,
        process=process,
    )


def _open(
    case: Case,
    track: Track,
    stage: CaseStage,
    steps: tuple[Step, ...],
    today: date,
    process: str,
) -> Progress:
    headline = worded(HEADLINES.get((track, StageKey(stage.key)), MANAGER_NOW))
    next_on, what, working = stage.due_on, ANSWER, str(stage.working.get("words", ""))
    letter = stage.working.get("acknowledge")
    if letter and case.acknowledged_on is None:
        letter_due = date.fromisoformat(letter["due"])
        if today <= letter_due < stage.due_on:
            next_on, what = letter_due, UNDERSTOOD
            working = str(stage.working.get("acknowledge_words", ""))
    late = next_on < today
    if not late:
        by = say("You get our answer by %(day)s.", day=day_in_words(stage.due_on))
        headline = f"{headline} {by}"
    return Progress(
        steps=steps,
        headline=headline,
        next_on=next_on,
        next_what=worded(LATE) if late else f"{worded(what)}.",
        working=working,
        late=late,
        process=process,
        as_written=True,
    )


def _step_name(track: Track, stage: CaseStage) -> str:
    return STEP_NAMES.get((track, StageKey(stage.key)), MANAGER)


def _process(council: Council, case: Case, track: Track, stage: CaseStage) -> str:
    """The procedure's and the stage's own names, once, beside the plain words."""
    kind = kind_label(council, case.category, case.procedure)
    return f"{kind}, {council.stage_name(track, StageKey(stage.key))}"


def _sentence(what: str) -> str:
    return f"{what[:1].upper()}{what[1:]}."


def _counted_from(received_on: date) -> str:
    return say(
        "We count from %(day)s, the day on which it reached us. We do not count that day, weekends "
        "or bank holidays.",
        day=day_in_words(received_on),
    )
