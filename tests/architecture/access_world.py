"""One portal with everybody in it and one matter of each kind: what the access matrix walks."""

from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.access.acts import MATTER_ACTS, Act
from portal.cases import accounts, advocacy, children, messages, sign_ins
from portal.cases.receiving import NewParty
from portal.cases.tokens import make_public_id
from portal.procedures.vocabulary import Risk, Team
from portal.records.account import Account, Role
from portal.records.attachment import Attachment, AttachmentState
from portal.records.case import Case, CaseStage
from portal.records.feedback import Door, Feedback
from portal.records.joined_case import JoinedCase
from portal.records.message import Sender
from portal.records.outbox_letter import LetterState
from portal.records.party import PartyRole
from portal.records.wall import MatterGrant, NamedPerson
from portal.web.access import Of, Rule, rule_of
from portal.work import COMMAND, Work, begin_work
from tests import matters
from tests.signing_in import let_in

OWN, OTHERS, WALLED, NOWHERE = "own", "another team's", "walled", "not there"
SITUATIONS = (OWN, OTHERS, WALLED, NOWHERE)
# The other walls: about somebody above whoever asks, for the designated officer, nobody linked yet.
ABOVE, DESIGNATED, UNSETTLED = "about a manager", "for the designated officer", "not yet linked"
WALLS = (ABOVE, DESIGNATED, UNSETTLED)
# Matters near the own one, of others of the family: an advocate follows none of them.
SIBLING, JOINED, PARENT = "a brother's", "joined to the own one", "the other parent's"
FAMILY = (SIBLING, JOINED, PARENT)


@dataclass
class World:
    """Accounts by role, and of each kind of matter the ids that addresses carry. `designated` is
    the token of the officer whom the council's file names, who has no role."""

    app: Flask
    designated: str = ""
    tokens: dict[Role, str] = field(default_factory=dict)
    feedback_ids: dict[str, str] = field(default_factory=dict)
    file_ids: dict[str, str] = field(default_factory=dict)
    letter_ids: dict[str, str] = field(default_factory=dict)

    def browser(self, role: Role | None) -> FlaskClient:
        """A browser in which somebody of that role is signed in; a stranger's for None."""
        client = self.app.test_client()
        if role is not None:
            let_in(client, self.tokens[role])
        return client

    def address(self, endpoint: str, situation: str) -> str:
        """An address of a view for a kind of matter."""
        rule = rule_of(self.app, endpoint)
        assert rule is not None, f"{endpoint} declares nothing: put @opens_to(...) on it."
        values = {}
        for route in self.app.url_map.iter_rules(endpoint):
            for name in route.arguments:
                values[name] = self._value(rule, name, situation)
        return self.app.url_map.bind("localhost").build(endpoint, values)

    def _value(self, rule: Rule, name: str, situation: str) -> str:
        if name != "public_id" or rule.needs not in MATTER_ACTS:
            return "sample"
        ids = {
            Of.FEEDBACK: self.feedback_ids,
            Of.FILE: self.file_ids,
            Of.LETTER: self.letter_ids,
            Of.THEIR_FILE: self.file_ids,
            Of.THEIR_LETTER: self.letter_ids,
        }
        return ids[rule.of][situation]


def build(app: Flask) -> World:
    """Make the people and the matters."""
    world = World(app)
    with begin_work(COMMAND) as work:
        people = {role: _person(work, role, world) for role in Role}
        above = matters.make_account(work, Role.TEAM_MANAGER, "above@people.example", "above")
        named = accounts.create(work, "designated", work.council.designated_officer)
        work.session.flush()
        world.designated = sign_ins.begin(work, named, "a test")
        for account in people.values():
            account.reports_to_id = above.id
        for situation in (OWN, OTHERS, WALLED, *WALLS):
            _matter(work, people, situation, world)
        _wall_off(work, world, people, above)
        _family(work, world)
    world.feedback_ids[NOWHERE] = world.file_ids[NOWHERE] = make_public_id()
    world.letter_ids[NOWHERE] = make_public_id()
    return world


def views(app: Flask) -> list[tuple[str, str, Rule]]:
    """Endpoint, method and rule of every view that asks for an act."""
    found = []
    for route in app.url_map.iter_rules():
        rule = rule_of(app, route.endpoint)
        assert rule is not None, f"{route.endpoint} declares nothing: put @opens_to(...) on it."
        if isinstance(rule.needs, Act):
            methods = (route.methods or set()) - {"HEAD", "OPTIONS"}
            found += [(route.endpoint, method, rule) for method in sorted(methods)]
    return found


def _person(work: Work, role: Role, world: World) -> Account:
    from portal.cases import roles

    account = matters.make_account(work, role, f"{role.value}@people.example", role.value)
    if role in (Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE):
        roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
    world.tokens[role] = sign_ins.begin(work, account, "a test")
    return account


