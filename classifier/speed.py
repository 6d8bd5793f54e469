"""How long suggesting takes and how much memory it holds, measured in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence

TIMED, WARM = 200, 5
_MEASURE = """
import json, sys, time
texts = json.load(sys.stdin)
before = time.process_time()
from classifier.suggest import Suggester, SuggestItem
suggester = Suggester.load()
suggester.suggest(SuggestItem(id=0, text="the bus is late"))
loaded = time.process_time() - before
items = [SuggestItem(id=n, text=text) for n, text in enumerate(texts)]
for _ in suggester.suggest_each(items[:{warm}]): pass
start, clock = time.process_time(), time.perf_counter()
for _ in suggester.suggest_each(items): pass
count = max(len(items), 1)
# The process's own peak: what getrusage tells is inherited from whoever started it.
with open("/proc/self/status") as status:
    most = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps(dict(
    load_processor_seconds=round(loaded, 2),
    processor_milliseconds_a_text=round(1000 * (time.process_time() - start) / count, 1),
    clock_milliseconds_a_text=round(1000 * (time.perf_counter() - clock) / count, 1),
    memory_megabytes=round(most / 1024),
)))
"""


def measure_speed(texts: Sequence[str]) -> dict[str, float]:
    """Return load time, time a text and the greatest memory of a process that only suggests.

    Args:
        texts: texts to suggest for; the first 200 are taken.
    """
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own text
        [sys.executable, "-c", _MEASURE.format(warm=WARM)],
        input=json.dumps(list(texts[:TIMED])),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
