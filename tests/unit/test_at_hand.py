"""What is at hand on a page that only reads is what its own questions would give, also while
something is tried out there, and afterwards."""

from flask import Flask

from portal.cases import points
from portal.cases.trying_out import tried_out
from portal.matter_rows import CASE, CASE_STAGES, POINTS
from portal.procedures.finding import PointState
from portal.records.case import Case
from portal.work import WORKER, begin_work
from tests import matters
from tests.architecture.walked_pages import reads


def test_what_is_tried_out_stands_at_hand_until_it_is_taken_back(app: Flask) -> None:
    with begin_work(WORKER) as work:
        officer = matters.make_account(work)
        case = matters.make_case(work, matters.make_feedback(work), officer=officer)
        work.session.flush()
        key = case.id
        points.add(work, case, ["One.", "Two."])
    with app.test_request_context("/"), begin_work(WORKER) as work:
        session = work.session
        case = session.get_one(Case, key)
        first, second = POINTS.of(session, key)
        (stage,) = CASE_STAGES.of(session, key)
        before = stage.due_on
        with tried_out(work):
            (third,) = points.add(work, case, ["Three."])
            session.delete(first)
            second.state, case.stage_key, stage.due_on = PointState.SENT, "tried", work.today
            with reads(app) as asked:
                assert POINTS.of(session, key) == [second, third]
                assert CASE_STAGES.of(session, key)[0].due_on == work.today
            assert asked == []
        with reads(app) as asked:
            assert POINTS.of(session, key) == [first, second]
            assert (first.text, second.state) == ("One.", PointState.DRAFTED)
            assert (case.stage_key, stage.due_on) == (stage.key, before)
        assert asked == []
        assert CASE.of(session, key) == [case]


def test_an_act_reads_again_what_it_asks_for(app: Flask) -> None:
    with begin_work(WORKER) as work:
        officer = matters.make_account(work)
        case = matters.make_case(work, matters.make_feedback(work), officer=officer)
        work.session.flush()
        key = case.id
    with app.test_request_context("/", method="POST"), begin_work(WORKER) as work:
        with reads(app) as asked:
            for _ in range(2):
                CASE_STAGES.of(work.session, key)
        assert len(asked) == 2
