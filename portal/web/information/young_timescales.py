"""The council's timescales in the words of the pages for young people: the same steps and the same
days as `timescales` tells grown-ups, and nothing left out."""

from collections.abc import Mapping
from datetime import date

from portal.council import Council
from portal.procedures.procedure import ClockRule, StageKey, StartEvent, Track
from portal.procedures.working_days import in_full
from portal.web.information.steps import Step
from portal.web.information.timescales import (
    ProcedureInWords,
    StageInWords,
    longest,
    span,
    told,
)

FROM: Mapping[StartEvent, str] = {
    StartEvent.GROUNDS_AROSE: "after it happened",
    StartEvent.KNOWN: "after you found out",
    StartEvent.RECEIVED: "after you tell us",
    StartEvent.ACKNOWLEDGED: "after we tell you what we think you said",
    StartEvent.ACCEPTED: "after we say yes to it",
    StartEvent.FIRST_ANSWER_RECEIVED: "after you get our answer",
    StartEvent.REQUEST: "after you ask",
    StartEvent.REQUEST_ACKNOWLEDGED: "after we tell you that we know you asked",
    StartEvent.STATEMENT_AGREED: "after you tell us that we have it right",
    StartEvent.ADJUDICATION_RECEIVED: "after you get our letter from step 2",
    StartEvent.PANEL_REQUEST: "after you ask",
    StartEvent.PANEL_HELD: "after they met",
    StartEvent.PANEL_REPORT_RECEIVED: "after we get what they wrote",
}
FIRST = "It will not be the person you are not happy with."
AGAIN = "They did not look at it before."
NAMES: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_1): "a manager looks into it",
    (Track.STATUTORY, StageKey.STAGE_2): "two people from outside look into it",
    (Track.STATUTORY, StageKey.STAGE_3): "three other people check it",
    (Track.CORPORATE, StageKey.STAGE_1): "a manager looks into it",
    (Track.CORPORATE, StageKey.STAGE_2): "someone new looks at it",
    (Track.CORPORATE, StageKey.STAGE_3): "someone else looks at it",
}
WHO: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_1): FIRST,
    (Track.STATUTORY, StageKey.STAGE_2): (
        "One person finds out what happened. They do not work with the team that you told us "
        "about. The other does not work for the council. They check that it is fair. You tell them "
        "what to look into. Then a boss at the council writes to you and says what we will do."
    ),
    (Track.STATUTORY, StageKey.STAGE_3): (
        "They do not work for the council. They meet and look at what we did. You can go and talk "
        "to them. You can take your advocate, and one more person."
    ),
    (Track.CORPORATE, StageKey.STAGE_1): FIRST,
    (Track.CORPORATE, StageKey.STAGE_2): AGAIN,
    (Track.CORPORATE, StageKey.STAGE_3): AGAIN,
}


def young_timescales(council: Council, on: date) -> tuple[ProcedureInWords, ...]:
    """Put the timescales in force on a day into plain words.

    Args:
        council: whose they are.
        on: the day.

    Returns:
        The public procedures that have timescales then.
    """
    return told(council, on, _in_words)


def _in_words(step: Step) -> StageInWords:
    where = step.track, step.key
    return StageInWords(
        f"Step {step.number}: {NAMES[where]}", WHO[where], _times(step), _then(step)
    )


def _times(step: Step) -> tuple[str, ...]:
    sentences = []
    # Until when a later step may be asked for stands under the step before.
    if step.to_ask is not None and step.number == 1:
        sentences.append(f"Tell us {_within(step.to_ask)}. Is it later now? Tell us anyway.")
    if step.acknowledge is not None:
        say = "that we know you asked" if step.number > 1 else "what we think you said"
        sentences.append(f"We tell you {say}. We do it {_within(step.acknowledge)}.")
    if step.answer is not None:
        sentences += _answer(step, step.answer)
    if step.panel_report is not None:
        sentences.append(f"They write down what they think {_within(step.panel_report)}.")
    if step.panel_answer is not None:
        sentences.append(
            f"We write to you {_within(step.panel_answer)}. If we do not do what they ask "
            "for, we tell you why."
        )
    return tuple(sentences)


def _answer(step: Step, rule: ClockRule) -> list[str]:
    said = f"{'They meet' if step.has_panel else 'You get our answer'} {_within(rule)}."
    if rule.start_no_later_than:
        said += " If we are late with that, we do not get more time."
    if step.by is not None:
        begun = "If you tell us today" if step.number == 1 else "If you ask today"
        said += f" {begun}, that is by {in_full(step.by)}."
    most = longest(rule)
    if most is None:
        return [said]
    longer = "If we need more time, we tell you why. We tell you the new day too."
    return [said, f"{longer} It is never more than {most} from the same day."]


def _then(step: Step) -> tuple[str, ...]:
    if step.next_name is None:
        return ("There are no more steps here. You can still ask the Ombudsman.",)
    name = f"step {step.number + 1}"
    ask = f"Are you not happy with the answer? You can ask for {name}."
    within = step.to_ask_next
    when = "It is best to ask soon."
    if within is not None:
        when = f"Ask {_within(within)}. If that is hard, ask anyway."
    sentences = [f"{ask} {when}"]
    if step.track is Track.STATUTORY and step.number == 1:
        sentences.append(f"Is our answer late? Then you can ask for {name} now.")
    if step.track is Track.CORPORATE:
        sentences.append("If we say no, we tell you why. Then you can ask the Ombudsman.")
    return tuple(sentences)


def _within(rule: ClockRule) -> str:
    return f"within {span(rule)} {FROM[rule.starts]}"
