"""the search index, texts of files, kept searches, tags, and the key of a postal address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR


revision = "0025_find"
down_revision = "0024_queue"
branch_labels = None
depends_on = None

BY_CASE = '(SELECT feedback_id FROM "case" WHERE id = {row}.case_id)'
OF_FILE = 'coalesce({row}.feedback_id, (SELECT feedback_id FROM message WHERE id = {row}.message_id))'
WATCHED = (
    ('feedback', 'subject, story, wanted, about_whom, service_said', '{row}.id'),
    ('party', 'name, email, phone, address', '{row}.feedback_id'),
    ('message', 'body', '{row}.feedback_id'),
    ('outbox_letter', 'subject, body, shown_to_person', '{row}.feedback_id'),
    ('attachment', 'filename, heard, state, feedback_id, message_id', OF_FILE),
    ('point', 'text', BY_CASE),
    ('remedy', 'text', BY_CASE),
)


def upgrade() -> None:
    _make_index()
    _make_file_text()
    _make_near_text()
    _make_kept_search()
    _make_tag()
    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address_key', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_party_address_key'), ['address_key'], unique=False)
    # Everything there is waits to be indexed; on SQLite env.py puts the triggers on afterwards.
    op.execute('INSERT INTO find_change (feedback_id) SELECT id FROM feedback ORDER BY id')
    if op.get_bind().dialect.name == 'postgresql':
        for table, columns, matter in WATCHED:
            _watch(table, columns, matter)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for table, _columns, _matter in WATCHED:
            op.execute(f'DROP TRIGGER IF EXISTS {table}_found ON {table}')
            op.execute(f'DROP FUNCTION IF EXISTS {table}_found()')
    else:
        op.execute('DROP TABLE find_words')
    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_party_address_key'))
        batch_op.drop_column('address_key')
    for table in ('matter_tag', 'kept_search', 'near_text', 'file_text', 'find_change', 'find_entry'):
        op.drop_table(table)


def _make_index() -> None:
    postgresql = op.get_bind().dialect.name == 'postgresql'
    op.create_table('find_entry',
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('stems', TSVECTOR() if postgresql else sa.Text(), nullable=False),
    sa.Column('indexed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_find_entry_feedback_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('feedback_id', name=op.f('pk_find_entry')),
    )
    op.create_table('find_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_find_change')),
    sqlite_autoincrement=True,
    )
    if postgresql:
        op.create_index('ix_find_entry_stems', 'find_entry', ['stems'], unique=False, postgresql_using='gin')
    else:
        op.execute("CREATE VIRTUAL TABLE find_words USING fts5(stems, content='find_entry', content_rowid='feedback_id', tokenize='ascii')")


def _make_file_text() -> None:
    op.create_table('file_text',
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_file_text_attachment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attachment_id', name=op.f('pk_file_text')),
    )


def _make_near_text() -> None:
    op.create_table('near_text',
    sa.Column('band', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_near_text_feedback_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('band', 'feedback_id', name=op.f('pk_near_text')),
    )
    with op.batch_alter_table('near_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_near_text_feedback_id'), ['feedback_id'], unique=False)


def _make_kept_search() -> None:
    op.create_table('kept_search',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('filters', sa.JSON(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_kept_search_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_search')),
    sa.UniqueConstraint('public_id', name=op.f('uq_kept_search_public_id')),
    )
    with op.batch_alter_table('kept_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_search_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_search_ends_at'), ['ends_at'], unique=False)


def _make_tag() -> None:
    op.create_table('matter_tag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('put_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_matter_tag_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['put_by_id'], ['account.id'], name=op.f('fk_matter_tag_put_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_tag')),
    sa.UniqueConstraint('tag', 'feedback_id', name=op.f('uq_matter_tag_tag_feedback_id')),
    )
    with op.batch_alter_table('matter_tag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_tag_feedback_id'), ['feedback_id'], unique=False)


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
