"""Invented facts for the letters about a young person's advocate."""

from collections.abc import Mapping
from datetime import date

from portal.records.outbox_letter import LetterKind

LINK = f"https://heard.example/advocates/referral/{'a1B2_' * 8}xyz"
OF_ADVOCACY: Mapping[LetterKind, Mapping[str, object]] = {
    LetterKind.ADVOCATE_CHANGED: {
        "name": "Mina Fairfax",
        "organisation": "Brightside Advocacy",
        "old_name": "Joe Harker",
    },
    LetterKind.ADVOCATE_COPY: {"link": "https://heard.example/advocates/"},
    LetterKind.ADVOCACY_REFERRAL: {
        "name": "Sky",
        "way": "text",
        "to": "07700 900 982",
        "care": "Not at school.",
        "hours": "16:00 to 20:00",
        "neutral": True,
        "no_message": True,
        "not_to_see": "My carer must not hear of it.",
        "sent_on": date(2026, 12, 8),
        "due_on": date(2026, 12, 15),
        "link": LINK,
    },
    LetterKind.ADVOCACY_REMINDER: {
        "due_on": date(2026, 12, 15),
        "how_far": "today",
        "link": "https://heard.example/officers/feedback/a1B2c3D4e5F6g7H8/advocate",
    },
}
