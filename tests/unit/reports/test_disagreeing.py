"""In each chapter one figure is made wrong, and no report is written or published."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

from portal.council import load_council
from portal.db import db
from portal.procedures.equality import Sex
from portal.procedures.finding import Finding, Giver
from portal.procedures.ombudsman_decision import OmbudsmanDecision, Reached
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Category, Nature, Relationship, Team
from portal.reports import publishing
from portal.reports.annual import (
    advocacy,
    code_self_assessment,
    commentary,
    complainants,
    compliments,
    corporate_1,
    corporate_2,
    costs,
    duty,
    key_numbers,
    learning,
    ombudsman,
    remedies_and_cost,
    stage_1,
    statutory_1,
    statutory_2,
    statutory_3,
    timeliness,
    voice,
)
from portal.reports.annual.making import CHAPTERS, annual_report
from portal.reports.annual.table import AnnualReport, CellKind, Part, ReportTable
from tests.unit.reports.invented import (
    Answered,
    Complaint,
    Invented,
    Matter,
    Money,
    Step,
    Theirs,
    Young,
)
from tests.unit.reports.invented_register import store
from tests.unit.reports.test_command import run

COUNCIL = load_council("staffordshire")
YEAR, AS_AT = ReportingYear(2019), date(2020, 4, 9)
S, C = Track.STATUTORY, Track.CORPORATE
ONE, TWO, THREE, ENQUIRY = (
    StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3, StageKey.ENQUIRY,
)  # fmt: skip
Maker = Callable[..., ReportTable]

COUNTED = {
    "key_numbers": [
        (key_numbers, "key_numbers", 0), (key_numbers, "key_numbers", 8),
        (key_numbers, "composed", 1), (key_numbers, "composed", 7),
    ],
    "duty": [(duty, "by_category", 0), (duty, "by_reason", 0), (duty, "by_service", 0)],
    "statutory_1": [
        (statutory_1, "totals", -1), (statutory_1, "totals", -2), (stage_1, "of_teams", 0),
        (stage_1, "of_teams", -1), (stage_1, "counted", -1), (stage_1, "timed", -1),
        (stage_1, "of_service", 0),
    ],
    "statutory_2": [
        (statutory_2, "progression", -1), (statutory_2, "by_service", 0),
        (statutory_2, "by_team", 0), (statutory_2, "point_findings", 0),
        (statutory_2, "numbers", -1), (statutory_2, "numbers", -2),
    ],
    "statutory_3": [(statutory_3, "by_service", 0), (statutory_3, "numbers", -1)],
    "corporate_1": [
        (corporate_1, "totals", -1), (corporate_1, "totals", 0), (stage_1, "of_teams", 0),
        (stage_1, "counted", -1), (stage_1, "timed", -1), (stage_1, "of_service", 0),
    ],
    "corporate_2": [
        (corporate_2, "by_service", 0), (corporate_2, "by_team", 0), (corporate_2, "numbers", -1),
        (corporate_2, "requests", 0),
    ],
    "ombudsman": [
        (ombudsman, "matters", -1), (ombudsman, "by_decision", 0), (ombudsman, "as_they_count", 0),
        (ombudsman, "compliance", 0),
    ],
    "compliments": [(compliments, "by_service", 0)],
    "timeliness": [
        (timeliness, "three_rates", 0), (timeliness, "every_limit", 0),
        (timeliness, "extensions", 0), (timeliness, "reasons", 0),
    ],
    "remedies_and_cost": [
        (remedies_and_cost, "remedies", 0), (remedies_and_cost, "payments", 0),
        (remedies_and_cost, "by_leadership", 0), (costs, "costs", -1),
    ],
    "learning": [(learning, "carried_out", 0), (learning, "carried_out", -1),
                 (learning, "not_made", 0)],
    "voice": [(voice, "childs_view", 0)],
    "code_self_assessment": [(code_self_assessment, "self_assessment", 0)],
    "commentary": [(commentary, "changes", 0), (commentary, "teams_changed", 0)],
}  # fmt: skip
"""By chapter: what makes a table, and the row of which a number is made wrong."""
HIDDEN = {
    "complainants": (complainants, "roles_of", slice(1, None)),
    "advocacy": (advocacy, "_asked", slice(-1)),
    "voice": (voice, "having", slice(-1)),
}
"""By chapter: what counts the numbers that its tables may not show, and what of it is kept."""
PLANTED = [(chapter, *one) for chapter, places in COUNTED.items() for one in places]


@pytest.fixture(autouse=True)
def stored(app: Flask) -> Iterator[None]:
    """A register in which every table has a number."""
    done, promised, no = RemedyState.DONE, RemedyState.PROMISED, RemedyState.NOT_ACCEPTED
    things = (
        Money(RemedyKind.SYMBOLIC_PAYMENT, done, 10_000),
        Money(RemedyKind.TRAINING, promised, due=30, for_report=True),
        Money(RemedyKind.TRAINING, no, giver=Giver.OMBUDSMAN),
        Money(RemedyKind.APOLOGY, done, giver=Giver.OMBUDSMAN),
    )
    first = Step(ONE, "answered", 10, (Finding.UPHELD,), things, extended=((5, "complex"),))
    second = Step(TWO, "answered", 30, (Finding.NOT_UPHELD,), things)
    third = Step(THREE, "answered", 30, (Finding.UPHELD,), panel=20)
    day, parent = date(2019, 5, 6), Relationship.PARENT
    earlier = day.replace(year=2018)
    complaints = [
        Complaint(when, track, team, Nature.POLICY, role, steps, young=Young(door=True))
        for when in (earlier, day)
        for track, steps in ((S, (first, second, third)), (C, (first, second)))
        for team in (Team.SEND, Team.FOSTERING)
        for role in (parent, Relationship.YOUNG_PERSON)
    ]
    theirs = Theirs(OmbudsmanDecision.UPHELD, Reached.INVESTIGATION)
    enquiry = Step(ENQUIRY, "answered", 10, (), things)
    complaints.append(Complaint(day, Track.OMBUDSMAN, Team.SEND, None, parent, (enquiry,), theirs))
    matters = [
        Matter(day, Team.SEND, reason)
        for reason in (RefusalReason.COURT_DECISION, RefusalReason.SCHOOL, None, None)
    ]
    answers = (Answered("2019-20", Category.COMPLAINT, sex=Sex.FEMALE),) * 9
    store(db.session(), COUNCIL, Invented(tuple(complaints), tuple(matters), answers))
    yield
    db.session.rollback()


def report() -> AnnualReport:
    """The report of 2019-20."""
    return annual_report(db.session(), COUNCIL, YEAR, AS_AT)


def wrong(made: Maker, row: int) -> Maker:
    """The same table with one more in the last number of a row that is counted."""

    def planted(*given: object) -> ReportTable:
        table = made(*given)
        cells = list(table.rows[row])
        at = max(at for at, cell in enumerate(cells) if cell.kind is CellKind.COUNT)
        cells[at] = replace(cells[at], value=(cells[at].value or 0) + 1)
        rows = list(table.rows)
        rows[row] = tuple(cells)
        return replace(table, rows=tuple(rows))

    return planted


def test_nothing_disagrees_before_anything_is_planted() -> None:
    assert report().disagreements == ()
    keys = [count.__module__.rpartition(".")[2] for count in CHAPTERS]
    assert sorted({*COUNTED, *HIDDEN}) == sorted(keys), "each chapter has something planted"


def test_every_chapter_has_a_line_that_says_what_adds_up() -> None:
    for chapter in report().chapters:
        assert chapter.check.parts, chapter.key
        assert chapter.check.sentence.endswith(".")


@pytest.mark.parametrize(("chapter", "module", "name", "row"), PLANTED)
def test_a_number_that_is_wrong_is_found_in_its_chapter(
    monkeypatch: pytest.MonkeyPatch, chapter: str, module: ModuleType, name: str, row: int
) -> None:
    monkeypatch.setattr(module, name, wrong(getattr(module, name), row))
    found = {one.key for one in report().chapters if not one.check.holds}
    assert chapter in found


@pytest.mark.parametrize("chapter", HIDDEN)
def test_a_hidden_number_that_is_wrong_is_found(
    monkeypatch: pytest.MonkeyPatch, chapter: str
) -> None:
    module, name, kept = HIDDEN[chapter]
    counted = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: counted(*given)[kept])
    parts: list[Part] = [
        part
        for one in report().chapters
        for part in one.check.parts
        if one.key == chapter and not part.holds
    ]
    assert parts


@pytest.mark.parametrize("chapter", COUNTED)
def test_nothing_that_disagrees_is_written_or_published(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chapter: str
) -> None:
    module, name, row = COUNTED[chapter][0]
    monkeypatch.setattr(module, name, wrong(getattr(module, name), row))
    found = report()
    with pytest.raises(publishing.DoesNotAddUp) as refused:
        publishing.check(db.session(), found, date(2020, 4, 10))
    assert found.disagreements[0] in str(refused.value)
    db.session.commit()
    out = tmp_path / "report.json"
    code, said = run(app, "2019-20", "--anew", "--format", "json", "--out", str(out))
    assert code == 1
    assert "The report is not written: it disagrees." in said
    assert not out.exists()
