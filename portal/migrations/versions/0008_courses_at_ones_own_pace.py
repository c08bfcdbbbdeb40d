"""courses of trainings at one's own pace: versions, sections, questions, progress and tries"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0008'
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('course',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('training_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('intro_fi', sa.Text(), nullable=False),
    sa.Column('intro_sv', sa.Text(), nullable=False),
    sa.Column('intro_en', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('pass_percent', sa.Integer(), nullable=False),
    sa.Column('published_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_course_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course')),
    sa.UniqueConstraint('training_id', 'number', name=op.f('uq_course_training_id_number'))
    )
    op.create_table('course_section',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('origin_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title_fi', sa.String(length=300), nullable=False),
    sa.Column('title_sv', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('text_fi', sa.Text(), nullable=False),
    sa.Column('text_sv', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('video_url', sa.String(length=300), nullable=False),
    sa.Column('video_fi', sa.Text(), nullable=False),
    sa.Column('video_sv', sa.Text(), nullable=False),
    sa.Column('video_en', sa.Text(), nullable=False),
    sa.Column('material_fi', sa.String(length=300), nullable=False),
    sa.Column('material_sv', sa.String(length=300), nullable=False),
    sa.Column('material_en', sa.String(length=300), nullable=False),
    sa.Column('material_url', sa.String(length=300), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_section_course_id')),
    sa.ForeignKeyConstraint(['file_id'], ['sealed_file.id'], name=op.f('fk_course_section_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_section'))
    )
    with op.batch_alter_table('course_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_section_course_id'), ['course_id'], unique=False)

    op.create_table('course_progress',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('begun_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('left_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('passed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('completion_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_course_progress_account_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_progress_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_progress')),
    sa.UniqueConstraint('completion_id', name=op.f('uq_course_progress_completion_id')),
    sa.UniqueConstraint('course_id', 'account_id', 'turn', name=op.f('uq_course_progress_course_id_account_id_turn'))
    )
    with op.batch_alter_table('course_progress', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_progress_account_id'), ['account_id'], unique=False)

    op.create_table('course_question',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('section_id', sa.Uuid(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text_fi', sa.Text(), nullable=False),
    sa.Column('text_sv', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('why_fi', sa.Text(), nullable=False),
    sa.Column('why_sv', sa.Text(), nullable=False),
    sa.Column('why_en', sa.Text(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_question_course_id')),
    sa.ForeignKeyConstraint(['section_id'], ['course_section.id'], name=op.f('fk_course_question_section_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_question'))
    )
    with op.batch_alter_table('course_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_course_question_course_id'), ['course_id'], unique=False)

    op.create_table('course_attempt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('progress_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=40), nullable=False),
    sa.Column('question_ids', sa.JSON(), nullable=False),
    sa.Column('begun_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('right_ids', sa.JSON(), nullable=False),
    sa.Column('submitted_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('forgotten_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['progress_id'], ['course_progress.id'], name=op.f('fk_course_attempt_progress_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_attempt')),
    sa.UniqueConstraint('progress_id', 'number', name=op.f('uq_course_attempt_progress_id_number'))
    )
    op.create_table('course_reading',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('progress_id', sa.Uuid(), nullable=False),
    sa.Column('section_id', sa.Uuid(), nullable=False),
    sa.Column('read_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['progress_id'], ['course_progress.id'], name=op.f('fk_course_reading_progress_id')),
    sa.ForeignKeyConstraint(['section_id'], ['course_section.id'], name=op.f('fk_course_reading_section_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_reading')),
    sa.UniqueConstraint('progress_id', 'section_id', name=op.f('uq_course_reading_progress_id_section_id'))
    )


def downgrade():
    raise NotImplementedError("Restore the backup instead: stepping down would lose what was written since.")
