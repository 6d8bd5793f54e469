"""What the work process does about danger: alarming wordings read, alerts raised and sent."""

from portal import clock
from portal.cases import alarming_words, danger
from portal.cases.alarming_words import Alarming
from portal.db import db
from portal.records.danger_alert import DangerAlert
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.work import WORKER, begin_work


def load_alarming() -> Alarming:
    """The list of wordings: plain expressions, there without any model."""
    # Imported here: pages that read nobody's text do without.
    from classifier.risk_words import alarms
    from portal.procedures.vocabulary import Risk

    return lambda text: any(alarm.risk is Risk.NOW for alarm in alarms(text))


def read_words(alarming: Alarming, *, model_reads: bool) -> int:
    """Read what no model reads; how many texts said danger. Each in an act of its own."""
    raised = 0
    for feedback_id in alarming_words.unread_texts(db.session(), model_reads=model_reads):
        with begin_work(WORKER) as work:
            feedback = work.session.get_one(Feedback, feedback_id)
            raised += alarming_words.read_text(work, feedback, alarming)
    for message_id in alarming_words.unread_messages(db.session()):
        with begin_work(WORKER) as work:
            message = work.session.get_one(Message, message_id)
            raised += alarming_words.read_message(work, message, alarming)
    return raised


def send_alerts() -> int:
    """Raise what is not raised yet, and send what is due; how many letters that made."""
    for feedback_id in danger.unraised(db.session()):
        with begin_work(WORKER) as work:
            danger.raise_alert(work, work.session.get_one(Feedback, feedback_id))
    sent = 0
    for alert_id in danger.due(db.session(), clock.now()):
        with begin_work(WORKER) as work:
            sent += danger.send(work, work.session.get_one(DangerAlert, alert_id))
    return sent
