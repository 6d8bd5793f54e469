"""What every page of a journey must pass: axe-core's rules, and no sideways scrolling."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js")
# The standard the law asks for, and axe's own advice, which catches missing landmarks and headings.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def check(page: Page) -> list[str]:
    """Run axe-core on the page as it stands.

    Args:
        page: a loaded page; a strict content policy does not stop this, it goes through the
            browser's own tooling.

    Returns:
        One text for each violation: rule, how grave, what it means, and each place. Empty when
        there is none.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, "
        "resultTypes: ['violations']})",
        list(RULES),
    )
    return [_described(violation) for violation in result["violations"]]


def overflow(page: Page) -> None:
    """Assert that the page does not scroll sideways at its present width.

    Args:
        page: a loaded page.

    Raises:
        AssertionError: naming the widest elements that stick out.
    """
    found = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .map(element => `<${element.tagName.toLowerCase()} class="${element.className}">`)
                .slice(0, 5).concat([`page ${document.documentElement.scrollWidth} px wide`]);
        }"""
    )
    assert not found, f"{page.url} scrolls sideways: {'; '.join(found)}"


def _described(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {' '.join(str(part) for part in node['target'])}: {node['html'][:200]}"
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
