"""The council's timescales in words: who looks into it, by when, and what is next.

Every time is named by whole sentences, so that the catalogue of the plain voice, or of a language,
can say the same facts in its own order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

from flask_babel import pgettext

from portal.council import Council
from portal.marking import marked
from portal.procedures.matter import Length
from portal.procedures.procedure import ClockRule, StageKey, StartEvent, Track
from portal.procedures.working_days import Unit
from portal.web.information.steps import SHOWN, Step, steps_of
from portal.wording import day_in_words, say, say_number, speaks_plainly, worded

FROM: Mapping[StartEvent, str] = {
    StartEvent.GROUNDS_AROSE: marked("after it happened"),
    StartEvent.KNOWN: marked("after you knew about it"),
    StartEvent.RECEIVED: marked("after we get your complaint"),
    StartEvent.ACKNOWLEDGED: marked("after our letter that says what we understood"),
    StartEvent.ACCEPTED: marked("after we accept your complaint"),
    StartEvent.FIRST_ANSWER_RECEIVED: marked("after you get our answer"),
    StartEvent.REQUEST: marked("after you ask for it"),
    StartEvent.REQUEST_ACKNOWLEDGED: marked("after our letter that says we have your request"),
    StartEvent.STATEMENT_AGREED: marked("after we agree with you what will be looked into"),
    StartEvent.ADJUDICATION_RECEIVED: marked("after you get our letter at the end of stage 2"),
    StartEvent.PANEL_REQUEST: marked("after you ask for it"),
    StartEvent.PANEL_HELD: marked("after the panel met"),
    StartEvent.PANEL_REPORT_RECEIVED: marked("after we get the panel’s report"),
}
# Why the council's file lets an answer take longer. Reasons of its own are not told here.
LONGER: Mapping[str, str] = {
    "complex": marked("if it is hard to look into"),
    "advocate_needed": marked("while you look for an advocate"),
}
FIRST = marked("A manager of the service looks into it. It is never the person whom it is about.")
AGAIN = marked("Somebody who has not looked into it before looks at it again.")
WHO: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_1): FIRST,
    (Track.STATUTORY, StageKey.STAGE_2): marked(
        "An investigator from outside the service finds out what happened. A second person, who "
        "does not work for the council, checks that it is fair. You agree with them what is looked "
        "into. Then a senior manager writes to you what they found and what we will do."
    ),
    (Track.STATUTORY, StageKey.STAGE_3): marked(
        "Three people from outside the council, called a panel, check what was done before. You "
        "can come and speak. You can bring your advocate and one more person."
    ),
    (Track.CORPORATE, StageKey.STAGE_1): FIRST,
    (Track.CORPORATE, StageKey.STAGE_2): AGAIN,
    (Track.CORPORATE, StageKey.STAGE_3): AGAIN,
}


# The plain names of the steps; grown-ups read the council's own.
NAMES: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_1): marked("Step 1: a manager looks into it"),
    (Track.STATUTORY, StageKey.STAGE_2): marked("Step 2: two people from outside look into it"),
    (Track.STATUTORY, StageKey.STAGE_3): marked("Step 3: three other people check it"),
    (Track.CORPORATE, StageKey.STAGE_1): marked("Step 1: a manager looks into it"),
    (Track.CORPORATE, StageKey.STAGE_2): marked("Step 2: someone new looks at it"),
    (Track.CORPORATE, StageKey.STAGE_3): marked("Step 3: someone else looks at it"),
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
    """Put the timescales in force on a day into the words of this page's voice.

    Args:
        council: whose they are.
        on: the day.

    Returns:
        The public procedures that have timescales then.
    """
    steps = ((track, steps_of(council, track, on)) for track in SHOWN)
    return tuple(
        ProcedureInWords(track.value, tuple(_in_words(step) for step in own))
        for track, own in steps
        if own
    )


def span(rule: ClockRule) -> str:
    """A length of time: "10 working days"."""
    return _units(rule.length, rule.unit)


def longest(rule: ClockRule) -> str | None:
    """How long it may become: "20 working days"; None where it may not become longer."""
    if rule.maximum is None or rule.maximum <= rule.length:
        return None
    return _units(rule.maximum, rule.unit)


def length_in_words(length: Length) -> str:
    """A length as the council's rules have it: "one year" or "12 months"."""
    if length.number > 1:
        return _units(length.number, length.unit)
    one = {
        Unit.WORKING_DAYS: say("one working day"),
        Unit.DAYS: say("one day"),
        Unit.MONTHS: say("one month"),
        Unit.YEARS: say("one year"),
    }
    return one[length.unit]


def _units(number: int, unit: Unit) -> str:
    match unit:
        case Unit.WORKING_DAYS:
            return say_number("%(num)s working day", "%(num)s working days", number)
        case Unit.DAYS:
            return say_number("%(num)s day", "%(num)s days", number)
        case Unit.MONTHS:
            return say_number("%(num)s month", "%(num)s months", number)
        case Unit.YEARS:
            return say_number("%(num)s year", "%(num)s years", number)


