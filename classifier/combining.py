"""Puts answers together that depend on one another: procedure on category and team, area on team.

A procedure follows from what the feedback is and whom it is about, so the model's own guess is
joined with how often each procedure followed for that category and team in the training texts.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from classifier.despair import DESPAIR
from classifier.heads import Settings
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.risk_words import Alarm
from portal.procedures.vocabulary import Area, Category, ProcedureCode, Risk

Floats = npt.NDArray[np.float32]
_CATEGORIES = HEADS["category"]
_PROCEDURES = HEADS["procedure"]
_NOW, _CONCERN = (HEADS["risk"].index(risk) for risk in (Risk.NOW, Risk.CONCERN))
_DESPAIRS = frozenset(reason for reason, _ in DESPAIR)
_COMPLIMENT = _CATEGORIES.index(Category.COMPLIMENT)
_COMMENT = _CATEGORIES.index(Category.COMMENT)
_NONE = _PROCEDURES.index(ProcedureCode.NONE)
_DUTY = _PROCEDURES.index(ProcedureCode.DUTY)
_MATTERS = [n for n in range(len(_CATEGORIES)) if n not in (_COMPLIMENT, _COMMENT)]
# A form's own answer is good evidence, not proof: people tick "comment" and write a complaint. Who
# they are, they know: only words that leave no doubt weigh more.
SAID_CATEGORY, SAID_RELATIONSHIP = 4.0, 40.0
# Texts' worth of evidence given to the overall share of a procedure, where a team has few texts.
_SMOOTHING = 3.0


def procedure_table(categories: list[str], teams: list[str], procedures: list[str]) -> Floats:
    """Return the share of each procedure for each category and team, smoothed by category.

    Args:
        categories: the category of each training text.
        teams: its team.
        procedures: its procedure.
    """
    shape = (len(_CATEGORIES), len(HEADS["team"]), len(_PROCEDURES))
    counts = np.zeros(shape, np.float32)
    for category, team, procedure in zip(categories, teams, procedures, strict=True):
        at = HEADS["team"].index(team)
        counts[_CATEGORIES.index(category), at, _PROCEDURES.index(procedure)] += 1
    # MP's and Ombudsman's matters follow what a complaint about the same thing would follow.
    counts[_MATTERS] = counts[_MATTERS].sum(axis=0)
    overall = counts.sum(axis=1, keepdims=True) + 0.1
    overall /= overall.sum(axis=2, keepdims=True)
    smoothed = counts + _SMOOTHING * overall
    return np.asarray(smoothed / smoothed.sum(axis=2, keepdims=True), dtype=np.float32)


def procedure_chances(
    category: Floats, team: Floats, learnt: Floats, table: Floats, learnt_share: float
) -> Floats:
    """Return the chances of each procedure.

    A compliment has none and a comment opens none; only for the rest is there a choice between
    the statutory procedure, the corporate one and no formal investigation.
    """
    matters = category[_MATTERS]
    by_team = np.einsum("c,t,ctp->p", matters, team, table[_MATTERS])
    by_team, own = by_team.copy(), learnt.copy()
    by_team[_NONE] = own[_NONE] = 0.0
    by_team /= max(float(by_team.sum()), 1e-9)
    own /= max(float(own.sum()), 1e-9)
    found = (learnt_share * own + (1 - learnt_share) * by_team) * float(matters.sum())
    found[_NONE] += category[_COMPLIMENT]
    found[_DUTY] += category[_COMMENT]
    return np.asarray(found / found.sum(), dtype=np.float32)


def area_chances(team: Floats) -> Floats:
    """Return the chances of each area: the sum of its teams'."""
    sums = dict.fromkeys(Area, 0.0)
    for code, chance in zip(HEADS["team"], team, strict=True):
        sums[Area(AREA_OF_TEAM[code])] += float(chance)
    return np.array(list(sums.values()), np.float32)


def with_said(head: str, chances: Floats, said: object, weight: float) -> Floats:
    """Return the chances after hearing what the person ticked on the form.

    Args:
        head: the question.
        chances: what the text alone says.
        said: the form's answer; anything that is not one of the codes is passed over.
        weight: how many times likelier the code becomes.
    """
    if said not in HEADS[head]:
        return chances
    raised = chances.copy()
    raised[HEADS[head].index(str(said))] *= weight
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def danger(chances: Floats, found: Sequence[Alarm], alarm_weight: float) -> float:
    """Return the chance of danger now, raised where a wording is alarming.

    Args:
        chances: the model's chances of each risk.
        found: the alarming wordings, the gravest first.
        alarm_weight: how much such a wording adds, in logits.
    """
    now = float(np.clip(chances[_NOW], 1e-6, 1 - 1e-6))
    alarmed = bool(found) and found[0].risk == Risk.NOW
    logit = np.log(now / (1 - now)) + (alarm_weight if alarmed else 0.0)
    return float(1 / (1 + np.exp(-logit)))


def says_itself(found: Sequence[Alarm]) -> bool:
    """Say whether a wording needs no model: somebody speaks of ending their own life."""
    return any(alarm.reason in _DESPAIRS for alarm in found)


def risk_of(chances: Floats, found: Sequence[Alarm], settings: Settings) -> tuple[str, float]:
    """Return the risk with its confidence; an alarming wording is at least a concern.

    Args:
        chances: the model's chances of each risk.
        found: the alarming wordings, the gravest first.
        settings: from which chance on a risk is raised, and what an alarming wording adds.
    """
    now = danger(chances, found, settings.alarm_weight)
    if says_itself(found) or now >= settings.risk_from.get("now", 0.5):
        return Risk.NOW, now
    concern = float(chances[_NOW] + chances[_CONCERN])
    if found or concern >= settings.risk_from.get("concern", 0.5):
        return Risk.CONCERN, concern
    return Risk.NONE, float(chances[HEADS["risk"].index(Risk.NONE)])
