"""trainings that companies ask for, the talk about each, and who is invited"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0009'
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('training_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('topic', sa.String(length=40), nullable=False),
    sa.Column('topic_words', sa.String(length=300), nullable=False),
    sa.Column('wished_days', sa.JSON(), nullable=False),
    sa.Column('wished_from', sa.Date(), nullable=True),
    sa.Column('wished_until', sa.Date(), nullable=True),
    sa.Column('training_language', sa.String(length=40), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=False),
    sa.Column('held_as', sa.String(length=40), nullable=False),
    sa.Column('site', sa.String(length=300), nullable=False),
    sa.Column('goals', sa.Text(), nullable=False),
    sa.Column('words_language', sa.String(length=40), nullable=False),
    sa.Column('contact_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('turn', sa.String(length=40), nullable=False),
    sa.Column('turn_since', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('training_id', sa.Uuid(), nullable=True),
    sa.Column('starts_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ends_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('agreed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('scheduled_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('delivered_by_id', sa.Uuid(), nullable=True),
    sa.Column('training_version', sa.Integer(), nullable=True),
    sa.Column('attended', sa.Integer(), nullable=True),
    sa.Column('participant_names', sa.Text(), nullable=False),
    sa.Column('declined_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('declined_by_id', sa.Uuid(), nullable=True),
    sa.Column('declined_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['account.id'], name=op.f('fk_training_request_agreed_by_id')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_training_request_asked_by_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_training_request_company_id')),
    sa.ForeignKeyConstraint(['contact_id'], ['account.id'], name=op.f('fk_training_request_contact_id')),
    sa.ForeignKeyConstraint(['declined_by_id'], ['account.id'], name=op.f('fk_training_request_declined_by_id')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['account.id'], name=op.f('fk_training_request_delivered_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_training_request_event_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_training_request_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_request')),
    sa.UniqueConstraint('event_id', name=op.f('uq_training_request_event_id')),
    sa.UniqueConstraint('place', name=op.f('uq_training_request_place'))
    )
    with op.batch_alter_table('training_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_request_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_request_status'), ['status'], unique=False)

    op.create_table('training_invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('sort_key', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('link_token', sa.String(), nullable=False),
    sa.Column('invited_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('invited_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['invited_by_id'], ['account.id'], name=op.f('fk_training_invitation_invited_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['training_request.id'], name=op.f('fk_training_invitation_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_invitation')),
    sa.UniqueConstraint('link_token', name=op.f('uq_training_invitation_link_token')),
    sa.UniqueConstraint('request_id', 'email', name=op.f('uq_training_invitation_request_id_email'))
    )
    with op.batch_alter_table('training_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_invitation_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_invitation_request_id'), ['request_id'], unique=False)

    op.create_table('training_request_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('from_company', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_training_request_message_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['training_request.id'], name=op.f('fk_training_request_message_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_request_message'))
    )
    with op.batch_alter_table('training_request_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_request_message_request_id'), ['request_id'], unique=False)


def downgrade():
    raise NotImplementedError("Restore the backup instead: stepping down would lose what was written since.")
