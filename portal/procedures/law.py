"""Holding a council's profile to the law: what a promise may not exceed.

The limits themselves stand with their provisions in `statutory`, `corporate`, `data_protection`
and `ombudsman`; here they are compared.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.procedures.procedure import ClockKey, ClockRule, Profile, StartEvent
from portal.procedures.working_days import Unit

LAST_HISTORIC_DAY = date(2026, 3, 31)
"""Profiles of past practice end here: the Ombudsman works by the Code from the next day, and from
then on a council's promise is held to the law."""


class Binds(StrEnum):
    """Whom a limit binds: the council, which may be quicker, or the person, who may have longer."""

    COUNCIL = "council"
    PERSON = "person"


@dataclass(frozen=True)
class LawLimit:
    """The longest time the law gives the council, or the shortest it gives the person."""

    key: ClockKey
    starts: StartEvent
    longest: int
    unit: Unit
    provision: str
    binds: Binds = Binds.COUNCIL
    in_force_from: date | None = None
    required: bool = True

    def applies_to(self, profile: Profile) -> bool:
        """Say whether any day of the profile falls under this limit."""
        ends, begins = profile.in_force_to, self.in_force_from
        return begins is None or ends is None or ends >= begins


def breaches(profile: Profile, limits: tuple[LawLimit, ...]) -> tuple[str, ...]:
    """Say in sentences where a profile promises less than the law asks.

    Args:
        profile: what the council promises.
        limits: the limits of the profile's track.

    Returns:
        One sentence for each fault; none for a profile that keeps the law. A historic profile
        has the one fault of running past `LAST_HISTORIC_DAY`.
    """
    if profile.historic:
        return _historic(profile)
    found: list[str] = []
    for limit in limits:
        if not limit.applies_to(profile):
            continue
        rule = profile.promised.get(limit.key)
        if rule is not None:
            found += _against(rule, limit)
        elif limit.required:
            found.append(
                f"{limit.key} is missing: {limit.provision} sets this limit. Promise"
                f" {limit.longest} {_unit(limit.unit)} from {limit.starts} or better."
            )
    return tuple(found)


def _historic(profile: Profile) -> tuple[str, ...]:
    if profile.in_force_to is not None and profile.in_force_to <= LAST_HISTORIC_DAY:
        return ()
    sentence = (
        "historic is for what was done in the past. Set in_force_to to"
        f" {LAST_HISTORIC_DAY} or earlier, or remove historic."
    )
    return (sentence,)


def _against(rule: ClockRule, limit: LawLimit) -> list[str]:
    if _family(rule.unit) != _family(limit.unit):
        sentence = (
            f"{rule.key} counts in {_unit(rule.unit)}, but {limit.provision} counts in"
            f" {_unit(limit.unit)}. Change the unit."
        )
        return [sentence]
    if limit.binds is Binds.PERSON:
        return _window(rule, limit)
    found = []
    for name, length in (("length", rule.length), ("maximum", rule.maximum)):
        if length is not None and _size(length, rule.unit) > _size(limit.longest, limit.unit):
            found.append(
                f"{rule.key}.{name} is {length} {_unit(rule.unit)}, past the"
                f" {limit.longest} {_unit(limit.unit)} of {limit.provision}. Make it"
                f" {limit.longest} or fewer."
            )
    if rule.starts.comes_after(limit.starts):
        found.append(
            f"{rule.key}.starts is {rule.starts}, later than the {limit.starts} of"
            f" {limit.provision}. Start it at {limit.starts}."
        )
    return found


def _window(rule: ClockRule, limit: LawLimit) -> list[str]:
    found = []
    if _size(rule.length, rule.unit) < _size(limit.longest, limit.unit):
        found.append(
            f"{rule.key}.length is {rule.length} {_unit(rule.unit)}, but {limit.provision} gives"
            f" people {limit.longest} {_unit(limit.unit)}. Give them at least as long."
        )
    if limit.starts.comes_after(rule.starts):
        found.append(
            f"{rule.key}.starts is {rule.starts}, earlier than the {limit.starts} of"
            f" {limit.provision}, which takes time from people. Start it at {limit.starts}."
        )
    return found


def _family(unit: Unit) -> Unit:
    return Unit.MONTHS if unit is Unit.YEARS else unit


def _size(length: int, unit: Unit) -> int:
    return length * 12 if unit is Unit.YEARS else length


def _unit(unit: Unit) -> str:
    return unit.value.replace("_", " ")
