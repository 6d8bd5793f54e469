"""What the demo's rows lack for a report of ten years, put in by SQL: findings, second and third
stages, remedies and what the Ombudsman decided. Nobody's words are in any of it."""

from sqlalchemy import text
from sqlalchemy.orm import Session

# Kept in the open form, for nobody's words are in it.
_POINTS = (
    "INSERT INTO point (public_id, case_id, number, text, state, made_at, version)"
    " SELECT 'bench-' || s.id, s.case_id, 1, '\\x0078'::bytea, 'agreed', now(), 1"
    " FROM case_stage s WHERE s.answered_on IS NOT NULL"
)
# One answered complaint in eight goes on, and one in six of those that may goes on again; each
# opens a month after its answer, is due twenty or sixty-five working days later, and some are late.
_GOES_ON = (
    "INSERT INTO case_stage (case_id, key, profile, opened_on, starts, start_on, due_on,"
    " first_due_on, working, answered_on)"
    " SELECT s.case_id, :key, s.profile, s.answered_on + 30, s.starts, s.answered_on + 30,"
    " s.answered_on + 30 + :days, s.answered_on + 30 + :days, s.working,"
    " s.answered_on + 30 + :days - 9 + s.id % 13"
    " FROM case_stage s WHERE s.key = :after AND s.answered_on + 45 + :days < :last"
    " AND s.profile LIKE :profile AND s.case_id % :of = 0"
)
_CLOCKS = (
    "INSERT INTO case_clock (stage_id, key, reading, starts, start_on, due_on, first_due_on,"
    " met_on, soft, working)"
    " SELECT s.id, s.key, '', s.starts, s.start_on, s.due_on, s.due_on, s.answered_on, false,"
    " s.working FROM case_stage s WHERE s.key IN ('stage_2', 'stage_3')"
)
_STAND_AT = (
    'UPDATE "case" SET stage_key = s.key FROM case_stage s WHERE s.case_id = "case".id'
    " AND s.key = :key"
)
_FINDINGS = (
    "INSERT INTO point_finding"
    " (point_id, stage_id, giver, finding, resolved, written_at, written_by_id, version)"
    " SELECT p.id, s.id, CASE s.key WHEN 'stage_1' THEN 'service' ELSE 'council' END,"
    " (ARRAY['upheld', 'partially_upheld', 'not_upheld'])[1 + (p.id + s.id) % 3], false, now(),"
    " (SELECT min(id) FROM account), 1"
    " FROM point p JOIN case_stage s ON s.case_id = p.case_id WHERE s.answered_on IS NOT NULL"
)
# Two promises for two answered stages in five: most done, a few late, a few given money for.
_REMEDIES = (
    "INSERT INTO remedy (public_id, case_id, stage_key, giver, kind, text, state, team,"
    " amount_pence, due_on, done_on, compliance, for_report, shown_to_person, made_at, made_by_id,"
    " version)"
    " SELECT 'bench-' || s.id || '-' || n, s.case_id, s.key,"
    " CASE WHEN s.key = 'enquiry' THEN 'ombudsman' WHEN s.key = 'stage_1' THEN 'service'"
    " ELSE 'council' END,"
    " (ARRAY['apology', 'symbolic_payment', 'training', 'reassessment', 'meeting'])"
    "[1 + (s.id + n) % 5], '\\x0078'::bytea,"
    " (ARRAY['done', 'done', 'done', 'promised'])[1 + s.id % 4], c.team,"
    " CASE (s.id + n) % 5 WHEN 1 THEN 15000 END, s.answered_on + 30,"
    " CASE WHEN s.id % 4 < 3 THEN s.answered_on + 20 + (s.id % 17)::int END,"
    " CASE WHEN s.key = 'enquiry' AND s.id % 4 < 3 THEN 'on_time' END,"
    " false, true, s.answered_on, (SELECT min(id) FROM account), 1"
    ' FROM case_stage s JOIN "case" c ON c.id = s.case_id, generate_series(1, 2) n'
    " WHERE s.answered_on IS NOT NULL AND s.id % 5 < 2"
)
_MATTERS = (
    "INSERT INTO ombudsman_matter (case_id, decision, public_report, recorded_at, recorded_by_id,"
    " version, reached)"
    " SELECT s.case_id, (ARRAY['upheld_remedy_agreed', 'upheld', 'not_upheld',"
    " 'closed_after_enquiries', 'not_ready'])[1 + s.id % 5], false, s.answered_on,"
    " (SELECT min(id) FROM account), 1,"
    " (ARRAY['investigation', 'investigation', 'investigation', 'assessment', 'intake'])"
    "[1 + s.id % 5] FROM case_stage s WHERE s.key = 'enquiry' AND s.answered_on IS NOT NULL"
)
_COVERS = (
    "INSERT INTO ombudsman_cover (public_id, matter_id, case_id, added_at, added_by_id)"
    " SELECT 'bench-' || m.case_id, m.case_id, (SELECT max(s.case_id) FROM case_stage s"
    " WHERE s.key = 'stage_1' AND s.case_id < m.case_id), now(), (SELECT min(id) FROM account)"
    " FROM ombudsman_matter m WHERE m.case_id > 20"
)
SECOND = {"key": "stage_2", "after": "stage_1", "days": 28, "profile": "%", "of": 8}
THIRD = {"key": "stage_3", "after": "stage_2", "days": 40, "profile": "statutory%", "of": 48}


def put_in(session: Session, last: object) -> None:
    """Store them.

    Args:
        session: an open act on filled tables.
        last: the last day of the cases; nothing is answered after it.
    """
    session.execute(text(_POINTS))
    for stage in (SECOND, THIRD):
        session.execute(text(_GOES_ON), {**stage, "last": last})
        session.execute(text(_STAND_AT), {"key": stage["key"]})
    for rows in (_CLOCKS, _FINDINGS, _REMEDIES, _MATTERS, _COVERS):
        session.execute(text(rows))
