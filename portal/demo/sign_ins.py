"""What the demo prints and lets in by: invented people, with passwords that are no secret.

They exist only where HEARD_DEMO=1, which the demo's launcher alone sets.
"""

from dataclasses import dataclass

from portal.cases.references import check_character, read_reference
from portal.procedures.vocabulary import Team
from portal.records.account import Role


@dataclass(frozen=True)
class SignIn:
    """Somebody who can sign in to the demo. All of them share one authenticator secret: the demo
    shows the code of the moment on the page that asks for it."""

    role: Role
    name: str
    email: str
    password: str
    job_title: str
    organisation: str | None = None
    teams: tuple[Team, ...] = ()
    reports_to: str | None = None


@dataclass(frozen=True)
class Opening:
    """A reference and the secret words that open it."""

    reference: str
    words: str


# Base 32, as authenticator apps take it; no secret, like the passwords.
AUTHENTICATOR = "HEARDDEMOHEARDDEMOHEARDDEMOHEARD"

OFFICER = SignIn(
    Role.OFFICER, "Robin Ashdown", "officer@demo.example", "amber ladder teapot",
    "Complaints officer", reports_to="manager@demo.example",
)  # fmt: skip
ADVOCATE = SignIn(
    Role.ADVOCATE, "Mina Fairfax", "advocate@demo.example", "velvet compass otter",
    "Advocate", organisation="Brightside Advocacy",
)  # fmt: skip
COMPLAINTS_MANAGER = SignIn(
    Role.COMPLAINTS_MANAGER, "Asha Pemberton", "manager@demo.example", "copper violin harvest",
    "Complaints manager",
)  # fmt: skip
HEAD_OF_SERVICE = SignIn(
    Role.HEAD_OF_SERVICE, "Idris Colwyn", "head@demo.example", "marble thicket lantern",
    "Head of children in care",
    teams=(Team.CARE_PLANNING_COURT, Team.THROUGHCARE, Team.FOSTERING, Team.DISABILITY),
)  # fmt: skip
TEAM_MANAGER = SignIn(
    Role.TEAM_MANAGER, "Bryony Tarrant", "team@demo.example", "saffron anchor pebble",
    "Team manager, children in care", teams=(Team.CARE_PLANNING_COURT,),
    reports_to="head@demo.example",
)  # fmt: skip
DUTY_TEAM = SignIn(
    Role.DUTY_TEAM, "Owen Marchbank", "duty@demo.example", "willow ribbon furnace",
    "Duty social worker", teams=(Team.EMERGENCY_DUTY,),
)  # fmt: skip
INVESTIGATOR = SignIn(
    Role.INVESTIGATOR, "Celia Northcote", "investigator@demo.example", "orchid hammer tunnel",
    "Investigating officer",
)  # fmt: skip
AUDITOR = SignIn(
    Role.AUDITOR, "Femi Lascelles", "auditor@demo.example", "walnut glacier trumpet",
    "Internal auditor",
)  # fmt: skip
ADMINISTRATOR = SignIn(
    Role.ADMINISTRATOR, "Jo Wainwright", "admin@demo.example", "bramble falcon lighthouse",
    "Systems administrator",
)  # fmt: skip
ADVOCACY_LEAD = SignIn(
    Role.ADVOCACY_LEAD, "Tamsin Orchard", "lead@demo.example", "meadow cipher accordion",
    "Advocacy lead", organisation="Brightside Advocacy",
)  # fmt: skip

# Managers stand before those who report to them.
EVERYBODY = (
    COMPLAINTS_MANAGER, OFFICER, HEAD_OF_SERVICE, TEAM_MANAGER, DUTY_TEAM, INVESTIGATOR, AUDITOR,
    ADMINISTRATOR, ADVOCACY_LEAD, ADVOCATE,
)  # fmt: skip


def _opening(body: str, words: str) -> Opening:
    reference = read_reference(body + check_character(body))
    assert reference is not None, "Seven characters of the alphabet and their check are one."
    return Opening(reference, words)


FOLLOWED = _opening("HEARD22", "canopy snap sphere voter rail")
TO_BE_JOINED = _opening("HEARD33", "spree sport cattle bunny sponsor")
# A no that its officer has proposed, and that waits for the manager.
REFUSAL_WAITS = _opening("HEARD55", "bright epic oxford rocket uneven")
IN_TWO_PARTS = _opening("HEARD66", "flint payday photo copper ensure")
# Two about the same thing; the second is worked with the first.
LEADS = _opening("HEARD77", "bacon carol cube given smooth")
JOINED = _opening("HEARD88", "express psychic argue satisfy showing")
# Not looked into while a court decides.
SET_ASIDE = _opening("HEARD99", "pupil cause shirt freedom ancient")
# About the demo's team manager, so that it is closed to her.
ABOUT_A_MANAGER = _opening("HEARD44", "oxygen canal grab storage april")
