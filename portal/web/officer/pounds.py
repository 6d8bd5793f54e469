"""An amount of money as it is typed."""

import re

AMOUNT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{2}))?")


def pence_typed(text: str | None) -> int | None:
    """Read an amount in pounds, like 250, 1,250 or £99.50.

    Args:
        text: as typed.

    Returns:
        Pence; None where it is no amount.
    """
    found = AMOUNT.fullmatch((text or "").strip().lstrip("£").replace(",", ""))
    return int(found[1]) * 100 + int(found[2] or 0) if found is not None else None
