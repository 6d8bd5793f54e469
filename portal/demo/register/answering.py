"""Stage 1 of an invented complaint, from the acknowledgement to whatever ended it."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.demo.dates import working_days_after
from portal.demo.register import words
from portal.demo.register.complaint import Came, Complaint
from portal.demo.register.days import Days
from portal.demo.register.life import Life
from portal.demo.register.life_parts import LifeFinding
from portal.demo.register.story_book import StoryBook
from portal.demo.register.things_to_do import Thing, promised
from portal.demo.stories import Story
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import Track
from portal.procedures.state import Doer, Event
from portal.procedures.working_days import ONE_DAY

CONCLUDED_AFTER = 28
MOST_POINTS = 3
MET = 0.1
"""How many meet the head of service after the answer, and leave it there."""


@dataclass
class Scene:
    """What a course needs: the case, how it goes, and what it is told with."""

    life: Life
    complaint: Complaint
    story: Story
    book: StoryBook
    second_id: int
    as_at: date
    chance: random.Random

    def find(self, giver: Giver, findings: Iterable[Finding | None], on: date) -> None:
        """Find on each live point, for the present stage; None where it is settled."""
        place = len(self.life.stages) - 1
        for point, finding in zip(self.life.live_points(), findings, strict=True):
            reasons = (
                words.sentence("settled")
                if finding is None
                else words.some("found", finding.value, self.chance)
            )
            point.findings[place, giver] = LifeFinding(finding, reasons, on)


def first_stage(scene: Scene, days: Days) -> None:
    """Let a case go through stage 1.

    Args:
        scene: the case, open.
        days: on which days it goes.
    """
    life, came = scene.life, scene.complaint.came
    ends = days.ended or scene.as_at
    acknowledged = min(working_days_after(days.opened, scene.chance.randint(0, 2)), ends)
    _understand(scene, acknowledged, ends)
    if life.track is Track.STATUTORY and (days.ended or scene.as_at) > days.due:
        told = days.due + ONE_DAY
        life.happen(Event.LAPSE_TOLD, told, Doer.WORKER)
    if days.ended is None:
        return
    if came is Came.WITHDRAWN:
        _withdraw(scene, days.ended)
    elif came is Came.ASIDE:
        life.happen(
            Event.NOT_CONSIDERED,
            days.ended,
            proceedings=words.sentence("proceedings"),
            prejudice=words.sentence("prejudice"),
            second_officer_id=scene.second_id,
        )
    elif came is Came.SETTLED:
        scene.find(Giver.SERVICE, [None] * len(life.live_points()), days.ended)
        life.happen(Event.RESOLVED, days.ended, Doer.MANAGER)
        conclude(scene, working_days_after(days.ended, CONCLUDED_AFTER))
    else:
        _answer(scene, days.ended)


def conclude(scene: Scene, not_before: date) -> None:
    """Close a case that is answered and owes nothing, where the time has come."""
    on = working_days_after(not_before, scene.chance.randint(2, 8))
    owes = any(row["done_on"] is None and row["reasons"] is None for row in scene.life.remedies)
    if on <= scene.as_at and not owes:
        scene.life.happen(Event.CONCLUDED, on)


def _understand(scene: Scene, on: date, ends: date) -> None:
    life = scene.life
    for text in scene.book.points(scene.story, scene.chance.randint(1, MOST_POINTS)):
        life.add_point(text, on)
    life.happen(Event.ACKNOWLEDGED, on)
    life.happen(Event.POINTS_SENT, on)
    agreed = working_days_after(on, scene.chance.randint(1, 3))
    if agreed < ends:
        life.happen(Event.POINTS_AGREED, agreed, Doer.PERSON)


def _withdraw(scene: Scene, on: date) -> None:
    said = words.sentence("what_was_asked_back")
    scene.life.happen(Event.WITHDRAWAL_ASKED, on, Doer.PERSON, words=said)
    scene.life.happen(Event.WITHDRAWN, on, talked_with=words.sentence("talked_with"))


def _answer(scene: Scene, on: date) -> None:
    finding = scene.complaint.finding
    assert finding is not None, "What was answered has a finding."
    scene.find(Giver.SERVICE, spread(finding, len(scene.life.live_points()), scene.chance), on)
    settled = on
    if scene.complaint.remedy is not None:
        kind = scene.complaint.remedy
        text = words.some("promised", kind.value, scene.chance)
        thing = Thing(Giver.SERVICE, kind, text)
        settled = promised(scene.life, scene.complaint.team, thing, on, scene.as_at, scene.chance)
    scene.life.happen(Event.ANSWERED, on, Doer.MANAGER)
    if scene.complaint.onward is not None:
        return
    met = working_days_after(on, 9)
    if scene.life.track is Track.STATUTORY and scene.chance.random() < MET and met <= scene.as_at:
        scene.life.happen(Event.MEETING_HELD, met, words=words.sentence("met"))
    conclude(scene, max(settled, working_days_after(on, CONCLUDED_AFTER)))


def spread(finding: Finding, points: int, chance: random.Random) -> list[Finding]:
    """Findings on so many points that come to one finding on them all."""
    if finding is not Finding.PARTIALLY_UPHELD or points == 1:
        return [finding] * points
    mixed = [Finding.UPHELD, Finding.NOT_UPHELD, *[Finding.PARTIALLY_UPHELD] * (points - 2)]
    chance.shuffle(mixed)
    return mixed
