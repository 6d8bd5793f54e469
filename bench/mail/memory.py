"""Whether the memory of the worker stays flat while it takes in 10,000 messages.

    python -m bench.mail.memory [--messages 10000] [--db sqlite]

Samples what the worker and its reading process take together (proportional set size, so that
shared pages count once), and shows it after each thousand messages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.mail import intake_heard, mailbox, report, servers
from bench.mail import perfenv as E
from bench.mail.gen_mail import write_corpus

EACH, SEED = 1000, 7


def corpora(messages: int) -> Iterator[Path]:
    """Messages of as many corpora of a thousand as are needed, each of its own seed."""
    for seed in range(SEED, SEED + messages // EACH):
        folder = E.CORPUS / "large" / str(seed)
        if not (folder / "main" / "manifest.jsonl").exists():
            write_corpus(EACH, seed, folder)
        yield from sorted((folder / "main").glob("*.eml"))


def megabytes(pid: int) -> float:
    """The memory of a process and of those that it started."""
    total = 0.0
    for one in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(one) for one in task.read_text().split()]
        except OSError:
            continue
    return found


def watch(kind: str, messages: int) -> None:
    """Take them all in and write down the most memory within each thousand."""
    intake_heard.fresh(kind)
    total = mailbox.reset(list(corpora(messages)))
    worker = subprocess.Popen(
        [sys.executable, "-m", "intake", "--once"],
        cwd=E.ROOT, env=intake_heard.environment(kind), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    start, most = time.perf_counter(), dict[int, int]()
    while worker.poll() is None:
        time.sleep(0.25)
        thousand = mailbox.count(E.IMAP_DONE_FOLDER) // EACH
        if thousand not in most:
            print(
                f"{thousand * EACH} taken in after {time.perf_counter() - start:.0f} s", flush=True
            )
        most[thousand] = max(most.get(thousand, 0), round(megabytes(worker.pid)))
    wall = time.perf_counter() - start
    report.add(
        "memory", db=kind, messages=total, wall_s=round(wall, 1), per_s=round(total / wall, 1),
        exit_code=worker.returncode, moved=mailbox.count(E.IMAP_DONE_FOLDER), megabytes=most,
    )  # fmt: skip
    rows: list[tuple[object, ...]] = [(one * EACH, peak) for one, peak in sorted(most.items())]
    report.table(("messages taken in", "most MB until the next thousand"), rows)


def main() -> None:
    """Watch as the command line asks."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--messages", type=int, default=10_000)
    asked.add_argument("--db", default="sqlite")
    given = asked.parse_args()
    with servers.running():
        watch(given.db, given.messages)


if __name__ == "__main__":
    main()
