"""The other figures of the invented register, counted without the report's code."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.integration.register_counts import (
    EDU,
    LACD,
    REFUSED,
    SSTS,
    Counted,
    Register,
    by_year,
    change,
    composition,
    share,
    team_tables,
)

Found = Iterator[tuple[tuple[str, str, str], int]]
THIS, LAST = "2019-20", "2018-19"
AS_AT = "2020-03-31"
FINDINGS = ("upheld", "partially_upheld", "not_upheld")
PLACES = {"SSTS": SSTS, "LACD": LACD, "EDU": EDU}


def counted(register: Register) -> Counted:
    """Every figure that can be counted, by table, row and column."""
    return dict(
        pair
        for figures in (
            composition(register),
            team_tables(register),
            by_year(register, AS_AT),
            key_numbers(register),
            duty(register),
            themes(register),
            later_stages(register),
            ombudsmans(register),
        )
        for pair in figures
    )


def key_numbers(register: Register) -> Found:
    """T01."""
    stages = [("statutory", n) for n in (1, 2, 3)] + [("corporate", n) for n in (1, 2)]
    total = sum(len(register.of(track, f"stage_{n}", THIS)) for track, n in stages)
    yield ("T01", "investigated", "number"), total
    first = register.of("statutory", "stage_1", THIS) + register.of("corporate", "stage_1", THIS)
    times = register.times("statutory", THIS, AS_AT) + register.times("corporate", THIS, AS_AT)
    yield ("T01", "in_time", "share"), share(times["in_time"], len(first))
    outcomes = register.outcomes("statutory", THIS) + register.outcomes("corporate", THIS)
    with_finding = sum(outcomes[finding] for finding in FINDINGS)
    for finding in FINDINGS:
        yield ("T01", finding, "share"), share(outcomes[finding], with_finding)
    decided = [one for one in register.decided if one.year == THIS[:4]]
    yield ("T01", "duty", "number"), sum(one.procedure == "duty" for one in decided)
    thanked = sum(one.outcome == "thanked" for one in decided)
    yield ("T01", "compliments", "number"), thanked
    yield ("T34", "total", "number"), thanked
    asked = [
        one
        for one in register.remedies
        if one.profile.startswith("statutory") and one.giver == "investigator"
    ]
    yield ("T01", "recommendations", "number"), sum(one.year == THIS[:4] for one in asked)


def duty(register: Register) -> Found:
    """T03 and T04."""
    found = [one for one in register.decided if one.year == THIS[:4] and one.procedure == "duty"]
    yield ("T03", "total", "number"), len(found)
    yield ("T03", "refused", "share"), share(sum(o.reason in REFUSED for o in found), len(found))
    ours = [one.team for one in found if one.reason != "school"]
    for code, teams in PLACES.items():
        yield ("T04", code, "share"), share(sum(team in teams for team in ours), len(ours))
    elsewhere = [team for team in ours if not any(team in teams for teams in PLACES.values())]
    # Printed as less than one in a hundred.
    yield ("T04", "IID", "share"), 1 if 0 < len(elsewhere) * 100 < len(ours) else 0


def themes(register: Register) -> Found:
    """T05, T20 and the sentence of T36."""
    for table, track in (("T05", "statutory"), ("T20", "corporate")):
        now, before = (register.of(track, "stage_1", year) for year in (THIS, LAST))
        yield (table, "change", "share"), change(len(before), len(now))
        for code, teams in PLACES.items():
            pair = [sum(one.team in teams for one in year) for year in (before, now)]
            if all(pair):
                yield (table, f"change_{code}", "share"), change(pair[0], pair[1])
        for nature, number in Counter(one.nature for one in now).items():
            yield (table, nature, "share"), share(number, len(now))
        for name, year in (("in_time", THIS), ("in_time_before", LAST)):
            times = register.times(track, year, AS_AT)
            yield (table, name, "share"), share(times["in_time"], times.total())
    now = register.of("statutory", "stage_1", THIS)
    people = Counter(one.relationship for one in now)
    yield ("T05", "parents", "share"), share(people["parent"], len(now))
    young = people["young_person"] + people["advocate"]
    yield ("T05", "young_or_advocate", "share"), share(young, len(now))
    upheld = register.outcomes("statutory", THIS)["upheld"]
    yield ("T05", "upheld", "share"), share(upheld, len(now))
    kinds = Counter(
        one.kind
        for one in register.remedies
        if one.profile.startswith("corporate") and one.stage_key == "stage_1" and one.year == "2019"
    )
    said = kinds["apology"] + kinds["explanation"]
    yield ("T20", "explanation_or_apology", "share"), share(said, kinds.total())
    send = [
        sum(one.team == "send" for one in register.of("corporate", "stage_1", year))
        for year in (LAST, THIS)
    ]
    for table in ("T20", "T36"):
        yield (table, "change_send", "share"), change(send[0], send[1])


def later_stages(register: Register) -> Found:
    """T14, T16, T18, T25's footnote, T29's sentence and T30."""
    second = register.of("statutory", "stage_2", THIS)
    yield ("T14", "open", "number"), sum(one.answered_on is None for one in second)
    yield ("T16", "completed", "number"), sum(one.answered_on is not None for one in second)
    points: list[Any] = [
        one
        for stage in second
        if stage.answered_on is not None
        for one in register.findings[stage.stage_id, "investigator"]
    ]
    yield ("T16", "points", "number"), len(points)
    for finding in FINDINGS:
        found = sum(one.finding == finding for one in points)
        yield ("T16", finding, "share"), share(found, len(points))
    for table, stages in (
        ("T14", second),
        ("T18", register.of("statutory", "stage_3", THIS)),
        ("T30", register.of("corporate", "stage_2", THIS)),
    ):
        for code, teams in PLACES.items():
            yield (table, code, "number"), sum(one.team in teams for one in stages)
    yield ("T30", "accepted", "number"), len(register.of("corporate", "stage_2", THIS))
    yield ("T25", "outstanding", "number"), register.outcomes("corporate", THIS)["open"]
    times = register.times("corporate", THIS, AS_AT)
    answered = times["in_time"] + times["late"]
    yield ("T29", "of_completed", "share"), share(times["in_time"], answered)


def ombudsmans(register: Register) -> Found:
    """T33's total and its rate."""
    matters = [one for one in register.matters if one.year == THIS[:4]]
    yield ("T33", "total", "number"), len(matters)
    fault = sum(one.decision == "upheld" for one in matters)
    yield ("T33", "fault", "share"), share(fault, len(matters))
