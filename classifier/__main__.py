"""`python -m classifier suggest | train | evaluate | redact`. Needs no setting and no database."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from classifier import folders
from classifier.errors import BadExample, ModelMissing
from classifier.examples import Example, read_corpus, read_examples
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


def train(decisions: str | None, out: Path | None) -> None:
    """Train from the corpus, and from decisions where given; print what was made."""
    from classifier import pipeline, training

    examples: list[Example] = read_corpus()
    own = _read_decisions(decisions) if decisions else []
    heads = training.train([*examples, *own])
    folder = out or (folders.candidates() / heads.settings.name if decisions else folders.PACKAGED)
    folder.parent.mkdir(parents=True, exist_ok=True)
    pipeline.save(heads, folder)
    made = {
        "model": heads.settings.name,
        "texts": len(examples),
        "decisions": len(own),
        "folder": str(folder),
        "candidate": bool(decisions),
    }
    print(json.dumps(made))
    if decisions:
        print("To promote it, write its folder's name into MODEL_DIR/current.", file=sys.stderr)


def _read_decisions(name: str) -> list[Example]:
    if name == "-":
        return read_examples(sys.stdin, "decisions")
    try:
        return read_examples(Path(name).read_text(encoding="utf-8").splitlines(), "decisions")
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
        "--with-decisions", metavar="FILE", help="examples to add; - is standard input"
    )
    trains.add_argument("--out", type=Path, metavar="DIR", help="where to write the model")
    does.add_parser("evaluate", help="measure on hands held out from training, and on strangers'")
    redacts = does.add_parser("redact", help="a text in, the same without names out")
    redacts.add_argument("--known", action="append", default=[], metavar="NAME")
    redacts.add_argument("--evaluate", action="store_true", help="measure on the marked texts")
    return reader


def main() -> int:
    """Run one command and return its exit code."""
    asked = _parser().parse_args()
    for stream in (sys.stdin, sys.stdout):
        # JSON is UTF-8 whatever the machine's own language setting.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8")
    try:
        if asked.does == "suggest":
            suggest(sys.stdin, sys.stdout)
        elif asked.does == "train":
            train(asked.with_decisions, asked.out)
        elif asked.does == "redact" and asked.evaluate:
            from classifier.redacting import measuring

            print(json.dumps(measuring.evaluate(), indent=2))
        elif asked.does == "redact":
            redact(sys.stdin, sys.stdout, asked.known)
        else:
            from classifier import evaluation

            print(json.dumps(evaluation.evaluate(), indent=2))
    except BadExample as fault:
        print(fault, file=sys.stderr)
        return _INPUT_FAULT
    except UnicodeDecodeError:
        print("The input is not UTF-8.", file=sys.stderr)
        return _INPUT_FAULT
    except ModelMissing as fault:
        print(fault, file=sys.stderr)
        return _MODEL_FAULT
    return 0


if __name__ == "__main__":
    sys.exit(main())
