"""Training: the corpus in, weights out; calibrated on texts by hands that were not learnt from.

The encoder was fine-tuned beforehand (`classifier.scripts.fine_tune`) and is read, not trained.
scikit-learn fits the linear models. A linear model with a square penalty needs only the products
between texts, so each fit works on as many columns as there are texts, not as there are words:
the result is the same and takes seconds.
"""

import configparser
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import cholesky, solve_triangular
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped,unused-ignore]

from classifier import calibrating, combining, pipeline
from classifier.encoder import packaged_encoder
from classifier.errors import BadExample
from classifier.examples import Example, corpus_hash, parts_by_hand
from classifier.features import Reading, Row, Vocabulary, read
from classifier.heads import COLUMNS, WIDTH, Heads, Settings
from classifier.labels import HEADS
from classifier.segments import Segments

Floats = npt.NDArray[np.float32]
_settings = configparser.ConfigParser()
with (Path(__file__).parent / "configs" / "training.cfg").open(encoding="utf-8") as _file:
    _settings.read_file(_file)
_chosen = _settings["training"]
VERSION = _chosen["version"]
# Chosen by five folds over the first 650 texts.
WORDS_C = float(_chosen["words_c"])
_LEAST_EXAMPLES = 40


def _one_thread() -> AbstractContextManager[object]:
    # Small matrices: several threads wait for one another longer than they compute, and add up
    # in another order each time.
    limited: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limited


@dataclass
class Prepared:
    """The examples with their features, read once for all folds."""

    examples: Sequence[Example]
    readings: list[Reading]
    encoded: dict[int, Floats]
    """The scores of an encoder that had not seen the text, by its number."""


def prepare(examples: Sequence[Example]) -> Prepared:
    """Read the features of all examples.

    Raises:
        BadExample: there are too few to learn from.
        ModelMissing: the encoder is absent.
    """
    if len(examples) < _LEAST_EXAMPLES:
        raise BadExample(f"{len(examples)} labelled texts are too few to learn from.")
    nlp = pipeline.blank()
    texts = [Segments.of(example.subject, example.text).joined for example in examples]
    readings = [read(text, pipeline.tokens_of(nlp.make_doc(text))) for text in texts]
    return Prepared(examples, readings, packaged_encoder().unseen(texts))


def fit(prepared: Prepared, chosen: Sequence[int]) -> Heads:
    """Return uncalibrated weights learnt from the chosen examples alone."""
    vocabulary = Vocabulary.of([prepared.readings[n] for n in chosen])
    words = _matrix(vocabulary, [vocabulary.row(prepared.readings[n]) for n in chosen])
    factor = _factor(words)
    # Half the bits are enough to learn from, and take half the time.
    features = factor.astype(np.float32)
    word_weights = np.zeros((vocabulary.size, WIDTH), np.float32)
    word_start = np.full(WIDTH, -np.inf, np.float32)
    for head in HEADS:
        codes = np.array([prepared.examples[n].labels.get(head, "") for n in chosen])
        at, slopes, start = _line(features, head, codes, WORDS_C)
        back = solve_triangular(factor, slopes, lower=True, trans="T")
        word_weights[:, at], word_start[at] = words.T @ back, start
    return Heads(
        vocabulary=vocabulary,
        # What is kept on disk is what is measured.
        word_weights=word_weights.astype(np.float16).astype(np.float32),
        word_start=word_start,
        procedures=_procedures([prepared.examples[n] for n in chosen]),
        settings=Settings(),
    )


def _matrix(vocabulary: Vocabulary, rows: list[Row]) -> Any:
    ends = np.cumsum([0, *(len(row.numbers) for row in rows)])
    values = np.concatenate([row.values for row in rows])
    numbers = np.concatenate([row.numbers for row in rows])
    return csr_matrix((values, numbers, ends), shape=(len(rows), vocabulary.size))


def _factor(words: Any) -> npt.NDArray[np.float64]:
    """Return the texts in their own span: rows whose products are those of the words. There are far
    fewer texts than words, and a penalty sees the products alone."""
    products = (words @ words.T).toarray().astype(np.float64)
    # So that texts which say the same have a factor, too.
    products[np.diag_indices_from(products)] += products.max() * 1e-6
    factor: npt.NDArray[np.float64] = cholesky(products, lower=True, overwrite_a=True)
    return factor


def _line(
    features: npt.NDArray[Any], head: str, codes: npt.NDArray[Any], inverse_penalty: float
) -> tuple[list[int], npt.NDArray[Any], npt.NDArray[Any]]:
    """Fit one head; return the columns of the codes it saw, their slopes and starts."""
    known = codes != ""
    seen = sorted(set(codes[known].tolist()))
    if len(seen) < 2:
        raise BadExample("The labelled texts hold only one label of a kind; more are needed.")
    model = LogisticRegression(
        C=inverse_penalty, class_weight="balanced", max_iter=200, tol=1e-3
    ).fit(features[known], codes[known])
    at = [COLUMNS[head].start + HEADS[head].index(code) for code in model.classes_]
    slopes, start = model.coef_, model.intercept_
    if len(seen) == 2:
        # For two codes scikit-learn keeps one line; half of it each way gives the same chances.
        slopes, start = np.vstack([-slopes, slopes]) / 2, np.concatenate([-start, start]) / 2
    return at, slopes.T, start


def _procedures(examples: list[Example]) -> Floats:
    whole = [e.labels for e in examples if {"category", "team", "procedure"} <= e.labels.keys()]
    return combining.procedure_table(
        [labels["category"] for labels in whole],
        [labels["team"] for labels in whole],
        [labels["procedure"] for labels in whole],
    )


def unseen_chances(
    prepared: Prepared, splits: Sequence[tuple[list[int], list[int]]]
) -> calibrating.Unseen:
    """Return what models say that had not seen the texts.

    Args:
        prepared: the examples.
        splits: training and test numbers; a text that the encoder has learnt from, and of which
            no earlier scores are kept, is passed over.
    """
    unseen = calibrating.Unseen.empty(len(prepared.examples))
    for training, test in splits:
        judged = [number for number in test if number in prepared.encoded]
        if not judged:
            continue
        with _one_thread():
            heads = fit(prepared, training)
        for number in judged:
            row = heads.vocabulary.row(prepared.readings[number])
            unseen.note(number, heads, row, prepared.encoded[number])
    return unseen


def splits_by_hand(examples: Sequence[Example]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield training and test numbers: each part of the hands is judged by the other."""
    for part in parts_by_hand(examples):
        inside = set(part)
        yield [n for n in range(len(examples)) if n not in inside], part


def train(examples: Sequence[Example]) -> Heads:
    """Return calibrated weights; the same examples give the same weights.

    Args:
        examples: the labelled texts.

    Raises:
        BadExample: there are too few examples, or only one label of a kind.
        ModelMissing: the encoder is absent.
    """
    prepared = prepare(examples)
    unseen = unseen_chances(prepared, list(splits_by_hand(examples)))
    with _one_thread():
        heads = fit(prepared, range(len(examples)))
    heads.settings = calibrating.calibrate(examples, unseen, unseen.known())
    heads.settings.name = f"{VERSION}+{corpus_hash(examples)}"
    return heads
