"""Two senders and two officers at the same moment, on both databases: a text and a call go once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.correspondence import outbox, phone_notices, texting
from portal.correspondence.phone_notices import ToldAlready
from portal.db import db
from portal.records.feedback import ContactWay
from portal.records.outbox_letter import LetterKind
from portal.records.party import PartyRole
from portal.records.phone_notice import NoticeState, PhoneNotice
from portal.work import WORKER, begin_work
from tests import matters
from tests.conftest import settings_for
from tests.services.notify_server import NotifyServer

NUMBER = "07700 900 461"


@pytest.mark.parametrize("way", [ContactWay.TEXT, ContactWay.PHONE])
def test_of_two_at_the_same_moment_one_has_it(
    database_url: str, tmp_path: Path, way: ContactWay
) -> None:
    settings = settings_for(tmp_path, DATABASE_URL=database_url, **NotifyServer().environment)
    app = create_app(settings)
    together = Barrier(2)
    with app.app_context(), begin_work(WORKER) as work:
        party = matters.NewParty(PartyRole.COMPLAINANT, "Noor Whitfield", phone=NUMBER)
        feedback = matters.make_feedback(work, contact_way=way, parties=(party,))
        outbox.post(work, LetterKind.THANKS, feedback)
        work.session.flush()
        notice_id = work.session.scalars(select(PhoneNotice.id)).one()

    def take(_number: int) -> bool:
        with app.app_context():
            together.wait()
            try:
                with begin_work(WORKER) as work:
                    if way is ContactWay.TEXT:
                        return texting.claim_next(work) is not None
                    phone_notices.done(work, work.session.get_one(PhoneNotice, notice_id))
            except ToldAlready:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(take, range(2)))
    assert sorted(results) == [False, True]
    with app.app_context():
        notice = db.session.get_one(PhoneNotice, notice_id)
        expected = NoticeState.SENDING if way is ContactWay.TEXT else NoticeState.DONE
        assert notice.state is expected
        assert notice.tries == (1 if way is ContactWay.TEXT else 0)
        db.session.remove()
        db.engine.dispose()
