"""How much is found, and how much too much, on texts whose names are marked by hand."""

import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.errors import BadExample
from classifier.redacting.kinds import Kind, Span
from classifier.redacting.redactor import Redactor

TEXTS = Path(__file__).parents[2] / "tests" / "redaction"
_MARK = re.compile(r"\[\[(\w+):([^\]]+)\]\]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Marked:
    """A text with the stretches that must go."""

    id: str
    voice: str
    text: str
    marks: tuple[Span, ...]

    @classmethod
    def read(cls, row: dict[str, str]) -> "Marked":
        """Return the text of a row whose marks look like `[[name:Jayden]]`.

        Raises:
            BadExample: a mark has no kind of ours.
        """
        text, marks, at = "", [], 0
        for match in _MARK.finditer(row["text"]):
            text += row["text"][at : match.start()]
            try:
                kind = Kind(match.group(1))
            except ValueError as fault:
                raise BadExample(f"{row['id']} marks something of an unknown kind.") from fault
            marks.append(Span(len(text), len(text) + len(match.group(2)), kind, None))  # type: ignore[arg-type]
            text += match.group(2)
            at = match.end()
        return cls(row["id"], row["voice"], text + row["text"][at:], tuple(marks))


@dataclass
class Count:
    """What was found of what should be, and what was taken that should not."""

    marks: int = 0
    found: int = 0
    right_kind: int = 0
    ordinary: int = 0
    taken: int = 0
    wrongly: int = 0
    missed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures: recall over marks, precision over redacted words."""
        return {
            "marks": self.marks,
            "recall": _share(self.found, self.marks),
            "precision": _share(self.taken - self.wrongly, self.taken),
            "ordinary_words_taken": _share(self.wrongly, self.ordinary),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def read(folder: Path = TEXTS) -> dict[str, list[Marked]]:
    """Return the marked texts by file.

    Raises:
        BadExample: there are none, as where the tests are not installed.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise BadExample("There are no marked texts in tests/redaction.")
    return {
        path.stem: [Marked.read(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
        for path in files
    }


def count(redactor: Redactor, texts: Iterable[Marked]) -> dict[str, Count]:
    """Return counts by "all", by "kind:…" and by "voice:…"."""
    counts: dict[str, Count] = defaultdict(Count)
    for one in texts:
        spans = redactor.spans(one.text)
        gone = [0] * len(one.text)
        for span in spans:
            gone[span.start : span.end] = [1] * (span.end - span.start)
        for mark in one.marks:
            _judge(one, mark, spans, gone, counts)
        meant = [0] * len(one.text)
        for mark in one.marks:
            meant[mark.start : mark.end] = [1] * (mark.end - mark.start)
        for word in _WORD.finditer(one.text):
            should, does = meant[word.start()], gone[word.start()]
            for name in ("all", f"voice:{one.voice}"):
                counts[name].ordinary += not should
                counts[name].taken += does
                counts[name].wrongly += does and not should
    return counts


def _judge(
    one: Marked, mark: Span, spans: list[Span], gone: list[int], counts: dict[str, Count]
) -> None:
    """Count one mark: it is found when no word of it is left."""
    words = list(_WORD.finditer(one.text, mark.start, mark.end))
    whole = all(all(gone[word.start() : word.end() - 1] or [gone[word.start()]]) for word in words)
    same = any(s.kind is mark.kind for s in spans if s.start < mark.end and s.end > mark.start)
    names = ["all", f"kind:{mark.kind}"]
    if mark.kind is Kind.NAME:
        names.append(f"voice:{one.voice}")
    for name in names:
        counts[name].marks += 1
        counts[name].found += whole
        counts[name].right_kind += same
        if not whole:
            counts[name].missed.append(f"{one.id}: {one.text[mark.start : mark.end]}")


def evaluate(folder: Path = TEXTS) -> dict[str, Any]:
    """Return every figure of the model card's section on redaction."""
    result: dict[str, Any] = {}
    by_file = read(folder)
    started = time.process_time()
    with_model = Redactor.load()
    with_model.spans("Hello")
    result["load_cpu_seconds"] = round(time.process_time() - started, 2)
    result["model_installed"] = with_model.uses_model
    redactors = {"rules": Redactor.load(with_model=False)}
    if with_model.uses_model:
        redactors["rules_and_model"] = with_model
    for name, redactor in redactors.items():
        for part, texts in [
            ("whole", [t for ts in by_file.values() for t in ts]),
            *by_file.items(),
        ]:
            began = time.process_time()
            counts = count(redactor, texts)
            spent = (time.process_time() - began) * 1000 / len(texts)
            result[f"{name}, {part}"] = {
                "texts": len(texts),
                "milliseconds_a_text": round(spent, 1),
                **{key: value.as_json() for key, value in sorted(counts.items())},
            }
    return result
