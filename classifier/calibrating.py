"""Makes confidence honest: how often the model was right on texts that it had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier import combining
from classifier.examples import Example
from classifier.features import Row
from classifier.heads import COLUMNS, Heads, Settings, softmax, tempered
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.risk_words import alarms
from portal.procedures.vocabulary import Area, Risk

Floats = npt.NDArray[np.float32]
Numbers = Sequence[int]
_AREAS = list(Area)
_SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_TEMPERATURES = np.round(np.geomspace(0.3, 3.0, 28), 3)
# Above its threshold a head must have been right this often; below it says that it is unsure.
_RIGHT_OFTEN = 0.9
_SAID_AT_LEAST = 25
# At most this share of the texts without danger may be called dangerous.
_FALSE_ALARMS = 0.05
_NOW = HEADS["risk"].index(Risk.NOW)
_CONCERN = HEADS["risk"].index(Risk.CONCERN)


@dataclass
class Unseen:
    """Raw chances by words and by vector, from models that had not seen the text."""

    words: Floats
    dense: Floats
    tables: list[Floats | None]

    @classmethod
    def empty(cls, count: int) -> "Unseen":
        """Return room for so many texts."""
        width = list(COLUMNS.values())[-1].stop
        room = np.zeros((count, width), np.float32)
        return cls(room, room.copy(), [None] * count)

    def note(self, number: int, heads: Heads, row: Row, dense: Floats) -> None:
        """Keep what the heads say of one text."""
        by_words = row.values @ heads.word_weights[row.numbers] + heads.word_start
        by_vector = dense @ heads.dense_weights + heads.dense_start
        for columns in COLUMNS.values():
            self.words[number, columns] = softmax(by_words[columns])
            self.dense[number, columns] = softmax(by_vector[columns])
        self.tables[number] = heads.procedures

    def chances(self, number: int, head: str, settings: Settings) -> Floats:
        """Return a head's chances for one text under some settings."""
        columns, share = COLUMNS[head], settings.words_share.get(head, 0.5)
        mixed = share * self.words[number, columns] + (1 - share) * self.dense[number, columns]
        return tempered(mixed, settings.temperature.get(head, 1.0))

    def procedure(self, number: int, settings: Settings) -> Floats:
        """Return the joined procedure chances, before their own temperature."""
        table = self.tables[number]
        assert table is not None, "every text is held back once"
        return combining.procedure_chances(
            self.chances(number, "category", settings),
            self.chances(number, "team", settings),
            self.chances(number, "procedure", settings),
            table,
            settings.learnt_share,
        )


def calibrate(examples: Sequence[Example], unseen: Unseen, chosen: Numbers) -> Settings:
    """Return the settings that fit the chosen texts best.

    Args:
        examples: all labelled texts.
        unseen: what models said that had not seen them.
        chosen: the numbers of the texts to calibrate on.
    """
    settings = Settings()
    for head in HEADS:
        _choose_share_and_temperature(head, examples, unseen, chosen, settings)
    _choose_learnt_share(examples, unseen, chosen, settings)
    for head in (*HEADS, "area"):
        settings.unsure_below[head] = _threshold(
            *_said_and_right(head, examples, unseen, chosen, settings)
        )
    _choose_risk(examples, unseen, chosen, settings)
    return settings


def _loss(chances: Floats, codes: npt.NDArray[np.int64]) -> float:
    own = chances[np.arange(len(codes)), codes]
    return float(-np.log(np.maximum(own, 1e-6)).mean())


def _codes(head: str, examples: Sequence[Example], chosen: Numbers) -> tuple[list[int], list[int]]:
    known = [n for n in chosen if head in examples[n].labels]
    return known, [HEADS[head].index(examples[n].labels[head]) for n in known]


