"""Each reference to a row that can be erased has an index: erasing read whole tables otherwise."""

from alembic import op

revision = "0033_every_reference_found"
down_revision = "0032_reportgaps"
branch_labels = None
depends_on = None

REFERENCES = (
    ("advocacy_consent", "attachment_id"),
    ("case_event", "letter_id"),
    ("consent", "attachment_id"),
    ("decision", "linked_to_id"),
    ("decision", "suggestion_id"),
    ("draft", "feedback_id"),
    ("holding_letter", "letter_id"),
    ("interest_decision", "childs_view_id"),
    ("interest_decision", "letter_id"),
    ("investigation_fee", "appointment_id"),
    ("investigation_note", "point_id"),
    ("point", "replaced_by_id"),
    ("refusal_proposal", "case_id"),
    ("remedy", "after_remedy_id"),
    ("remedy", "point_id"),
    ("report_pick", "publication_id"),
    ("report_pick", "remedy_id"),
)


def upgrade() -> None:
    for table, column in REFERENCES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in REFERENCES:
        op.drop_index(f"ix_{table}_{column}", table)
