"""What a report, a quarter of it or that of some teams is called."""

from datetime import date

from portal.procedures.working_days import in_full
from portal.reports.annual.table import AnnualReport

QUARTERS = ("April to June", "July to September", "October to December", "January to March")


def title_of(report: AnnualReport) -> str:
    """The report's title: "Feedback and complaints, annual report 2019/20"."""
    if report.quarter is None:
        return f"Feedback and complaints: annual report {report.year.label}"
    months = QUARTERS[report.quarter - 1]
    return f"Feedback and complaints: {months} of {report.year.label}"


def about(report: AnnualReport) -> str:
    """What it covers and on which day it was counted, in a sentence."""
    if report.quarter is None:
        first, last = report.year.first_day, report.year.last_day
    else:
        first, last = report.year.quarter(report.quarter)
    of_teams = f"{', '.join(report.teams)} in the children’s" if report.teams else "Children’s"
    return (
        f"{of_teams} services of {report.council}, {_day(first)} to {_day(last)}, "
        f"as it stood on {in_full(report.as_at)}."
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
