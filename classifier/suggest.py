"""Suggests for feedback: `Suggester.load().suggest(item)`. Advice; an officer decides.

Importing this module loads spaCy; only `flask work` and `python -m classifier` do so. The types
alone are in `classifier.suggestion`.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier import combining, folders, law, pipeline, why
from classifier.circumstances import Circumstances
from classifier.errors import ModelMissing
from classifier.heads import SHORT, Heads, tempered
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.pipeline import Doc, Language
from classifier.risk_words import Alarm, alarms
from classifier.segments import Segments
from classifier.suggestion import Choice, Reason, Span, Suggestion, SuggestItem
from portal.procedures.vocabulary import Area, Category, Risk

__all__ = ["ModelMissing", "SuggestItem", "Suggester", "Suggestion"]

Floats = npt.NDArray[np.float32]
_log = logging.getLogger(__name__)
_BATCH = 64
_TEAMS_SHOWN = 3
_ALARMS_SHOWN = 4
_AREAS = list(Area)


class Suggester:
    """A loaded model. Give the same item and get the same suggestion."""

    def __init__(self, nlp: Language, heads: Heads) -> None:
        """Hold a pipeline and its weights; `load` is the usual way to make one."""
        self._nlp, self._heads = nlp, heads
        self.model = heads.settings.name

    @classmethod
    def load(cls, folder: Path | None = None) -> "Suggester":
        """Load a model.

        Args:
            folder: a model's own folder, or one in which promoted models live (as `MODEL_DIR`,
                which is asked where none is given). Without a promoted model, or with one that
                cannot be read, the packaged model is loaded.

        Raises:
            ModelMissing: the folder's own model, or the packaged one, cannot be used.
        """
        if folder is not None and (folder / "config.cfg").exists():
            return cls(*pipeline.load(folder))
        own = folders.promoted(folder)
        if own is not None:
            try:
                return cls(*pipeline.load(own))
            except ModelMissing:
                _log.warning("the promoted model cannot be read; the packaged model is used")
        return cls(*pipeline.load(folders.PACKAGED))

    def suggest(self, item: SuggestItem) -> Suggestion:
        """Return the suggestion for one item."""
        return next(iter(self.suggest_each([item])))

    def suggest_many(self, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return the contract's JSON objects for items that are such objects themselves.

        Raises:
            BadExample: an item has no text, or a field of the wrong kind.
        """
        typed = [SuggestItem.from_json(dict(item)) for item in items]
        return [found.as_json() for found in self.suggest_each(typed)]

    def suggest_each(self, items: Iterable[SuggestItem]) -> Iterator[Suggestion]:
        """Yield a suggestion for each item, in order; memory does not grow with their number."""
        waiting = iter(items)
        while batch := list(islice(waiting, _BATCH)):
            joined = [Segments.of(item.subject, item.text) for item in batch]
            # The vocabulary would otherwise keep every word that was ever typed.
            with self._nlp.memory_zone():
                docs = self._nlp.pipe([segments.joined for segments in joined])
                found = [
                    _Answer(self._heads, item, segments, doc).suggestion()
                    for item, segments, doc in zip(batch, joined, docs, strict=True)
                ]
            yield from found


