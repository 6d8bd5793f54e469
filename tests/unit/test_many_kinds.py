"""Rows that come as JSON are the records that a query would give."""

from portal import many_kinds
from portal.records.feedback import Feedback
from portal.work import Work
from tests.matters import make_feedback


def test_a_private_value_that_nobody_gave_stays_away(work: Work) -> None:
    feedback = make_feedback(work)
    story, feedback.about_whom = feedback.story, None
    work.session.flush()
    key = feedback.id
    work.session.expunge_all()
    ((read,),) = many_kinds.read(work.session, [(Feedback, "id", [key])])
    assert (read.story, read.about_whom) == (story, None)
