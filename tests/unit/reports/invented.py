"""Registers made up for tests, as plain descriptions: what a report must say of them can be counted
from these without asking the code under test. `invented_register` stores them as rows."""

from dataclasses import dataclass, field
from datetime import date

from portal.procedures.equality import AgeBand, Disability, Ethnicity, Orientation, Sex
from portal.procedures.finding import Finding, Giver
from portal.procedures.matter import ChildsView
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.procedure import ClockKey, StageKey, StartEvent, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import Compliance, RemedyKind, RemedyState
from portal.procedures.state import AppointedAs
from portal.procedures.vocabulary import Category, Nature, Relationship, Team


@dataclass(frozen=True)
class Money:
    """One remedy of a stage; `made`, `due` and `done` are days after the stage opened."""

    kind: RemedyKind
    state: RemedyState
    pence: int = 0
    giver: Giver = Giver.SERVICE
    due: int | None = None
    done: int = 0
    made: int = 0
    for_report: bool = False
    compliance: Compliance | None = None


@dataclass(frozen=True)
class Ticking:
    """One more clock of a stage: what starts it and how many days after the stage opened, and after
    how many it was met. `reading` tells apart two ways of counting the same clock."""

    key: ClockKey
    starts: StartEvent
    start: int = 0
    met: int | None = None
    reading: str = ""


@dataclass(frozen=True)
class Step:
    """One stage: how it ended (`answered`, `withdrawn`, `not_considered`, `open`, `duplicate`,
    `went_on`, `moved`, `refused`), after how many days, and what was found on its points; None for
    a point that was settled.

    `found` is by whoever decides, `outside` by the investigating officer or the panel. Its own
    clock counts from `starts`, `start` days after it opened; `clocks` are the others that it has.
    `extended` has the day and the reason of each letter that moved the date, `met` the days of
    meetings, `appointed` who was appointed on which day, and `panel` the day on which a panel met;
    each is so many days after the stage opened.
    """

    key: StageKey
    end: str
    days: int
    found: tuple[Finding | None, ...] = ()
    remedies: tuple[Money, ...] = ()
    extended: tuple[tuple[int, str | None], ...] = ()
    met: tuple[int, ...] = ()
    appointed: tuple[tuple[int, AppointedAs], ...] = ()
    panel: int | None = None
    outside: tuple[Finding | None, ...] = ()
    starts: StartEvent = StartEvent.RECEIVED
    start: int = 0
    clocks: tuple[Ticking, ...] = ()


@dataclass(frozen=True)
class Young:
    """What a complaint has of a child: the door, an advocate, what the child was asked."""

    door: bool = False
    advocate_wanted: str | None = None
    joined: bool = False
    appointed: bool = False
    view: ChildsView | None = None


@dataclass(frozen=True)
class Theirs:
    """What the Ombudsman decided. `about` is the number of the complaint that it is about, and
    `refused` of a matter without a stage."""

    decision: OmbudsmanDecision | None = None
    reached: Reached | None = None
    declined: Declined | None = None
    public_report: bool = False
    about: int | None = None
    refused: int | None = None


@dataclass(frozen=True)
class Complaint:
    """One case on one track. After a `moved` step the rest is on the other track.

    `lead` is the number of the complaint under which its first stage is worked, until it is
    `parted` from it again.
    """

    opened_on: date
    track: Track
    team: Team
    nature: Nature | None
    relationship: Relationship
    steps: tuple[Step, ...]
    theirs: Theirs = Theirs()
    young: Young = Young()
    lead: int | None = None
    parted: bool = False


@dataclass(frozen=True)
class Matter:
    """A duty matter or a compliment, which may be agreed for publication. `letter` is what we wrote
    to the person, and `went_out` whether it left."""

    received_on: date
    team: Team
    reason: RefusalReason | None
    passed_on: bool = False
    young: bool = False
    relationship: Relationship = Relationship.PARENT
    consulted: bool = False
    published: bool = False
    letter: str | None = None
    went_out: bool = True


@dataclass(frozen=True)
class Answered:
    """What one person said of themselves."""

    year: str
    category: Category | None
    age_band: AgeBand | None = None
    sex: Sex | None = None
    disability: Disability | None = None
    ethnicity: Ethnicity | None = None
    orientation: Orientation | None = None


@dataclass
class StoredStage:
    """One stage as it came to stand, for counting by hand; `number` is that of its complaint, and
    `led_by` the stage whose findings are its own."""

    number: int
    track: Track
    key: StageKey
    team: Team
    step: Step
    opened_on: date
    ended_on: date | None
    complaint: Complaint
    stage_id: int = 0
    led_by: "StoredStage | None" = None


@dataclass
class Invented:
    """Everything that was made up."""

    complaints: tuple[Complaint, ...]
    matters: tuple[Matter, ...] = ()
    answers: tuple[Answered, ...] = ()
    stages: list[StoredStage] = field(default_factory=list)


def told(number: int, key: StageKey, at: int) -> str:
    """The words of a remedy: by the number of its complaint, its stage and its place there."""
    return f"Change {number}.{key.value}.{at}"


def quoted(number: int) -> str:
    """The words of a compliment, by its number among the matters."""
    return f"X was kind to Y ({number})."


def paid_after(days: int) -> tuple[int, int] | None:
    """What was paid for an appointment, made so many days after its stage opened: how many days
    after the opening, and how many pence. Nothing for every second one."""
    return (days + 4, 1_000 * (days + 1)) if days % 2 == 0 else None