def _in_words(step: Step) -> StageInWords:
    where = step.track, step.key
    name = worded(NAMES[where]) if speaks_plainly() else step.name
    return StageInWords(name, worded(WHO[where]), tuple(_times(step)), tuple(_then(step)))


def _within(rule: ClockRule) -> dict[str, str]:
    return {"time": span(rule), "after": worded(FROM[rule.starts])}


def _times(step: Step) -> list[str]:
    sentences = []
    # Until when a later step may be asked for stands under the step before.
    if step.to_ask is not None and step.number == 1:
        tell = say(
            "Tell us within %(time)s %(after)s. Tell us anyway if it is later: we may still be "
            "able to look into it.",
            **_within(step.to_ask),
        )
        sentences.append(tell)
    if step.acknowledge is not None:
        sentences.append(_acknowledge(step, step.acknowledge))
    if step.answer is not None:
        sentences += _answer(step, step.answer)
    if step.panel_report is not None:
        within = _within(step.panel_report)
        sentences.append(say("The panel writes its report within %(time)s %(after)s.", **within))
    if step.panel_answer is not None:
        answer = say(
            "We answer within %(time)s %(after)s. If we do not do what it asks for, we say why.",
            **_within(step.panel_answer),
        )
        sentences.append(answer)
    return sentences


def _acknowledge(step: Step, rule: ClockRule) -> str:
    if step.has_panel:
        return say(
            "We write within %(time)s %(after)s, to say that we have your request.", **_within(rule)
        )
    if step.number == 1:
        return say(
            "We write within %(time)s %(after)s, to say what we understood and who looks into it.",
            **_within(rule),
        )
    # The same English, which the plain voice says otherwise: by now they are known to have asked.
    later: str = pgettext(
        "later step",
        "We write within %(time)s %(after)s, to say what we understood and who looks into it.",
        **_within(rule),
    )
    return later


def _answer(step: Step, rule: ClockRule) -> list[str]:
    said = [_first_answer(step, rule, _within(rule))]
    if step.by is not None:
        by = day_in_words(step.by)
        if step.number == 1:
            said.append(say("If you tell us today, that is by %(day)s.", day=by))
        else:
            said.append(say("If you ask for it today, that is by %(day)s.", day=by))
    most = longest(rule)
    if most is None:
        return [" ".join(said)]
    reasons = [worded(LONGER[one]) for one in rule.extend_reasons if one in LONGER]
    if reasons:
        longer = say(
            "It may take longer %(why)s. If so we tell you why and give a new date, at the latest "
            "%(most)s from the same day.",
            why=reduce(_either, reasons),
            most=most,
        )
    else:
        longer = say(
            "If we need longer we tell you why and give a new date, at the latest %(most)s from "
            "the same day.",
            most=most,
        )
    return [" ".join(said), longer]


def _either(one: str, other: str) -> str:
    return say("%(one)s or %(other)s", one=one, other=other)


def _first_answer(step: Step, rule: ClockRule, within: Mapping[str, str]) -> str:
    # Our own lateness earns us no time.
    if rule.start_no_later_than and step.has_panel:
        return say(
            "The panel meets within %(time)s %(after)s, or after the day it was due if it is late.",
            **within,
        )
    if rule.start_no_later_than:
        return say(
            "We answer within %(time)s %(after)s, or after the day it was due if it is late.",
            **within,
        )
    if step.has_panel:
        return say("The panel meets within %(time)s %(after)s.", **within)
    return say("We answer within %(time)s %(after)s.", **within)


def _then(step: Step) -> list[str]:
    if step.next_name is None:
        return [say("This is the council’s last answer. After it you can go to the Ombudsman.")]
    name = step.next_name.partition(":")[0].lower()
    if speaks_plainly():
        name = say("step %(number)s", number=step.number + 1)
    sentences = [_ask(step.to_ask_next, name)]
    if step.track is Track.STATUTORY and step.number == 1:
        late = say("If our answer is late, you can ask for %(name)s at once.", name=name)
        sentences.append(late)
    if step.track is Track.CORPORATE:
        refused = say(
            "If we say no to that, we tell you why, and you can go to the Ombudsman.",
        )
        sentences.append(refused)
    return sentences


def _ask(within: ClockRule | None, name: str) -> str:
    if within is None:
        return say(
            "If you are not happy with the answer, you can ask for %(name)s. You need no form. Ask "
            "soon: it is easier to look into then.",
            name=name,
        )
    return say(
        "If you are not happy with the answer, you can ask for %(name)s. You need no form. Ask "
        "within %(time)s %(after)s. Ask anyway if it is later.",
        name=name,
        **_within(within),
    )
