"""What the demo prints once it runs: where to look, who may sign in, how to send it a message."""

from portal.demo.sign_ins import (
    ABOUT_A_MANAGER,
    AUTHENTICATOR,
    EVERYBODY,
    FOLLOWED,
    IN_TWO_PARTS,
    JOINED,
    REFUSAL_WAITS,
    SET_ASIDE,
    TO_BE_JOINED,
    Opening,
    SignIn,
)
from portal.demo.surroundings import LOOPBACK, MAIL_PASSWORD, Surroundings

SENDER = "sam@home.example"
RULE = "-" * 78


def notice(here: Surroundings) -> str:
    """Write the block that the launcher prints."""
    return "\n".join(
        (
            RULE,
            "Heard is running, with invented data. Nothing leaves this machine.",
            "",
            f"  Give feedback       {here.address}/",
            f"  Young people        {here.address}/young-people/",
            f"  Follow a matter     {here.address}/track",
            f"  Officers            {here.address}/officers/",
            f"  Advocates           {here.address}/advocates/",
            f"  All mailboxes       {here.mail_page}",
            "",
            "Sign in",
            *(_sign_in(person) for person in EVERYBODY),
            "  Then a code: the page shows it (this is a demo), and any authenticator app makes it",
            f"  from the key {AUTHENTICATOR}.",
            "",
            "Follow a matter by reference and secret words",
            _opening("followed by the advocate", FOLLOWED),
            _opening("for the advocate to join", TO_BE_JOINED),
            _opening("about the team manager", ABOUT_A_MANAGER),
            _opening("waits for a second officer", REFUSAL_WAITS),
            _opening("in two parts", IN_TWO_PARTS),
            _opening("worked with another", JOINED),
            _opening("set aside for a court", SET_ASIDE),
            "",
            f"Send it an e-mail, from {SENDER} (copy both lines into a second terminal)",
            *_message(here),
            "",
            f"It is in the officers' queue within seconds. The answer to {SENDER} is at",
            f"{here.mail_page} (choose that account), or by IMAP at {LOOPBACK}:{here.ports.imap}",
            f'with the address as the user and the password "{MAIL_PASSWORD}".',
            "",
            f"Data and logs are in {here.folder}. Delete it to begin anew.",
            "Press Ctrl-C to end everything.",
            RULE,
        )
    )


def _sign_in(person: SignIn) -> str:
    kind = person.role.value.replace("_", " ")
    return f"  {kind:<20}{person.email:<28}password: {person.password}"


def _opening(what: str, opening: Opening) -> str:
    return f"  {what:<28}{opening.reference}   {opening.words}"


def _message(here: Surroundings) -> tuple[str, str]:
    head = f"From: Sam Example <{SENDER}>\\nTo: {here.mailbox}\\nSubject: The school taxi"
    words = "The taxi to school did not come for three days and nobody rang us."
    return (
        f"  python3 -c \"import smtplib; smtplib.SMTP('{LOOPBACK}', {here.ports.smtp}).sendmail("
        f"'{SENDER}', '{here.mailbox}',",
        f"    '{head}\\n\\n{words}')\"",
    )
