"""English that a template says past its catalogue: between tags, in attributes that are read out,
and in literals of expressions."""

import re
from collections.abc import Iterator

from jinja2 import Environment

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^<>]*>", re.DOTALL)
_READ_OUT = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-label)="([^"]*)"')
_ENTITY = re.compile(r"&\w+;|&#\d+;")
_WORD = re.compile(r"[A-Za-z]{2}")
# A sentence or a label begins with a capital, or has more than one word. Classes and codes do not.
_LABEL = re.compile(r"^[A-Z][a-z]|^[A-Z] |[a-z]{2} [a-z]")
_CODE = re.compile(r"govuk-|heard-|^/|^[a-z]+=")
_HOLE = "\ufffc"
# What a block holds that is no words: an order to search engines, or an attribute.
_SILENT = re.compile(r"\s*(?:(?:no)?index\s*|enctype=\S*)")
# What is said in another way than by its words: an address, or the class of a field.
NO_WORDS = frozenset({"MultipleFileField"})


def bare_words(source: str) -> Iterator[str]:
    """Find what a template says past its catalogue.

    Args:
        source: the template.
    """
    markup, literals = _taken_apart(source)
    yield from (text for text in literals if _LABEL.search(text) and not _CODE.search(text))
    yield from (text for text in _READ_OUT.findall(markup) if _said(text))
    yield from (text.strip() for text in _TAG.sub("\n", markup).splitlines() if _said(text))


def _said(text: str | None) -> bool:
    return bool(text and _WORD.search(_ENTITY.sub("", text)))


def _taken_apart(source: str) -> tuple[str, list[str]]:
    """The markup without what passes through the catalogue, and the literals that do not."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    markup: list[str] = []
    literals: list[str] = []
    before: list[str] = []
    within = False
    for _, kind, value in environment.lex(source):
        if kind == "data" and not within and not _SILENT.fullmatch(value):
            markup.append(value)
        elif kind == "block_begin":
            before = []
        elif kind == "name" and value in ("trans", "endtrans") and not before:
            within = value == "trans"
        elif kind == "variable_begin":
            before = []
            if not within:
                markup.append(_HOLE)
        elif kind == "string" and before[-2:] != ["_", "("] and not _names(before):
            literals.append(value[1:-1])
        if kind not in ("whitespace", "block_begin", "variable_begin"):
            before.append(value)
    return "".join(markup), [one for one in literals if one not in NO_WORDS]


def _names(before: list[str]) -> bool:
    """Whether a literal names a file: what a tag extends, includes or imports from."""
    return bool(before) and before[0] in ("extends", "include", "from", "import")
