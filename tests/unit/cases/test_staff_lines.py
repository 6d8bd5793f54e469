"""A staff list of many lines: read however it was saved, judged line by line, added together."""

import csv
import io
from contextlib import suppress

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.cases import accounts, leaving, staff_lines
from portal.cases.staff_lines import MOST_LINES, Line, Unreadable
from portal.records.account import Account
from portal.work import Work

GOOD = """Name,E-mail,Job title,Manager
Asha Brook,asha@council.example,Head of service,
Ben Carr,ben@council.example,Team manager,asha@council.example

Cleo Dunn,cleo@council.example,Social worker,ben@council.example
"""
CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20
).map(lambda text: " ".join(text.split()))


def read(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (one.name, one.email, one.job_title, one.manager_email) for one in staff_lines.read(text)
    ]


def faults(work: Work, text: str) -> dict[int, str]:
    found = staff_lines.check(work.session, staff_lines.read(text))
    return {fault.number: fault.sentence for fault in found.faults}


def test_headings_and_empty_lines_are_passed_over_and_lines_keep_their_numbers() -> None:
    lines = staff_lines.read(GOOD)
    assert [line.number for line in lines] == [2, 3, 5]
    assert lines[1] == Line(
        3, "Ben Carr", "ben@council.example", "Team manager", "asha@council.example"
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_is_read_however_the_spreadsheet_divides_it(mark: str, end: str) -> None:
    text = GOOD.replace(",", mark).replace("\n", end)
    assert read(text) == read(GOOD)


@pytest.mark.parametrize("saved", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_it_is_read_however_the_spreadsheet_saves_it(saved: str) -> None:
    text = "Zoë Müller,zoe@council.example,,"
    assert read(staff_lines.read_bytes(text.encode(saved))) == read(text)


@given(st.lists(st.tuples(CELL.filter(bool), CELL, CELL, CELL), min_size=1, max_size=8))
def test_what_was_written_as_csv_is_read_again(rows: list[tuple[str, str, str, str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(("name", "email", "job", "manager"))
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    # The heading's commas say what divides; the rows say what is divided.
    assert read(written.getvalue()) == rows


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300).map(staff_lines.read_bytes)))
def test_anything_at_all_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        lines = staff_lines.read(text)
        assert all(line.name or line.email or line.job_title for line in lines)


def test_nothing_and_too_much_are_refused() -> None:
    for empty in ("", " \n\n", "Name,E-mail\n"):
        with pytest.raises(Unreadable, match="Nobody"):
            staff_lines.read(empty)
    with pytest.raises(Unreadable, match=str(MOST_LINES)):
        staff_lines.read("Asha,asha@council.example\n" * (MOST_LINES + 1))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (",asha@council.example,,", "name is missing"),
        ("Asha Brook,,,", "address is missing"),
        ("Asha Brook,asha,,", "name@example.org"),
        ("Asha Brook,asha@council.example,,boss", "manager’s e-mail"),
        ("Asha Brook,asha@council.example,,asha@council.example", "own manager"),
        ("Asha Brook,asha@council.example,,nobody@council.example", "neither in this list"),
        ("Asha Brook,asha@council.example,,gone@council.example", "has left"),
        (f"{'A' * 201},asha@council.example,,", "longer than"),
    ],
)
def test_each_fault_has_its_sentence(work: Work, line: str, sentence: str) -> None:
    leaving.leave(work, accounts.create(work, "Gwen Odd", "gone@council.example"))
    found = faults(work, f"Wilf Hadley,wilf@council.example,,\n{line}")
    assert list(found) == [2]
    assert sentence in found[2]


def test_an_address_that_stands_twice_is_told_with_its_first_line(work: Work) -> None:
    found = faults(work, "A B,ab@council.example\nC D,cd@council.example\nE F,AB@council.example")
    assert found == {3: "This e-mail address stands in line 1 already."}


def test_a_circle_among_the_new_ones_is_found(work: Work) -> None:
    found = faults(
        work,
        "A B,ab@council.example,,cd@council.example\n"
        "C D,cd@council.example,,ef@council.example\n"
        "E F,ef@council.example,,ab@council.example\n"
        "G H,gh@council.example,,ab@council.example",
    )
    assert set(found) == {1, 2, 3}


def test_all_are_added_with_their_managers_and_nobody_twice(work: Work) -> None:
    known = accounts.create(work, "Asha Brook-Old", "asha@council.example")
    checked = staff_lines.add(work, staff_lines.read(GOOD))
    assert [one.name for one in checked.new] == ["Ben Carr", "Cleo Dunn"]
    assert [one.name for one in checked.known] == ["Asha Brook"]
    assert known.name == "Asha Brook-Old"
    by_name = {one.name: one for one in work.session.scalars(select(Account))}
    assert by_name["Cleo Dunn"].reports_to_id == by_name["Ben Carr"].id
    assert by_name["Ben Carr"].reports_to_id == known.id
    assert all(one.password_hash is None for one in by_name.values())
    staff_lines.add(work, staff_lines.read(GOOD))
    assert work.session.scalar(select(func.count()).select_from(Account)) == 3


def test_nobody_is_added_while_a_line_has_a_fault(app: Flask, work: Work) -> None:
    with pytest.raises(Unreadable):
        staff_lines.add(work, staff_lines.read(GOOD + "X,not an address,,"))
    assert work.session.scalar(select(func.count()).select_from(Account)) == 0
