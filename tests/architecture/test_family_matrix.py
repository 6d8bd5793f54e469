"""An advocate follows one young person: no page, file or list of theirs has a word of what a
brother, the other parent or somebody of a joined case told us, and none of those opens to them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.access.acts import MATTER_ACTS
from portal.cases import supporters
from portal.db import db
from portal.records.account import Role
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.web.access import Access, Of, rule_of
from portal.work import PUBLIC, begin_work
from tests.architecture.access_world import FAMILY, OWN, World, build, views, words_of_family
from tests.architecture.test_access_matrix import is_let_in
from tests.conftest import app_for, settings_for

ADVOCATES = (Role.ADVOCATE, Role.ADVOCACY_LEAD)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all of them; what a test changes in it, no other looks at."""
    app = app_for(settings_for(tmp_path_factory.mktemp("family")))
    with app.app_context():
        db.create_all()
        yield build(app)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("role", ADVOCATES)
@pytest.mark.parametrize("situation", FAMILY)
def test_no_page_or_file_or_post_of_the_family_opens(
    world: World, role: Role, situation: str
) -> None:
    asked, kinds = 0, set()
    for endpoint, method, rule in views(world.app):
        if rule.needs in MATTER_ACTS:
            address = world.address(endpoint, situation)
            assert is_let_in(world.app, world.tokens[role], address, method) is False, endpoint
            asked += 1
            kinds.add(rule.of)
    assert asked > 40
    assert kinds == set(Of)


@pytest.mark.parametrize("role", ADVOCATES)
def test_no_page_of_the_advocate_has_a_word_of_the_family(world: World, role: Role) -> None:
    client, looked = world.browser(role), 0
    for endpoint, method, _rule in views(world.app):
        names = {
            name for route in world.app.url_map.iter_rules(endpoint) for name in route.arguments
        }
        if method != "GET" or names - {"public_id"}:
            continue
        answer = client.get(world.address(endpoint, OWN), follow_redirects=True)
        for situation in FAMILY:
            assert words_of_family(situation).encode() not in answer.data, endpoint
            for ids in (world.feedback_ids, world.file_ids, world.letter_ids):
                assert ids[situation].encode() not in answer.data, endpoint
        looked += answer.status_code == 200
    assert looked > 4


def test_no_page_of_a_supporter_has_a_word_of_the_family(world: World) -> None:
    with begin_work(PUBLIC) as work:
        own = work.session.scalars(
            select(Feedback).where(Feedback.public_id == world.feedback_ids[OWN])
        ).one()
        last_day = work.today + timedelta(days=7)
        _, token = supporters.offer(work, own, "Jo", frozenset(Scope), last_day)
    jo, looked = world.app.test_client(), 0
    assert jo.post(f"/supporter/link/{token}").status_code == 303
    for route in world.app.url_map.iter_rules():
        rule = rule_of(world.app, route.endpoint)
        if rule is None or rule.needs is not Access.SUPPORTER or "GET" not in (route.methods or ()):
            continue
        page = jo.get(str(route.rule)).text
        assert all(words_of_family(one) not in page for one in FAMILY), route.endpoint
        looked += 1
    assert looked >= 1
