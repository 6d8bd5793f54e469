"""Makes a text of the corpus look as if it had been typed in a hurry or forwarded.

Only what says nothing about the labels is changed: spelling, stops, openings, signatures, quoted
receipts. The encoder reads another version of each text in every round of training.
"""

import random
import re

_WORD = re.compile(r"[A-Za-z']{4,}")
_STOPS = re.compile(r"[.,;:!?\"()]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_PHONE = {
    "you": "u",
    "your": "ur",
    "are": "r",
    "please": "pls",
    "because": "cos",
    "to": "2",
    "for": "4",
    "and": "n",
    "have": "av",
    "with": "wiv",
    "don't": "dont",
    "social worker": "sw",
    "before": "b4",
    "tomorrow": "tmrw",
    "nothing": "nuffin",
    "going to": "gonna",
}
_ENDINGS = (
    "\n\nSent from my iPhone",
    "\n\nGet Outlook for Android",
    "\n\nKind regards",
    "\n\nMany thanks",
    "\n\nthanks",
    "\n\nYours faithfully",
    "\n\nThis message is private. If it reached you by mistake, delete it.",
    "\n\n> On Monday the council wrote:\n> Thank you. We have what you sent and will read it.",
    "\n\n-----Original message-----\nFrom: Customer Contact\nSubject: We have your message",
)
_OPENINGS = (
    "Hi, ",
    "Hello\n\n",
    "Dear Sir or Madam,\n\n",
    "To whom it may concern\n",
    "hiya ",
    "FW: ",
)


def roughened(text: str, chance: random.Random, keep_sentences: bool) -> str:
    """Return a version of the text with the same meaning.

    Args:
        text: subject and text.
        chance: where the changes are drawn from.
        keep_sentences: never leave one out (the one with the danger, say).
    """
    if not keep_sentences and chance.random() < 0.15:
        text = _one_sentence_less(text, chance)
    if chance.random() < 0.3:
        rate = chance.choice((0.02, 0.05, 0.1))
        text = _WORD.sub(lambda word: _mistyped(word[0], chance, rate), text)
    if chance.random() < 0.2:
        text = _STOPS.sub("", text)
    if chance.random() < 0.1:
        for word, short in _PHONE.items():
            if chance.random() < 0.6:
                text = re.sub(rf"\b{word}\b", short, text)
    if chance.random() < 0.1:
        text = chance.choice(_OPENINGS) + text
    if chance.random() < 0.15:
        text += chance.choice(_ENDINGS)
    return text


def _one_sentence_less(text: str, chance: random.Random) -> str:
    sentences = _SENTENCE.split(text)
    if len(sentences) < 6:
        return text
    sentences.pop(chance.randrange(1, len(sentences)))
    return " ".join(sentences)


def _mistyped(word: str, chance: random.Random, rate: float) -> str:
    if chance.random() >= rate:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
