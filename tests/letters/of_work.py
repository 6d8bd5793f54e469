"""Invented facts of the letters about work that is given to somebody."""

from collections.abc import Mapping
from datetime import date

from portal.records.outbox_letter import LetterKind

OF_WORK: Mapping[LetterKind, Mapping[str, object]] = {
    LetterKind.WORK_WAITS: {
        "what": "A case to answer",
        "due_on": date(2027, 1, 8),
        "how_far": "1 day late",
        "link": "https://heard.example/officers/cases/a1B2c3/answering",
    },
}
