"""sign-ups are found by the end of their hold, and by event, state and attendance"""

from alembic import op


revision = '0010'
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_up_held_until'), ['held_until'], unique=False)
        batch_op.create_index(
            batch_op.f('ix_sign_up_event_id_status_attended'), ['event_id', 'status', 'attended'], unique=False
        )


def downgrade():
    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_up_event_id_status_attended'))
        batch_op.drop_index(batch_op.f('ix_sign_up_held_until'))
