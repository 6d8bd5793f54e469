"""Makes confidence honest: how often the model was right on texts by hands it had not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import combining
from classifier.examples import ON_DANGER, Example
from classifier.features import Row
from classifier.heads import COLUMNS, SHORT, Heads, Settings, mixed, softmax, tempered
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.risk_words import Alarm, alarms
from classifier.segments import Segments
from portal.procedures.vocabulary import Area, Risk

Floats = npt.NDArray[np.float32]
Numbers = Sequence[int]
_AREAS = list(Area)
_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_TEMPERATURES = np.round(np.geomspace(0.3, 3.0, 28), 3)
# Above its threshold a head must have been right this often; below it says that it is unsure.
_RIGHT_OFTEN = 0.9
_SAID_AT_LEAST = 25
# At most this share of the texts without danger may be called dangerous, of those by hands that
# were not asked for danger. A text with a welfare concern counts half: somebody must read it today
# in any case.
_FALSE_ALARMS, _HALF_FALSE = 0.05, 0.5
# A false concern costs an officer a glance.
_FALSE_CONCERNS = 0.25
_THRESHOLDS = np.concatenate([np.arange(0.005, 0.05, 0.005), np.arange(0.05, 1.0, 0.01)])
# With fewer short texts than these, how much to doubt them is not learnt but set.
_SHORT_AT_LEAST, _SHORT_UNKNOWN = 20, 1.5
# The corpus has no nonsense: its short texts are easier to guess than what may come in.
_SHORT_LEAST = 1.25
# This share of the texts, those with the fewest known words, may be doubted as foreign.
_STRANGE = 0.004
_ALARM_WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
_NOW = HEADS["risk"].index(Risk.NOW)
_CONCERN = HEADS["risk"].index(Risk.CONCERN)


@dataclass
class Unseen:
    """Raw chances by words and by the encoder, from models that had not seen the text."""

    words: Floats
    encoded: Floats
    rows: list[Row | None]
    tables: list[Floats | None]

    @classmethod
    def empty(cls, count: int) -> "Unseen":
        """Return room for so many texts."""
        width = list(COLUMNS.values())[-1].stop
        room = np.zeros((count, width), np.float32)
        return cls(room, room.copy(), [None] * count, [None] * count)

    def note(self, number: int, heads: Heads, row: Row, encoded: Floats) -> None:
        """Keep what the words' model and the encoder say of one text."""
        by_words = heads.by_words(row)
        for columns in COLUMNS.values():
            self.words[number, columns] = softmax(by_words[columns])
            self.encoded[number, columns] = softmax(encoded[columns])
        self.rows[number], self.tables[number] = row, heads.procedures

    def known(self) -> list[int]:
        """Return the numbers of the texts of which both have spoken."""
        return [number for number, row in enumerate(self.rows) if row is not None]

    def short(self, number: int) -> bool:
        """Say whether a text has too few words to be sure of."""
        row = self.rows[number]
        return row is not None and row.words < SHORT

    def chances(self, number: int, head: str, settings: Settings) -> Floats:
        """Return a head's chances for one text under some settings."""
        columns, share = COLUMNS[head], settings.words_share.get(head, 0.5)
        both = mixed(self.words[number, columns], self.encoded[number, columns], share)
        return tempered(both, settings.temperature_of(head, self.short(number)))

    def procedure(self, number: int, settings: Settings) -> Floats:
        """Return the joined procedure chances, before their own temperature."""
        table = self.tables[number]
        assert table is not None, "every text that is asked for was held back once"
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
    rows = [row for row in (unseen.rows[n] for n in chosen) if row is not None]
    settings.familiar_from = round(float(np.quantile([row.familiar for row in rows], _STRANGE)), 3)
    return settings


def _loss(chances: Floats, codes: npt.NDArray[np.int64]) -> float:
    own = chances[np.arange(len(codes)), codes]
    return float(-np.log(np.maximum(own, 1e-6)).mean())


def _codes(head: str, examples: Sequence[Example], chosen: Numbers) -> tuple[list[int], list[int]]:
    known = [n for n in chosen if head in examples[n].labels]
    return known, [HEADS[head].index(examples[n].labels[head]) for n in known]


