"""findings belong to a stage's row; cases under a lead case; what the Ombudsman decided, once."""

import sqlalchemy as sa
from alembic import op


revision = '0015_parts'
down_revision = '0014_kinds'
branch_labels = None
depends_on = None

# The latest stage of that key: what counted before findings knew their stage.
TO_STAGE = """
UPDATE point_finding SET stage_id = (
    SELECT max(case_stage.id) FROM case_stage
    JOIN point ON point.case_id = case_stage.case_id
    WHERE point.id = point_finding.point_id AND case_stage.key = point_finding.stage_key
)
"""
TO_KEY = """
UPDATE point_finding SET stage_key = (
    SELECT case_stage.key FROM case_stage WHERE case_stage.id = point_finding.stage_id
)
"""
# Of what was found in two stages of one key only the latest fits in.
ONLY_LATEST = """
DELETE FROM point_finding WHERE EXISTS (
    SELECT 1 FROM point_finding AS later
    JOIN case_stage AS later_stage ON later_stage.id = later.stage_id
    JOIN case_stage AS own_stage ON own_stage.id = point_finding.stage_id
    WHERE later.point_id = point_finding.point_id AND later.giver = point_finding.giver
    AND later_stage.key = own_stage.key AND later.stage_id > point_finding.stage_id
)
"""


def upgrade() -> None:
    with op.batch_alter_table('point_finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stage_id', sa.Integer(), nullable=True))
    op.execute(TO_STAGE)
    op.execute('DELETE FROM point_finding WHERE stage_id IS NULL')
    with op.batch_alter_table('point_finding', schema=None) as batch_op:
        batch_op.alter_column('stage_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(batch_op.f('uq_point_finding_point_id_stage_key_giver'), type_='unique')
        batch_op.drop_column('stage_key')
        batch_op.create_unique_constraint(batch_op.f('uq_point_finding_point_id_stage_id_giver'), ['point_id', 'stage_id', 'giver'])
        batch_op.create_foreign_key(batch_op.f('fk_point_finding_stage_id'), 'case_stage', ['stage_id'], ['id'], ondelete='CASCADE')
        batch_op.create_index(batch_op.f('ix_point_finding_stage_id'), ['stage_id'], unique=False)
    _make_joined_case()
    _make_ombudsman()


def _make_joined_case() -> None:
    op.create_table('joined_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('lead_stage_id', sa.Integer(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_joined_case_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_joined_case_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lead_id'], ['case.id'], name=op.f('fk_joined_case_lead_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lead_stage_id'], ['case_stage.id'], name=op.f('fk_joined_case_lead_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joined_case')),
    )
    with op.batch_alter_table('joined_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_joined_case_stage_id'), ['stage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_joined_case_lead_stage_id'), ['lead_stage_id'], unique=False)


def _make_ombudsman() -> None:
    op.create_table('ombudsman_matter',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.LargeBinary(), nullable=True),
    sa.Column('decision', sa.String(length=64), nullable=True),
    sa.Column('declined', sa.String(length=64), nullable=True),
    sa.Column('public_report', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_ombudsman_matter_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_ombudsman_matter_recorded_by_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_ombudsman_matter')),
    )
    op.create_table('ombudsman_cover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['matter_id'], ['ombudsman_matter.case_id'], name=op.f('fk_ombudsman_cover_matter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_ombudsman_cover_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_ombudsman_cover_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ombudsman_cover')),
    sa.UniqueConstraint('matter_id', 'case_id', name=op.f('uq_ombudsman_cover_matter_id_case_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_ombudsman_cover_public_id')),
    )
    with op.batch_alter_table('ombudsman_cover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ombudsman_cover_case_id'), ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_table('ombudsman_cover')
    op.drop_table('ombudsman_matter')
    op.drop_table('joined_case')
    op.execute(ONLY_LATEST)
    with op.batch_alter_table('point_finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stage_key', sa.String(), nullable=True))
    op.execute(TO_KEY)
    with op.batch_alter_table('point_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_point_finding_stage_id'))
        batch_op.drop_constraint(batch_op.f('fk_point_finding_stage_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_point_finding_point_id_stage_id_giver'), type_='unique')
        batch_op.drop_column('stage_id')
        batch_op.alter_column('stage_key', existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_point_finding_point_id_stage_key_giver'), ['point_id', 'stage_key', 'giver'])
