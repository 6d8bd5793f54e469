"""How a share is written: half up, and "<1%" in the one table whose definition asks for it."""

import pytest

from portal.reports.annual.cells import share


@pytest.mark.parametrize(
    ("part", "base", "text"),
    [
        # As printed in 2017/18 and 2018/19: withdrawn, and unable to make a finding.
        (1, 130, "1%"),
        (1, 113, "1%"),
        (1, 200, "1%"),
        (1, 201, "0%"),
        (0, 113, "0%"),
        (1, 8, "13%"),
        (3, 3, "100%"),
        (0, 0, "-"),
    ],
)
def test_a_share_is_rounded_half_up(part: int, base: int, text: str) -> None:
    assert share(part, base).text == text


@pytest.mark.parametrize(
    ("part", "base", "text"),
    [(1, 130, "<1%"), (1, 1_000, "<1%"), (1, 100, "1%"), (0, 130, "0%"), (0, 0, "-")],
)
def test_where_it_is_asked_for_less_than_one_is_said(part: int, base: int, text: str) -> None:
    assert share(part, base, says_below_one=True).text == text
