"""A number in the commentary stands in a table, or whoever publishes is told that it does not."""

import pytest

from portal.reports.typed_numbers import unfounded
from tests.unit.reports import sample_report

REPORT = sample_report.report()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Complaints about the units went from 49 to 73 in 2019/20.", ()),
        ("Of 1,124 complaints 39% were partially upheld, and £1,500 was paid.", ()),
        ("They grew by 114%, by 114% in all, from 48.", ("114%", "48")),
        # A share is another thing than a count of the same size.
        ("73% were in time.", ("73%",)),
        ("We paid £1,501.", ("£1,501",)),
        ("Thank you all.", ()),
    ],
)
def test_numbers_that_no_table_has_are_named_once(text: str, missing: tuple[str, ...]) -> None:
    expected = {"duty": missing} if missing else {}
    assert unfounded(REPORT, {"duty": text, "compliments": ""}) == expected
