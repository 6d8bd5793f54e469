"""Invitations and contact cards in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.contact_cards import text_of_card
from intake.invitations import text_of_invitation


def _event(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]).encode()


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (["DTSTART:20260114T130000Z", "DTEND:20260114T140000Z"],
         "Wednesday 14 January 2026, 13:00 to 14:00"),
        (["DTSTART:20260714T130000Z", "DTEND:20260715T083000Z"],
         "Tuesday 14 July 2026, 14:00 to Wednesday 15 July 2026, 09:30"),
        (["DTSTART;TZID=Europe/Paris:20260714T130000"],
         "Tuesday 14 July 2026, 13:00 (Europe/Paris)"),
        (["DTSTART;VALUE=DATE:20260714", "DTEND;VALUE=DATE:20260715"],
         "Tuesday 14 July 2026"),
        (["DTSTART:20260714T130000Z", "DURATION:PT45M"], "Tuesday 14 July 2026, 14:00 to 14:45"),
        (["DTSTART:20260714T130000Z", "RRULE:FREQ=MONTHLY"],
         "Tuesday 14 July 2026, 14:00, every month"),
        (["DTSTART:99991231T235959Z", "DURATION:P9999W"], "Friday 31 December 9999, 23:59"),
        (["DTSTART:20261345T999999"], "20261345T999999"),
    ],
)  # fmt: skip
def test_moments_are_told_as_our_clocks_show_them(lines: list[str], when: str) -> None:
    assert f"When: {when}" in text_of_invitation(_event(*lines), None).split("\n")


def test_folded_and_escaped_lines_are_whole() -> None:
    text = text_of_invitation(_event("SUMMARY:Tea\\, and", "  cake\\; later", "X-A:b"), "utf-8")
    assert text == "---------- Calendar entry ----------\nWhat: Tea, and cake; later"


def test_a_calendar_without_events_says_nothing() -> None:
    assert text_of_invitation(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", None) == ""
    assert text_of_card(b"nothing of the kind", None) == ""


LINES = [
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCARD", "DTSTART:", "DTEND:20260101", "DURATION:P"),
    *('N;X="', " fold", "ATTENDEE;CN=a:b", "TEL:1", "ORGANIZER:", "RRULE:FREQ=DAILY"),
]


@given(st.lists(st.sampled_from(LINES)))
def test_any_lines_can_be_told(lines: list[str]) -> None:
    text_of_invitation("\n".join(lines).encode(), None)
    text_of_card("\n".join(lines).encode(), None)
