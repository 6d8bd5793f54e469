"""Wordings that a person must read first, whatever the model thinks.

Recall comes before precision here: a false alarm costs an officer a minute. Nothing in this file
ever lowers a risk; the result is joined to the model's by taking the graver of the two.
"""

import re
from typing import NamedTuple

from classifier.concerns import CONCERN
from classifier.dangers import NOW
from portal.procedures.vocabulary import Risk


class Alarm(NamedTuple):
    """One wording that was found: how grave, why in plain words, and where."""

    risk: Risk
    reason: str
    start: int
    end: int


_RULES: tuple[tuple[Risk, str, re.Pattern[str]], ...] = tuple(
    (risk, reason, re.compile(wording, re.IGNORECASE))
    for risk, rules in ((Risk.NOW, NOW), (Risk.CONCERN, CONCERN))
    for reason, wording in rules
)

# "No one was hurt" and "he never hit me" are not alarms; only words just before are looked at.
_DENIED = re.compile(
    r"\b(?:no|not|never|nobody|without|wasn'?t|isn'?t|hasn'?t|hadn'?t|don'?t think (?:he|she|they)|"
    r"nor|no longer|used to worry about)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
# These say "not" as part of the alarm itself, so a denial before them is not looked for.
_DENIAL_PROOF = frozenset(
    {
        "speaks of not wanting to live",
        "help is begged for at once",
        "has nowhere to sleep",
        "a child is missing",
        "may be about to end their life",
        "somebody is asked to go there",
    }
)


def alarms(text: str) -> list[Alarm]:
    """Return the alarming wordings of a text, the gravest first, then in reading order.

    Args:
        text: the text; a typographic apostrophe is read as a plain one.
    """
    plain = text.replace("\u2019", "'")
    found = []
    for risk, reason, rule in _RULES:
        for match in rule.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            if reason in _DENIAL_PROOF or not _DENIED.search(before):
                found.append(Alarm(risk, reason, match.start(), match.end()))
                break
    return sorted(found, key=lambda alarm: (alarm.risk != Risk.NOW, alarm.start))
