"""What is at hand on a page that only reads is what its own questions would give, also while
something is tried out there, and afterwards."""

from flask import Flask

from portal.cases import points
from portal.cases.trying_out import tried_out
from portal.matter_rows import CASE, CASE_STAGES, PARTIES, POINTS, RULES
from portal.procedures.finding import PointState
from portal.records.case import Case
from portal.records.party import Party, PartyRole
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


def test_what_hangs_on_a_matter_that_the_act_has_made_is_at_hand(app: Flask) -> None:
    with begin_work(WORKER) as work:
        session = work.session
        feedback = matters.make_feedback(work)
        session.flush()
        with reads(app) as asked:
            before = PARTIES.of(session, feedback.id)
            assert RULES.of_each(session, [feedback.id]) == {feedback.id: []}
        assert asked == []
        session.add(Party(feedback_id=feedback.id, role=PartyRole.COMPLAINANT, name="Petra Quill"))
        with reads(app) as asked:
            found = PARTIES.of(session, feedback.id)
        assert [party.name for party in found[len(before) :]] == ["Petra Quill"]
        assert [one for one in asked if one[0].startswith("SELECT")] == []
        key = feedback.id
    with begin_work(WORKER) as work, reads(app) as asked:
        assert len(PARTIES.of(work.session, key)) == len(before) + 1
    assert len(asked) == 1


def test_what_the_act_takes_away_or_takes_back_is_asked_for_again(app: Flask) -> None:
    with begin_work(WORKER) as work:
        session = work.session
        one, other = matters.make_feedback(work), matters.make_feedback(work)
        party = Party(feedback_id=one.id, role=PartyRole.COMPLAINANT, name="Petra Quill")
        session.add(party)
        assert party in PARTIES.of(session, one.id)
        party.feedback_id = other.id
        assert party not in PARTIES.of(session, one.id)
        assert party in PARTIES.of(session, other.id)
        third = matters.make_feedback(work)
        session.flush()
        with session.begin_nested() as tried:
            session.add(Party(feedback_id=third.id, role=PartyRole.COMPLAINANT, name="A. Quill"))
            many = len(PARTIES.of(session, third.id))
            tried.rollback()
        assert len(PARTIES.of(session, third.id)) == many - 1
