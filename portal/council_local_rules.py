"""[local_rules] of a council's file: what the law leaves to the council when it decides which
procedure a matter follows, and that it is never less than the law gives people."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from portal.procedures.lateness import CODE_2_2, REG_9
from portal.procedures.matter import Known, Length, LocalRules
from portal.procedures.prejudice import REG_8
from portal.procedures.procedure import ClockKey, Profile, Track
from portal.procedures.which import THE_LAW
from portal.procedures.working_days import Unit

ONE_YEAR = Length(1, Unit.YEARS)
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


class LengthEntry(BaseModel):
    """A length of time, as written in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1, le=1200)
    unit: Unit

    def as_length(self) -> Length:
        """Give the length that the rules count."""
        return Length(self.number, self.unit)


class LocalRulesEntry(BaseModel):
    """What the council sets. Whether its conferences have a complaints procedure of their own is
    `conference_procedure`: yes, no or unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statutory_time: LengthEntry
    corporate_time: LengthEntry
    come_back_within: LengthEntry | None = None
    conference_procedure: Known

    def as_rules(self) -> LocalRules:
        """Give what the rules of `portal.procedures.which` take."""
        back = self.come_back_within
        return LocalRules(
            statutory_time=self.statutory_time.as_length(),
            corporate_time=self.corporate_time.as_length(),
            come_back_within=back.as_length() if back is not None else None,
            conference_procedure=self.conference_procedure,
        )


def faults_of(rules: LocalRules, profiles: Sequence[Profile]) -> list[str]:
    """Say in sentences where a council gives people less than the law, or than its own timescales.

    Args:
        rules: as the file has them.
        profiles: the council's timescales, which may promise a time to complain as well.
    """
    # The length in regulation 8 is unverified; a year is what was read of it, and never too much.
    limits = [
        ("statutory_time", rules.statutory_time, THE_LAW.statutory_time, REG_9),
        ("corporate_time", rules.corporate_time, THE_LAW.corporate_time, CODE_2_2),
    ]
    if rules.come_back_within is not None:
        limits.append(("come_back_within", rules.come_back_within, ONE_YEAR, REG_8))
    found = []
    for name, length, least, source in limits:
        if length.unit not in _MONTHS:
            found.append(f"local_rules.{name} is not in months or years. Change its unit.")
        elif _months(length) < _months(least):
            found.append(
                f"local_rules.{name} is {length.in_words()}, but {source} gives people"
                f" {least.in_words()}. Give them at least as long."
            )
    return found or _against_profiles(rules, profiles)


def _against_profiles(rules: LocalRules, profiles: Sequence[Profile]) -> list[str]:
    found = []
    for name, length, track in (
        ("statutory_time", rules.statutory_time, Track.STATUTORY),
        ("corporate_time", rules.corporate_time, Track.CORPORATE),
    ):
        for profile in profiles:
            rule = profile.promised.get(ClockKey.MAKE)
            if profile.track is not track or profile.in_force_to is not None or rule is None:
                continue
            promised = Length(rule.length, rule.unit)
            if promised.unit in _MONTHS and _months(length) < _months(promised):
                found.append(
                    f"local_rules.{name} is {length.in_words()}, but {profile.code} promises"
                    f" people {promised.in_words()} (make). Give them as long here."
                )
    return found


def _months(length: Length) -> int:
    return length.number * _MONTHS[length.unit]
