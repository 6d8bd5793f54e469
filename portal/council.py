"""The council that this portal runs for: its names, teams and promises, checked at start.

Loaded once by whoever starts a process and handed on; it is never kept in a module.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from portal.bank_holidays import bundled
from portal.council_accessibility import AccessibilityEntry
from portal.council_checks import LABELLED, faults_in
from portal.council_danger import DangerEntry
from portal.council_elsewhere import Signposts
from portal.council_file import (
    AccessRequests,
    AdvocacyProvider,
    Contact,
    CouncilFile,
    CouncilFileError,
    LeadershipName,
    LearningEntry,
    Mail,
    Membership,
    Posting,
    Provider,
    TeamEntry,
    Texts,
    in_sentences,
)
from portal.council_giving import GivingEntry
from portal.council_sign_in import CouncilSignInEntry
from portal.procedures.chasing import Chasing
from portal.procedures.matter import LocalRules
from portal.procedures.procedure import STAGES, Profile, StageKey, Track
from portal.procedures.retention import Periods
from portal.procedures.vocabulary import Area, ProcedureCode, Team
from portal.procedures.working_days import Calendar

__all__ = ["Council", "CouncilFileError", "LearningEntry", "NothingInForce", "load_council"]

COUNCILS = Path(__file__).resolve().parent.parent / "councils"


class NothingInForce(LookupError):
    """No timescales, or no place for a team, on a date: the date lies before our records."""


@dataclass(frozen=True)
class Council:
    """One council, as its file describes it, with the days off that its dates are counted by.

    The file names no days off: `portal.work` puts those that staff added to the published ones.
    """

    slug: str
    name: str
    service_name: str
    brand_colour: str
    records_from: date
    warning_days: int
    designated_officer: str
    contact: Contact
    mail: Mail
    posting: Posting
    texts: Texts
    advocacy: AdvocacyProvider
    plan_advice: Provider
    ombudsman: Provider
    commissioner: Provider
    leaderships: Mapping[str, str]
    access_requests: AccessRequests
    teams: Mapping[Team, TeamEntry]
    profiles: tuple[Profile, ...]
    stages: Mapping[Track, Mapping[StageKey, str]]
    labels: Mapping[str, Mapping[str, str]]
    danger: DangerEntry
    local_rules: LocalRules
    chasing: Chasing
    giving: GivingEntry
    # Of the file. Which years are in force `portal.cases.years_kept` says.
    retention_of_file: Periods
    council_sign_in: CouncilSignInEntry | None = None
    # Codes of the languages that are offered beside English.
    languages: tuple[str, ...] = ()
    learning: tuple[LearningEntry, ...] = ()
    leadership_names: tuple[LeadershipName, ...] = ()
    elsewhere: Signposts = field(default_factory=dict)
    accessibility: AccessibilityEntry = field(default_factory=AccessibilityEntry)
    tags: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=bundled)

    def profile(self, procedure: ProcedureCode | Track, on: date) -> Profile:
        """Give the timescales for a stage that opens on a day.

        Args:
            procedure: the procedure, or the track of an MP's, a councillor's, the
                Ombudsman's or a data-protection matter (`procedures.procedure.track_of` finds it).
            on: the day the stage opens.

        Raises:
            NothingInForce: nothing is promised for it on that day. Feedback without a formal
                investigation has no clocks at all.
        """
        for profile in self.profiles:
            if profile.track.value == procedure.value and profile.in_force(on):
                return profile
        raise NothingInForce(f"{self.name} has no timescales for {procedure.value} on {on}.")

    def team(self, code: Team) -> TeamEntry:
        """Give a team's names and where it has belonged."""
        return self.teams[code]

    def area_of(self, team: Team, on: date) -> Area:
        """Say which area a team belonged to on a day.

        Raises:
            NothingInForce: the day is before the council's records begin.
        """
        return self._place(team, on).area

    def leadership_of(self, team: Team, on: date) -> str:
        """Give the code of the leadership that a team reported under on a day.

        Raises:
            NothingInForce: the day is before the council's records begin.
        """
        return self._place(team, on).leadership

    def leadership_name(self, code: str, on: date) -> str:
        """Give a leadership's name on a day; its present name where no other is dated.

        Raises:
            KeyError: there is no such leadership.
        """
        for dated in self.leadership_names:
            ended = dated.last_day is not None and dated.last_day < on
            if dated.code == code and dated.first_day <= on and not ended:
                return dated.name
        return self.leaderships[code]

    def teams_in(self, area: Area, on: date) -> tuple[Team, ...]:
        """Give the teams of an area on a day, in the order of the vocabulary."""
        places = ((team, self.teams[team].at(on)) for team in Team)
        return tuple(team for team, place in places if place and place.area is area)

    def label(self, member: StrEnum) -> str:
        """Give the public words for a member of a vocabulary, a team among them.

        Raises:
            LookupError: the member is of a kind that has no public words.
        """
        if isinstance(member, Team):
            return self.teams[member].label
        kind = LABELLED.get(type(member))
        if kind is None:
            raise LookupError(f"There are no public words for {type(member).__name__}.")
        return self.labels[kind][member.value]

    def stages_of(self, track: Track) -> tuple[StageKey, ...]:
        """Give the stages that a track has in this council, in order."""
        return tuple(stage for stage in STAGES[track] if stage in self.stages[track])

    def stage_after(self, track: Track, stage: StageKey) -> StageKey | None:
        """Give the stage that follows; None after the last."""
        stages = self.stages_of(track)
        later = stages[stages.index(stage) + 1 :]
        return later[0] if later else None

    def stage_name(self, track: Track, stage: StageKey) -> str:
        """Give the public name of a stage.

        Raises:
            LookupError: the track has no such stage.
        """
        return self.stages[track][stage]

    def learns_on(self, day: date) -> bool:
        """Say whether the council lets the classifier learn from what is decided on a day."""
        return any(
            span.first_day <= day and (span.last_day is None or day <= span.last_day)
            for span in self.learning
        )

    def _place(self, team: Team, on: date) -> Membership:
        place = self.teams[team].at(on)
        if place is None:
            raise NothingInForce(f"{self.teams[team].officer_label} has no area on {on}.")
        return place


