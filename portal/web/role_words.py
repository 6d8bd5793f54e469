"""The words for roles and acts that people see."""

from collections.abc import Mapping

from portal.access.acts import Act
from portal.records.account import Role

ROLES: Mapping[Role, str] = {
    Role.COMPLAINTS_MANAGER: "complaints manager",
    Role.OFFICER: "complaints officer",
    Role.TEAM_MANAGER: "team manager",
    Role.HEAD_OF_SERVICE: "head of service",
    Role.ADJUDICATING_OFFICER: "adjudicating officer",
    Role.INVESTIGATOR: "investigating officer",
    Role.INDEPENDENT_PERSON: "independent person",
    Role.PANEL_MEMBER: "panel member",
    Role.PANEL_CLERK: "panel clerk",
    Role.DUTY_TEAM: "duty team",
    Role.INFORMATION_GOVERNANCE: "information governance officer",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
    Role.ADVOCATE: "advocate",
    Role.ADVOCACY_LEAD: "advocacy lead",
}
ACTS: Mapping[Act, str] = {
    Act.READ: "read feedback and cases",
    Act.OPEN_FILE: "open files",
    Act.DECIDE: "decide what feedback becomes",
    Act.AGREE_TO_NO: "agree as second officer to a no, or send it back",
    Act.AGREE_TO_CHILDS_NO: "do the same where a young person is told no",
    Act.ACKNOWLEDGE: "write the acknowledgement",
    Act.WRITE: "write to the person",
    Act.GIVE_WORDS: "give new secret words",
    Act.NAME_PERSONS: "say whom a matter is about",
    Act.GRANT: "open a matter to somebody for a time",
    Act.SEE_WHO_LOOKED: "see who looked at a matter",
    Act.CONDUCT: "take a case through its procedure",
    Act.ANSWER: "find on its points and answer for the service",
    Act.INVESTIGATE: "find on its points as the investigating officer",
    Act.ADJUDICATE: "decide on an investigation’s findings",
    Act.SIT: "record what a panel found",
    Act.HANDLE_REQUEST: "answer requests to see personal data",
    Act.FOLLOW: "follow a young person’s matter and write for them",
    Act.LIST: "see lists of what is open to them",
    Act.LIST_REQUESTS: "see the list of requests to see personal data",
    Act.ENTER: "enter calls and letters",
    Act.LOOK_AT_MAIL: "look at mail that could not be sorted",
    Act.SEND_POST: "print and post letters, and tell people that there is news",
    Act.EXPORT: "save lists as files",
    Act.BREAK_GLASS: "open a closed case in an emergency, with a reason",
    Act.SEE_SUGGESTION_FIGURES: "see how good the program’s suggestions are",
    Act.REVIEW_GLASS: "look at cases opened in emergencies",
    Act.SET_DAYS_OFF: "add a bank holiday that was proclaimed",
    Act.READ_AUDIT: "read the audit trail",
    Act.ADMINISTER: "manage people, roles, teams and organisations",
    Act.FOLLOW_LIST: "see the young people they support",
    Act.LEAD_ADVOCATES: "manage the advocates of their organisation",
    Act.OWN_SIGN_IN: "manage their own sign-in",
}
