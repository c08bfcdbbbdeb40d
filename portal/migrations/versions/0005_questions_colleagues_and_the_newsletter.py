"""questions of events and their answers, colleagues who were signed up, the newsletter, diet apart from access"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0005'
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('event_question',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text_fi', sa.String(length=300), nullable=False),
    sa.Column('text_sv', sa.String(length=300), nullable=False),
    sa.Column('text_en', sa.String(length=300), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('kept_days', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_question_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_question'))
    )
    with op.batch_alter_table('event_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_question_event_id'), ['event_id'], unique=False)

    op.create_table('question_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sa.Uuid(), nullable=False),
    sa.Column('sign_up_id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['event_question.id'], name=op.f('fk_question_answer_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sign_up_id'], ['sign_up.id'], name=op.f('fk_question_answer_sign_up_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_answer')),
    sa.UniqueConstraint('question_id', 'sign_up_id', name=op.f('uq_question_answer_question_id_sign_up_id'))
    )
    with op.batch_alter_table('question_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_answer_sign_up_id'), ['sign_up_id'], unique=False)

    op.create_table('colleague_sign_up',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('sign_up_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_colleague_sign_up_account_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_colleague_sign_up_company_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_colleague_sign_up_event_id')),
    sa.ForeignKeyConstraint(['sign_up_id'], ['sign_up.id'], name=op.f('fk_colleague_sign_up_sign_up_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_colleague_sign_up')),
    sa.UniqueConstraint('event_id', 'account_id', 'email', name=op.f('uq_colleague_sign_up_event_id_account_id_email'))
    )
    with op.batch_alter_table('colleague_sign_up', schema=None) as batch_op:
        for column in ('event_id', 'account_id', 'company_id', 'sign_up_id'):
            batch_op.create_index(batch_op.f(f'ix_colleague_sign_up_{column}'), [column], unique=False)

    op.create_table('newsletter_subscription',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('live_email', sa.String(), nullable=True),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('page_token', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_newsletter_subscription_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_newsletter_subscription')),
    sa.UniqueConstraint('live_email', name=op.f('uq_newsletter_subscription_live_email')),
    sa.UniqueConstraint('page_token', name=op.f('uq_newsletter_subscription_page_token'))
    )
    with op.batch_alter_table('newsletter_subscription', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_newsletter_subscription_email'), ['email'], unique=False)

    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.add_column(sa.Column('diet', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))


def downgrade():
    raise NotImplementedError("Restore the backup instead: stepping down would lose what was written since.")
