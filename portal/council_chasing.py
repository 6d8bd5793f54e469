"""[chasing] of a council's file: the ladder, holding letters and silence, and their faults."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from portal.procedures.chasing import ABOVE, Chasing, Level, Rung, days_of

Days = Annotated[int, Field(ge=1, le=60)]


def _rung(value: str) -> str:
    days_of(value)
    return value


class RungEntry(BaseModel):
    """One rung: when, and to whom."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    at: Annotated[str, AfterValidator(_rung)]
    to: tuple[Level, ...] = Field(min_length=1)

    def as_rung(self) -> Rung:
        """Give the rung that the rules climb."""
        return Rung(days_of(self.at), self.to)


class ChasingEntry(BaseModel):
    """How the council chases, as written in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    holding_days: Days
    holding_adds: Days
    silence_days: Days
    ladder: tuple[RungEntry, ...] = Field(min_length=1)

    def as_chasing(self) -> Chasing:
        """Give what the rules work with."""
        return Chasing(
            ladder=tuple(entry.as_rung() for entry in self.ladder),
            holding_days=self.holding_days,
            holding_adds=self.holding_adds,
            silence_days=self.silence_days,
        )


def faults_of(chasing: Chasing) -> list[str]:
    """Say in sentences what stops a start.

    Args:
        chasing: as the file has it, its shape already checked.
    """
    codes = [rung.code for rung in chasing.ladder]
    found = [
        f'chasing.ladder: "{code}" is there twice. Keep one, with all to whom it goes.'
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    # Half-way has no number of days: it comes before all that are counted from the date.
    days = [-100 if rung.days is None else rung.days for rung in chasing.ladder]
    if days != sorted(days):
        found.append("chasing.ladder is not in the order of its days. Put the earliest rung first.")
    found += [
        f"chasing.ladder {rung.code} goes to nobody above whoever must act, although the date was"
        " missed. Add manager or head_of_service."
        for rung in chasing.ladder
        if rung.days is not None and rung.days > 0 and not ABOVE & set(rung.to)
    ]
    if not any(rung.days is not None and rung.days > 0 for rung in chasing.ladder):
        found.append(
            "chasing.ladder ends before a date is missed. Add a rung such as after_1 that goes to"
            " the manager."
        )
    return found
