"""Invented facts of the letters about personal data: complaints of it, and requests to see it."""

from collections.abc import Mapping
from datetime import date

from portal.records.outbox_letter import LetterKind
from tests.letters.stand_ins import Promised

OF_DATA: Mapping[LetterKind, Mapping[str, object]] = {
    LetterKind.DATA_PROTECTION_OPENED: {
        "acknowledge_by": date(2027, 1, 7),
        "due_on": date(2027, 2, 8),
    },
    LetterKind.DATA_PROTECTION_ACKNOWLEDGED: {
        "text": "1. A letter about Sam went to the old house.",
        "due_on": date(2027, 2, 8),
    },
    LetterKind.DATA_PROTECTION_ANSWER: {
        "text": "You are right. The letter went to the wrong house. We are sorry.",
        "promises": (Promised(date(2027, 2, 5), "We will put the new address on the file."),),
    },
    LetterKind.ACCESS_REQUEST: {"due_on": date(2027, 1, 8)},
    LetterKind.ACCESS_REQUEST_PASSED: {
        "due_on": date(2027, 1, 8),
        "link": "https://heard.example/officers/access-requests",
    },
    LetterKind.ACCESS_REQUEST_EXTENDED: {
        "reason": "There are nine files, and other people are named in them.",
        "old_date": date(2027, 1, 8),
        "new_date": date(2027, 3, 8),
    },
}