def _cooled(logs: npt.NDArray[Any], temperature: float) -> Floats:
    raised = np.exp((logs - logs.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def _choose_share_and_temperature(
    head: str, examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> None:
    known, codes = _codes(head, examples, chosen)
    columns, answers = COLUMNS[head], np.array(codes)
    by_words = np.log(np.maximum(unseen.words[known, columns], 1e-5))
    by_encoder = np.log(np.maximum(unseen.encoded[known, columns], 1e-5))
    best = (np.inf, 0.5, 1.0)
    for share in _SHARES:
        logs = share * by_words + (1 - share) * by_encoder
        for temperature in _TEMPERATURES:
            loss = _loss(_cooled(logs, temperature), answers)
            best = min(best, (loss, share, float(temperature)))
    settings.words_share[head], settings.temperature[head] = best[1], best[2]
    _choose_short_temperature(head, examples, unseen, known, settings)


def _choose_short_temperature(
    head: str, examples: Sequence[Example], unseen: Unseen, known: Numbers, settings: Settings
) -> None:
    short = [n for n in known if unseen.short(n)]
    if len(short) < _SHORT_AT_LEAST:
        settings.short_temperature[head] = _SHORT_UNKNOWN
        return
    answers = np.array([HEADS[head].index(examples[n].labels[head]) for n in short])
    settings.short_temperature[head] = 1.0
    logs = np.log(np.stack([unseen.chances(n, head, settings) for n in short]))
    losses = [
        (_loss(_cooled(logs, more), answers), more)
        for more in _TEMPERATURES
        if more >= _SHORT_LEAST
    ]
    settings.short_temperature[head] = float(min(losses)[1])


def _choose_learnt_share(
    examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> None:
    known, codes = _codes("procedure", examples, chosen)
    best = (np.inf, 0.5, 1.0)
    for share in np.arange(0.2, 1.0, 0.1):
        settings.learnt_share = float(share)
        logs = np.log(np.maximum([unseen.procedure(n, settings) for n in known], 1e-9))
        for temperature in _TEMPERATURES:
            loss = _loss(_cooled(logs, float(temperature)), np.array(codes))
            best = min(best, (loss, float(share), float(temperature)))
    settings.learnt_share = best[1]
    settings.temperature["joined_procedure"] = best[2]


def answer(head: str, number: int, unseen: Unseen, settings: Settings) -> tuple[str, float]:
    """Return the label that a head gives an unseen text, with its confidence."""
    if head == "area":
        team = unseen.chances(number, "team", settings)
        area = AREA_OF_TEAM[HEADS["team"][int(team.argmax())]]
        return area, float(combining.area_chances(team)[_AREAS.index(Area(area))])
    if head == "procedure":
        temperature = settings.temperature_of("joined_procedure", unseen.short(number))
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


def alarms_of(example: Example) -> list[Alarm]:
    """Return the alarming wordings of an example; looked for once, as calibration asks often."""
    return _alarms_in(Segments.of(example.subject, example.text).joined)


@lru_cache(maxsize=8192)
def _alarms_in(text: str) -> list[Alarm]:
    return list(alarms(text))


def _choose_risk(
    examples: Sequence[Example], unseen: Unseen, chosen: Numbers, settings: Settings
) -> None:
    """Choose the words' share, what an alarming wording adds, and from where a risk is raised.

    Of the choices that bear the same false alarms, the one that finds most danger is taken.
    """
    known, codes = _codes("risk", examples, chosen)
    found = [alarms_of(examples[n]) for n in known]
    alarmed = np.array([bool(own) and own[0].risk == Risk.NOW for own in found])
    sure = np.array([combining.says_itself(own) for own in found])
    answers = np.array(codes)
    cost = np.where(answers == _NOW, 0.0, np.where(answers == _CONCERN, _HALF_FALSE, 1.0))
    cost[[examples[n].hand in ON_DANGER for n in known]] = 0.0
    best = (-1.0, 0.0, 0.0, 1.0)
    for share in _SHARES:
        settings.words_share["risk"] = share
        now = _logits(np.stack([unseen.chances(n, "risk", settings) for n in known])[:, _NOW])
        for weight in _ALARM_WEIGHTS:
            raised = 1 / (1 + np.exp(-(now + weight * alarmed)))
            threshold = _lowest(raised, sure, cost, _FALSE_ALARMS)
            hit = ((raised >= threshold) | sure)[answers == _NOW]
            recall = float(hit.mean()) if len(hit) else 0.0
            best = max(best, (recall, -weight, share, threshold))
    settings.words_share["risk"], settings.alarm_weight = best[2], -best[1]
    settings.risk_from["now"] = best[3]
    chances = np.stack([unseen.chances(n, "risk", settings) for n in known])
    settings.risk_from["concern"] = _lowest(
        chances[:, _NOW] + chances[:, _CONCERN],
        np.array([bool(own) for own in found]),
        np.where(answers == HEADS["risk"].index(Risk.NONE), 1.0, 0.0),
        _FALSE_CONCERNS,
    )


def _logits(chances: Floats) -> npt.NDArray[Any]:
    sure = np.clip(chances.astype(np.float64), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(sure / (1 - sure)))


def _lowest(
    chances: npt.NDArray[Any],
    alarmed: npt.NDArray[np.bool_],
    cost: npt.NDArray[np.float64],
    bearable: float,
) -> float:
    """Return the lowest threshold at which false alarms cost no more than is bearable."""
    for threshold in _THRESHOLDS:
        raised = alarmed | (chances >= threshold)
        if cost[raised].sum() <= bearable * max(int((cost > 0).sum()), 1):
            return round(float(threshold), 3)
    return 1.0
