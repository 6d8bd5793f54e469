"""The stops of those who do not sign in: what is open to all, both doors to their end, and coming
back."""

from playwright.sync_api import Page

from portal.demo.sign_ins import FOLLOWED
from portal.web.journey import Journey, Question
from tests.journeys import telling
from tests.journeys.tour.guide import Guide

# Seen by whoever looks for a place to begin.
OPEN_PAGES = {
    "start": "/",
    "give-feedback": "/give-feedback",
    "track": "/track",
    "sign-in": "/sign-in",
    "sign-in-forgotten": "/sign-in/forgotten",
    "how-complaints-work": "/how-complaints-work",
    "privacy": "/privacy",
    "annual-reports": "/annual-reports",
    "come-back": "/give-feedback/come-back",
    "track-link-by-email": "/track/link-by-email",
    "supporter-ended": "/supporter/ended",
    "accessibility": "/accessibility",
    "status": "/status",
    "young-people": "/young-people/",
    "young-people-how-complaints-work": "/young-people/how-complaints-work",
    "young-people-privacy": "/young-people/privacy",
    "error-404": "/no-such-page",
    "error-ended": "/give-feedback/sent",
    "error-link": "/track/link/no-such-link",
    "error-young-ended": "/young-people/sent",
    "error-referral-ended": "/advocates/referral/no-such-link",
    "error-new-password-ended": "/sign-in/new-password/no-such-link",
    "error-supporter-link-ended": "/supporter/link/no-such-link",
}
# A story without a break, and a name that is one word: what a page must have room for.
LONG_STORY = "and then they said that it would be done and it was not done " * 31
CHOICES = {"kind": "complaint", "way": "email"}
LONG_NAME = "Anneliese-Wilhelmina-Theodora-" + "Featherstonehaugh" * 3


def open_to_all(guide: Guide) -> None:
    """The pages that need nothing, and what they say of mistakes."""
    for name, path in OPEN_PAGES.items():
        with guide.leg(name):
            guide.go(name, path, first=not name.startswith("error"))
    page = guide.page
    for name in ("come-back", "track-link-by-email"):
        page.goto(OPEN_PAGES[name])
        guide.press("Continue" if name == "come-back" else "Send me a link")
        guide.stop(f"error-{name}", first=False)
    page.goto("/track")
    guide.press("Continue")
    guide.stop("error-track-empty", first=False)
    page.get_by_label("Your reference").fill(FOLLOWED.reference)
    page.get_by_label("Your secret words").fill("not the right words")
    guide.press("Continue")
    guide.stop("error-words", first=False)
    page.goto("/sign-in")
    guide.press("Sign in")
    guide.stop("error-sign-in", first=False)
    page.goto("/sign-in/forgotten")
    page.locator("input[type=email], input[name=email]").first.fill("nobody@people.example")
    guide.follow("main form button")
    guide.stop("sign-in-asked")


def everyone(guide: Guide) -> None:
    """The form for everyone, to its end."""
    from portal.web.public.questions import JOURNEY

    _journey(guide, JOURNEY)
    guide.go("give-feedback-equality", "/give-feedback/equality")


def young(guide: Guide) -> None:
    """The form for children and young people, to its end."""
    from portal.web.young.questions import JOURNEY

    _journey(guide, JOURNEY)


def _journey(guide: Guide, journey: Journey) -> None:
    """Each question empty, with what it says of an empty answer, and filled with as much as it
    takes; then the check and the confirmation."""
    for question in journey.questions:
        if not question.on_check:
            with guide.leg(question.key):
                _question(guide, journey, question)
    if journey.saves:
        guide.page.goto(f"/{journey.folder}/{journey.questions[0].key}")
        guide.press("Save and come back later")
        guide.stop(f"{journey.folder}-saved")
    guide.go(f"{journey.folder}-check", f"/{journey.folder}/check")
    guide.press(journey.send_label)
    guide.stop(f"{journey.folder}-sent")
    assert guide.page.locator(".heard-reference").count() == 1, "It was not sent."


def _question(guide: Guide, journey: Journey, question: Question) -> None:
    name, path = f"{journey.folder}-{question.key}", f"/{journey.folder}/{question.key}"
    guide.go(name, path)
    guide.press(journey.onward)
    _stop_at_error(guide, name)
    guide.page.goto(path)
    boxes = guide.page.locator("input[type=file]")
    if boxes.count():
        boxes.last.set_input_files(telling.photo(f"{LONG_NAME}.jpg"))
    _fill(guide.page)
    guide.press(journey.onward)
    _stop_at_error(guide, f"{name}-filled")
    guide.go(f"{name}-filled", path, first=False)


def _stop_at_error(guide: Guide, name: str) -> None:
    if guide.page.locator(".govuk-error-summary").count():
        guide.stop(f"error-{name}", first=False)


def _fill(page: Page) -> None:
    for name, value in CHOICES.items():
        choice = page.locator(f"input[name={name}][value={value}]")
        if choice.count():
            choice.check()
    for box in page.locator("textarea:visible").all():
        box.fill(LONG_STORY)
    for box in page.locator("input[type=text]:visible").all():
        box.fill(LONG_NAME)
    for box in page.locator("input[type=email]:visible").all():
        box.fill(telling.EMAIL)


def tracking(guide: Guide) -> None:
    """What a young person sees who comes back, and what it says of an empty message."""
    page = guide.page
    page.goto("/track")
    page.get_by_label("Your reference").fill(FOLLOWED.reference)
    page.get_by_label("Your secret words").fill(FOLLOWED.words)
    guide.press("Continue")
    guide.stop("track-matter")
    guide.press("Send message")
    guide.stop("error-track-message", first=False)
    guide.go("track-reach", "/track/matter/reach")
    page.get_by_label("Email me").check()
    page.locator("input[type=email]").fill("no address")
    guide.follow("main form button")
    guide.stop("error-track-reach", first=False)
    helped(guide)


def helped(guide: Guide) -> None:
    """From a link for somebody whom the young person trusts to what they see, and its end."""
    page = guide.page
    guide.go("track-supporter", "/track/matter/supporter")
    guide.press("Make a link for them")
    guide.stop("error-track-supporter", first=False)
    page.get_by_label("What is their name?").fill(LONG_NAME)
    for choice in ("Write to us for you", "Read your letters", "Say yes or no for you", "1 week"):
        page.get_by_label(choice, exact=True).check()
    guide.press("Make a link for them")
    guide.stop("track-supporter-link")
    guide.go("supporter-link", page.locator("strong.heard-answer").inner_text())
    guide.press("Open it on this device")
    guide.stop("supporter-matter")
    guide.press("Send message")
    guide.stop("error-supporter-message", first=False)
