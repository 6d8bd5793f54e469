"""Many people at once: the lines of a staff list, read, checked one by one, and added together.

`read` and what it raises are pure; `check` compares with who is on the list; `add` needs an act.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import accounts, reporting_lines
from portal.cases.addresses import email_key, plain_email
from portal.correspondence.email_address import plain_address
from portal.errors import Refused
from portal.records.account import Account
from portal.work import Work

# More would hold up everybody else’s writing for seconds, on SQLite.
MOST_LINES = 1000
LONGEST = 200
# A staff list copied out of a spreadsheet comes with tabs, a saved one with commas or semicolons.
DELIMITERS = "\t;,"
COLUMNS = 4


class Unreadable(Refused):
    """The whole of it cannot be read; the message says why."""

    title = "This list cannot be read"


@dataclass(frozen=True)
class Line:
    """One person of the list, as it was written, with the number of its line."""

    number: int
    name: str
    email: str
    job_title: str
    manager_email: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Checked:
    """What would happen: who is added, who is there already, and what has to be put right."""

    new: tuple[Line, ...]
    known: tuple[Line, ...]
    faults: tuple[Fault, ...]


def read_bytes(raw: bytes) -> str:
    """The text of an uploaded file, however a spreadsheet has saved it."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace").replace("\x00", "")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\x00", "")


def read(text: str) -> list[Line]:
    """The lines of a list: name, e-mail, job title, manager's e-mail. A first line of headings and
    empty lines are passed over.

    Raises:
        Unreadable: nothing is in it, it is too long, or a quotation mark is never closed.
    """
    rows = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    first = next((row for row in rows if row.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    lines: list[Line] = []
    reader = csv.reader(rows, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            told = [" ".join(cell.split()) for cell in cells]
            if not any(told) or (not lines and _is_heading(told)):
                continue
            told += [""] * COLUMNS
            lines.append(Line(reader.line_num, *told[:COLUMNS]))
            if len(lines) > MOST_LINES:
                raise Unreadable(f"Add at most {MOST_LINES} people at a time.")
    except csv.Error:
        raise Unreadable(
            f"Line {reader.line_num} cannot be read. Is a quotation mark missing?"
        ) from None
    if not lines:
        raise Unreadable("Nobody is in this list. Put one person on each line.")
    return lines


def check(session: Session, lines: Sequence[Line]) -> Checked:
    """Compare the lines with each other and with who is on the list.

    Args:
        session: any session.
        lines: as read.

    Returns:
        What would happen. Nobody is added while a line has a fault.
    """
    known_keys = _known(session, [line.email for line in lines])
    first_at: dict[str, int] = {}
    new: list[Line] = []
    known: list[Line] = []
    faults: list[Fault] = []
    for line in lines:
        key = email_key(line.email)
        sentence = _fault(line, first_at)
        if sentence is not None:
            faults.append(Fault(line.number, sentence))
            continue
        first_at.setdefault(plain_email(line.email), line.number)
        (known if key in known_keys else new).append(line)
    faults += _manager_faults(session, new, known)
    return Checked(tuple(new), tuple(known), tuple(sorted(faults, key=lambda one: one.number)))


def add(work: Work, lines: Sequence[Line]) -> Checked:
    """Add everybody who is not there yet; those who are stay as they are.

    Raises:
        Unreadable: a line has a fault after all: somebody else has changed the list meanwhile.
    """
    checked = check(work.session, lines)
    if checked.faults:
        raise Unreadable("The staff list has changed meanwhile. Check your list again.")
    made = [
        accounts.create(work, line.name, line.email, job_title=line.job_title)
        for line in checked.new
    ]
    work.session.flush()
    managers = _known(work.session, [line.manager_email for line in checked.new])
    for line, account in zip(checked.new, made, strict=True):
        if line.manager_email:
            # `check` has found each fit and no circle.
            account.reports_to_id = managers[email_key(line.manager_email)]
    return checked


def _is_heading(cells: Sequence[str]) -> bool:
    return "@" not in "".join(cells) and any("mail" in cell.casefold() for cell in cells)


def _fault(line: Line, first_at: Mapping[str, int]) -> str | None:
    """What is wrong with a line by itself."""
    if not line.name:
        return "The name is missing."
    if max(len(line.name), len(line.email), len(line.job_title)) > LONGEST:
        return f"Something in this line is longer than {LONGEST} characters."
    if not line.email:
        return "The e-mail address is missing."
    if plain_address(line.email) is None:
        return "The e-mail address is not in the form name@example.org."
    earlier = first_at.get(plain_email(line.email))
    if earlier is not None:
        return f"This e-mail address stands in line {earlier} already."
    if line.manager_email and not plain_email(line.manager_email):
        return "The manager’s e-mail address is not in the form name@example.org."
    if plain_email(line.manager_email) == plain_email(line.email):
        return "Nobody is their own manager."
    return None


def _manager_faults(session: Session, new: Sequence[Line], known: Sequence[Line]) -> list[Fault]:
    """Managers who are nowhere, have left, work elsewhere, or report to the person in the end."""
    by_key = {email_key(line.email): line for line in new}
    there = _known(session, [line.manager_email for line in new])
    fit = set(
        session.scalars(
            select(Account.id).where(
                Account.id.in_(there.values()),
                Account.organisation_id.is_(None),
                Account.active,
                Account.left_on.is_(None),
            )
        )
    )
    # Among the new ones only can a circle arise: nobody on the list reports to them yet.
    numbers = {key: line.number for key, line in by_key.items()}
    above = {
        line.number: numbers[email_key(line.manager_email)]
        for line in new
        if line.manager_email and email_key(line.manager_email) in numbers
    }
    circle = reporting_lines.in_circles(above)
    faults = []
    for line in new:
        key = email_key(line.manager_email) if line.manager_email else None
        if line.number in circle:
            faults.append(Fault(line.number, "Through their managers they report to themselves."))
        elif key is None or key in by_key:
            continue
        elif key not in there:
            faults.append(Fault(line.number, "The manager is neither in this list nor there yet."))
        elif there[key] not in fit:
            faults.append(Fault(line.number, "The manager has left or works elsewhere."))
    return faults


def _known(session: Session, emails: Sequence[str]) -> dict[str, int]:
    """The keys of the accounts that have one of some addresses, by the addresses' hashes."""
    wanted = list({email_key(email) for email in emails if email})
    found: dict[str, int] = {}
    # A query takes some thousand values at most, on SQLite.
    for at in range(0, len(wanted), 500):
        some = select(Account.email_key, Account.id).where(
            Account.email_key.in_(wanted[at : at + 500])
        )
        found.update(session.execute(some).all())
    return found
