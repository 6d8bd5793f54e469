"""parts about another child; letters know their part; files of a message are found by it."""

import sqlalchemy as sa
from alembic import op


revision = "0023_doors"
down_revision = "0022_advocates"
branch_labels = None
depends_on = None

# Letters that speak of every part.
OF_ALL = ('parts', 'joint_answer')


def upgrade() -> None:
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('other_child', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.alter_column('other_child', existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table('outbox_letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('part', sa.Integer(), nullable=True))
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_message_id'), ['message_id'], unique=False)
    _say_which_part()


def _say_which_part() -> None:
    """Letters of events know their case. Only where there are several parts does it matter."""
    connection = op.get_bind()
    several = sa.text(
        'SELECT e.letter_id, c.part FROM case_event e JOIN "case" c ON c.id = e.case_id '
        'JOIN outbox_letter l ON l.id = e.letter_id '
        'WHERE l.kind NOT IN :of_all AND c.feedback_id IN (SELECT feedback_id FROM "case" WHERE part > 1)'
    ).bindparams(sa.bindparam('of_all', value=OF_ALL, expanding=True))
    rows = [{'letter': letter, 'part': part} for letter, part in connection.execute(several)]
    if rows:
        connection.execute(sa.text('UPDATE outbox_letter SET part = :part WHERE id = :letter'), rows)


def downgrade() -> None:
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_message_id'))
    with op.batch_alter_table('outbox_letter', schema=None) as batch_op:
        batch_op.drop_column('part')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('other_child')
