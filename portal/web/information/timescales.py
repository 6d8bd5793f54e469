"""The council's timescales in words for grown-ups: who looks into it, by when, and what is next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.council import Council
from portal.procedures.procedure import ClockRule, StageKey, StartEvent, Track
from portal.procedures.working_days import Unit, in_full
from portal.web.information.steps import SHOWN, Step, steps_of

FROM: Mapping[StartEvent, str] = {
    StartEvent.GROUNDS_AROSE: "after it happened",
    StartEvent.KNOWN: "after you knew about it",
    StartEvent.RECEIVED: "after we get your complaint",
    StartEvent.ACKNOWLEDGED: "after our letter that says what we understood",
    StartEvent.ACCEPTED: "after we accept your complaint",
    StartEvent.FIRST_ANSWER_RECEIVED: "after you get our answer",
    StartEvent.REQUEST: "after you ask for it",
    StartEvent.REQUEST_ACKNOWLEDGED: "after our letter that says we have your request",
    StartEvent.STATEMENT_AGREED: "after we agree with you what will be looked into",
    StartEvent.ADJUDICATION_RECEIVED: "after you get our letter at the end of stage 2",
    StartEvent.PANEL_REQUEST: "after you ask for it",
    StartEvent.PANEL_HELD: "after the panel met",
    StartEvent.PANEL_REPORT_RECEIVED: "after we get the panel’s report",
}
UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.DAYS: ("day", "days"),
    Unit.MONTHS: ("month", "months"),
    Unit.YEARS: ("year", "years"),
}
# Why the council's file lets an answer take longer. Reasons of its own are not told here.
LONGER: Mapping[str, str] = {
    "complex": "if it is hard to look into",
    "advocate_needed": "while you look for an advocate",
}
FIRST = "A manager of the service looks into it. It is never the person whom it is about."
AGAIN = "Somebody who has not looked into it before looks at it again."
WHO: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_1): FIRST,
    (Track.STATUTORY, StageKey.STAGE_2): (
        "An investigator from outside the service finds out what happened. A second person, who "
        "does not work for the council, checks that it is fair. You agree with them what is looked "
        "into. Then a senior manager writes to you what they found and what we will do."
    ),
    (Track.STATUTORY, StageKey.STAGE_3): (
        "Three people from outside the council, called a panel, check what was done before. You "
        "can come and speak. You can bring your advocate and one more person."
    ),
    (Track.CORPORATE, StageKey.STAGE_1): FIRST,
    (Track.CORPORATE, StageKey.STAGE_2): AGAIN,
    (Track.CORPORATE, StageKey.STAGE_3): AGAIN,
}


@dataclass(frozen=True)
class StageInWords:
    """One step: its name, who looks into it, a sentence for each time, and what comes next."""

    name: str
    who: str
    times: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True)
class ProcedureInWords:
    """One procedure as the public reads it."""

    code: str
    stages: tuple[StageInWords, ...]


def timescales(council: Council, on: date) -> tuple[ProcedureInWords, ...]:
    """Put the timescales in force on a day into words.

    Args:
        council: whose they are.
        on: the day.

    Returns:
        The public procedures that have timescales then.
    """
    return told(council, on, _in_words)


def told(
    council: Council, on: date, in_words: Callable[[Step], StageInWords]
) -> tuple[ProcedureInWords, ...]:
    """Tell every public procedure, each step by the same words.

    Args:
        council: whose timescales they are.
        on: the day.
        in_words: the words for one step.
    """
    steps = ((track, steps_of(council, track, on)) for track in SHOWN)
    return tuple(
        ProcedureInWords(track.value, tuple(in_words(step) for step in own))
        for track, own in steps
        if own
    )


def span(rule: ClockRule) -> str:
    """A length of time: "10 working days"."""
    one, many = UNITS[rule.unit]
    return f"{rule.length} {one if rule.length == 1 else many}"


def longest(rule: ClockRule) -> str | None:
    """How long it may become: "20 working days"; None where it may not become longer."""
    if rule.maximum is None or rule.maximum <= rule.length:
        return None
    return f"{rule.maximum} {UNITS[rule.unit][1]}"


def _in_words(step: Step) -> StageInWords:
    return StageInWords(step.name, WHO[step.track, step.key], _times(step), _then(step))


def _times(step: Step) -> tuple[str, ...]:
    sentences = []
    # Until when a later step may be asked for stands under the step before.
    if step.to_ask is not None and step.number == 1:
        late = "Tell us anyway if it is later: we may still be able to look into it."
        sentences.append(f"Tell us within {span(step.to_ask)} {FROM[step.to_ask.starts]}. {late}")
    if step.acknowledge is not None:
        say = (
            "to say that we have your request"
            if step.has_panel
            else "to say what we understood and who looks into it"
        )
        sentences.append(
            f"We write within {span(step.acknowledge)} {FROM[step.acknowledge.starts]}, {say}."
        )
    if step.answer is not None:
        sentences.append(_answer(step, step.answer))
    if step.panel_report is not None:
        sentences.append(
            f"The panel writes its report within {span(step.panel_report)} "
            f"{FROM[step.panel_report.starts]}."
        )
    if step.panel_answer is not None:
        sentences.append(
            f"We answer within {span(step.panel_answer)} {FROM[step.panel_answer.starts]}. If we "
            "do not do what it asks for, we say why."
        )
    return tuple(sentences)


def _answer(step: Step, rule: ClockRule) -> str:
    what = "The panel meets" if step.has_panel else "We answer"
    # Our own lateness earns us no time.
    late = ", or after the day it was due if it is late" if rule.start_no_later_than else ""
    said = f"{what} within {span(rule)} {FROM[rule.starts]}{late}."
    if step.by is not None:
        begun = "If you tell us today" if step.number == 1 else "If you ask for it today"
        said += f" {begun}, that is by {in_full(step.by)}."
    most = longest(rule)
    if most is None:
        return said
    why = " or ".join(LONGER[reason] for reason in rule.extend_reasons if reason in LONGER)
    needed = f"It may take longer {why}. If so" if why else "If we need longer"
    return (
        f"{said} {needed} we tell you why and give a new date, at the latest {most} from the same "
        "day."
    )


def _then(step: Step) -> tuple[str, ...]:
    if step.next_name is None:
        return ("This is the council’s last answer. After it you can go to the Ombudsman.",)
    name = step.next_name.partition(":")[0].lower()
    ask = f"If you are not happy with the answer, you can ask for {name}. You need no form."
    within = step.to_ask_next
    sentences = [
        f"{ask} Ask within {span(within)} {FROM[within.starts]}. Ask anyway if it is later."
        if within is not None
        else f"{ask} Ask soon: it is easier to look into then."
    ]
    if step.track is Track.STATUTORY and step.number == 1:
        sentences.append(f"If our answer is late, you can ask for {name} at once.")
    if step.track is Track.CORPORATE:
        sentences.append("If we say no to that, we tell you why, and you can go to the Ombudsman.")
    return tuple(sentences)
