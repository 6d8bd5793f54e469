"""A minute of the fuzz that `python -m tests.proof.fuzz` runs for as long as it is told.

FUZZ_SECONDS says how much time of the processor it takes (50), FUZZ_SEED where it begins.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = float(os.environ.get("FUZZ_SECONDS", "50"))
SEED = os.environ.get("FUZZ_SEED", "20260414")


@pytest.mark.timeout(max(300, SECONDS * 10))
def test_no_damaged_message_breaks_the_reading(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proof.fuzz",
         "--minutes", str(SECONDS / 60), "--seed", SEED, "--keep", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["messages"] > 10 * SECONDS