def _matter(work: Work, people: dict[Role, Account], situation: str, world: World) -> None:
    feedback = matters.make_feedback(work)
    case = matters.make_case(work, feedback)
    attachment = _file(work, feedback)
    world.feedback_ids[situation] = feedback.public_id
    world.file_ids[situation] = attachment.public_id
    letter = matters.make_letter(
        work, feedback, state=LetterState.TO_POST, to_address="Robin Example\n1 Sample Street"
    )
    world.letter_ids[situation] = letter.public_id
    if situation == OTHERS:
        case.team = Team.SEND
        return
    _open_to_everybody_of_it(work, feedback, case, people)
    if situation == WALLED:
        for account in people.values():
            _name(work, feedback, account, people[Role.OFFICER])


def _wall_off(work: Work, world: World, people: dict[Role, Account], above: Account) -> None:
    found = {
        wall: work.session.scalars(
            select(Feedback).where(Feedback.public_id == world.feedback_ids[wall])
        ).one()
        for wall in WALLS
    }
    _name(work, found[ABOVE], above, people[Role.OFFICER])
    stranger = matters.make_account(work, Role.OFFICER, "stranger@people.example", "stranger")
    _name(work, found[DESIGNATED], stranger, people[Role.OFFICER], for_designated=True)
    found[UNSETTLED].persons_unsettled = True


def _family(work: Work, world: World) -> None:
    """A brother's matter of the same name, one that is joined to the own case, and the other
    parent's about the same child: each with words, a letter, a message and a file."""
    own_id = world.feedback_ids[OWN]
    own = work.session.scalars(select(Feedback).where(Feedback.public_id == own_id)).one()
    children.add(work, own, "Robin Example")
    for situation in FAMILY:
        name = words_of_family(situation)
        feedback = matters.make_feedback(
            work,
            story=f"Story, {name}",
            door=Door.EVERYONE,
            parties=(NewParty(PartyRole.COMPLAINANT, f"Person, {name}"),),
        )
        case = matters.make_case(work, feedback)
        case.team = Team.SEND
        children.add(work, feedback, "Robin Example")
        children.add(work, feedback, f"Brother, {name}")
        attachment = _file(work, feedback)
        attachment.filename = f"File, {name}.pdf"
        letter = matters.make_letter(work, feedback)
        letter.body = f"Letter, {name}"
        messages.add(work, feedback, Sender.PERSON, f"Message, {name}")
        world.feedback_ids[situation] = feedback.public_id
        world.file_ids[situation] = attachment.public_id
        world.letter_ids[situation] = letter.public_id
        if situation == JOINED:
            _join(work, case, own)


def words_of_family(situation: str) -> str:
    """What every text of one of the family's matters has in it, and no other text."""
    return f"Quillfeather {FAMILY.index(situation)}"


def _join(work: Work, case: Case, own: Feedback) -> None:
    work.session.flush()
    lead = work.session.scalars(select(Case).where(Case.feedback_id == own.id)).one()
    stages = [
        work.session.scalars(select(CaseStage.id).where(CaseStage.case_id == one.id)).first()
        for one in (case, lead)
    ]
    work.session.add(
        JoinedCase(
            case_id=case.id,
            stage_id=stages[0],
            lead_id=lead.id,
            lead_stage_id=stages[1],
            joined_at=work.now,
        )
    )


def _open_to_everybody_of_it(
    work: Work, feedback: Feedback, case: Case, people: dict[Role, Account]
) -> None:
    case.risk = Risk.NOW
    work.session.add(matters.access_request(work, feedback, people[Role.OFFICER]))
    for role, account in people.items():
        if role in (Role.ADVOCATE, Role.ADVOCACY_LEAD):
            advocacy.join(work, account.id, feedback, matters.AGREED)
        else:
            grant = MatterGrant(
                public_id=make_public_id(),
                feedback_id=feedback.id,
                account_id=account.id,
                role=role,
                first_day=work.today,
                last_day=work.today + timedelta(days=30),
                granted_at=work.now,
                granted_by_id=people[Role.OFFICER].id,
            )
            work.session.add(grant)


def _name(
    work: Work, feedback: Feedback, account: Account, by: Account, *, for_designated: bool = False
) -> None:
    work.session.add(
        NamedPerson(
            public_id=make_public_id(),
            feedback_id=feedback.id,
            account_id=account.id,
            for_designated=for_designated,
            linked_at=work.now,
            linked_by_id=by.id,
        )
    )


def _file(work: Work, feedback: Feedback) -> Attachment:
    attachment = Attachment(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        filename="letter.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        state=AttachmentState.REFUSED,
        stored_as=None,
        added_at=work.now,
    )
    work.session.add(attachment)
    work.session.flush()
    return attachment
