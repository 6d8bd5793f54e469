"""10,000 deadlines of 65 working days, each with its working: `python -m bench.deadlines`.

The promise is under a second. Every date is counted, none remembered; the same dates by numpy's
business days, without a working, stand beside them.
"""

import time
from datetime import date, timedelta

import numpy as np

from portal.bank_holidays import bundled
from portal.procedures.working_days import Unit, after

DEADLINES, LENGTH = 10_000, 65
FIRST_DAY, DAYS = date(2019, 1, 1), 3_000


def main() -> None:
    """Count them, check them against numpy, and print how long it took."""
    calendar = bundled()
    starts = [FIRST_DAY + timedelta(days=n % DAYS) for n in range(DEADLINES)]
    # Time of the processor: the machine has other users.
    began = time.process_time()
    ours = [after(start, LENGTH, Unit.WORKING_DAYS, calendar).due for start in starts]
    seconds = time.process_time() - began
    off = sorted(calendar.holidays)
    began = time.process_time()
    theirs = np.busday_offset(starts, LENGTH, roll="backward", holidays=off)
    beside = time.process_time() - began
    assert ours == theirs.astype(object).tolist(), "The two ways of counting differ."
    print(f"{DEADLINES} deadlines of {LENGTH} working days: {seconds:.2f} s, with their working")
    print(f"the same dates by numpy, without: {beside:.3f} s")


if __name__ == "__main__":
    main()
