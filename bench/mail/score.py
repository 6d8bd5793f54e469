"""Compare what an intake stored with what the corpus manifest says it received.

An intake is handed over as a list of stored messages:
    {"ticket": id, "message_id": str or None, "text": full text, "attachments": [sha256, ...]}
Messages are told apart by the first marker in their text, then by Message-ID.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

MARKER = re.compile(r"mk-[0-9a-z-]+")
Found = dict[str, Any]


class Kept:
    """What was stored, found by what was sent."""

    def __init__(self, stored: list[Found]) -> None:
        """Sort it by marker, else by Message-ID."""
        self._by_marker: dict[str, list[Found]] = {}
        self._by_id: dict[str, list[Found]] = {}
        self.unknown = 0
        for one in stored:
            if found := MARKER.search(one["text"] or ""):
                self._by_marker.setdefault(found.group(), []).append(one)
            elif one["message_id"]:
                self._by_id.setdefault(one["message_id"], []).append(one)
            else:
                self.unknown += 1

    def of(self, sent: Found) -> list[Found]:
        """The copies of one message."""
        return self._by_marker.get(sent["marker"]) or self._by_id.get(sent["message_id"]) or []

    def ticket(self, sent: Found) -> object:
        """Where its first copy lies."""
        return self.of(sent)[0]["ticket"]


def score(manifest: list[Found], stored: list[Found]) -> dict[str, Any]:
    """How much of the corpus was kept, once, whole and together.

    Args:
        manifest: what was sent.
        stored: what an intake kept.
    """
    kept = Kept(stored)
    originals = [one for one in manifest if not one.get("twin_copy")]
    garbled = [
        one
        for one in originals
        if kept.of(one) and one["probe"] not in (kept.of(one)[0]["text"] or "")
    ]
    wanted = [file["sha256"] for one in originals for file in one["attachments"]]
    got = {sha256 for one in stored for sha256 in one["attachments"]}
    return {
        "messages": len(manifest),
        "distinct": len(originals),
        "stored": len(stored),
        "tickets": len({one["ticket"] for one in stored}),
        "threads_expected": len({one["thread"] for one in originals}),
        "lost": sum(not kept.of(one) for one in originals),
        "twins_sent": sum(bool(one.get("twin_copy")) for one in manifest),
        "stored_twice": sum(len(kept.of(one)) > 1 for one in originals),
        "unmatched": kept.unknown,
        **_replies(originals, kept),
        "probe_lost": len(garbled),
        "probe_lost_by_charset": dict(Counter(f"{m['charset']}/{m['cte']}" for m in garbled)),
        "attachments": len(wanted),
        "attachments_intact": sum(sha256 in got for sha256 in wanted),
    }


def _replies(originals: list[Found], kept: Kept) -> dict[str, int]:
    roots = {
        one["message_id"]: kept.ticket(one)
        for one in originals
        if one["message_id"] and one["thread"] == one["message_id"] and kept.of(one)
    }
    replies = [
        one for one in originals if one["reply_via"] and one["thread"] in roots and kept.of(one)
    ]
    joined = sum(kept.ticket(one) == roots[one["thread"]] for one in replies)
    return {"replies": len(replies), "replies_joined": joined}
