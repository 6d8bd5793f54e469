"""passkeys and the questions of a sign-in; accounts of the council's own sign-in, roles by group; wordings of letters."""

import sqlalchemy as sa
from alembic import op


revision = "0027_signin"
down_revision = "0026_work"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_passkey()
    _make_sign_in_challenge()
    _make_council_identity()
    _make_letter_wording()
    _mark_roles_of_groups()


def downgrade() -> None:
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_column('by_group')
    for table in ('letter_wording', 'council_identity', 'sign_in_challenge', 'passkey'):
        op.drop_table(table)


def _make_passkey() -> None:
    op.create_table('passkey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('credential_id', sa.String(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_passkey_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('public_id', name=op.f('uq_passkey_public_id')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id')),
    )
    op.create_index(op.f('ix_passkey_account_id'), 'passkey', ['account_id'])


def _make_sign_in_challenge() -> None:
    op.create_table('sign_in_challenge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_key', sa.String(), nullable=False),
    sa.Column('asked', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('challenge', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_challenge_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_challenge')),
    sa.UniqueConstraint('token_key', name=op.f('uq_sign_in_challenge_token_key')),
    )
    op.create_index(op.f('ix_sign_in_challenge_account_id'), 'sign_in_challenge', ['account_id'])
    op.create_index(op.f('ix_sign_in_challenge_asked_at'), 'sign_in_challenge', ['asked_at'])


def _make_council_identity() -> None:
    op.create_table('council_identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('subject_key', sa.String(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_council_identity_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['linked_by_id'], ['account.id'], name=op.f('fk_council_identity_linked_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_identity')),
    sa.UniqueConstraint('account_id', name=op.f('uq_council_identity_account_id')),
    sa.UniqueConstraint('subject_key', name=op.f('uq_council_identity_subject_key')),
    )


def _make_letter_wording() -> None:
    op.create_table('letter_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('voice', sa.String(), nullable=False),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_letter_wording_made_by_id')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['account.id'], name=op.f('fk_letter_wording_taken_back_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_wording')),
    sa.UniqueConstraint('public_id', name=op.f('uq_letter_wording_public_id')),
    )
    op.create_index('ix_letter_wording_kind_voice', 'letter_wording', ['kind', 'voice'])


def _mark_roles_of_groups() -> None:
    # Every role until now was given by a person.
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_group', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.alter_column('by_group', existing_type=sa.Boolean(), server_default=None)