def load_council(slug: str, folder: Path | None = None) -> Council:
    """Read and check a council's file.

    Args:
        slug: the name of the council's folder.
        folder: where the councils' folders are; by default beside the code.

    Returns:
        The council.

    Raises:
        CouncilFileError: the file is missing, cannot be read, or promises what it may not. Its
            text names each key at fault, says what is wrong and what to do.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        fault = f'COUNCIL is "{slug}". Use the name of a folder in councils: a-z, 0-9 and -.'
        raise CouncilFileError("councils", (fault,))
    name = f"councils/{slug}/council.toml"
    read = _read((folder or COUNCILS) / slug / "council.toml", name)
    try:
        file = CouncilFile.model_validate(read)
    except ValidationError as error:
        raise CouncilFileError(name, in_sentences(error)) from None
    profiles = tuple(entry.as_profile() for entry in file.profiles)
    if faults := faults_in(file, profiles):
        raise CouncilFileError(name, faults)
    return _council(slug, file, profiles)


def _read(path: Path, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        fault = "there is no such file. Set COUNCIL to a folder in councils that has one."
    except OSError as error:
        fault = f"it cannot be opened ({error.strerror}). Check who may read it."
    except UnicodeDecodeError:
        fault = "it is not UTF-8 text. Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault = f"it is not TOML: {error}. Correct that line."
    raise CouncilFileError(name, (fault,))


def _council(slug: str, file: CouncilFile, profiles: tuple[Profile, ...]) -> Council:
    return Council(
        slug=slug,
        name=file.name,
        service_name=file.service_name,
        brand_colour=file.brand_colour,
        records_from=file.records_from,
        warning_days=file.warning_days,
        designated_officer=file.designated_officer,
        contact=file.contact,
        mail=file.mail,
        posting=file.posting,
        texts=file.texts,
        advocacy=file.advocacy,
        plan_advice=file.plan_advice,
        ombudsman=file.ombudsman,
        commissioner=file.commissioner,
        leaderships=file.leaderships,
        access_requests=file.access_requests,
        teams=file.teams,
        profiles=profiles,
        stages=file.stages,
        labels=file.labels,
        danger=file.danger,
        local_rules=file.local_rules.as_rules(),
        chasing=file.chasing.as_chasing(),
        giving=file.giving,
        retention_of_file=file.retention.as_periods(),
        languages=file.languages,
        council_sign_in=file.council_sign_in,
        learning=file.learning,
        leadership_names=file.leadership_names,
        elsewhere=file.elsewhere,
        accessibility=file.accessibility,
        tags=file.tags,
    )
