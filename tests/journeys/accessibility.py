"""What every page must pass: axe-core's rules, no sideways scrolling, targets for a thumb."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js")
# The standard the law asks for, and axe's own advice, which catches missing landmarks and headings.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What colours and print can change; the rest of a page is the same in all of them.
LOOKS = ("color-contrast", "target-size", "link-in-text-block")
CRITERION = re.compile(r"wcag([1-4])(\d)(\d+)")
# 2.5.8 of WCAG 2.2 with its exceptions: targets within a sentence, and small ones with enough room.
SMALL_TARGETS = """() => {
    const seen = element => {
        const box = element.getBoundingClientRect(), style = getComputedStyle(element);
        return box.width > 1 && box.height > 1 && style.visibility !== 'hidden'
            && element.checkVisibility();
    };
    const inSentence = element => {
        if (getComputedStyle(element).display !== 'inline') return false;
        const block = element.closest('p, li, dd, dt, td, th, div, label, legend, summary');
        return block && block.innerText.trim().length > element.innerText.trim().length;
    };
    const boxOf = element => {
        // A radio or a checkbox is pressed by its label as well.
        const parts = [element, ...(element.labels || [])]
            .map(part => part.getBoundingClientRect());
        return {
            left: Math.min(...parts.map(part => part.left)),
            right: Math.max(...parts.map(part => part.right)),
            top: Math.min(...parts.map(part => part.top)),
            bottom: Math.max(...parts.map(part => part.bottom)),
        };
    };
    const targets = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary'
    )].filter(seen).map(element => ({element, box: boxOf(element)}));
    const small = ({box}) => box.right - box.left < 24 || box.bottom - box.top < 24;
    const centre = box => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const near = (target, other) => {
        const [x, y] = centre(target.box);
        if (small(other)) {
            const [across, down] = centre(other.box);
            return Math.hypot(x - across, y - down) < 24;
        }
        const dx = Math.max(other.box.left - x, 0, x - other.box.right);
        const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(dx, dy) < 12;
    };
    return targets.filter(target => small(target) && !inSentence(target.element)
        && targets.some(other => other !== target && near(target, other))
    ).map(({element, box}) => `<${element.tagName.toLowerCase()}> `
        + `${(element.innerText || element.name || '').trim().slice(0, 60)} `
        + `${Math.round(box.right - box.left)} x ${Math.round(box.bottom - box.top)}`);
}"""

# 1.4.12 of WCAG 2.2, as a reader's own stylesheet would do it.
SPACE_OUT = """on => {
    const spacing = {'line-height': '1.5', 'letter-spacing': '0.12em', 'word-spacing': '0.16em'};
    const change = (element, name, value) => on
        ? element.style.setProperty(name, value, 'important') : element.style.removeProperty(name);
    for (const element of document.body.querySelectorAll('*')) {
        for (const [name, value] of Object.entries(spacing)) change(element, name, value);
        if (element.matches('p')) change(element, 'margin-bottom', '2em');
    }
}"""
CUT_OFF = """() => [...document.body.querySelectorAll('main *')].filter(element => {
    const style = getComputedStyle(element);
    return ['hidden', 'clip'].includes(style.overflowY) && element.clientHeight > 1
        && element.scrollHeight > element.clientHeight + 2;
}).map(element => `cut off: <${element.tagName.toLowerCase()} class="${element.className}">`)"""


@dataclass(frozen=True)
class Outcome:
    """What axe found on a page: its violations in words, and the rules of each kind with their
    tags; `undecided` counts places."""

    violations: Sequence[str]
    failed: Mapping[str, Sequence[str]]
    passed: Mapping[str, Sequence[str]]
    undecided: Mapping[str, tuple[Sequence[str], int]]
    version: str


def check(page: Page) -> list[str]:
    """Run axe-core on the page as it stands.

    Args:
        page: a loaded page; a strict content policy does not stop this, it goes through the
            browser's own tooling.

    Returns:
        One text for each violation: rule, how grave, what it means, and each place. Empty when
        there is none.
    """
    return list(outcome(page).violations)


def outcome(page: Page, only: Sequence[str] = ()) -> Outcome:
    """Run axe-core and keep what passed as well.

    Args:
        page: a loaded page.
        only: the rules to run; all of the standard's when there are none.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    wanted = {"type": "rule", "values": list(only)} if only else {
        "type": "tag", "values": list(RULES),
    }  # fmt: skip
    result = page.evaluate(
        "wanted => axe.run(document, {runOnly: wanted, resultTypes: ['violations', 'incomplete']})",
        wanted,
    )
    return Outcome(
        violations=[_described(one) for one in result["violations"]],
        failed={one["id"]: one["tags"] for one in result["violations"]},
        passed={one["id"]: one["tags"] for one in result["passes"]},
        undecided={one["id"]: (one["tags"], len(one["nodes"])) for one in result["incomplete"]},
        version=result["testEngine"]["version"],
    )


def criteria_of(tags: Sequence[str]) -> Iterator[str]:
    """The success criteria that a rule of axe is about: "wcag143" is 1.4.3."""
    for tag in tags:
        found = CRITERION.fullmatch(tag)
        if found is not None:
            yield ".".join(found.groups())


def overflow(page: Page) -> None:
    """Assert that the page does not scroll sideways at its present width.

    Args:
        page: a loaded page.

    Raises:
        AssertionError: naming the widest elements that stick out.
    """
    found = sticking_out(page)
    assert not found, f"{page.url} scrolls sideways: {'; '.join(found)}"


def sticking_out(page: Page) -> list[str]:
    """The widest elements that stick out of a page at its present width; none on a page that does
    not scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .map(element => `<${element.tagName.toLowerCase()} class="${element.className}">`)
                .slice(0, 5).concat([`page ${document.documentElement.scrollWidth} px wide`]);
        }"""
    )
    return found


def out_of_order(page: Page) -> list[str]:
    """The errors of a page's summary that lead nowhere, or up the page where the one before led
    further down."""
    found: list[str] = page.evaluate(
        """() => {
            const links = [...document.querySelectorAll('.govuk-error-summary__list a[href^="#"]')];
            const boxes = links.map(link => document.getElementById(link.hash.slice(1)));
            return links.map((link, at) => {
                if (!boxes[at]) return `${link.hash} leads nowhere`;
                const above = at && boxes[at - 1]?.compareDocumentPosition(boxes[at])
                    & Node.DOCUMENT_POSITION_PRECEDING;
                return above ? `${link.hash} stands above ${links[at - 1].hash}` : null;
            }).filter(Boolean);
        }"""
    )
    return found


def small_targets(page: Page) -> list[str]:
    """The links, buttons and boxes of a page that are smaller than 24 pixels each way and have not
    enough room around them (2.5.8)."""
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found


def lost_when_spaced(page: Page) -> list[str]:
    """What is cut off or sticks out of a page when its reader spaces its lines, paragraphs, letters
    and words (1.4.12). The page is left as it was."""
    page.evaluate(SPACE_OUT, True)
    cut: list[str] = page.evaluate(CUT_OFF)
    found = [*sticking_out(page), *cut]
    page.evaluate(SPACE_OUT, False)
    return found


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def _described(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {' '.join(str(part) for part in node['target'])}: {node['html'][:200]}"
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
