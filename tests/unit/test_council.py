"""The example council, and a sentence for each fault of a council's file."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from portal.council import COUNCILS, Council, CouncilFileError, NothingInForce, load_council
from portal.council_checks import LABELLED
from portal.procedures.procedure import StartEvent, Track
from portal.procedures.vocabulary import Area, ProcedureCode, Risk, Team
from tests.unit.council_faults import FAULTS, MOVED, PLACE, S1

GOOD = (COUNCILS / "staffordshire" / "council.toml").read_text(encoding="utf-8")
Load = Callable[[str], Council]


@pytest.fixture(scope="module")
def council() -> Council:
    return load_council("staffordshire")


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Write a council's file and load it."""

    def write_and_load(text: str) -> Council:
        (tmp_path / "sample").mkdir()
        (tmp_path / "sample" / "council.toml").write_text(text, encoding="utf-8")
        return load_council("sample", tmp_path)

    return write_and_load


def test_it_promises_the_law(council: Council) -> None:
    promised = council.profile(ProcedureCode.STATUTORY, date(2026, 11, 23)).promised
    first, second = promised["stage_1"], promised["stage_2"]
    assert (first.starts, first.length, first.maximum) == (StartEvent.RECEIVED, 10, 20)
    assert (second.starts, second.length, second.maximum) == (StartEvent.REQUEST, 25, 65)
    assert [promised[k].length for k in ("panel", "panel_report", "panel_answer")] == [30, 5, 15]


@pytest.mark.parametrize(
    ("procedure", "on", "code", "lengths"),
    [
        (ProcedureCode.STATUTORY, date(2019, 6, 3), "statutory-practice-to-2026-03", (20, 65)),
        (ProcedureCode.STATUTORY, date(2026, 4, 1), "statutory-law", (10, 25)),
        (ProcedureCode.CORPORATE, date(2026, 3, 31), "corporate-to-2026-03", (20, 25)),
        (ProcedureCode.CORPORATE, date(2026, 4, 1), "corporate-code", (10, 20)),
    ],
)
def test_the_profile_is_the_one_in_force_when_the_stage_opens(
    council: Council, procedure: ProcedureCode, on: date, code: str, lengths: tuple[int, int]
) -> None:
    profile = council.profile(procedure, on)
    assert profile.code == code
    assert (profile.promised["stage_1"].length, profile.promised["stage_2"].length) == lengths
    assert profile.historic is (on < date(2026, 4, 1))


def test_statutory_is_reported_against_both_limits_in_every_year(council: Council) -> None:
    for on in (date(2019, 6, 3), date(2026, 11, 23)):
        reported = council.profile(ProcedureCode.STATUTORY, on).reported_against
        assert reported == {"stage_1": (10, 20), "stage_2": (25, 65)}


def test_the_tracks_with_a_date_of_their_own(council: Council) -> None:
    on = date(2026, 11, 23)
    assert council.profile(Track.MP_ENQUIRY, on).promised["answer"].length == 10
    assert council.profile(Track.OMBUDSMAN, on).promised["enquiry"].length == 20
    acknowledge = council.profile(Track.DATA_PROTECTION, on).promised["acknowledge"]
    assert (acknowledge.length, acknowledge.unit, acknowledge.roll) == (30, "days", True)


@pytest.mark.parametrize(
    ("procedure", "on"),
    [
        (Track.DATA_PROTECTION, date(2026, 6, 18)),
        (ProcedureCode.DUTY, date(2026, 11, 23)),
        (ProcedureCode.CORPORATE, date(2011, 12, 31)),
    ],
)
def test_where_nothing_is_promised_it_says_so(
    council: Council, procedure: ProcedureCode | Track, on: date
) -> None:
    with pytest.raises(NothingInForce, match=f"no timescales for {procedure.value} on {on}"):
        council.profile(procedure, on)


def test_every_member_has_words_and_none_says_lac(council: Council) -> None:
    kinds: list[type[StrEnum]] = [*LABELLED, Team]
    words = [council.label(member) for kind in kinds for member in kind]
    words += [
        council.stage_name(track, stage) for track in Track for stage in council.stages_of(track)
    ]
    assert all(words)
    assert not any("LAC" in word.split() for word in words)
    assert council.label(ProcedureCode.DUTY) == "no formal investigation"
    assert council.label(Risk.NOW) == "somebody may be in danger now"


def test_a_kind_without_words_is_told(council: Council) -> None:
    with pytest.raises(LookupError, match="no public words for StartEvent"):
        council.label(StartEvent.KNOWN)


def test_areas_and_leaderships(council: Council) -> None:
    on = date(2026, 11, 23)
    assert council.area_of(Team.SEND, on) is Area.EDUCATION
    assert council.leadership_of(Team.CONFERENCE_IRO, on) == "IID"
    assert Team.THROUGHCARE in council.teams_in(Area.LAC_DISABILITY, on)
    assert sum(len(council.teams_in(area, on)) for area in Area) == len(Team)
    with pytest.raises(NothingInForce, match="Early Help Teams has no area on 2011-01-01"):
        council.area_of(Team.EARLY_HELP, date(2011, 1, 1))


