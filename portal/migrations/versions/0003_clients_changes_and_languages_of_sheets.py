"""clients of vacancies, proposed changes of companies, messages to candidates, languages of the sheets, retention"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('retention_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('ran_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('deleted_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('deleted', sa.Integer(), nullable=False),
    sa.Column('deleted_ever', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_run')),
    sa.UniqueConstraint('name', name=op.f('uq_retention_run_name'))
    )
    op.create_table('former_detail',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=300), nullable=False),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_former_detail_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_detail'))
    )
    with op.batch_alter_table('former_detail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_detail_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_former_detail_ended_at'), ['ended_at'], unique=False)

    op.create_table('proposed_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('industry', sa.String(length=40), nullable=False),
    sa.Column('contact_name', sa.String(length=300), nullable=False),
    sa.Column('contact_email', sa.String(length=300), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('proposed_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_proposed_change_company_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_proposed_change_ended_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_proposed_change_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_change'))
    )
    with op.batch_alter_table('proposed_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposed_change_company_id'), ['company_id'], unique=False)

    op.create_table('sheet_language',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('translator', sa.String(length=300), nullable=False),
    sa.Column('written_by_id', sa.Uuid(), nullable=False),
    sa.Column('written_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('checked_by_id', sa.Uuid(), nullable=True),
    sa.Column('checked_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['account.id'], name=op.f('fk_sheet_language_checked_by_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_sheet_language_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_language')),
    sa.UniqueConstraint('code', name=op.f('uq_sheet_language_code'))
    )
    op.create_table('contact_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('outbox_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.String(length=40), nullable=False),
    sa.Column('posted_by_id', sa.Uuid(), nullable=False),
    sa.Column('posted_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('due_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('why_not', sa.String(length=40), nullable=False),
    sa.Column('handled_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_contact_message_candidate_id')),
    sa.ForeignKeyConstraint(['posted_by_id'], ['account.id'], name=op.f('fk_contact_message_posted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_message'))
    )
    with op.batch_alter_table('contact_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_message_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('sheet_line',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('language_id', sa.Uuid(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['language_id'], ['sheet_language.id'], name=op.f('fk_sheet_line_language_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_line')),
    sa.UniqueConstraint('language_id', 'source', name=op.f('uq_sheet_line_language_id_source'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reopened_at', portal.core.db.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('first_steps_away_at', portal.core.db.UTCDateTime(timezone=True), nullable=True))

    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('call_on', sa.Date(), nullable=True))

    with op.batch_alter_table('commitment_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('published_at', portal.core.db.UTCDateTime(timezone=True), nullable=True))

    name_the_publisher()
    with op.batch_alter_table('company', schema=None) as batch_op:
        batch_op.add_column(sa.Column('change_waits_since', portal.core.db.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('proposed_industry', sa.String(length=40), nullable=True))

    with op.batch_alter_table('right_to_act', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seen_name', sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column('seen_email', sa.String(length=300), nullable=True))

    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.add_column(sa.Column('for_client', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('clients', sa.JSON(), server_default='[]', nullable=False))

    with op.batch_alter_table('vacancy_recipient', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed_name', sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column('confirmed_email', sa.String(length=300), nullable=True))

    know_who_was_confirmed()


def name_the_publisher():
    """In the table as it stands: SQLite would refuse to drop and make anew a table that signatures point to."""
    kind = 'UUID' if op.get_bind().dialect.name == 'postgresql' else 'CHAR(32)'
    op.execute(
        f'ALTER TABLE commitment_version ADD COLUMN published_by_id {kind} '
        'CONSTRAINT fk_commitment_version_published_by_id REFERENCES account (id)'
    )


def know_who_was_confirmed():
    """Until today a confirmation did not say whom it was of: it holds for whoever has the account today."""
    for table, name, address, where in (
        ('right_to_act', 'seen_name', 'seen_email', ''),
        ('vacancy_recipient', 'confirmed_name', 'confirmed_email', ' WHERE confirmed_at IS NOT NULL'),
    ):
        for column, source in ((name, 'display_name'), (address, 'email')):
            op.execute(
                f'UPDATE {table} SET {column} = '
                f'(SELECT account.{source} FROM account WHERE account.id = {table}.account_id){where}'
            )


def downgrade():
    raise NotImplementedError("Restore the backup instead: stepping down would lose what was written since.")
