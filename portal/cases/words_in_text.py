"""Secret words that somebody typed into a message: taken out before anybody else can read them.

Officers and advocates read the thread, and five words in it would open the matter to them as if
they were the person. Only what matches the hash is taken out, so nothing else that was said is
touched, and the text tells no more than that words stood there.
"""

import re

from portal.cases.secret_words import COUNT, MOST_TYPED, read_words, word_list, words_match

TAKEN_OUT = "[secret words taken out]"
# Each try costs some thousandths of a second; nobody types more by mistake.
MOST_TRIES = 40
# Slips are mended at the door, so they are mended here; ordinary sentences are not even tried.
FEWEST_LISTED = 3
_WORD = re.compile(r"[A-Za-z]+")


def without_words(kept: str | None, text: str) -> str:
    """Give a text without the secret words of its matter.

    Args:
        kept: the hash of the words; None where the matter has none.
        text: what somebody wrote.
    """
    if kept is None:
        return text
    listed = frozenset(word_list())
    found = list(_WORD.finditer(text))
    is_listed = [word.group().lower() in listed for word in found]
    parts, upto, at, tries = [], 0, 0, 0
    while at + COUNT <= len(found) and tries < MOST_TRIES:
        begins, ends = found[at].start(), found[at + COUNT - 1].end()
        likely = sum(is_listed[at : at + COUNT]) >= FEWEST_LISTED and ends - begins <= MOST_TYPED
        words = read_words(text[begins:ends]) if likely else None
        if words is not None:
            tries += 1
            if words_match(kept, words):
                parts += [text[upto:begins], TAKEN_OUT]
                upto, at = ends, at + COUNT
                continue
        at += 1
    return "".join([*parts, text[upto:]])
