"""joined cases are found by either case, without a scan."""

from alembic import op


revision = "0028_queries"
down_revision = "0027_signin"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('joined_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_joined_case_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_joined_case_lead_id'), ['lead_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('joined_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_joined_case_lead_id'))
        batch_op.drop_index(batch_op.f('ix_joined_case_case_id'))
