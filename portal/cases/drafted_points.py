"""A first draft of points from the person's own words: a story cut where it counts, breaks off or
turns to something else. Nothing is added, and nothing but greetings is left out."""

import re
from collections.abc import Sequence

MOST_POINTS = 12
# So many may be listed on the form: what else is told becomes the last piece.
MOST_LISTED = MOST_POINTS - 1
FEWEST_WORDS = 5

# "1.", "2)", "(3)", "a)", "-", "*", "•" at the head of a line.
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.):]\s+|\(\d{1,2}\)\s+|\(?[a-h]\)\s+|[-*•–—·]\s+)(?=\S)")
_GREETING = re.compile(
    r"(?:hi|hiya|hello|dear [\w .,'’/-]{1,40}|good (?:morning|afternoon|evening)|"
    r"to whom it may concern|(?:many )?thanks|thank you|(?:kind |best )?regards|best wishes|"
    r"yours (?:sincerely|faithfully|truly))(?: there| all| everyone)?[\s,.!:;-]*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
# A sentence that begins so goes on with what the one before it says.
_GOES_ON = re.compile(
    r"(?:and|but|so|then|because|which|who|it|it['’]s|he|she|they|this|that|these|those|after that|"
    r"when (?:i|we) (?:asked|rang|called|said)|even then|still|instead|not once)\b",
    re.IGNORECASE,
)


def draft(story: str) -> tuple[str, ...]:
    """Cut a story into what may be its points, for an officer to look at.

    Args:
        story: the person's own words.

    Returns:
        At most `MOST_POINTS` pieces in the story's order; where it holds a list, the list's items,
        and what stands around it joined as the last piece. None for a story without words.
    """
    lines = [line.rstrip() for line in story.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = ["" if _GREETING.fullmatch(line.strip()) else line for line in lines]
    pieces = _listed(lines) or _paragraphs(lines)
    if len(pieces) == 1:
        pieces = _sentences(pieces[0])
    return tuple(_at_most(pieces))


def parts_of(text: str) -> tuple[str, ...]:
    """Cut a text at its empty lines: how an officer says where a point is split."""
    return tuple(_paragraphs(text.replace("\r\n", "\n").split("\n"), shortest=1))


def as_list(points: Sequence[str]) -> str:
    """Write points that a person listed one by one, so that `draft` finds them again.

    Args:
        points: one text for each, of which empty ones are left out.

    Returns:
        A numbered list with a line for each point; the text itself where there is only one, and
        nothing where there is none.
    """
    lines = [_ITEM.sub("", " ".join(point.split()), count=1) for point in points if point.strip()]
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _listed(lines: list[str]) -> list[str]:
    """The items of a list, each with the lines that go on with it; empty where there is none."""
    if sum(bool(_ITEM.match(line)) for line in lines) < 2:
        return []
    items: list[list[str]] = []
    around: list[str] = []
    inside = False
    for line in lines:
        if _ITEM.match(line):
            items.append([_ITEM.sub("", line, count=1)])
            inside = True
        elif not line.strip():
            inside = False
            around.append("")
        elif inside:
            items[-1].append(line.strip())
        else:
            around.append(line)
    left = "\n\n".join(_paragraphs(around, shortest=1))
    return ["\n".join(item).strip() for item in items] + ([left] if left else [])


def _paragraphs(lines: list[str], shortest: int = FEWEST_WORDS) -> list[str]:
    """What empty lines part; a piece of a few words is joined to its neighbour."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            parts[-1].append(line.strip())
        elif parts[-1]:
            parts.append([])
    return _joined(["\n".join(part) for part in parts if part], "\n\n", shortest)


def _sentences(text: str) -> list[str]:
    """Sentences, those that go on with the one before them joined to it."""
    groups: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if groups and _GOES_ON.match(sentence.lstrip("\"'“‘(")):
            groups[-1] += " " + sentence
        elif sentence.strip():
            groups.append(sentence.strip())
    return _joined(groups, " ", FEWEST_WORDS)


def _joined(pieces: list[str], between: str, shortest: int) -> list[str]:
    """Join a piece of fewer words to the one after it, the last to the one before."""
    done: list[str] = []
    waiting = ""
    for piece in pieces:
        whole = waiting + between + piece if waiting else piece
        waiting = whole if len(whole.split()) < shortest else ""
        if not waiting:
            done.append(whole)
    if waiting and done:
        done[-1] += between + waiting
    elif waiting:
        done.append(waiting)
    return done


def _at_most(pieces: list[str]) -> list[str]:
    """Join the two neighbours that are shortest together until there are few enough."""
    pieces = list(pieces)
    while len(pieces) > MOST_POINTS:
        at = min(range(len(pieces) - 1), key=lambda n: len(pieces[n]) + len(pieces[n + 1]))
        pieces[at : at + 2] = [f"{pieces[at]}\n\n{pieces[at + 1]}"]
    return pieces
