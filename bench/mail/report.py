"""Write measurements down, and say what they amount to.

    python -m bench.mail.report          # the tables of the newest run

A machine that others use too is faster and slower by the minute. So figures are only compared
within one round of one run, as ratios, and the ratios of the rounds are shown with their range.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from typing import Any

from bench.mail import perfenv as E

Row = dict[str, Any]
# What every measurement of this process belongs to; `bench/__main__.py` sets the round.
RUN = {"run": time.strftime("%Y-%m-%dT%H:%M:%S"), "round": 0}
# What must come out the same however fast it was.
CHECKED = (
    "score_lost", "score_stored_twice", "receipts_twice", "score_probe_lost", "known", "twins",
    "replies_sent", "replies_threaded_or_suggested", "files_sent", "files_kept",
    "left_in_inbox", "equation_holds",
)  # fmt: skip


def spin_ms() -> float:
    """The time of a fixed loop: more when others use the machine."""
    start = time.perf_counter()
    total = 0
    for number in range(500_000):
        total += number * number
    return round((time.perf_counter() - start) * 1000, 1)


def add(name: str, **record: Any) -> None:
    """Write one measurement, with the load on the machine just after it."""
    E.RESULTS.mkdir(exist_ok=True)
    record = {**RUN, **record, "spin_ms": spin_ms(), "load1": round(os.getloadavg()[0], 1)}
    with (E.RESULTS / f"{name}.jsonl").open("a") as out:
        out.write(json.dumps(record) + "\n")
    shown = ("stage", "peer", "db", "per_s", "wall_s", "cpu_s", "load1")
    print(json.dumps({key: record[key] for key in shown if key in record}), flush=True)


def load(name: str) -> list[Row]:
    """The measurements of a kind in the newest run that has one."""
    path = E.RESULTS / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    newest = max((row["run"] for row in rows), default="")
    return [row for row in rows if row["run"] == newest]


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Print a table."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def show() -> None:
    """Print the tables of the newest run."""
    floor, intake = load("floor"), load("intake")
    rates: dict[tuple[str, str], dict[int, float]] = {}
    for row in floor:
        rates.setdefault((row["stage"], ""), {})[row["round"]] = row["per_s"]
    for row in intake:
        rates.setdefault((row["peer"], row["db"]), {})[row["round"]] = row["per_s"]
    lines = []
    for (who, db), by_round in rates.items():
        values = list(by_round.values())
        others = ((f"{db}+moveN", ""), ("django-helpdesk", db))
        ratios = [_ratio(by_round, rates.get(other, {})) for other in others] if db else ["", ""]
        lines.append((who, db, f"{statistics.median(values):.0f}", _range(values), *ratios))
    table(("measured", "database", "messages/s", "range", "of the floor", "of the peer"), lines)
    _show_checks(intake)


def _ratio(mine: dict[int, float], other: dict[int, float]) -> str:
    ratios = [mine[one] / other[one] for one in mine if one in other]
    if not ratios or mine == other:
        return ""
    return f"{statistics.median(ratios):.2f} ({_range(ratios, 2)})"


def _range(values: list[float], digits: int = 0) -> str:
    return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def _show_checks(intake: list[Row]) -> None:
    ours = [row for row in intake if row["peer"] == "heard"]
    wanted = [key for key in CHECKED if ours and key in ours[0]]
    lines: list[tuple[object, ...]] = [
        (key, *(sorted({str(row[key]) for row in ours if row["db"] == db}) for db in _dbs(ours)))
        for key in wanted
    ]
    lines = [(key, *(", ".join(cell) for cell in cells)) for key, *cells in lines]  # type: ignore[arg-type]
    table(("check, in every round", *_dbs(ours)), lines)
    for row in load("hostile"):
        lost = ", ".join(row["markers_lost"])
        said = f"{row['messages']} odd messages, each in one class: {row['classes_add_up']}"
        print(f"{row['db']}: {said}; text not found: {lost}.")


def _dbs(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row["db"] for row in rows))


if __name__ == "__main__":
    show()