def _choose_share_and_temperature(
    head: str, examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> None:
    known, codes = _codes(head, examples, chosen)
    columns, answers = COLUMNS[head], np.array(codes)
    best = (np.inf, 0.5, 1.0)
    for share in _SHARES:
        mixed = share * unseen.words[known, columns] + (1 - share) * unseen.dense[known, columns]
        logs = np.log(np.maximum(mixed, 1e-9))
        for temperature in _TEMPERATURES:
            raised = np.exp((logs - logs.max(axis=1, keepdims=True)) / temperature)
            loss = _loss(raised / raised.sum(axis=1, keepdims=True), answers)
            best = min(best, (loss, share, float(temperature)))
    settings.words_share[head], settings.temperature[head] = best[1], best[2]


def _choose_learnt_share(
    examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> None:
    known, codes = _codes("procedure", examples, chosen)
    best = (np.inf, 0.5, 1.0)
    for share in np.arange(0.2, 1.0, 0.1):
        settings.learnt_share = float(share)
        joined = np.stack([unseen.procedure(n, settings) for n in known])
        for temperature in _TEMPERATURES:
            cooled = np.stack([tempered(row, float(temperature)) for row in joined])
            best = min(best, (_loss(cooled, np.array(codes)), float(share), float(temperature)))
    settings.learnt_share = best[1]
    settings.temperature["joined_procedure"] = best[2]


def answer(head: str, number: int, unseen: Unseen, settings: Settings) -> tuple[str, float]:
    """Return the label that a head gives an unseen text, with its confidence."""
    if head == "area":
        team = unseen.chances(number, "team", settings)
        area = AREA_OF_TEAM[HEADS["team"][int(team.argmax())]]
        return area, float(combining.area_chances(team)[_AREAS.index(Area(area))])
    if head == "procedure":
        temperature = settings.temperature["joined_procedure"]
        chances = tempered(unseen.procedure(number, settings), temperature)
    else:
        chances = unseen.chances(number, head, settings)
    return HEADS[head][int(chances.argmax())], float(chances.max())


def truth(head: str, example: Example) -> str | None:
    """Return an example's label; the area is its team's."""
    if head == "area":
        team = example.labels.get("team")
        return AREA_OF_TEAM[team] if team else None
    return example.labels.get(head)


def _said_and_right(
    head: str, examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> tuple[list[float], list[bool]]:
    said, right = [], []
    for number in chosen:
        expected = truth(head, examples[number])
        if expected is not None:
            label, confidence = answer(head, number, unseen, settings)
            said.append(confidence)
            right.append(label == expected)
    return said, right


def _threshold(said: list[float], right: list[bool]) -> float:
    """Return the lowest confidence from which on the head was right often enough."""
    for threshold in np.arange(0.3, 0.96, 0.01):
        above = [ok for confidence, ok in zip(said, right, strict=True) if confidence >= threshold]
        if len(above) < min(_SAID_AT_LEAST, len(said)):
            break
        if sum(above) / len(above) >= _RIGHT_OFTEN:
            return round(float(threshold), 2)
    return 0.95


def _choose_risk(
    examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> None:
    known, codes = _codes("risk", examples, chosen)
    chances = np.stack([unseen.chances(n, "risk", settings) for n in known])
    worst = [_worst_alarm(examples[n]) for n in known]
    answers, alarmed = np.array(codes), np.array([code == _NOW for code in worst])
    hits = answers[alarmed] == _NOW
    settings.alarm_precision = float(hits.mean()) if len(hits) else 0.5
    # The lowest threshold with a bearable share of false alarms finds the most danger.
    settings.risk_from["now"] = _lowest(chances[:, _NOW], alarmed, answers == _NOW, _FALSE_ALARMS)
    worried = alarmed | np.array([code == _CONCERN for code in worst])
    settings.risk_from["concern"] = _lowest(
        chances[:, _NOW] + chances[:, _CONCERN],
        worried,
        answers != HEADS["risk"].index("none"),
        4 * _FALSE_ALARMS,
    )


def _worst_alarm(example: Example) -> int | None:
    found = alarms(f"{example.subject or ''}\n{example.text}")
    return HEADS["risk"].index(found[0].risk) if found else None


def _lowest(
    chances: Floats, alarmed: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_], bearable: float
) -> float:
    for threshold in np.arange(0.05, 1.0, 0.01):
        raised = alarmed | (chances >= threshold)
        if (raised & ~true).sum() <= bearable * max(int((~true).sum()), 1):
            return round(float(threshold), 2)
    return 1.0
