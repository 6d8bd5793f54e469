"""`python -m classifier suggest | train | evaluate | promote | rollback | versions | redact`.

Needs no database, and no setting but `MODEL_DIR` for what concerns a council's own models.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from classifier import folders
from classifier.decisions import Decisions, read_decisions
from classifier.errors import BadExample, ModelMissing, NotPromoted
from classifier.examples import HELD_OUT, read_corpus
from classifier.suggestion import SuggestItem

_MODEL_FAULT, _INPUT_FAULT = 1, 2


def items(lines: TextIO) -> Iterator[SuggestItem]:
    """Yield the items of JSON lines, passing over empty lines.

    Raises:
        BadExample: a line cannot be read; the sentence gives its number and nothing of its text.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as fault:
            raise BadExample(f"Line {number} is not JSON.") from fault
        try:
            yield SuggestItem.from_json(value)
        except BadExample as fault:
            raise BadExample(f"Line {number} {fault}.") from fault


def suggest(source: TextIO, target: TextIO) -> None:
    """Write one suggestion a line for each item.

    A bad line stops the run before anything of its batch is written, so that what was written is
    whole lines for the lines before it.
    """
    from classifier.suggest import Suggester

    for suggestion in Suggester.load().suggest_each(items(source)):
        target.write(json.dumps(suggestion.as_json(), ensure_ascii=False) + "\n")


def train(out: Path | None) -> None:
    """Train from the corpus and print what was made."""
    from classifier import pipeline, training

    examples = read_corpus()
    heads = training.train(examples)
    folder = out or folders.PACKAGED
    folder.parent.mkdir(parents=True, exist_ok=True)
    pipeline.save(heads, folder)
    made = {
        "model": heads.settings.name,
        "texts": len(examples),
        "decisions": 0,
        "folder": str(folder),
        "candidate": False,
    }
    print(json.dumps(made))


def train_candidate(source: str, out: Path | None) -> None:
    """Train a candidate from corpus and decisions, compare it, and print the comparison."""
    # Read before anything is loaded: a bad line is told at once.
    decisions = _read_decisions(source)
    from classifier import candidates
    from classifier.suggest import Suggester

    current = Suggester.load()
    made = candidates.make(read_corpus(), read_corpus(HELD_OUT), decisions, current, out)
    print(json.dumps(made, ensure_ascii=False))
    print(candidates.in_words(made), file=sys.stderr)


def _read_decisions(name: str) -> Decisions:
    if name == "-":
        return read_decisions(sys.stdin)
    try:
        return read_decisions(Path(name).read_text(encoding="utf-8").splitlines())
    except OSError as fault:
        raise BadExample("The file of decisions cannot be read.") from fault


def redact(source: TextIO, target: TextIO, known: list[str]) -> None:
    """Write a text with what could say who somebody is replaced.

    Nobody has checked it then: before publication an officer must.
    """
    from classifier.redacting.redactor import Redactor

    redactor = Redactor.load()
    if not redactor.uses_model:
        print("The model is not installed: rules and lists alone redact.", file=sys.stderr)
    target.write(redactor.redact(source.read(), known))


def _parser() -> argparse.ArgumentParser:
    reader = argparse.ArgumentParser(prog="python -m classifier", description=__doc__)
    does = reader.add_subparsers(dest="does", required=True)
    does.add_parser("suggest", help="JSON lines in, suggestions out")
    trains = does.add_parser("train", help="rebuild the model from the corpus")
    trains.add_argument(
        "--with-decisions",
        metavar="FILE",
        help="make a candidate that learns from these too, and compare it; - is standard input",
    )
    trains.add_argument("--out", type=Path, metavar="DIR", help="where to write the model")
    does.add_parser("evaluate", help="measure on hands held out from training, and on strangers'")
    promotes = does.add_parser("promote", help="put a candidate into use")
    promotes.add_argument("name", metavar="NAME", help="the candidate's name, as versions tells it")
    does.add_parser("rollback", help="go back to the model that was in use before")
    does.add_parser("versions", help="the models there are, one JSON object a line")
    redacts = does.add_parser("redact", help="a text in, the same without names out")
    redacts.add_argument("--known", action="append", default=[], metavar="NAME")
    redacts.add_argument("--evaluate", action="store_true", help="measure on the marked texts")
    return reader


def _do(asked: argparse.Namespace) -> None:
    if asked.does == "suggest":
        suggest(sys.stdin, sys.stdout)
    elif asked.does == "train" and asked.with_decisions:
        train_candidate(asked.with_decisions, asked.out)
    elif asked.does == "train":
        train(asked.out)
    elif asked.does == "evaluate":
        from classifier import evaluation

        print(json.dumps(evaluation.evaluate(), indent=2))
    elif asked.does == "redact" and asked.evaluate:
        from classifier.redacting import measuring

        print(json.dumps(measuring.evaluate(), indent=2))
    elif asked.does == "redact":
        redact(sys.stdin, sys.stdout, asked.known)
    else:
        from classifier import versions

        if asked.does == "promote":
            print(json.dumps(versions.promote(asked.name), ensure_ascii=False))
        elif asked.does == "rollback":
            print(json.dumps(versions.rollback(), ensure_ascii=False))
        else:
            for one in versions.versions():
                print(json.dumps(one, ensure_ascii=False))


def main() -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args()
    for stream in (sys.stdin, sys.stdout):
        # JSON is UTF-8 whatever the machine's own language setting.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8")
    try:
        _do(asked)
    except BadExample as fault:
        print(fault, file=sys.stderr)
        return _INPUT_FAULT
    except UnicodeDecodeError:
        print("The input is not UTF-8.", file=sys.stderr)
        return _INPUT_FAULT
    except (ModelMissing, NotPromoted) as fault:
        print(fault, file=sys.stderr)
        return _MODEL_FAULT
    return 0


if __name__ == "__main__":
    sys.exit(main())
