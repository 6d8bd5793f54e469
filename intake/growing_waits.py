"""Waits between tries that grow while the trouble lasts, and differ a little from each other."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(slots=True)
class GrowingWaits:
    """Doubling from the shortest to the longest; `reset` after a success.

    Each is cut at random by up to a third, so that many workers whose server comes back do not
    all knock at the same moment.
    """

    shortest: float
    longest: float
    _next: float = 0.0

    def next(self) -> float:
        """Return the seconds to wait before the next try."""
        base = max(self._next, self.shortest)
        self._next = min(base * 2, self.longest)
        return random.uniform(base * 2 / 3, base)

    def reset(self) -> None:
        """Begin again with the shortest."""
        self._next = 0.0
