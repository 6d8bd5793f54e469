"""What the rules need to know of a case, as plain values: gathered once, then judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.procedures.finding import LIVE, Finding, Giver, PointState
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import AppointedAs, Doer, EarlyReferral, Event, Independence, State
from portal.procedures.vocabulary import Team


@dataclass(frozen=True)
class FindingFacts:
    """What one giver said on one point. `resolved` is the person's agreement that the point is
    settled (regulation 15), which stands in for a finding."""

    finding: Finding | None
    has_reasons: bool
    resolved: bool = False

    @property
    def complete(self) -> bool:
        """Whether a stage can be answered with this."""
        return self.resolved or (self.finding is not None and self.has_reasons)


@dataclass(frozen=True)
class PointFacts:
    """One point of complaint with its findings, by stage and giver."""

    number: int
    state: PointState
    findings: Mapping[tuple[StageKey, Giver], FindingFacts] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether it still needs an answer."""
        return self.state in LIVE


@dataclass(frozen=True)
class AppointmentFacts:
    """Somebody appointed, at which stage. `person` is the same for the same person everywhere;
    `independent` says that every condition of independence was ticked; `ended` that they no longer
    are, which still tells who took part."""

    role: AppointedAs
    stage: StageKey
    person: str
    independent: bool
    ended: bool = False


@dataclass(frozen=True)
class LeadFacts:
    """The case to which another is joined, or would be. `same_matter` says that both share a
    reference, `same_person` that one person brought both; `joined` that the lead is itself joined
    to another; `answered` that the stage which leads is answered."""

    track: Track
    stage: StageKey
    state: State
    same_matter: bool = False
    same_person: bool = False
    joined: bool = False
    answered: bool = False


@dataclass(frozen=True)
class Facts:
    """One case as the rules see it, today.

    `due_on` and `latest_on` are the running stage's answer date and the furthest to which it may
    be extended. `happened` holds what has happened since the present stage opened, and `moved_on`
    the day of what last moved the case in it. `consent_waits`: somebody's agreement was asked for
    and has not come. `joined_to` leads the present stage, and `leads` says that the present stage
    leads others. `draft_waits`: somebody drafted the answer, and nobody has signed it. The numbers
    count what is still open: promises not kept, recommendations nobody has said yes or no to,
    remedies that the Ombudsman is not satisfied with.
    """

    track: Track
    stage: StageKey
    state: State
    received_on: date
    stage_opened_on: date
    today: date
    due_on: date | None
    latest_on: date | None = None
    next_stage: StageKey | None = None
    extend_reasons: tuple[str, ...] = ()
    may_pause: bool = False
    paused: bool = False
    young: bool = False
    acknowledged: bool = False
    request_waits: bool = False
    withdrawal_waits: bool = False
    points: tuple[PointFacts, ...] = ()
    appointments: tuple[AppointmentFacts, ...] = ()
    happened: frozenset[Event] = frozenset()
    moved_on: date | None = None
    statement_stands: bool = False
    answered_before_by: frozenset[int] = frozenset()
    consent_waits: bool = False
    joined_to: LeadFacts | None = None
    leads: bool = False
    draft_waits: bool = False
    promises_open: int = 0
    recommendations_unanswered: int = 0
    remedies_unsatisfied: int = 0

    @property
    def live_points(self) -> tuple[PointFacts, ...]:
        """The points that need an answer."""
        return tuple(point for point in self.points if point.live)

    def appointed(self, *roles: AppointedAs) -> tuple[AppointmentFacts, ...]:
        """Who is appointed to any of these roles at the present stage, and still is."""
        return tuple(
            one
            for one in self.appointments
            if one.role in roles and one.stage is self.stage and not one.ended
        )

    def ever_appointed(self, *roles: AppointedAs) -> frozenset[str]:
        """Who was appointed to any of these roles at any stage, ended or not."""
        return frozenset(one.person for one in self.appointments if one.role in roles)


@dataclass(frozen=True)
class Given:
    """What comes with an event: its day, its doer, and what was filled in.

    `account_id` is the doer's account, None for the person and the worker. `reason` is a code,
    `words` the explanation. `points` are numbers. `agreed_by_person` and `agreed_by_council` are
    what an officer ticked. `appointee_id` is the account of whoever is appointed, or
    `appointee_name` their name where they have none; `declared` is what was ticked about them.
    `leaves` is the `person` of an appointment that ends. `team` takes points that are split off.
    `lead` is the case to join to, `lead_id` its key.
    """

    on: date
    by: Doer
    account_id: int | None = None
    reason: str | None = None
    words: str = ""
    new_date: date | None = None
    track: Track | None = None
    second_officer_id: int | None = None
    agreed_by_person: bool = False
    agreed_by_council: bool = False
    talked_with: str = ""
    proceedings: str = ""
    prejudice: str = ""
    points: frozenset[int] = frozenset()
    conditions: frozenset[EarlyReferral] = frozenset()
    appointee_id: int | None = None
    appointee_name: str = ""
    leaves: str = ""
    team: Team | None = None
    lead: LeadFacts | None = None
    lead_id: int | None = None
    declared: frozenset[Independence] = frozenset()
