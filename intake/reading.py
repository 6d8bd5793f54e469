"""HTML mail to text that a person can read: lists, tables, links and quotation marks kept."""

from __future__ import annotations

import re

from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from intake.charsets import clean

# Layout costs more the larger and deeper a page is; beyond this the words are read without layout.
MAX_LAID_OUT_CHARS = 1_000_000
MAX_LAID_OUT_ELEMENTS = 20_000
MAX_LAID_OUT_DEPTH = 150
MAX_CELLS = 4_000
MAX_QUOTES = 200

_CONFIG = ParserConfig(css=CSS_PROFILES["strict"])
_DROPPED = ("script", "style", "head", "title", "noscript", "template", "object", "svg", "math",
            "select", "iframe", "frameset")  # fmt: skip
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "div",
        "dd",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_TAG = re.compile(r"<[^<>]*>")
_SHOWN_LINK = re.compile(r"(?i)(https?|ftp|tel)[:].{1,2000}")
_EMPTY_LINES = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return the readable text of an HTML body.

    Args:
        html: the decoded page; any text at all.

    Returns:
        Text with link targets in angle brackets and quoted blocks marked by `> `; never raises,
        and takes time that grows no faster than the page.
    """
    try:
        tree = _tree(html)
        if tree is None:
            return ""
        _prepare(tree)
        if _is_modest(html, tree):
            return _tidy(_laid_out(tree))
        return _tidy(_words(tree))
    except (etree.LxmlError, ValueError, RecursionError, AssertionError, LookupError, TypeError,
            AttributeError):  # fmt: skip
        # Whatever the page broke, its words are still there between the tags.
        return _tidy(_TAG.sub(" ", html))


def _tree(html: str) -> HtmlElement | None:
    html = re.sub(r"\A\s*<\?xml[^>]{0,300}\?>", "", html)
    if not html.strip():
        return None
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    # A text with its own <meta charset> would be decoded twice: it is no bytes any more.
    return document_fromstring(html, parser=parser)


def _prepare(tree: HtmlElement) -> None:
    """Remove what nobody reads, write links out, and flatten tables that are only layout."""
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    links = 0
    for element in list(tree.iter("a", "img", "table")):
        if element.tag == "a" and links < 500:
            links += 1
            _write_link(element)
        elif element.tag == "img":
            _write_image(element)
    # Only the innermost table can be one of facts; those around it place things on the page.
    around = {outer for inner in tree.iter("table") for outer in _tables_above(inner)}
    for table in around:
        for element in [table, *_own_cells(table)]:
            element.tag = "div"


def _tables_above(table: HtmlElement) -> list[HtmlElement]:
    parent = next(table.iterancestors("table"), None)
    return [] if parent is None else [parent]


def _own_cells(table: HtmlElement) -> list[HtmlElement]:
    found, waiting = [], list(table)
    while waiting:
        element = waiting.pop()
        if element.tag in {"tbody", "thead", "tfoot", "tr", "td", "th"}:
            found.append(element)
            waiting.extend(element if element.tag not in {"td", "th"} else ())
    return found


def _write_link(anchor: HtmlElement) -> None:
    target = " ".join((anchor.get("href") or "").split())
    if not _SHOWN_LINK.fullmatch(target):
        return
    words = "".join(anchor.itertext())[:3_000].strip()
    if target.rstrip("/") in words or target.split(":", 1)[1].strip("/") == words.strip("/"):
        return
    last = anchor[-1] if len(anchor) else None
    if last is None:
        anchor.text = f"{anchor.text or ''} <{target}>"
    else:
        last.tail = f"{last.tail or ''} <{target}>"


def _write_image(image: HtmlElement) -> None:
    words = " ".join((image.get("alt") or "").split())[:300]
    if words:
        image.tail = f"[{words}]{image.tail or ''}"


def _is_modest(html: str, tree: HtmlElement) -> bool:
    if len(html) > MAX_LAID_OUT_CHARS:
        return False
    elements = cells = 0
    waiting = [(tree, 0)]
    while waiting:
        element, depth = waiting.pop()
        elements += 1
        cells += element.tag in {"td", "th"}
        if elements > MAX_LAID_OUT_ELEMENTS or cells > MAX_CELLS or depth > MAX_LAID_OUT_DEPTH:
            return False
        waiting.extend((child, depth + 1) for child in element)
    return True


def _laid_out(tree: HtmlElement) -> str:
    quotes = [one for one in tree.iter("blockquote") if _is_quotation(one)]
    # The innermost first, so that a quotation in a quotation gets two marks.
    for quote in list(reversed(quotes))[:MAX_QUOTES]:
        tail, quote.tail = quote.tail, None
        marked = "\n".join(f"> {line}".rstrip() for line in _render(quote).split("\n"))
        attributes = dict(quote.attrib)
        quote.clear()
        quote.tag, quote.text, quote.tail = "pre", f"\n{marked}\n", tail
        quote.set("class", attributes.get("class", ""))
    return _render(tree)


def _render(element: HtmlElement) -> str:
    return _tidy(Inscriptis(element, _CONFIG).get_text())


def _is_quotation(block: HtmlElement) -> bool:
    style = (block.get("style") or "").replace(" ", "").lower()
    named = (block.get("class") or "").lower()
    return (
        (block.get("type") or "").lower() == "cite"
        or bool(block.get("cite"))
        or "quote" in named
        or "border-left" in style
    )


def _words(tree: HtmlElement) -> str:
    """Return the words in order, a new line at each block: no layout, one pass."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            pieces += ["\n" if block else "", " ".join((element.text or "").split())]
        else:
            pieces += ["\n" if block else " ", " ".join((element.tail or "").split())]
    return "".join(pieces)


def _tidy(text: str) -> str:
    text = clean(text).replace("\xa0", " ").replace("\u200b", "").replace("\u200c", "")
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip("\n")
