"""Candidates: a model that has learnt from decisions too, compared with the one in use.

Nothing here changes which model is in use: that is `classifier.versions`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier import folders, paired, pipeline, training
from classifier.decisions import Decisions
from classifier.errors import BadExample
from classifier.evaluation import judged_by
from classifier.examples import Example
from classifier.heads import Heads
from classifier.paired import Paired
from classifier.suggest import Suggester

ABOUT = "version.json"
FEW = 30


@dataclass(frozen=True)
class Compared:
    """One set of texts: its questions and codes, each with both models' figures."""

    texts: int
    questions: Mapping[str, Paired]
    codes: Mapping[str, Paired]

    def worse(self) -> list[str]:
        """Return the labels in which the candidate is worse beyond noise."""
        return [
            name for found in (self.questions, self.codes) for name in found if found[name].worse
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the set as it is kept with the candidate and printed."""
        return {
            "texts": self.texts,
            "questions": {name: one.as_json() for name, one in self.questions.items()},
            "codes": {name: one.as_json() for name, one in self.codes.items()},
        }


def make(
    corpus: Sequence[Example],
    strangers: Sequence[Example],
    decisions: Decisions,
    current: Suggester,
    out: Path | None = None,
) -> dict[str, Any]:
    """Train a candidate, compare it, and keep it with its figures in a folder of its own.

    Args:
        corpus: the texts of this package.
        strangers: the held-out texts.
        decisions: what officers decided.
        current: the model in use.
        out: the folder to write it into; one of its name among the candidates where none is given.

    Returns:
        What was made and how it compares, as it is printed and kept in the candidate's folder.

    Raises:
        BadExample: there are too few texts, or the same texts made the model in use.
    """
    heads = training.train([*corpus, *decisions.learnt])
    name = heads.settings.name
    if name == current.model:
        raise BadExample("The same texts made the model that is in use: there is nothing new.")
    folder = out or folders.candidates() / name
    candidate = Suggester(pipeline.pipeline_of(heads), heads)
    sets = {
        "held_out": compare(strangers, current, candidate),
        "decisions": compare(decisions.held_back, current, candidate),
    }
    worse = [f"{kind} {label}" for kind, found in sets.items() for label in found.worse()]
    made = {
        "model": name,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "texts": len(corpus),
        "decisions": len(decisions.learnt) + len(decisions.held_back),
        "learnt_from": len(decisions.learnt),
        "held_back": len(decisions.held_back),
        "held_back_blind": decisions.blind,
        "folder": str(folder),
        "candidate": True,
        "against": current.model,
        "comparison": {kind: found.as_json() for kind, found in sets.items()},
        "worse": worse,
        "may_be_promoted": not worse,
    }
    _keep(heads, folder, made)
    return made


def compare(examples: Sequence[Example], current: Suggester, candidate: Suggester) -> Compared:
    """Let both models judge texts that neither has learnt from."""
    old = [judged_by(current, example) for example in examples]
    new = [judged_by(candidate, example) for example in examples]
    return Compared(len(examples), *paired.compare(old, new))


def in_words(made: Mapping[str, Any]) -> str:
    """Return a comparison as a table for whoever ran the command."""
    lines = [f"{made['model']}, compared with {made['against']}:"]
    for kind, words in (("held_out", "held-out texts"), ("decisions", _decided_how(made))):
        found = made["comparison"][kind]
        lines += ["", f"{found['texts']} {words}"]
        if found["texts"]:
            lines += [_line(name, one) for name, one in found["questions"].items() if one["texts"]]
            lines += [_line(name, one) for name, one in found["codes"].items() if one["worse"]]
    lines += ["", _verdict(made)]
    return "\n".join(lines)


def _decided_how(made: Mapping[str, Any]) -> str:
    how = (
        "decisions made before the suggestion was shown"
        if made["held_back_blind"]
        else "decisions held back, made with the suggestion in view, which favours the model in use"
    )
    few = "; so few show gross faults only" if made["held_back"] < FEW else ""
    return how + few


def _line(name: str, one: Mapping[str, Any]) -> str:
    shares = f"{one['current'] * 100:5.1f} -> {one['candidate'] * 100:5.1f} %"
    moved = f"lost {one['only_current']}, won {one['only_candidate']} of {one['texts']}"
    verdict = "WORSE" if one["worse"] else "within noise" if one["only_current"] else ""
    return f"  {name:<36}{shares}   {moved:<28}{verdict}".rstrip()


def _verdict(made: Mapping[str, Any]) -> str:
    if made["worse"]:
        return f"Worse beyond noise in: {', '.join(made['worse'])}. It cannot be promoted."
    return (
        f"No label is worse beyond noise. To use it: python -m classifier promote '{made['model']}'"
    )


def _keep(heads: Heads, folder: Path, made: Mapping[str, Any]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    pipeline.save(heads, folder)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    (folder / ABOUT).write_text(text, encoding="utf-8")