def test_a_team_may_move(load: Load) -> None:
    council = load(GOOD.replace(PLACE, MOVED % "2024-04-30"))
    assert council.area_of(Team.SEND, date(2024, 4, 30)) is Area.EDUCATION
    assert council.area_of(Team.SEND, date(2024, 5, 1)) is Area.SAFEGUARDING


def test_a_leadership_may_have_been_called_otherwise(load: Load) -> None:
    dated = (
        '[[leadership_names]]\ncode = "EDU"\nname = "Education and Skills"\n'
        "first_day = 2012-01-01\nlast_day = 2019-03-31\n\n[labels.category]"
    )
    council = load(GOOD.replace("[labels.category]", dated))
    assert council.leadership_name("EDU", date(2019, 3, 31)) == "Education and Skills"
    assert council.leadership_name("EDU", date(2019, 4, 1)) == council.leaderships["EDU"]


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_gives_its_sentence(load: Load, fault: str) -> None:
    old, new, sentence = FAULTS[fault]
    assert old in GOOD, "the example file changed: bring this fault up to date"
    with pytest.raises(CouncilFileError) as told:
        # The statutory profile is the second to name the panel's clocks, so from the end.
        load(new.join(GOOD.rsplit(old, 1)) if "law left out" in fault else GOOD.replace(old, new))
    assert sentence in str(told.value)
    assert all(line.startswith("councils/sample/council.toml: ") for line in _lines(told.value))


@pytest.mark.parametrize(
    ("code", "reached", "sentence"),
    [
        ("court", "", '"Advice" cannot be reached. Give a phone or a website.'),
        ("court", 'website = "advice.example"', "Write it like https://advice.example."),
        ("prison", 'phone = "01632 960111"', 'elsewhere.prison: "prison" is not known. Use one of'),
    ],
)
def test_somebody_else_who_leads_nowhere_gives_a_sentence(
    load: Load, code: str, reached: str, sentence: str
) -> None:
    more = f'[[elsewhere.{code}]]\nname = "Advice"\nabout = "Free."\n{reached}\n\n'
    with pytest.raises(CouncilFileError, match=r"council\.toml: elsewhere\.") as told:
        load(GOOD.replace("[labels.category]", more + "[labels.category]"))
    assert sentence in str(told.value)


def test_nobody_else_need_be_named(load: Load) -> None:
    begin, end = GOOD.index("[[elsewhere.court]]"), GOOD.index("[ombudsman]\n")
    assert load(GOOD[:begin] + GOOD[end:]).elsewhere == {}


def test_the_accessibility_statement_promises_days(load: Load) -> None:
    days = "format_days = 10 "
    assert days in GOOD
    with pytest.raises(CouncilFileError, match=r"accessibility\.format_days"):
        load(GOOD.replace(days, "format_days = 0 "))


def test_without_days_the_accessibility_statement_says_ten(load: Load) -> None:
    assert load(GOOD.replace("format_days = 10 ", "")).accessibility.format_days == 10


def _lines(error: CouncilFileError) -> list[str]:
    return str(error).splitlines()


def test_all_faults_are_told_at_once(load: Load) -> None:
    with pytest.raises(CouncilFileError) as told:
        load(GOOD.replace(S1, S1.replace("10", "21")).replace("[labels.risk]", "[labels.risks]"))
    assert len(told.value.faults) > 2


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(CouncilFileError, match=r"councils/nowhere/council\.toml: there is no such"):
        load_council("nowhere", tmp_path)
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "council.toml").write_bytes(b'name = "Caf\xe9"')
    with pytest.raises(CouncilFileError, match="not UTF-8"):
        load_council("latin", tmp_path)


@pytest.mark.parametrize("slug", ["../etc", "", "Stafford shire", "a/b", "."])
def test_a_slug_cannot_leave_the_folder(slug: str, tmp_path: Path) -> None:
    with pytest.raises(CouncilFileError, match="Use the name of a folder"):
        load_council(slug, tmp_path)


def test_learning_is_off_until_the_council_gives_days_for_it(council: Council, load: Load) -> None:
    assert council.learning == ()
    assert not council.learns_on(date(2027, 2, 1))
    periods = (
        '[[learning]]\nfirst_day = 2027-01-01\nlast_day = 2027-01-31\nagreed_by = "The board"\n'
        '[[learning]]\nfirst_day = 2027-03-01\nagreed_by = "The board"\n\n'
    )
    learns = load(GOOD.replace("[labels.category]", periods + "[labels.category]"))
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1)]
    assert [learns.learns_on(day) for day in days] == [False, True, True, False]
    assert learns.learns_on(date(2040, 3, 1))
