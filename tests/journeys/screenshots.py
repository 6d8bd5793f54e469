"""Every page on a phone and on a desk, as pictures: `python -m tests.journeys.screenshots`.

They go into `screenshots/`, from invented data; with `--docs` the two of the README are made anew.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import flask_migrate
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page

from portal.app import create_app
from portal.commands import demo_data
from portal.commands.background import run_round
from portal.commands.work import _load
from portal.demo.sign_ins import (
    ADVOCATE,
    FOLLOWED,
    OFFICER,
    REFUSAL_WAITS,
)
from tests.conftest import settings_for
from tests.journeys import telling
from tests.journeys.camera import PICTURES, Camera
from tests.journeys.live import LOOPBACK, serving
from tests.journeys.visitor import DESK, PHONE
from tests.services.chromium import chromium
from tests.services.missing import free_port

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "images"
CASES = 200
# Seen by whoever looks for a place to begin.
OPEN_PAGES = {
    "start": "/",
    "give-feedback": "/give-feedback",
    "track": "/track",
    "sign-in": "/sign-in",
    "how-complaints-work": "/how-complaints-work",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "status": "/status",
    "young-people": "/young-people/",
    "error-404": "/no-such-page",
    "come-back": "/give-feedback/come-back",
    "error-ended": "/give-feedback/sent",
    "error-link": "/track/link/no-such-link",
}
PUBLIC_QUESTIONS = (
    "what-kind", "elsewhere", "who-else", "what-happened", "plan-decision", "points", "put-right",
    "service", "you", "child", "contact", "safe-contact", "adjustments", "danger", "check",
)  # fmt: skip
YOUNG_QUESTIONS = (
    "what-happened", "help", "next", "contact", "safe-contact", "check",
)  # fmt: skip
LISTS = {
    "queue": "waiting", "second-officer": "second-officer", "open-cases": "open",
    "replies": "replies", "everything": "all",
}  # fmt: skip
DOCS_LIMIT = 250_000


def open_to_all(camera: Camera) -> None:
    """The pages that need nothing."""
    for name, path in OPEN_PAGES.items():
        camera.go(name, path)
    camera.page.goto("/give-feedback/contact")
    camera.press("Continue")
    camera.take("error-contact")
    camera.page.goto("/track")
    camera.page.get_by_label("Your reference").fill(FOLLOWED.reference)
    camera.page.get_by_label("Your secret words").fill("not the right words")
    camera.press("Continue")
    camera.take("error-words")


def everyone(camera: Camera) -> None:
    """The form for everyone, filled, as far as the confirmation."""
    page = camera.page
    page.goto("/give-feedback/what-kind")
    page.get_by_label("Something is wrong", exact=True).check()
    camera.press("Continue")
    page.goto("/give-feedback/elsewhere")
    for name in ("A court case", "A decision on an education", "Something that a school did"):
        page.get_by_label(name).check()
    camera.press("Continue")
    page.goto("/give-feedback/what-happened")
    page.get_by_label("What happened?").fill(telling.STORY)
    page.locator("input[type=file]").set_input_files(telling.photo())
    page.get_by_text("letter.jpg is added.").wait_for()
    page.goto("/give-feedback/contact")
    page.get_by_label("Email", exact=True).check()
    page.get_by_label("Email address").fill(telling.EMAIL)
    camera.press("Continue")
    for key in PUBLIC_QUESTIONS:
        camera.go(f"give-feedback-{key}", f"/give-feedback/{key}")
    page.goto("/give-feedback/put-right")
    camera.press("Save and come back later")
    camera.take("give-feedback-saved")
    page.goto("/give-feedback/check")
    camera.press("Send")
    camera.take("give-feedback-sent")
    camera.go("give-feedback-equality", "/give-feedback/equality")
    thanks(camera)


def thanks(camera: Camera) -> None:
    """The two screens of thanks."""
    camera.context.clear_cookies()
    page = camera.page
    page.goto("/give-feedback/what-kind")
    page.get_by_label("Something was good", exact=True).check()
    page.get_by_label("What was good?").fill("Jo rang us every day. Thank you.")
    camera.take("give-feedback-thanks")
    camera.press("Continue")
    camera.take("give-feedback-thanks-check")


def young(camera: Camera) -> None:
    """The form for children and young people, as far as the confirmation."""
    page = camera.page
    page.goto("/young-people/what-happened")
    page.locator("textarea").first.fill("they moved my room when i was at school")
    camera.press("Next")
    for key in YOUNG_QUESTIONS:
        camera.go(f"young-people-{key}", f"/young-people/{key}")
    camera.press("Send it")
    camera.take("young-people-sent")


def tracking(camera: Camera) -> None:
    """What a young person sees who comes back."""
    page = camera.page
    page.goto("/track")
    page.get_by_label("Your reference").fill(FOLLOWED.reference)
    page.get_by_label("Your secret words").fill(FOLLOWED.words)
    camera.press("Continue")
    camera.take("track-matter")
    camera.go("track-files", "/track/files")


def advocate(camera: Camera) -> None:
    """What an advocate sees."""
    camera.sign_in(ADVOCATE)
    camera.take("advocate-matters")
    camera.go("advocate-join", "/advocates/join")
    camera.page.goto("/advocates/")
    with camera.page.expect_navigation():
        camera.page.locator("tbody a").first.click()
    camera.take("advocate-matter")


def officer(camera: Camera) -> None:
    """What an officer sees, from the queue to the letter."""
    camera.sign_in(OFFICER)
    for name, view in LISTS.items():
        camera.go(f"officer-{name}", f"/officers/?view={view}")
    camera.go("officer-mail", "/officers/mail")
    camera.go("officer-post", "/officers/post")
    camera.go("officer-enter", "/officers/enter")
    camera.press("Enter it")
    camera.take("officer-enter-errors")
    camera.page.goto("/officers/")
    with camera.page.expect_navigation():
        camera.page.locator("tbody a").first.click()
    camera.take("officer-item")
    camera.press("Check what will happen")
    camera.take("officer-item-errors")
    _fill_decision(camera.page)
    camera.press("Check what will happen")
    camera.take("officer-check")
    camera.press("Confirm")
    camera.take("officer-done")
    with camera.page.expect_navigation():
        camera.page.get_by_role("link", name=re.compile("^Look at")).click()
    camera.press("Write the acknowledgement")
    camera.take("officer-acknowledge")
    camera.page.goto(f"/officers/?reference={FOLLOWED.reference}")
    with camera.page.expect_navigation():
        camera.page.locator("tbody a").first.click()
    camera.take("officer-case")
    public_id = camera.page.url.partition("#")[0].rpartition("/")[2]
    for page in ("route", "consent", "childs-view", "interest", "late"):
        camera.go(f"officer-{page}", f"/officers/feedback/{public_id}/{page}")
    camera.page.goto(f"/officers/?reference={REFUSAL_WAITS.reference}")
    with camera.page.expect_navigation():
        camera.page.locator("tbody a").first.click()
    camera.take("officer-item-waits")
    with camera.page.expect_navigation():
        camera.page.get_by_role("link", name="Read it").click()
    camera.take("officer-proposed-no")


def _fill_decision(page: Page) -> None:
    for name, value in {
        "category": "complaint",
        "procedure": "statutory",
        "risk": "now",
        "outcome": "case_opened",
    }.items():
        page.locator(f"input[name={name}][value={value}]").check()
    page.locator("select[name=team]").select_option("care_planning_court")
    page.locator("select[name=nature]").select_option("communication")
    page.locator("select[name=relationship]").select_option("parent")


WALKS: tuple[Callable[[Camera], None], ...] = (
    open_to_all, everyone, young, tracking, advocate, officer,
)  # fmt: skip


def for_the_readme(browser: Browser, home: str) -> None:
    """The two pictures of the README: the first screen of each page, in few colours."""
    DOCS.mkdir(parents=True, exist_ok=True)
    desk = Camera(browser, home, DESK)
    desk.sign_in(OFFICER)
    phone = Camera(browser, home, PHONE)
    phone.page.goto("/young-people/")
    for name, camera in (("queue", desk), ("young-people", phone)):
        path = DOCS / f"{name}.png"
        camera.page.screenshot(path=path)
        Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(
            path, optimize=True
        )
        assert path.stat().st_size < DOCS_LIMIT, path
        camera.context.close()


def prepare(folder: Path, port: int) -> Flask:
    """Make a demo: its database, its invented data, and a suggestion for what waits."""
    settings = settings_for(folder, PUBLIC_URL=f"http://{LOOPBACK}:{port}", HEARD_DEMO="1")
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
    done = app.test_cli_runner().invoke(demo_data.command, ["--cases", str(CASES)])
    assert done.exit_code == 0, done.output
    suggest = _load()
    with app.app_context():
        # A round makes so many suggestions and no more.
        while run_round(suggest).done.get("suggestions"):
            pass
    return app


def main() -> None:
    """Take every picture."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        app = prepare(Path(folder), port)
        with serving(app, port) as home, chromium() as browser:
            if "--docs" in sys.argv:
                for_the_readme(browser, home)
            for width in (PHONE, DESK):
                for walk in WALKS:
                    camera = Camera(browser, home, width)
                    walk(camera)
                    camera.context.close()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures are in {PICTURES.name}/.")


if __name__ == "__main__":
    main()
