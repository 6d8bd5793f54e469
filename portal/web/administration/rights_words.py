"""What roles and teams let somebody do, in sentences made from the one table of rights."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from portal.access.acts import Act, Reach
from portal.access.person import person_of
from portal.access.table import DESIGNATED, TABLE
from portal.cases import roles
from portal.cases.addresses import email_key
from portal.council import Council
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.web.role_words import ACTS

# One right: to do something, so far, and for the reach of own teams in which team.
Right = tuple[Act, Reach, Team | None]
# Where rights hold, and each of them in words.
Listed = tuple[str, tuple[str, ...]]

PLACES: Mapping[Reach, str] = {
    Reach.EVERY_MATTER: "for all feedback and cases, unless a wall closes one",
    Reach.GIVEN: "for each case that is opened to them for a time",
    Reach.IN_DANGER: "where somebody may be in danger now",
    Reach.ALERTED: "where somebody may be in danger now, even if a wall closes the rest",
    Reach.FOLLOWED: "for each young person who lets them",
    Reach.SPOKEN_FOR: "for each young person who lets them speak",
    Reach.DECIDED_FOR: "for each young person who lets them decide",
    Reach.DATA_ASKED: "wherever somebody asks to see what is held about them",
    Reach.DESIGNATED: "for cases about the complaints team or a head of service",
}
ANY_TEAM = "for the cases of their teams"


def rights_of(
    held: Iterable[Role], teams: Collection[Team], designated: bool = False
) -> frozenset[Right]:
    """Every right that roles give in teams.

    Args:
        held: the roles.
        teams: the teams; without any, rights over the cases of own teams are worth nothing.
        designated: whether it is the officer whom the council's file names.
    """
    pairs = {pair for role in held for pair in TABLE[role].items()}
    if designated:
        pairs |= set(DESIGNATED.items())
    found: set[Right] = set()
    for act, reach in pairs:
        found |= {(act, reach, team) for team in (teams if reach is Reach.OWN_TEAMS else (None,))}
    return frozenset(found)


def rights_on(session: Session, council: Council, account: Account, day: date) -> frozenset[Right]:
    """Every right that somebody has on a day, by what is known now."""
    person = person_of(session, account, day, email_key(council.designated_officer))
    return rights_of(person.roles, person.teams, person.designated)


def sentences(rights: Collection[Right], council: Council) -> tuple[str, ...]:
    """Rights in words, one sentence for each place in which they hold."""
    return tuple(_sentence(place, acts) for place, acts in _by_place(rights, council).items())


def lists(rights: Collection[Right], council: Council) -> tuple[Listed, ...]:
    """Rights in words, one list for each place in which they hold: there are too many in a role
    for a sentence. The place is empty where they hold in the whole portal."""
    return tuple((place, _words(acts)) for place, acts in _by_place(rights, council).items())


def _by_place(rights: Collection[Right], council: Council) -> dict[str, set[Act]]:
    by_place: dict[str, set[Act]] = {}
    teams: dict[frozenset[Act], list[Team]] = {}
    for team in Team:
        acts = frozenset(act for act, _, in_team in rights if in_team is team)
        if acts:
            teams.setdefault(acts, []).append(team)
    for reach in Reach:
        acts = frozenset(act for act, far, in_team in rights if far is reach and in_team is None)
        if acts and reach is Reach.PORTAL:
            by_place[""] = set(acts)
        elif acts:
            by_place[PLACES.get(reach, ANY_TEAM)] = set(acts)
    for acts, some in teams.items():
        named = joined([council.team(team).officer_label for team in some])
        by_place[f"for the cases of {named}"] = set(acts)
    return by_place


def of_role(role: Role, council: Council) -> tuple[Listed, ...]:
    """What a role lets anybody do who has it."""
    found: set[Right] = {(act, reach, None) for act, reach in TABLE[role].items()}
    return lists(found, council)


def needs_team(held: Iterable[Role]) -> bool:
    """Whether some role opens nothing to somebody who is in no team."""
    return any(Reach.OWN_TEAMS in TABLE[role].values() for role in held)


def joined(parts: Iterable[str]) -> str:
    """Words in a row: "a, b and c"."""
    *most, last = list(parts)
    return f"{', '.join(most)} and {last}" if most else last


def young_people(count: int) -> str:
    """So many of them, in words."""
    return "1 young person" if count == 1 else f"{count} young people"


def words_for(role: Role, named: Mapping[Role, str]) -> str:
    """A role after "will be": with its article."""
    text = named[role]
    if role is Role.DUTY_TEAM:
        return f"in the {text}"
    return f"{'an' if text[0] in 'aeio' else 'a'} {text}"


def held_on(session: Session, account: Account, day: date) -> frozenset[Role]:
    """The roles that somebody has on a day."""
    return roles.roles_between(session, account.id, day, day)


def _sentence(place: str, acts: Collection[Act]) -> str:
    text = joined(_words(acts))
    return f"{place}: {text}" if place else text


def _words(acts: Collection[Act]) -> tuple[str, ...]:
    return tuple(ACTS[act] for act in Act if act in acts)
