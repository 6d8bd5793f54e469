"""indexes of what the search is narrowed by, and triggers for findings and what was passed on."""

from alembic import op


revision = "0028_find2"
down_revision = "0027_signin"
branch_labels = None
depends_on = None

INDEXES = {
    'feedback': (('channel', 'door', 'relationship_said', 'category_said', 'risk'), 'id'),
    'case': (('procedure', 'area', 'team', 'stage_key', 'procedure_state'), 'feedback_id'),
    'decision': (('category', 'area', 'team', 'procedure', 'relationship', 'risk'), 'feedback_id'),
    'point_finding': (('finding',), 'point_id'),
    'remedy': (('kind',), 'case_id'),
}
BY_CASE = '(SELECT feedback_id FROM "case" WHERE id = {row}.case_id)'
BY_POINT = (
    '(SELECT "case".feedback_id FROM point JOIN "case" ON "case".id = point.case_id'
    ' WHERE point.id = {row}.point_id)'
)
WATCHED = (
    ('point_finding', 'reasons', BY_POINT),
    ('case_event', 'event', BY_CASE),
    ('handover', 'words', '{row}.feedback_id'),
)


def upgrade() -> None:
    for table, (columns, key) in INDEXES.items():
        for column in columns:
            op.create_index(f'ix_{table}_{column}', table, [column, key], unique=False)
    if op.get_bind().dialect.name == 'postgresql':
        for table, columns, matter in WATCHED:
            _watch(table, columns, matter)
    # More is searched in than was: everything is read again; on SQLite env.py puts the triggers on.
    op.execute('INSERT INTO find_change (feedback_id) SELECT id FROM feedback ORDER BY id')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table, _columns, _matter in WATCHED:
            op.execute(f'DROP TRIGGER IF EXISTS {table}_found ON {table}')
            op.execute(f'DROP FUNCTION IF EXISTS {table}_found()')
    for table, (columns, _key) in INDEXES.items():
        for column in columns:
            op.drop_index(f'ix_{table}_{column}', table_name=table)


def _watch(table: str, columns: str, matter: str) -> None:
    def noted(row: str) -> str:
        return (
            'INSERT INTO find_change (feedback_id) '
            f'SELECT matter FROM (SELECT {matter.format(row=row)} AS matter) AS matters WHERE matter IS NOT NULL;'
        )

    op.execute(
        f'CREATE FUNCTION {table}_found() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF TG_OP <> 'INSERT' THEN {noted('OLD')} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {noted('NEW')} END IF; "
        'RETURN NULL; END $$'
    )
    op.execute(
        f'CREATE TRIGGER {table}_found AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table} '
        f'FOR EACH ROW EXECUTE FUNCTION {table}_found()'
    )
