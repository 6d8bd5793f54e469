"""What investigations, reviews and panels cost: the fees of those who were appointed to them."""

from collections.abc import Mapping, Sequence

from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import AppointedAs
from portal.reports.annual.appointment_rows import AppointmentRow, Fee
from portal.reports.annual.cells import count, money, words
from portal.reports.annual.figure import Figure, Grid
from portal.reports.annual.register import Register
from portal.reports.annual.table import Cell

STAGES: Mapping[tuple[Track, StageKey], str] = {
    (Track.STATUTORY, StageKey.STAGE_2): "Statutory stage 2",
    (Track.STATUTORY, StageKey.STAGE_3): "Statutory stage 3",
    (Track.CORPORATE, StageKey.STAGE_2): "Corporate stage 2",
    (Track.CORPORATE, StageKey.STAGE_3): "Corporate stage 3",
}
ROLES: Mapping[AppointedAs, str] = {
    AppointedAs.INVESTIGATOR: "investigating officers",
    AppointedAs.INDEPENDENT_PERSON: "independent persons",
    AppointedAs.PANEL_CHAIR: "panel chairs",
    AppointedAs.PANEL_MEMBER: "panel members",
    AppointedAs.REVIEWER: "reviewers",
}
OTHER = "Other stages"
ALL = "All who were appointed"


@Figure(
    "X43",
    "Costs of investigations, reviews and panels",
    "Appointments to stages that opened in the year",
    "What those who work for the council are paid for their work.",
).of
def costs(register: Register) -> Grid:
    """Those who were appointed to a stage by the day of the report, by stage and role, and the fees
    that are recorded of them."""
    appointed, fees = register.appointments, register.fees
    rows = [
        _cells(
            f"{stage}: {name}",
            [one.matter for one in appointed if _is(one, stage, role)],
            [one for one in fees if _is(one, stage, role)],
        )
        for stage in (*STAGES.values(), OTHER)
        for role, name in ROLES.items()
    ]
    rows = [row for row in rows if row[1].value or row[2].value]
    rows.append(_cells(ALL, [one.matter for one in appointed], fees))
    columns = ("Stage and role", "Appointed", "Fees recorded", "Sum of fees")
    return Grid(columns, rows, len(appointed), _notes(fees))


def _is(one: AppointmentRow | Fee, stage: str, role: AppointedAs) -> bool:
    return STAGES.get((one.track, one.key), OTHER) == stage and one.role is role


def _cells(name: str, appointed: Sequence[int], fees: Sequence[Fee]) -> tuple[Cell, ...]:
    matters = [one.matter for one in fees]
    return (
        words(name), count(appointed), count(matters),
        money(sum(one.pence for one in fees), matters),
    )  # fmt: skip


def _notes(fees: Sequence[Fee]) -> tuple[str, ...]:
    return () if fees else ("No fee is recorded for the stages of this year.",)
