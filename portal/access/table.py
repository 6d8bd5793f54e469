"""Who may what: the one table. What does not stand here is not allowed.

`portal.access.permission` is the one function that reads it, and every view, file, list, search
and export asks there.
"""

from collections.abc import Mapping

from portal.access.acts import MATTER_ACTS, Act, Reach
from portal.procedures.finding import Giver
from portal.records.account import Role

_READS = (Act.READ, Act.OPEN_FILE)
_COMPLAINTS_WORK = (
    *_READS,
    Act.DECIDE,
    Act.AGREE_TO_NO,
    Act.ACKNOWLEDGE,
    Act.WRITE,
    Act.TAKE_ALERT,
    Act.GIVE_WORDS,
    Act.NAME_PERSONS,
    Act.ADMIT_ADVOCATES,
    Act.GRANT,
    Act.SEE_WHO_LOOKED,
    # They record what the others found as well: a report that came on paper is typed in by them.
    Act.CONDUCT,
    Act.ANSWER,
    Act.SIGN_ANSWER,
    Act.INVESTIGATE,
    Act.ADJUDICATE,
    Act.SIT,
    Act.HOLD,
    Act.ERASE,
)
_DESK = (
    Act.LIST,
    Act.WORK_QUEUE,
    Act.ENTER,
    Act.LOOK_AT_MAIL,
    Act.SEND_POST,
    Act.KEEP_REGISTER,
    Act.EXPORT,
    Act.SEE_SUGGESTION_FIGURES,
    Act.SEE_MONDAY_VIEW,
    Act.SEE_REPORT,
    Act.WRITE_REPORT,
    Act.SEE_RETENTION,
)


def _of(reach: Reach, *acts: Act) -> dict[Act, Reach]:
    return dict.fromkeys(acts, reach)


_FOR_ONE_MATTER = {**_of(Reach.PORTAL, Act.LIST), **_of(Reach.GIVEN, *_READS)}
# People from outside see what was chosen for them, and no page of the office.
_FROM_OUTSIDE = {**_of(Reach.PORTAL, Act.LIST_ASSIGNED), **_of(Reach.GIVEN, Act.SEE_PAPERS)}
_FOR_OWN_TEAMS = {
    **_of(Reach.PORTAL, Act.LIST, Act.BREAK_GLASS, Act.SEE_MONDAY_VIEW),
    **_of(Reach.OWN_TEAMS, *_READS, Act.WRITE, Act.TAKE_ALERT, Act.ANSWER),
}
_ADVOCACY = {
    **_of(Reach.PORTAL, Act.FOLLOW_LIST),
    **_of(Reach.FOLLOWED, Act.FOLLOW, Act.OPEN_THEIR_FILE),
    **_of(Reach.SPOKEN_FOR, Act.SPEAK_FOR),
    **_of(Reach.DECIDED_FOR, Act.DECIDE_FOR),
    **_of(Reach.LETTERS_FOR, Act.READ_THEIR_LETTER),
}

