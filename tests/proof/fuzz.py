"""`python -m tests.proof.fuzz --minutes 10`: read damaged mail until the time is up.

No exception, no reading of more than five seconds, never more than 300 MB of memory with input up
to 10 MB. A message that breaks one of these is kept, its path printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from intake.incoming import IncomingMail
from intake.mime import MAX_PARTS
from intake.parsing import parse, read_or_raise
from tests.proof.mutations import damaged

SECONDS = 5.0
MEGABYTES = 300


@dataclass
class Findings:
    """What one run of the fuzz saw."""

    seed: int
    messages: int = 0
    megabytes_read: float = 0.0
    cpu_seconds: float = 0.0
    slowest_seconds: float = 0.0
    peak_megabytes: float = 0.0
    broken: list[str] = field(default_factory=list)


def check(raw: bytes) -> float:
    """Read one message with nothing caught, then hold it to what the portal counts on.

    Args:
        raw: any bytes.

    Returns:
        How long the reading took, in seconds.

    Raises:
        AssertionError: where the reading took too long or gave what cannot be stored.
        Exception: whatever the reading raised.
    """
    started = time.process_time()
    mail = read_or_raise(raw)
    took = time.process_time() - started
    assert took < SECONDS, f"{took:.1f} seconds"
    hold(mail)
    return took


def hold(mail: IncomingMail) -> None:
    """Check what the ledger, the pages and the file store count on."""
    line = json.dumps(mail.as_json(), ensure_ascii=False).encode("utf-8")
    assert b"\\u0000" not in line, "a NUL in the text"
    assert bool(mail.reply_text.strip()) == bool(mail.text.strip()), "an empty reply"
    assert len(mail.attachments) <= 2 * MAX_PARTS, "too many files"
    for one in mail.attachments:
        assert 1 <= len(one.filename) <= 150, "the length of a file name"
        assert "/" not in one.filename, "a folder in a file name"
        assert not one.filename.startswith("."), "a hidden file"
        assert len(one.content) == one.size, "the size of a file"


def peak_megabytes() -> float:
    """Return the most memory this process has ever held.

    The usual count starts with what the parent held; Linux has one that does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(cpu_seconds: float, seed: int, keep: Path) -> Findings:
    """Fuzz for so much time of the processor.

    Args:
        cpu_seconds: when to stop.
        seed: the same seed reads the same messages.
        keep: a folder for messages that broke something.

    Returns:
        The counts, and for each broken message what broke and where it lies.
    """
    findings, dice = Findings(seed), random.Random(seed)
    while time.process_time() < cpu_seconds and len(findings.broken) < 20:
        number = dice.getrandbits(48)
        raw = damaged(random.Random(number))
        # A hang in a pattern answers to nothing: say where, and end.
        faulthandler.dump_traceback_later(60, exit=True)
        before = peak_megabytes()
        try:
            took = check(raw)
            peak = peak_megabytes()
            # The input and its copies by the mutations count too, so this is on the safe side.
            assert peak == before or peak < MEGABYTES, f"{peak:.0f} MB"
        except Exception as error:
            path = keep / f"broken-{number}.eml"
            path.write_bytes(raw)
            findings.broken.append(f"{type(error).__name__}: {error} ({path})")
            took = 0.0
        findings.messages += 1
        findings.megabytes_read += len(raw) / 1_000_000
        findings.slowest_seconds = max(findings.slowest_seconds, took)
    faulthandler.cancel_dump_traceback_later()
    findings.cpu_seconds, findings.peak_megabytes = time.process_time(), peak_megabytes()
    return findings


def main(arguments: list[str]) -> int:
    """Run from the command line.

    Returns:
        0 where nothing broke, 1 where something did.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.proof.fuzz")
    parser.add_argument("--minutes", type=float, default=10.0, help="time of the processor")
    parser.add_argument("--seed", type=int, default=0, help="0 takes another one each time")
    parser.add_argument("--keep", type=Path, help="folder for messages that broke something")
    parser.add_argument("--one", type=Path, help="read one message, print its time and memory")
    chosen = parser.parse_args(arguments)
    if chosen.one:
        raw = chosen.one.read_bytes()
        started = time.process_time()
        hold(parse(raw))
        took = time.process_time() - started
        print(json.dumps({"seconds": round(took, 3), "megabytes": round(peak_megabytes())}))
        return 0
    keep = chosen.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    keep.mkdir(parents=True, exist_ok=True)
    seed = chosen.seed or random.SystemRandom().randrange(1, 2**31)
    findings = run(chosen.minutes * 60, seed, keep)
    print(json.dumps(asdict(findings), indent=1))
    return 1 if findings.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
