"""What a browser says it is, in words that its owner knows it by."""

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
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android device"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def in_words(device: str) -> str:
    """Say which browser it is, and on what.

    Args:
        device: what the browser said when the sign-in began; anybody can write anything there.

    Returns:
        Such as "Firefox on Windows".
    """
    browser = _first(BROWSERS, device) or "A browser"
    system = _first(SYSTEMS, device)
    return f"{browser} on {system}" if system else f"{browser} on a device we do not know"


def _first(names: tuple[tuple[str, str], ...], device: str) -> str | None:
    return next((name for mark, name in names if mark in device), None)
