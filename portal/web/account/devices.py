"""What a browser says it is, in words that its owner knows it by."""

from portal.marking import marked
from portal.wording import say, worded

# The first that is found is meant: later ones are in the earlier ones' texts as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", marked("an iPhone")),
    ("iPad", marked("an iPad")),
    ("Android", marked("an Android device")),
    ("Windows", "Windows"),
    ("CrOS", marked("a Chromebook")),
    ("Macintosh", marked("a Mac")),
    ("Linux", "Linux"),
)


def in_words(device: str) -> str:
    """Say which browser it is, and on what.

    Args:
        device: what the browser said when the sign-in began; anybody can write anything there.

    Returns:
        Such as "Firefox on Windows".
    """
    browser = _first(BROWSERS, device) or say("A browser")
    if system := _first(SYSTEMS, device):
        return say("%(browser)s on %(system)s", browser=browser, system=worded(system))
    return say("%(browser)s on a device we do not know", browser=browser)


def _first(names: tuple[tuple[str, str], ...], device: str) -> str | None:
    return next((name for mark, name in names if mark in device), None)
