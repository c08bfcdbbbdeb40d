"""arrivals at the door, attendance files, feedback, exports that are kept a while, names that are forgotten"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0006'
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('names_gone_on', sa.Date(), nullable=True))

    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.add_column(sa.Column('checked_in_at', portal.core.db.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('late', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('answered', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('thanked', sa.Boolean(), server_default='0', nullable=False))

    op.create_table('attendance_import',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('digest', sa.String(length=300), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.JSON(), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('read_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('read_by_id', sa.Uuid(), nullable=True),
    sa.Column('recorded_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_attendance_import_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_import'))
    )
    with op.batch_alter_table('attendance_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_import_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendance_import_read_at'), ['read_at'], unique=False)

    op.create_table('imported_row',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('import_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=False),
    sa.Column('fate', sa.String(length=40), nullable=False),
    sa.Column('sign_up_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['attendance_import.id'], name=op.f('fk_imported_row_import_id')),
    sa.ForeignKeyConstraint(['sign_up_id'], ['sign_up.id'], name=op.f('fk_imported_row_sign_up_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_row')),
    sa.UniqueConstraint('import_id', 'position', name=op.f('uq_imported_row_import_id_position'))
    )
    with op.batch_alter_table('imported_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imported_row_import_id'), ['import_id'], unique=False)

    op.create_table('feedback_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('question', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_feedback_answer_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_answer')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('feedback_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_answer_event_id'), ['event_id'], unique=False)

    op.create_table('stored_export',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('form', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_export'))
    )
    with op.batch_alter_table('stored_export', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_export_asked_at'), ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_stored_export_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stored_export_subject_id'), ['subject_id'], unique=False)


def downgrade():
    raise NotImplementedError("Restore the backup instead: stepping down would lose what was written since.")
