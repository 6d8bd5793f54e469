"""Highlighting loses and repeats nothing, whatever numbers a span holds."""

from html import unescape
from re import sub

from hypothesis import given
from hypothesis import strategies as st

from portal.triage.suggested_labels import Span
from portal.web.officer.highlighting import SHOWN_AT_ONCE, folded, pieces

SPANS = st.lists(
    st.builds(
        Span,
        start=st.integers(-50, 150),
        end=st.integers(-50, 150),
        label=st.text(max_size=5),
        weight=st.floats(-2, 2),
    ),
    max_size=8,
)


@given(text=st.text(max_size=100), spans=SPANS)
def test_the_pieces_are_the_text(text: str, spans: list[Span]) -> None:
    cut = pieces(text, spans)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


@given(text=st.text(alphabet="ab <>&\"'\n", max_size=80), spans=SPANS)
def test_only_our_own_markup_comes_out(text: str, spans: list[Span]) -> None:
    html = str(folded(text, spans).first)
    plain = sub(r'(?s)<span class="heard-why__label">.*?</span>', "", html)
    plain = sub(r'<mark class="heard-why(?: heard-why--strong)?">|</mark>', "", plain)
    assert "<" not in plain
    assert unescape(plain) == text


@given(length=st.integers(0, 3 * SHOWN_AT_ONCE), spans=SPANS)
def test_both_parts_together_are_whole(length: int, spans: list[Span]) -> None:
    text = ("seven words stand here in a row " * (length // 30 + 1))[:length]
    parts = folded(text, spans)
    html = str(parts.first) + str(parts.rest or "")
    html = sub(r'(?s)<span class="heard-why__label">.*?</span>', "", html)
    assert unescape(sub(r"<[^>]+>", "", html)) == text
    assert (parts.rest is not None) == (length > SHOWN_AT_ONCE * 4 // 3)


def test_of_two_that_overlap_the_first_keeps_its_length() -> None:
    spans = [Span(start=2, end=6, label="b", weight=0.2), Span(start=0, end=4, label="a", weight=1)]
    assert [(p.text, p.label, p.strong) for p in pieces("abcdefgh", spans)] == [
        ("abcd", "a", True),
        ("ef", "b", False),
        ("gh", None, False),
    ]
