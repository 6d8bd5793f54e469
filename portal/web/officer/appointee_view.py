"""Whom an officer can appoint, with what the register says of each, and why somebody cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.cases import appointing, register
from portal.procedures.facts import Facts
from portal.procedures.state import AppointedAs
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.work import Work


@dataclass(frozen=True)
class Appointee:
    """Somebody who has the role. `why_not` is empty where they can be appointed; `in_register`
    says that they come from outside, so that skills, conflicts and certificate are asked for."""

    public_id: str
    name: str
    why_not: str
    in_register: bool
    skills: str
    conflicts: str
    dbs_on: date | None
    cases: int


def appointees(
    work: Work, feedback: Feedback, facts: Facts, role: AppointedAs, people: Sequence[Account]
) -> tuple[Appointee, ...]:
    """Say what is known of those who have a role, those who can be appointed first.

    Args:
        work: the open act; nothing is changed.
        feedback: the matter.
        facts: its case as it stands.
        role: to what they would be appointed.
        people: who has the role.
    """
    barred = appointing.barred(work, feedback, facts, role, people)
    found = [
        Appointee(
            public_id=one.account.public_id,
            name=one.account.name,
            why_not=barred.get(one.account.id, ""),
            in_register=role is not AppointedAs.REVIEWER,
            skills=(one.entry.skills or "") if one.entry is not None else "",
            conflicts=(one.entry.conflicts or "") if one.entry is not None else "",
            dbs_on=one.entry.dbs_on if one.entry is not None else None,
            cases=one.cases,
        )
        for one in register.about(work.session, people, {})
    ]
    return tuple(sorted(found, key=lambda one: one.why_not != ""))
