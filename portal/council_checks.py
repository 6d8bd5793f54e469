"""What must hold across a council's file: nothing missing, nothing twice, nothing past the law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from portal import council_chasing, council_local_rules, council_retention
from portal.council_file import CouncilFile
from portal.procedures import corporate, data_protection, ombudsman, statutory
from portal.procedures.law import LawLimit, breaches
from portal.procedures.procedure import (
    LEAST_STAGES,
    STAGES,
    ClockRule,
    Profile,
    StageKey,
    Track,
    opening_clock,
)
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.procedures.working_days import ONE_DAY

LABELLED: Mapping[type[StrEnum], str] = {
    Category: "category",
    Area: "area",
    ProcedureCode: "procedure",
    Nature: "nature",
    Relationship: "relationship",
    Risk: "risk",
}
"""The vocabularies whose public words stand under [labels]; teams have a table of their own."""

LIMITS: Mapping[Track, tuple[LawLimit, ...]] = {
    Track.STATUTORY: statutory.LIMITS,
    Track.CORPORATE: corporate.LIMITS,
    Track.OMBUDSMAN: ombudsman.LIMITS,
    Track.DATA_PROTECTION: data_protection.LIMITS,
    Track.MP_ENQUIRY: (),
    Track.MEMBER_ENQUIRY: (),
}


@dataclass(frozen=True)
class Span:
    """Something with a name that holds from one day to another."""

    name: str
    first_day: date
    last_day: date | None


def faults_in(file: CouncilFile, profiles: tuple[Profile, ...]) -> tuple[str, ...]:
    """Say in sentences everything that stops a start with this file.

    Args:
        file: the file, its shape already checked.
        profiles: its profiles, as the procedures count with them.
    """
    found = _labels(file) + _stages(file) + _teams(file) + _learning(file)
    found += _leadership_names(file)
    codes = [profile.code for profile in profiles]
    found += [
        f'profiles: "{code}" is used twice. Give each profile its own code.'
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    for track in Track:
        found += _tiled(track, [p for p in profiles if p.track is track], file.records_from)
    for profile in profiles:
        stages = [key for key in STAGES[profile.track] if key in file.stages.get(profile.track, {})]
        found += [f"profiles {profile.code}: {fault}" for fault in _profile(profile, stages)]
    found += council_local_rules.faults_of(file.local_rules.as_rules(), profiles)
    found += council_chasing.faults_of(file.chasing.as_chasing())
    found += council_retention.faults_of(file.retention)
    return tuple(found)


def _labels(file: CouncilFile) -> list[str]:
    found = []
    for kind, key in LABELLED.items():
        have, want = set(file.labels.get(key, {})), {member.value for member in kind}
        found += [f"labels.{key}.{code} is missing. Add it." for code in sorted(want - have)]
        found += [
            f"labels.{key}.{code} is not a code we know. Check its spelling or remove it."
            for code in sorted(have - want)
        ]
    unknown = sorted(set(file.labels) - set(LABELLED.values()))
    return found + [f"labels.{key} is not a table we know. Remove it." for key in unknown]


def _stages(file: CouncilFile) -> list[str]:
    found = []
    for track, stages in STAGES.items():
        have = file.stages.get(track, {})
        known = [key for key in stages if key in have]
        # Without a gap: a council with a third stage has a second.
        needed = stages[: max(LEAST_STAGES[track], stages.index(known[-1]) + 1 if known else 0)]
        found += [f"stages.{track}.{key} is missing. Add it." for key in needed if key not in have]
        found += [
            f"stages.{track}.{key} is not a stage of it. Remove it."
            for key in have
            if key not in stages
        ]
    return found


def _teams(file: CouncilFile) -> list[str]:
    found = [f"teams.{team} is missing. Add it." for team in Team if team not in file.teams]
    for code, team in file.teams.items():
        key = f"teams.{code}.membership"
        for place in team.membership:
            if place.leadership not in file.leaderships:
                known = ", ".join(file.leaderships)
                found.append(f'{key}: "{place.leadership}" is not a leadership. Use {known}.')
        spans = [Span(p.area, p.first_day, p.last_day) for p in team.membership]
        found += _unbroken(key, spans, file.records_from)
    return found


def _leadership_names(file: CouncilFile) -> list[str]:
    """Each dated name belongs to a leadership, and on no day has one two."""
    found = [
        f'leadership_names: "{dated.code}" is not a leadership. Use {", ".join(file.leaderships)}.'
        for dated in file.leadership_names
        if dated.code not in file.leaderships
    ]
    for code in file.leaderships:
        spans = sorted(
            (dated for dated in file.leadership_names if dated.code == code),
            key=lambda dated: dated.first_day,
        )
        for earlier, later in pairwise(spans):
            if earlier.last_day is None or earlier.last_day >= later.first_day:
                found.append(
                    f"leadership_names: {code} has two names on {later.first_day}. End the first"
                    " the day before."
                )
    return found


def _learning(file: CouncilFile) -> list[str]:
    """Periods of learning may leave gaps, and mostly do; each must end, and no two may overlap."""
    spans = sorted(file.learning, key=lambda span: span.first_day)
    found = [
        f"learning: the period from {span.first_day} ends on {span.last_day}, before it begins."
        " Correct its dates."
        for span in spans
        if span.last_day is not None and span.last_day < span.first_day
    ]
    for earlier, later in pairwise(spans):
        if earlier.last_day is None or earlier.last_day >= later.first_day:
            found.append(
                f"learning: the periods from {earlier.first_day} and from {later.first_day}"
                f" overlap. End the first before {later.first_day}."
            )
    return found


def _tiled(track: Track, profiles: Sequence[Profile], records_from: date) -> list[str]:
    # Data-protection complaints have had a procedure of their own only since the Act.
    begins = data_protection.IN_FORCE_FROM if track is Track.DATA_PROTECTION else records_from
    spans = [Span(p.code, p.in_force_from, p.in_force_to) for p in profiles]
    return _unbroken(f"profiles for {track}", spans, max(begins, records_from))


def _unbroken(key: str, spans: Sequence[Span], begins: date) -> list[str]:
    """Find the days since `begins` that nothing covers, and those that two things cover."""
    found = [
        f"{key}: {span.name} ends on {span.last_day}, before it begins. Correct its dates."
        for span in spans
        if span.last_day is not None and span.last_day < span.first_day
    ]
    if found:
        return found
    in_order = sorted(spans, key=lambda span: span.first_day)
    if not in_order or in_order[0].first_day > begins:
        until = f", up to {in_order[0].first_day}" if in_order else ""
        found.append(f"{key}: nothing holds on {begins}{until}. Add what held then.")
    for earlier, later in pairwise(in_order):
        if earlier.last_day is None or earlier.last_day >= later.first_day:
            found.append(
                f"{key}: {earlier.name} and {later.name} overlap on {later.first_day}."
                f" End {earlier.name} the day before."
            )
        elif earlier.last_day + ONE_DAY < later.first_day:
            found.append(
                f"{key}: nothing holds from {earlier.last_day + ONE_DAY} to"
                f" {later.first_day - ONE_DAY}. Close the gap between {earlier.name} and"
                f" {later.name}."
            )
    if in_order and in_order[-1].last_day is not None:
        found.append(
            f"{key}: nothing holds after {in_order[-1].last_day}. Leave out the last end date."
        )
    return found


def _profile(profile: Profile, stages: Sequence[StageKey]) -> list[str]:
    found = [*breaches(profile, LIMITS[profile.track])]
    for stage in stages:
        clock = opening_clock(profile.track, stage)
        missing = f"{clock} is missing"
        if clock not in profile.promised and not any(missing in f for f in found):
            found.append(f"{missing}. Promise a time for it.")
    for key, rule in profile.promised.items():
        if rule.maximum is not None and rule.maximum < rule.length:
            found.append(f"{key}.maximum is below its length. Raise it or leave it out.")
        if rule.maximum is not None and not rule.extend_reasons:
            found.append(f"{key} may be extended, but extend_reasons names no reason. Name them.")
        found += _cap(profile, rule)
    for key in profile.reported_against:
        if key not in profile.promised:
            found.append(f"reported_against.{key} has no clock of that name. Remove it.")
    return found


def _cap(profile: Profile, rule: ClockRule) -> list[str]:
    name = rule.start_no_later_than
    if name is None:
        return []
    cap = profile.promised.get(name)
    # A cap that waits for another cap could wait for itself.
    if cap is not None and cap.start_no_later_than is None:
        return []
    sentence = (
        f"{rule.key}.start_no_later_than: {name} must be another clock of this profile, one that"
        " counts from its own event. Name such a clock or leave it out."
    )
    return [sentence]