class _Answer:
    """One document's suggestion in the making."""

    def __init__(self, heads: Heads, item: SuggestItem, segments: Segments, doc: Doc) -> None:
        self.heads, self.item, self.segments = heads, item, segments
        self.settings = heads.settings
        self.seen = pipeline.seen(doc)
        self.short = self.seen.row.words < SHORT
        words = [(start, end) for _, start, end in pipeline.tokens_of(doc)]
        self.explainer = why.Explainer(heads, self.seen, words, segments)
        self.alarms = alarms(segments.joined)
        said = item.facts
        category, who = said.get("category"), said.get("relationship")
        self.category = combining.with_said(
            "category", _read(doc, "category"), category, combining.SAID_CATEGORY
        )
        self.relationship = combining.with_said(
            "relationship", _read(doc, "relationship"), who, combining.SAID_RELATIONSHIP
        )
        self.team, self.nature = _read(doc, "team"), _read(doc, "nature")
        self.risk, self.learnt_procedure = _read(doc, "risk"), _read(doc, "procedure")
        self.who_was_said = who in HEADS["relationship"]

    def suggestion(self) -> Suggestion:
        category = self._best("category", self.category)
        teams = self._teams()
        relationship = self._best("relationship", self.relationship)
        procedure = self._procedure()
        risk, risk_reasons = self._risk()
        complaint = category.label == Category.COMPLAINT
        nature = self._best("nature", self.nature) if complaint else None
        cues = self.seen.reading.cues
        seen = Circumstances(
            category.label,
            teams[0].label,
            relationship.label,
            relationship.unsure and not self.who_was_said,
            cues,
            self.segments.joined,
        )
        advice = law.advise(procedure.label, procedure.unsure, seen)
        return Suggestion(
            id=self.item.id,
            category=category,
            area=self._area(teams[0].label),
            team=teams,
            procedure=procedure,
            procedure_reasons=advice.reasons,
            missing=advice.missing,
            nature=nature,
            relationship=relationship,
            risk=risk,
            risk_reasons=risk_reasons,
            why=self._why(category, teams[0], procedure, nature, relationship, risk),
            model=self.settings.name,
        )

    def _choice(self, head: str, code: str, chance: float) -> Choice:
        return Choice(code, chance, self.settings.doubts(head, chance, self.short))

    def _best(self, head: str, chances: Floats) -> Choice:
        at = int(chances.argmax())
        return self._choice(head, str(HEADS[head][at]), float(chances[at]))

    def _teams(self) -> tuple[Choice, ...]:
        order = np.argsort(-self.team, kind="stable")[:_TEAMS_SHOWN]
        return tuple(
            self._choice("team", str(HEADS["team"][at]), float(self.team[at])) for at in order
        )

    def _area(self, team: str) -> Choice:
        area = AREA_OF_TEAM[team]
        chance = combining.area_chances(self.team)[_AREAS.index(Area(area))]
        return self._choice("area", str(area), float(chance))

    def _procedure(self) -> Choice:
        joined = combining.procedure_chances(
            self.category,
            self.team,
            self.learnt_procedure,
            self.heads.procedures,
            self.settings.learnt_share,
        )
        temperature = self.settings.temperature_of("joined_procedure", self.short)
        return self._best("procedure", tempered(joined, temperature))

    def _risk(self) -> tuple[Choice, tuple[Reason, ...]]:
        found = self.alarms
        label, confidence = combining.risk_of(self.risk, found, self.settings)
        reasons = tuple(_alarm_reason(alarm) for alarm in found[:_ALARMS_SHOWN])
        if label != Risk.NONE and not any(alarm.risk == label for alarm in found):
            text = "The wording is like that of texts in which officers saw a risk."
            reasons = (Reason(text, "learnt from texts"), *reasons)
        return self._choice("risk", str(label), confidence), reasons

    def _why(
        self,
        category: Choice,
        team: Choice,
        procedure: Choice,
        nature: Choice | None,
        relationship: Choice,
        risk: Choice,
    ) -> tuple[Span, ...]:
        chosen = {
            "category": category,
            "team": team,
            "procedure": procedure,
            "nature": nature,
            "relationship": relationship,
        }
        labels = [f"{head}:{choice.label}" for head, choice in chosen.items() if choice]
        found: list[Span] = []
        for label in labels:
            found += self.explainer.spans(label)
        return (*found, *self._alarmed(risk))

    def _alarmed(self, risk: Choice) -> list[Span]:
        if risk.label == Risk.NONE:
            return []
        label = f"risk:{risk.label}"
        spans = self.explainer.spans(label)
        for alarm in self.alarms[:_ALARMS_SHOWN]:
            place = self.segments.place(alarm.start, alarm.end)
            if place and alarm.risk == risk.label:
                spans.append(Span(*place, label, 1.0))
        return spans


def _read(doc: Doc, head: str) -> Floats:
    return np.array([doc.cats[f"{head}:{code}"] for code in HEADS[head]], np.float32)


def _alarm_reason(alarm: Alarm) -> Reason:
    return Reason(f"Wording: {alarm.reason}.", f"risk words: {alarm.risk}")
