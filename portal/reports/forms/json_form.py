"""The report as JSON: each table and text with what it rests on, and whether it all adds up."""

import json

from portal.reports.annual.table import AnnualReport, TextBlock


def as_json(report: AnnualReport) -> bytes:
    """Write a report.

    Args:
        report: the report, or a quarter of it, or that of some teams.

    Returns:
        UTF-8: `tables` and `texts` by their ids, `chapters` with the order in which they stand.
    """
    values = {
        "council": report.council,
        "year": report.year.name,
        "quarter": report.quarter,
        "teams": list(report.teams),
        "as_at": report.as_at.isoformat(),
        "adds_up": not report.disagreements,
        "chapters": [
            {
                "key": chapter.key,
                "title": chapter.title,
                "blocks": [block.id for block in chapter.blocks],
                "check": chapter.check.sentence,
                "adds_up": chapter.check.holds,
            }
            for chapter in report.chapters
        ],
        "tables": [table.as_json() for table in report.tables],
        "texts": [
            block.as_json()
            for chapter in report.chapters
            for block in chapter.blocks
            if isinstance(block, TextBlock)
        ],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
