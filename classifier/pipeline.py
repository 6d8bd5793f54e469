"""The spaCy pipeline: tokens in, `doc.cats` out. The only file that imports spaCy."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from classifier.encoder import packaged_encoder
from classifier.errors import ModelMissing
from classifier.features import Reading, Row, Token, read
from classifier.heads import Heads
from classifier.labels import HEADS

__all__ = [
    "Doc",
    "FeedbackHeads",
    "Language",
    "Seen",
    "blank",
    "load",
    "pipeline_of",
    "save",
    "seen",
]

COMPONENT = "feedback_heads"
# How the component leaves what it saw on the document, for the reasons.
_SEEN = "feedback_seen"


class Seen(NamedTuple):
    """What was read off one document: its features as the heads take them."""

    reading: Reading
    row: Row


def tokens_of(doc: Doc) -> list[Token]:
    """Return the document's tokens in lower case, white space left out."""
    return [
        (token.lower_, token.idx, token.idx + len(token)) for token in doc if not token.is_space
    ]


class FeedbackHeads:
    """The component: answers every question of `classifier.labels` for a document."""

    def __init__(self, heads: Heads | None = None) -> None:
        """Hold the weights; without them the component must be loaded with `from_disk`."""
        self.heads = heads

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.cats["head:code"]` to the probability of each code.

        Raises:
            ModelMissing: no weights were loaded.
        """
        if self.heads is None:
            raise ModelMissing("The classifier's pipeline has no weights.")
        reading = read(doc.text, tokens_of(doc))
        row = self.heads.vocabulary.row(reading)
        encoded = packaged_encoder().scores(doc.text)
        for head, chances in self.heads.chances(row, encoded).items():
            for code, chance in zip(HEADS[head], chances, strict=True):
                doc.cats[f"{head}:{code}"] = float(chance)
        doc.user_data[_SEEN] = Seen(reading, row)
        return doc

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Write the weights into the pipeline's folder (called by `nlp.to_disk`)."""
        if self.heads is not None:
            self.heads.save(Path(path))

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> "FeedbackHeads":
        """Read the weights back (called by `spacy.load`)."""
        self.heads = Heads.load(Path(path))
        return self


@Language.factory(COMPONENT)
def make_feedback_heads(nlp: Language, name: str) -> FeedbackHeads:
    """Return an empty component, for spaCy's registry."""
    return FeedbackHeads()


def blank() -> Language:
    """Return English tokenizing and nothing else, with room for a long letter."""
    return spacy.blank("en")


def pipeline_of(heads: Heads) -> Language:
    """Return a pipeline around freshly trained weights."""
    nlp = blank()
    component: Any = nlp.add_pipe(COMPONENT)
    component.heads = heads
    nlp.meta["name"] = "heard_feedback"
    nlp.meta["description"] = f"Feedback suggestions, model {heads.settings.name}"
    return nlp


def save(heads: Heads, folder: Path) -> None:
    """Write a pipeline, in place of any that stood there, so that a reader never sees half."""
    fresh = folder.with_name(folder.name + ".fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    pipeline_of(heads).to_disk(fresh)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def load(folder: Path) -> tuple[Language, Heads]:
    """Return the pipeline of a folder with its weights.

    Raises:
        ModelMissing: the folder holds no usable pipeline.
    """
    try:
        nlp = spacy.load(folder)
        heads = getattr(nlp.get_pipe(COMPONENT), "heads", None)
    except ModelMissing:
        raise
    except Exception as fault:
        raise ModelMissing("The classifier's model is not there or is damaged.") from fault
    if not isinstance(heads, Heads):
        raise ModelMissing("The classifier's model is not there or is damaged.")
    packaged_encoder()
    return nlp, heads


def seen(doc: Doc) -> Seen:
    """Return what the component read off the document."""
    kept: Seen = doc.user_data[_SEEN]
    return kept
