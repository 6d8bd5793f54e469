"""A published year as a file: its printed figures, and how many invented matters make them."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

from portal.demo.register.printed import Entry, PrintedTable
from portal.procedures.equality import AgeBand, Disability, Ethnicity, Orientation, Sex
from portal.procedures.finding import Finding
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import RemedyKind
from portal.procedures.vocabulary import Nature, ProcedureCode, Relationship, Team

YEARS = Path(__file__).parent.parent / "years"


class NoSuchYear(LookupError):
    """No figures were published for the year here; the text is a sentence."""


class FaultyYear(ValueError):
    """A year's file does not add up; the text says where."""


class Group(Entry):
    """Matters of one reporting year, by team."""

    year: str = Field(pattern=r"^20\d\d-\d\d$")
    teams: Mapping[Team, int]

    @property
    def number(self) -> int:
        """How many."""
        return sum(self.teams.values())


class FirstStages(Group):
    """Complaints by what became of their stage 1.

    `settled` were answered with the person's agreement and no finding, `aside` put aside for court
    proceedings. `answered_late` was answered after its day; `open_late` and `not_due` are open.
    """

    procedure: ProcedureCode
    findings: Mapping[Finding, int]
    settled: int = 0
    in_time: int
    answered_late: int
    withdrawn: int = 0
    aside: int = 0
    open_late: int = 0
    not_due: int = 0
    natures: Mapping[Nature, int] = {}
    relationships: Mapping[Relationship, int] = {}
    remedies: Mapping[RemedyKind, int] = {}

    @model_validator(mode="after")
    def _adds_up(self) -> "FirstStages":
        given = sum(self.findings.values()) + self.settled
        others = self.withdrawn + self.aside + self.open_late + self.not_due
        if given + others != self.number:
            raise ValueError("outcomes and teams do not come to the same number.")
        if self.in_time + self.answered_late != given:
            raise ValueError("what was answered is in time or late, and nothing else.")
        for shares in (self.natures, self.relationships):
            if shares and sum(shares.values()) != self.number:
                raise ValueError("natures and relationships are of every complaint.")
        return self


class SecondStages(Group):
    """Second stages that were asked for in the year.

    `points` are those of the ones that are not `open`; `learning` says how much is chosen for the
    report, by leadership. `panel_next_year` is the team of the one that goes on to a panel after
    the year.
    """

    procedure: ProcedureCode
    open: Mapping[Team, int] = {}
    points: Mapping[Finding, int] = {}
    recommendations: int = 0
    learning: Mapping[str, int] = {}
    panel_next_year: Team | None = None


class DutyMatters(Group):
    """Matters without a formal investigation. `school` were for a school, and of no team."""

    school: int
    reasons: Mapping[RefusalReason, int]

    @model_validator(mode="after")
    def _adds_up(self) -> "DutyMatters":
        if sum(self.reasons.values()) != self.number:
            raise ValueError("reasons and teams do not come to the same number.")
        return self


class Compliments(Group):
    """Words of thanks. Where they are `published`, some were redacted and agreed to."""

    published: bool = False


class AboutPeople(Entry):
    """How many of those who complained said what of themselves; who is missing from a question left
    it empty. Nothing leads from them to a complaint."""

    year: str = Field(pattern=r"^20\d\d-\d\d$")
    number: int
    age_band: Mapping[AgeBand, int]
    sex: Mapping[Sex, int]
    disability: Mapping[Disability, int]
    ethnicity: Mapping[Ethnicity, int]
    orientation: Mapping[Orientation, int]

    @property
    def questions(self) -> Mapping[str, Mapping[str, int]]:
        """The numbers by question and by the code of the answer."""
        return {
            "age_band": _codes(self.age_band),
            "sex": _codes(self.sex),
            "disability": _codes(self.disability),
            "ethnicity": _codes(self.ethnicity),
            "orientation": _codes(self.orientation),
        }

    @model_validator(mode="after")
    def _adds_up(self) -> "AboutPeople":
        if any(sum(given.values()) > self.number for given in self.questions.values()):
            raise ValueError("nobody answers a question twice.")
        return self


def _codes(given: Mapping[Any, int]) -> Mapping[str, int]:
    return {answer.value: number for answer, number in given.items()}


class OmbudsmanRow(Entry):
    """One matter of the Ombudsman. `line`, `status` and `finding` are as they were printed, where
    they were; `group` is the same for matters that share one complaint; `remedies` names what was
    recommended in the file of texts."""

    year: str
    team: Team
    reached: Reached
    decision: OmbudsmanDecision | None = None
    declined: Declined | None = None
    remedies: str | None = None
    group: str | None = None
    line: int | None = None
    status: str | None = None
    finding: str | None = None


class OmbudsmanRows(Entry):
    """All matters of the Ombudsman."""

    rows: tuple[OmbudsmanRow, ...]


class PublishedYear(Entry):
    """A year's file. The figures hold on the day `as_at`."""

    year: str
    as_at: date
    tables: tuple[PrintedTable, ...]
    first_stage: tuple[FirstStages, ...]
    second_stage: tuple[SecondStages, ...]
    duty: tuple[DutyMatters, ...]
    compliments: tuple[Compliments, ...]
    mp_enquiries: tuple[Group, ...]
    ombudsman: OmbudsmanRows
    about_people: tuple[AboutPeople, ...] = ()

    def table(self, table_id: str) -> PrintedTable:
        """A printed table by its id.

        Raises:
            LookupError: there is none of that id.
        """
        for table in self.tables:
            if table.id == table_id:
                return table
        raise LookupError(f"Nothing was printed as {table_id}.")


def published_years() -> tuple[str, ...]:
    """The years for which there is a file."""
    return tuple(sorted(path.stem for path in YEARS.glob("20*.toml")))


def read_year(year: str) -> PublishedYear:
    """Read the file of a year, and check that what it holds adds up.

    Args:
        year: such as `2019-20`.

    Raises:
        NoSuchYear: nothing was published for it here.
        FaultyYear: the file does not add up.
    """
    if year not in published_years():
        known = ", ".join(published_years())
        raise NoSuchYear(
            f"There are no published figures of {year} here, only of {known}. To invent any number"
            f" of matters in that year, say how many: --year {year} --cases 500."
        )
    path = YEARS / f"{year}.toml"
    return _checked(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


def _checked(content: dict[str, Any], name: str) -> PublishedYear:
    try:
        return PublishedYear.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"])
        raise FaultyYear(f"{name}, {where}: {first['msg']}") from None
