"""HTML mail to text that a person can read: lists, tables, links and quotation marks kept."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

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
MAX_CELL_CHARS = 200
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
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*>|<!--|<[!?/][^<>]*>")
_CLOSINGS = {name: re.compile(f"(?i)</{name}") for name in _DROPPED} | {"<!--": re.compile("-->")}
_UNCOUNTED = [
    (re.compile(f"(?i)<{name}[\\s>]"), _CLOSINGS[name]) for name in ("head", "style", "script")
]
_SHOWN_LINK = re.compile(r"(?i)(https?|ftp|tel|mailto)[:].{1,2000}")
MAX_LINKS = 5_000
_EMPTY_LINES = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """Return the readable text of an HTML body.

    Args:
        html: the decoded page; any text at all.

    Returns:
        Text with link targets in angle brackets and quoted blocks marked by `> `; never raises,
        and takes time that grows no faster than the page.
    """
    if not html.strip():
        return ""
    try:
        tree = _tree(html) if len(html) <= MAX_LAID_OUT_CHARS else None
        if tree is None or not _is_modest(tree):
            return _tidy(_words(html))
        _prepare(tree)
        return _tidy(_laid_out(tree))
    except (etree.LxmlError, ValueError, RecursionError, AssertionError, LookupError, TypeError,
            AttributeError):  # fmt: skip
        # Whatever the page broke, its words are still there between the tags.
        return _tidy(_TAG.sub(" ", html))


def rough_word_count(html: str) -> int:
    """Return about how many words a page shows, never fewer: cheap, for choosing between forms.

    Args:
        html: the decoded page; any text at all.
    """
    kept, here = [], 0
    for opening, closing in _UNCOUNTED:
        while start := opening.search(html, here):
            end = closing.search(html, start.end())
            if end is None:
                break  # never closed: what stands there may be words
            kept.append(html[here : start.start()])
            here = end.start()
    kept.append(html[here:])
    return sum(len(_TAG.sub(" ", piece).split()) for piece in kept)


def _tree(html: str) -> HtmlElement:
    html = _DECLARATION.sub("", html)
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    # A text with its own <meta charset> would be decoded twice: it is no bytes any more.
    return document_fromstring(html, parser=parser)


def _prepare(tree: HtmlElement) -> None:
    """Remove what nobody reads, write links out, and flatten tables that are only layout."""
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    links = 0
    for element in list(tree.iter("a", "img", "dt", "dd", "hr")):
        if element.tag == "a" and links < MAX_LINKS:
            links += 1
            _write_link(element)
        elif element.tag == "img":
            _write_image(element)
        elif element.tag in {"dt", "dd", "hr"}:
            element.tag = "div"
    # Only the innermost table can be one of facts; those around it place things on the page.
    for table in list(tree.iter("table")):
        cells = _own_cells(table)
        if _is_layout(table, cells):
            for element in [table, *cells]:
                element.tag = "div"
    for element in tree.iter():
        _keep_plain_style(element)


def _is_layout(table: HtmlElement, cells: list[HtmlElement]) -> bool:
    """Whether a table only places things: columns as wide as a letter would be padded with it."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return any(
        len("".join(cell.itertext())) > MAX_CELL_CHARS for cell in cells if cell.tag in {"td", "th"}
    )


def _keep_plain_style(element: HtmlElement) -> None:
    """Leave of the style what hides and what marks a quotation: margins are the sender's whim."""
    style = (element.attrib.pop("style", "") or "").replace(" ", "").lower()
    kept = [one for one in ("display:none", "border-left") if one in style]
    if kept:
        element.set("style", "display:none" if "display:none" in kept else "border-left:1px")


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
    if target[:7].lower() == "mailto:":
        target = unquote(target[7:].partition("?")[0])
        if not target or target.lower() in words.lower():
            return
    if target.rstrip("/") in words or target.partition(":")[2].strip("/") == words.strip("/"):
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


def _is_modest(tree: HtmlElement) -> bool:
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


def _words(html: str) -> str:
    """Return the words in order, a new line at each block, in one pass: no tree, no layout."""
    pieces: list[str] = []
    here = 0
    # What never closes is looked for once, and its words are kept.
    unclosed: set[str] = set()
    while found := _MARKUP.search(html, here):
        pieces.append(html[here : found.start()])
        here = found.end()
        name = (found[2] or found[0]).lower()
        if name in _BLOCKS:
            pieces.append("\n")
        closing = _CLOSINGS.get(name)
        if closing is not None and not found[1] and name not in unclosed:
            end = closing.search(html, here)
            if end is None:
                unclosed.add(name)
            else:
                here = end.start() if name in _DROPPED else end.end()
    pieces.append(html[here:])
    return unescape("".join(one if one == "\n" else " ".join(one.split("\n")) for one in pieces))


def _tidy(text: str) -> str:
    text = clean(text).replace("\xa0", " ").replace("\u200b", "").replace("\u200c", "")
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip("\n")
