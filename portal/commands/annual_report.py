"""`flask annual-report`: the report of a year, a quarter or a team, as a file."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import audit, clock
from portal.db import db
from portal.errors import Refused
from portal.reports import asking, publishing
from portal.reports.forms.form import CannotSet, Form, written
from portal.work import COMMAND, begin_work, counting_council

FORMS = tuple(form.value for form in Form)


@click.command("annual-report")
@click.argument("year")
@click.option("--format", "form", type=click.Choice(FORMS), default="html", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output where it is not given.",
)  # fmt: skip
@click.option(
    "--quarter", default="", help="1 to 4: that quarter alone. The first begins in April."
)
@click.option("--team", default="", help="The code of one team.")
@click.option("--anew", is_flag=True, help="Count it anew although it is published.")
@with_appcontext
def command(year: str, form: str, out: Path | None, quarter: str, team: str, anew: bool) -> None:
    """Write the report of YEAR, such as 2019-20: as published, else from the register.

    A report whose figures do not agree is not written, nor a draft whose commentary has numbers
    that stand in no table.
    """
    session = db.session()
    council, today = counting_council(session), clock.today()
    try:
        asked = {"year": year, "quarter": quarter, "team": team}
        question = asking.question(council, today, asked)
        report = asking.answer(session, council, question, today, anew=anew, unread=True)
        if report.disagreements:
            listed = "\n".join(report.disagreements)
            raise click.ClickException(f"The report is not written: it disagrees.\n{listed}")
        if question.whole and (anew or publishing.latest(session, question.year) is None):
            publishing.check_numbers(session, report)
        content = written(report, Form(form))
    except (Refused, CannotSet) as trouble:
        raise click.ClickException(str(trouble)) from None
    with begin_work(COMMAND) as work:
        audit.note(work, "report_written", None, [question.year.name, form])
    _write(out, content)


def _write(out: Path | None, content: bytes) -> None:
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as trouble:
        raise click.ClickException(f"{out} cannot be written ({trouble.strerror}).") from None
    click.echo(f"Written to {out}.")