TABLE: Mapping[Role, Mapping[Act, Reach]] = {
    Role.COMPLAINTS_MANAGER: {
        **_of(Reach.PORTAL, *_DESK, Act.REVIEW_GLASS, Act.SET_DAYS_OFF, Act.PUBLISH_REPORT),
        **_of(Reach.PORTAL, Act.SET_LETTERS),
        **_of(
            Reach.EVERY_MATTER,
            *_COMPLAINTS_WORK,
            Act.AGREE_TO_CHILDS_NO,
            Act.AGREE_TO_TELL,
            Act.AGREE_TO_CONTACT,
        ),
    },
    Role.OFFICER: {
        **_of(Reach.PORTAL, *_DESK),
        **_of(Reach.EVERY_MATTER, *_COMPLAINTS_WORK),
    },
    Role.TEAM_MANAGER: _FOR_OWN_TEAMS,
    Role.HEAD_OF_SERVICE: {
        **_FOR_OWN_TEAMS,
        **_of(Reach.PORTAL, Act.SEE_REPORT),
        **_of(Reach.OWN_TEAMS, Act.SIGN_ANSWER),
    },
    # Where a matter is about the complaints team itself, the second officer is the senior manager
    # to whom the designated officer has opened it.
    Role.ADJUDICATING_OFFICER: {
        **_FOR_ONE_MATTER,
        **_of(Reach.GIVEN, Act.ADJUDICATE, Act.AGREE_TO_NO, Act.AGREE_TO_CHILDS_NO),
        **_of(Reach.GIVEN, Act.AGREE_TO_TELL),
    },
    Role.INVESTIGATOR: {**_FROM_OUTSIDE, **_of(Reach.GIVEN, Act.INVESTIGATE)},
    Role.INDEPENDENT_PERSON: _FROM_OUTSIDE,
    Role.PANEL_MEMBER: _FROM_OUTSIDE,
    Role.PANEL_CLERK: {**_FOR_ONE_MATTER, **_of(Reach.GIVEN, Act.SIT)},
    Role.DUTY_TEAM: {
        **_of(Reach.PORTAL, Act.LIST, Act.BREAK_GLASS),
        **_of(Reach.IN_DANGER, *_READS, Act.WRITE),
        **_of(Reach.ALERTED, Act.TAKE_ALERT),
    },
    Role.INFORMATION_GOVERNANCE: {
        **_of(Reach.PORTAL, Act.LIST, Act.LIST_REQUESTS, Act.READ_AUDIT),
        **_of(Reach.GIVEN, *_READS),
        **_of(Reach.DATA_ASKED, Act.HANDLE_REQUEST),
        **_of(Reach.EVERY_MATTER, Act.SEE_WHO_LOOKED),
    },
    Role.AUDITOR: _of(Reach.PORTAL, Act.READ_AUDIT),
    Role.ADMINISTRATOR: _of(Reach.PORTAL, Act.ADMINISTER),
    Role.ADVOCATE: _ADVOCACY,
    Role.ADVOCACY_LEAD: {**_ADVOCACY, **_of(Reach.PORTAL, Act.LEAD_ADVOCATES)},
}

# What the officer named in the council's file may do with the matters that go to them.
DESIGNATED: Mapping[Act, Reach] = {
    **_of(Reach.PORTAL, Act.LIST, Act.WORK_QUEUE, Act.SEND_POST),
    **_of(Reach.PORTAL, Act.REVIEW_GLASS, Act.SEE_RETENTION),
    **_of(
        Reach.DESIGNATED,
        *_COMPLAINTS_WORK,
        Act.AGREE_TO_CHILDS_NO,
        Act.AGREE_TO_TELL,
        Act.AGREE_TO_CONTACT,
    ),
}

# Whose findings and recommendations each act lets somebody write.
RECORDS_FOR: Mapping[Giver, Act] = {
    Giver.SERVICE: Act.ANSWER,
    Giver.INVESTIGATOR: Act.INVESTIGATE,
    Giver.ADJUDICATOR: Act.ADJUDICATE,
    Giver.PANEL: Act.SIT,
    Giver.COUNCIL: Act.ADJUDICATE,
    Giver.OMBUDSMAN: Act.CONDUCT,
}

# What broken glass opens for its few hours: looking, nothing else.
GLASS_OPENS = frozenset(_READS)

COMPLAINTS_TEAM = frozenset({Role.COMPLAINTS_MANAGER, Role.OFFICER})
OUTSIDE = frozenset({Role.ADVOCATE, Role.ADVOCACY_LEAD})
# Somebody of these roles named in a complaint takes it away from the complaints team.
CONFLICTED = COMPLAINTS_TEAM | {Role.HEAD_OF_SERVICE}
# Roles that one person may be given for a single matter, besides their own.
GIVEN_ROLES = tuple(
    role
    for role, acts in TABLE.items()
    if any(reach is Reach.GIVEN for act, reach in acts.items() if act in MATTER_ACTS)
)
