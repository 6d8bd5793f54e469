"""What people call each part of a scope: as an advocate ticks it, and as the page says it."""

from collections.abc import Iterable, Mapping

from portal.marking import marked
from portal.records.agreed_scope import Scope
from portal.wording import say, worded

# Seeing is part of each of them, so nobody ticks it.
CHOICES: Mapping[Scope, str] = {
    Scope.SPEAK: marked("Write to us for them"),
    Scope.LETTERS: marked("Get copies of their letters"),
    Scope.DECIDE: marked(
        "Say yes or no for them: to the points, to the next step, and to stopping"
    ),
}
SAYS: Mapping[Scope, str] = {
    Scope.SEE: marked("see it"),
    Scope.SPEAK: marked("write to us"),
    Scope.LETTERS: marked("read the letters"),
    Scope.DECIDE: marked("say yes or no"),
}


def in_words(scope: Iterable[Scope]) -> str:
    """A scope as the end of a sentence: "see it, write to us and read the letters"."""
    agreed = frozenset(scope)
    words = [worded(text) for one, text in SAYS.items() if one in agreed]
    if len(words) == 1:
        return words[0]
    return say("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])


def chosen(posted: Iterable[str] | None) -> frozenset[Scope]:
    """A scope from the codes of ticked boxes; codes of nothing are left out."""
    known = {one.value: one for one in CHOICES}
    return frozenset({Scope.SEE, *(known[code] for code in posted or () if code in known)})
