"""`python -m classifier suggest`: JSON lines in, JSON lines out, sentences for faults."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "classifier", *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def test_suggestions_come_in_the_order_of_the_items() -> None:
    lines = [{"id": n, "text": text} for n, text in enumerate(["Thank you!", "", "Où est-il ?"])]
    given = "\n".join(json.dumps(line) for line in lines) + "\n\n"
    done = run("suggest", given=given, PYTHONIOENCODING="ascii", MODEL_DIR="")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{broken Ann", "Line 2 is not JSON."),
        ('{"id": 1}', 'Line 2 is not an object with a "text".'),
        ('{"id": 1, "text": "a", "facts": 3}', 'Line 2 has "facts" that are not an object.'),
        ('{"id": 1, "text": "a", "subject": 3}', 'Line 2 has a "subject" that is not text.'),
    ],
)
def test_a_bad_line_stops_with_its_number_and_half_writes_nothing(line: str, sentence: str) -> None:
    done = run("suggest", given='{"id": 0, "text": "hello"}\n' + line + "\n")
    assert (done.returncode, done.stderr.strip()) == (2, sentence)
    assert done.stdout == ""


def test_bad_decisions_are_refused_before_any_training() -> None:
    done = run("train", "--with-decisions", "-", given='{"text": "a", "team": "none such"}\n')
    assert done.returncode == 2
    assert done.stderr.strip() == "Line 1 of decisions has an unknown team."


def test_importing_the_labels_loads_nothing_heavy() -> None:
    check = (
        "import sys, classifier, classifier.labels, classifier.suggestion\n"
        "heavy = {'spacy', 'numpy', 'sklearn', 'tokenizers', 'onnxruntime'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_suggesting_loads_neither_scikit_learn_nor_torch() -> None:
    check = (
        "import sys\nfrom classifier.suggest import Suggester, SuggestItem\n"
        "Suggester.load().suggest(SuggestItem(id=1, text='the bus is late'))\n"
        "sys.exit(str({'sklearn', 'torch', 'scipy'} & set(sys.modules) or '') or 0)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_versions_are_listed_and_promotion_needs_a_place(tmp_path: Path) -> None:
    done = run("versions", MODEL_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    [packaged] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (packaged["name"], packaged["in_use"]) == ("packaged", True)
    refused = run("promote", "none-such", MODEL_DIR="")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("Set MODEL_DIR")
