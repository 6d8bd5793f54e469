"""A second opinion on every page: what html5lib says of its HTML, and what it does not know.

html5lib parses as the standard says and reports each error; it knows nothing of ids, labels,
headings or what may stand inside what. Those rules are ours.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
from flask import Response, request
from html5lib.constants import E

# A form that comes back with megabytes is one page like others, and takes minutes to parse.
LONGEST = 300_000
PAGE, TRIED = "text/html", "X-Only-Tried"
# Elements that hold only words and what flows with them (HTML, 3.2.5.2.5); a link may hold what its
# parent may.
PHRASES = {
    "abbr", "b", "button", "cite", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "label",
    "p", "pre", "small", "span", "strong", "time",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p",
    "pre", "section", "table", "ul",
}  # fmt: skip
ACTIVE = {"a", "button", "input", "select", "textarea", "label", "details"}
BOXES = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
REFERENCES = (
    "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list",
    "form",
)  # fmt: skip
OBSOLETE = {"center", "font", "big", "strike", "tt", "marquee"}
OBSOLETE_ATTRIBUTES = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign"}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def keep_faults(faults: list[str]) -> Callable[[Response], Response]:
    """Make a listener that looks at each page as the portal sends it.

    Args:
        faults: gets the faults, each with the address.

    Returns:
        What an application's `after_request` takes.
    """

    def look(answer: Response) -> Response:
        # The few words of a redirect are the library's, and no browser shows them.
        is_shown = answer.mimetype == PAGE and answer.location is None
        if is_shown and not answer.direct_passthrough and not _only_tried():
            body = answer.get_data(as_text=True)
            if len(body) <= LONGEST:
                where = f"{request.method} {request.path}"
                faults.extend(f"{where}: {fault}" for fault in faults_of(body))
        return answer

    return look


def _only_tried() -> bool:
    """Whether nobody sees this answer: an address is tried whether it opens."""
    return TRIED in request.headers


def faults_of(page: str) -> list[str]:
    """Everything that is wrong with a page's HTML.

    Args:
        page: the page as it is sent.

    Returns:
        A sentence for each fault; none for a page that is as the standard says.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(page)
    found = [
        f"line {line}: {E.get(code, code) % values}"
        for (line, _column), code, values in parser.errors
    ]
    for rule in (_language, _title, _headings, _ids, _labels, _nesting, _lists, _details):
        found += rule(root)
    return found


def title_of(page: str) -> str:
    """A page's title."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    found = root.find("head/title")
    return " ".join((found.text or "").split()) if found is not None else ""


def _every(root: Element, *tags: str) -> Iterator[Element]:
    for element in root.iter():
        # Comments have a function where elements have their name.
        if isinstance(element.tag, str) and (not tags or element.tag in tags):
            yield element


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _called(element: Element) -> str:
    marks = "".join(f' {key}="{element.get(key)}"' for key in ("id", "name") if element.get(key))
    return f"<{element.tag}{marks}>"


def _language(root: Element) -> Iterator[str]:
    if root.get("lang") != "en-GB":
        yield f"the page's language is {root.get('lang')!r}"


def _title(root: Element) -> Iterator[str]:
    titles = list(_every(root, "title"))
    outside = [one for one in titles if one in list(root.find("head") or ())]
    if len(outside) != 1 or not _words(outside[0]):
        yield f"{len(outside)} titles, or an empty one"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(one.tag[1]) for one in _every(root, *HEADINGS)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} first headings"
    yield from (f"{_called(one)} is empty" for one in _every(root, *HEADINGS) if not _words(one))
    main = next(_every(root, "main"), None)
    inside = [int(one.tag[1]) for one in _every(main, *HEADINGS)] if main is not None else []
    before = 1
    for level in inside:
        if level > before + 1:
            yield f"a heading of level {level} stands under one of level {before}"
        before = level


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(one.get("id") for one in _every(root) if one.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"id {name!r} stands {times} times"
        if not name or " " in name:
            yield f"id {name!r} is no id"
    for element in _every(root):
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    whose = f"{attribute} of {_called(element)}"
                    yield f"{whose} points to {name!r}, which is not there"
        target = element.get("href", "")
        if target.startswith("#") and len(target) > 1 and target[1:] not in ids:
            yield f"a link leads to {target}, which is not there"


def _labels(root: Element) -> Iterator[str]:
    labelled = {one.get("for") for one in _every(root, "label")}
    inside = {box for label in _every(root, "label") for box in _every(label, *BOXES)}
    for box in _every(root, *BOXES):
        unseen = box.get("type", "text") in NEEDS_NO_LABEL or box.get("hidden") is not None
        if unseen or box in inside:
            continue
        named = box.get("aria-label") or box.get("aria-labelledby") or box.get("id") in labelled
        if not named:
            yield f"{_called(box)} has no label"
    yield from (f"{_called(one)} is empty" for one in _every(root, "label") if not _words(one))
    for active in _every(root, "a", "button"):
        if not _words(active) and not active.get("aria-label"):
            yield f"{_called(active)} has no words"


def _nesting(root: Element) -> Iterator[str]:
    for element in _every(root):
        for inner in _every(element):
            if inner is element:
                continue
            if element.tag in PHRASES and inner.tag in BLOCKS:
                yield f"<{inner.tag}> stands inside {_called(element)}"
            if element.tag in {"a", "button"} and inner.tag in ACTIVE:
                yield f"<{inner.tag}> stands inside {_called(element)}"
        if element.tag == "form" and any(inner is not element for inner in _every(element, "form")):
            yield "a form stands inside a form"


def _lists(root: Element) -> Iterator[str]:
    for parent in _every(root, *CHILDREN):
        wrong = {str(child.tag) for child in parent if isinstance(child.tag, str)}
        for tag in sorted(wrong - CHILDREN[str(parent.tag)]):
            yield f"<{tag}> stands directly in <{parent.tag}>"
    for row in _every(root, "dl"):
        kinds = [one.tag for one in _every(row, "dt", "dd")]
        if kinds and (kinds[0] != "dt" or kinds[-1] != "dd"):
            yield "a <dl> does not begin with a <dt> and end with a <dd>"


def _details(root: Element) -> Iterator[str]:
    for element in _every(root):
        if element.tag in OBSOLETE:
            yield f"<{element.tag}> is obsolete"
        for name in element.attrib:
            if name in OBSOLETE_ATTRIBUTES and not element.tag.startswith(("svg", "path")):
                yield f"{name} of {_called(element)} is obsolete"
            if name == "style" or str(name).startswith("on"):
                yield f"{_called(element)} has {name}, which the content policy forbids"
        if element.tag == "img" and element.get("alt") is None:
            yield "an <img> has no alt"
        if element.tag == "a" and element.get("href") == "":
            yield f"{_called(element)} leads nowhere"
        if element.tag == "fieldset" and "legend" in [child.tag for child in element][1:]:
            yield "a <legend> is not the first in its <fieldset>"
        if element.tag == "details" and (not len(element) or element[0].tag != "summary"):
            yield "<details> without <summary>"
        if element.tag == "table" and not list(_every(element, "th")):
            yield "a table without a heading cell"
