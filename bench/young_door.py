"""The young people's door over 50 KB/s: `python -m bench.young_door`.

Prints when the first page can be used (its words are there and its button can be pressed) and what
it took over the wire. The promise is two seconds (issue 7). A real Chromium, slowed down, and the
portal on loopback, so that the line is all that is slow. Figures of this machine and this minute.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from portal.app import create_app
from portal.db import db
from tests.conftest import settings_for
from tests.journeys.live import LOOPBACK, serving
from tests.services.chromium import chromium
from tests.services.missing import free_port

BYTES_A_SECOND, LATENCY_MS, ROUNDS, PROMISE = 50_000, 100, 5, 2.0
READY = "() => performance.getEntriesByType('navigation')[0].domInteractive / 1000"
PAINTED = "() => (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0) / 1000"


def once(browser: Browser, home: str) -> tuple[float, float, float]:
    """Open the first page in a new browser; seconds until usable and painted, and the bytes."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=home)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    taken: list[float] = []
    session.on("Network.loadingFinished", lambda event: taken.append(event["encodedDataLength"]))
    page.goto("/young-people/", wait_until="load")
    page.get_by_role("button", name="Start").wait_for()
    found = max(page.evaluate(READY), page.evaluate(PAINTED)), page.evaluate(PAINTED)
    context.close()
    return *found, sum(taken)


def main() -> None:
    """Measure some rounds, each in a browser that has seen nothing yet."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        app = create_app(settings_for(Path(folder)))
        with app.app_context():
            db.create_all()
        with serving(app, free_port()) as home:
            rounds = [once(browser, home) for _ in range(ROUNDS)]
    usable = sorted(one[0] for one in rounds)
    print(f"first page over {BYTES_A_SECOND // 1000} KB/s on {LOOPBACK}, {ROUNDS} rounds")
    print(f"usable after {usable[ROUNDS // 2]:.2f} s (from {usable[0]:.2f} to {usable[-1]:.2f})")
    print(f"painted after {sorted(one[1] for one in rounds)[ROUNDS // 2]:.2f} s")
    print(f"bytes over the wire: {rounds[0][2]:.0f}; the promise is {PROMISE:.0f} s")
    if usable[ROUNDS // 2] > PROMISE:
        raise SystemExit("The promise is not kept.")


if __name__ == "__main__":
    main()
