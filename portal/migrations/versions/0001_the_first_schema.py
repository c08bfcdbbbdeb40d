"""the first schema"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('audit_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('verb', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.String(length=100), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('request_id', sa.String(length=40), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('seq', name=op.f('uq_audit_entry_seq'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_account_id_at'), ['account_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_subject_subject_id'), ['subject', 'subject_id'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('anchored_seq', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('commitment_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text_fi', sa.Text(), nullable=False),
    sa.Column('text_sv', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_version')),
    sa.UniqueConstraint('number', name=op.f('uq_commitment_version_number'))
    )
    op.create_table('demo_mail',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('sent_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_demo_mail'))
    )
    with op.batch_alter_table('demo_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_demo_mail_sent_at'), ['sent_at'], unique=False)

    op.create_table('index_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_index_change')),
    sa.UniqueConstraint('number', name=op.f('uq_index_change_number'))
    )
    op.create_table('index_head',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_index_head'))
    )
    op.create_table('industry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('parent', sa.String(), nullable=True),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('scrutiny', sa.Boolean(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label_fi', sa.String(length=300), nullable=False),
    sa.Column('label_sv', sa.String(length=300), nullable=False),
    sa.Column('label_en', sa.String(length=300), nullable=False),
    sa.Column('alt_fi', sa.Text(), nullable=False),
    sa.Column('alt_sv', sa.Text(), nullable=False),
    sa.Column('alt_en', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_industry')),
    sa.UniqueConstraint('code', name=op.f('uq_industry_code'))
    )
    op.create_table('job',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=300), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('started_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('finished_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('leased_until', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_status_created_at'), ['status', 'created_at'], unique=False)

    op.create_table('occupation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('isco', sa.String(length=40), nullable=False),
    sa.Column('esco_uri', sa.String(length=300), nullable=False),
    sa.Column('sector', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label_fi', sa.String(length=300), nullable=False),
    sa.Column('label_sv', sa.String(length=300), nullable=False),
    sa.Column('label_en', sa.String(length=300), nullable=False),
    sa.Column('alt_fi', sa.Text(), nullable=False),
    sa.Column('alt_sv', sa.Text(), nullable=False),
    sa.Column('alt_en', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupation')),
    sa.UniqueConstraint('code', name=op.f('uq_occupation_code'))
    )
    op.create_table('once_key',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('location', sa.String(length=300), nullable=False),
    sa.Column('used_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_once_key')),
    sa.UniqueConstraint('key', name=op.f('uq_once_key_key'))
    )
    op.create_table('outbox_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('once', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('due_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('check_name', sa.String(length=40), nullable=True),
    sa.Column('check_args', sa.JSON(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('leased_until', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('posted_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('message_id', sa.String(length=300), nullable=False),
    sa.Column('trouble', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message')),
    sa.UniqueConstraint('once', name=op.f('uq_outbox_message_once'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_message_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_message_status'), ['status'], unique=False)

    op.create_table('owner_group',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('merged_into_id', sa.Uuid(), nullable=True),
    sa.Column('left_from_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['left_from_id'], ['owner_group.id'], name=op.f('fk_owner_group_left_from_id')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['owner_group.id'], name=op.f('fk_owner_group_merged_into_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owner_group'))
    )
    op.create_table('programme',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_fi', sa.String(length=300), nullable=False),
    sa.Column('name_sv', sa.String(length=300), nullable=False),
    sa.Column('name_en', sa.String(length=300), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('invented', sa.Boolean(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('code', name=op.f('uq_programme_code'))
    )
    op.create_table('public_attempt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_attempt'))
    )
    with op.batch_alter_table('public_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_public_attempt_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_public_attempt_key'), ['key'], unique=False)

    op.create_table('region',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label_fi', sa.String(length=300), nullable=False),
    sa.Column('label_sv', sa.String(length=300), nullable=False),
    sa.Column('label_en', sa.String(length=300), nullable=False),
    sa.Column('alt_fi', sa.Text(), nullable=False),
    sa.Column('alt_sv', sa.Text(), nullable=False),
    sa.Column('alt_en', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region')),
    sa.UniqueConstraint('code', name=op.f('uq_region_code'))
    )
    op.create_table('sealed',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=80), nullable=False),
    sa.Column('key_id', sa.String(length=40), nullable=False),
    sa.Column('nonce', sa.LargeBinary(), nullable=False),
    sa.Column('ciphertext', sa.LargeBinary(), nullable=False),
    sa.Column('sealed_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed')),
    sa.UniqueConstraint('candidate_id', 'purpose', name=op.f('uq_sealed_candidate_id_purpose'))
    )
    op.create_table('sealed_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=True),
    sa.Column('sealed_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.String(length=300), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('stored_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('stored_by_id', sa.Uuid(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_file'))
    )
    with op.batch_alter_table('sealed_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sealed_file_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sealed_file_subject_subject_id'), ['subject', 'subject_id'], unique=False)

    op.create_table('setting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_setting'))
    )
    op.create_table('sign_in_attempt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempt'))
    )
    with op.batch_alter_table('sign_in_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_attempt_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_attempt_key'), ['key'], unique=False)

    op.create_table('single_use_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('expires_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('used_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_single_use_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_single_use_link_token_hash'))
    )
    with op.batch_alter_table('single_use_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_single_use_link_subject_id'), ['subject_id'], unique=False)

    op.create_table('skill',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_code', sa.String(length=40), nullable=False),
    sa.Column('broader', sa.String(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('esco_uri', sa.String(length=300), nullable=False),
    sa.Column('rarity', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label_fi', sa.String(length=300), nullable=False),
    sa.Column('label_sv', sa.String(length=300), nullable=False),
    sa.Column('label_en', sa.String(length=300), nullable=False),
    sa.Column('alt_fi', sa.Text(), nullable=False),
    sa.Column('alt_sv', sa.Text(), nullable=False),
    sa.Column('alt_en', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill')),
    sa.UniqueConstraint('code', name=op.f('uq_skill_code'))
    )
    op.create_table('skill_group',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label_fi', sa.String(length=300), nullable=False),
    sa.Column('label_sv', sa.String(length=300), nullable=False),
    sa.Column('label_en', sa.String(length=300), nullable=False),
    sa.Column('alt_fi', sa.Text(), nullable=False),
    sa.Column('alt_sv', sa.Text(), nullable=False),
    sa.Column('alt_en', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill_group')),
    sa.UniqueConstraint('code', name=op.f('uq_skill_group_code'))
    )
    op.create_table('training',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('title_fi', sa.String(length=300), nullable=False),
    sa.Column('title_sv', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('content_version', sa.Integer(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('valid_months', sa.Integer(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training')),
    sa.UniqueConstraint('code', name=op.f('uq_training_code'))
    )
    op.create_table('vocabulary_mark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('loaded_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vocabulary_mark'))
    )
    op.create_table('audit_candidate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entry.id'], name=op.f('fk_audit_candidate_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_candidate')),
    sa.UniqueConstraint('entry_id', 'candidate_id', name=op.f('uq_audit_candidate_entry_id_candidate_id'))
    )
    with op.batch_alter_table('audit_candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_candidate_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('company',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('business_id', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('sort_key', sa.String(length=300), nullable=False),
    sa.Column('industry', sa.String(length=40), nullable=False),
    sa.Column('municipality', sa.String(length=40), nullable=False),
    sa.Column('contact_name', sa.String(length=300), nullable=False),
    sa.Column('contact_email', sa.String(length=300), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('owner_group_id', sa.Uuid(), nullable=False),
    sa.Column('liaison_id', sa.Uuid(), nullable=True),
    sa.Column('applied_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('approved_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['owner_group_id'], ['owner_group.id'], name=op.f('fk_company_owner_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company')),
    sa.UniqueConstraint('business_id', name=op.f('uq_company_business_id'))
    )
    with op.batch_alter_table('company', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_owner_group_id'), ['owner_group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_sort_key'), ['sort_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_company_status'), ['status'], unique=False)

    op.create_table('municipality',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('region', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('label_fi', sa.String(length=300), nullable=False),
    sa.Column('label_sv', sa.String(length=300), nullable=False),
    sa.Column('label_en', sa.String(length=300), nullable=False),
    sa.Column('alt_fi', sa.Text(), nullable=False),
    sa.Column('alt_sv', sa.Text(), nullable=False),
    sa.Column('alt_en', sa.Text(), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['region'], ['region.code'], name=op.f('fk_municipality_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_municipality')),
    sa.UniqueConstraint('code', name=op.f('uq_municipality_code'))
    )
    op.create_table('occupation_skill',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('occupation', sa.String(), nullable=False),
    sa.Column('skill', sa.String(), nullable=False),
    sa.Column('weight', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['occupation'], ['occupation.code'], name=op.f('fk_occupation_skill_occupation')),
    sa.ForeignKeyConstraint(['skill'], ['skill.code'], name=op.f('fk_occupation_skill_skill')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupation_skill'))
    )
    with op.batch_alter_table('occupation_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_skill_occupation'), ['occupation'], unique=False)

    op.create_table('owner_person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('owner_group_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('position', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['owner_group_id'], ['owner_group.id'], name=op.f('fk_owner_person_owner_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owner_person'))
    )
    with op.batch_alter_table('owner_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_owner_person_owner_group_id'), ['owner_group_id'], unique=False)

    op.create_table('sealed_content',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('token', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['sealed_file.id'], name=op.f('fk_sealed_content_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_content')),
    sa.UniqueConstraint('file_id', name=op.f('uq_sealed_content_file_id'))
    )
    op.create_table('account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('display_name', sa.String(length=300), nullable=False),
    sa.Column('sort_key', sa.String(length=300), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('totp_secret', sa.LargeBinary(), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=False),
    sa.Column('second_factor_since', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('deactivated_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_account_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_company_id'), ['company_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('training_id', sa.Uuid(), nullable=True),
    sa.Column('company_id', sa.Uuid(), nullable=True),
    sa.Column('title_fi', sa.String(length=300), nullable=False),
    sa.Column('title_sv', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('summary_fi', sa.Text(), nullable=False),
    sa.Column('summary_sv', sa.Text(), nullable=False),
    sa.Column('summary_en', sa.Text(), nullable=False),
    sa.Column('programme_fi', sa.Text(), nullable=False),
    sa.Column('programme_sv', sa.Text(), nullable=False),
    sa.Column('programme_en', sa.Text(), nullable=False),
    sa.Column('speakers', sa.String(length=300), nullable=False),
    sa.Column('event_language', sa.String(length=40), nullable=False),
    sa.Column('accessibility', sa.String(length=300), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('join_link', sa.LargeBinary(), nullable=True),
    sa.Column('starts_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sign_up_opens_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sign_up_closes_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('calendar_sequence', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_event_company_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_event_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_starts_at'), ['starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_training_id'), ['training_id'], unique=False)

    op.create_table('registration',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('business_id', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('industry', sa.String(length=40), nullable=False),
    sa.Column('municipality', sa.String(length=40), nullable=False),
    sa.Column('contact_name', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('website', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('written_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.Uuid(), nullable=True),
    sa.Column('repeats', sa.Boolean(), nullable=False),
    sa.Column('told_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('handled_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_registration_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_company_id'), ['company_id'], unique=False)

    op.create_table('account_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('started_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('second_factor_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('device', sa.String(length=300), nullable=False),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_session_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_account_session_token_hash'))
    )
    with op.batch_alter_table('account_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_session_account_id'), ['account_id'], unique=False)

    op.create_table('candidate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_number', sa.String(length=40), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('officer_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('officer_since', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('waiting_since', sa.Date(), nullable=False),
    sa.Column('closed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('close_reason', sa.String(length=40), nullable=False),
    sa.Column('erasure_asked_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('skills', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('occupations', sa.JSON(), nullable=False),
    sa.Column('municipality', sa.String(length=40), nullable=True),
    sa.Column('reach_municipalities', sa.JSON(), nullable=False),
    sa.Column('reach_regions', sa.JSON(), nullable=False),
    sa.Column('bands', sa.JSON(), nullable=False),
    sa.Column('hours_min', sa.Integer(), nullable=False),
    sa.Column('hours_max', sa.Integer(), nullable=False),
    sa.Column('available_from', sa.Date(), nullable=True),
    sa.Column('may_work', sa.Boolean(), nullable=False),
    sa.Column('eligible_until', sa.Date(), nullable=True),
    sa.Column('read_through_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['officer_id'], ['account.id'], name=op.f('fk_candidate_officer_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_candidate_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate')),
    sa.UniqueConstraint('case_number', name=op.f('uq_candidate_case_number'))
    )
    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_candidate_officer_id'), ['officer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_candidate_status'), ['status'], unique=False)

    op.create_table('commitment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('version_number', sa.Integer(), nullable=False),
    sa.Column('signed_by_id', sa.Uuid(), nullable=False),
    sa.Column('signed_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_commitment_company_id')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['account.id'], name=op.f('fk_commitment_signed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment'))
    )
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commitment_company_id'), ['company_id'], unique=False)

    op.create_table('company_document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('sent_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Uuid(), nullable=False),
    sa.Column('looked_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('looked_by_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_company_document_company_id')),
    sa.ForeignKeyConstraint(['looked_by_id'], ['account.id'], name=op.f('fk_company_document_looked_by_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['account.id'], name=op.f('fk_company_document_sent_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_document'))
    )
    with op.batch_alter_table('company_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_document_company_id'), ['company_id'], unique=False)

    op.create_table('deputy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('officer_id', sa.Uuid(), nullable=False),
    sa.Column('deputy_id', sa.Uuid(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['deputy_id'], ['account.id'], name=op.f('fk_deputy_deputy_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['account.id'], name=op.f('fk_deputy_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputy'))
    )
    with op.batch_alter_table('deputy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deputy_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deputy_officer_id'), ['officer_id'], unique=False)

    op.create_table('email_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('new_email', sa.String(length=300), nullable=False),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('old_confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('new_confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('done_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_email_change_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_email_change'))
    )
    with op.batch_alter_table('email_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_email_change_account_id'), ['account_id'], unique=False)

    op.create_table('erasure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_number', sa.String(length=40), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.String(length=40), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('refused_until', sa.Date(), nullable=True),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('done_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('done_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['done_by_id'], ['account.id'], name=op.f('fk_erasure_done_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure'))
    )
    op.create_table('evidence',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=True),
    sa.Column('seen_by_id', sa.Uuid(), nullable=False),
    sa.Column('recorded_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_evidence_company_id')),
    sa.ForeignKeyConstraint(['seen_by_id'], ['account.id'], name=op.f('fk_evidence_seen_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_company_id'), ['company_id'], unique=False)

    op.create_table('hearing',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('opened_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Uuid(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.String(length=40), nullable=False),
    sa.Column('decision_reasons', sa.Text(), nullable=False),
    sa.Column('decided_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_hearing_company_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_hearing_decided_by_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['account.id'], name=op.f('fk_hearing_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hearing'))
    )
    with op.batch_alter_table('hearing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hearing_company_id'), ['company_id'], unique=False)

    op.create_table('incident',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('owner_group_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('opened_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Uuid(), nullable=False),
    sa.Column('officer_agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('liaison_agreed_by_id', sa.Uuid(), nullable=True),
    sa.Column('resolution', sa.Text(), nullable=False),
    sa.Column('resolved_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['liaison_agreed_by_id'], ['account.id'], name=op.f('fk_incident_liaison_agreed_by_id')),
    sa.ForeignKeyConstraint(['officer_agreed_by_id'], ['account.id'], name=op.f('fk_incident_officer_agreed_by_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['account.id'], name=op.f('fk_incident_opened_by_id')),
    sa.ForeignKeyConstraint(['owner_group_id'], ['owner_group.id'], name=op.f('fk_incident_owner_group_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incident_owner_group_id'), ['owner_group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incident_placement_id'), ['placement_id'], unique=False)

    op.create_table('programme_officer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_programme_officer_account_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_officer_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_officer')),
    sa.UniqueConstraint('programme_id', 'account_id', name=op.f('uq_programme_officer_programme_id_account_id'))
    )
    with op.batch_alter_table('programme_officer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_officer_account_id'), ['account_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('code_hash', sa.String(), nullable=False),
    sa.Column('used_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_account_id'), ['account_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('opened_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('opened_by_id', sa.Uuid(), nullable=True),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_review_company_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['account.id'], name=op.f('fk_review_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_company_id'), ['company_id'], unique=False)

    op.create_table('right_to_act',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('seen_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('seen_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_right_to_act_account_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_right_to_act_company_id')),
    sa.ForeignKeyConstraint(['seen_by_id'], ['account.id'], name=op.f('fk_right_to_act_seen_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_right_to_act'))
    )
    with op.batch_alter_table('right_to_act', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_right_to_act_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_right_to_act_company_id'), ['company_id'], unique=False)

    op.create_table('sign_up',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('sort_key', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('live_email', sa.String(), nullable=True),
    sa.Column('organisation', sa.String(length=300), nullable=False),
    sa.Column('business_id', sa.String(length=40), nullable=False),
    sa.Column('attendee_role', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('needs', sa.LargeBinary(), nullable=True),
    sa.Column('newsletter', sa.Boolean(), nullable=False),
    sa.Column('holds_seat', sa.Boolean(), nullable=False),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('held_until', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('attended', sa.Boolean(), nullable=True),
    sa.Column('own_page_token', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_sign_up_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_up')),
    sa.UniqueConstraint('event_id', 'live_email', name=op.f('uq_sign_up_event_id_live_email')),
    sa.UniqueConstraint('own_page_token', name=op.f('uq_sign_up_own_page_token'))
    )
    with op.batch_alter_table('sign_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_up_event_id'), ['event_id'], unique=False)

    op.create_table('vacancy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('title_key', sa.String(length=300), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('occupation', sa.String(length=300), nullable=False),
    sa.Column('essential_skills', sa.JSON(), nullable=False),
    sa.Column('optional_skills', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('municipality', sa.String(length=40), nullable=False),
    sa.Column('work_site', sa.String(length=300), nullable=False),
    sa.Column('bands', sa.JSON(), nullable=False),
    sa.Column('hours_min', sa.Integer(), nullable=True),
    sa.Column('hours_max', sa.Integer(), nullable=True),
    sa.Column('contract', sa.String(length=40), nullable=False),
    sa.Column('contract_months', sa.Integer(), nullable=True),
    sa.Column('pay_from_cents', sa.Integer(), nullable=True),
    sa.Column('pay_to_cents', sa.Integer(), nullable=True),
    sa.Column('pay_unit', sa.String(length=40), nullable=False),
    sa.Column('agreement', sa.String(length=300), nullable=False),
    sa.Column('housing', sa.String(length=40), nullable=False),
    sa.Column('deductions', sa.JSON(), nullable=False),
    sa.Column('fees', sa.Boolean(), nullable=False),
    sa.Column('equipment', sa.String(length=40), nullable=False),
    sa.Column('cash_pay', sa.Boolean(), nullable=False),
    sa.Column('live_in', sa.Boolean(), nullable=False),
    sa.Column('remote_site', sa.Boolean(), nullable=False),
    sa.Column('chain', sa.String(length=40), nullable=False),
    sa.Column('keeps_documents', sa.Boolean(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('written_by_id', sa.Uuid(), nullable=False),
    sa.Column('written_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('published_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('returned_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('return_reason', sa.Text(), nullable=False),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('pause_reason', sa.Text(), nullable=False),
    sa.Column('paused_by_standing', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_vacancy_company_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_vacancy_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy')),
    sa.UniqueConstraint('place', name=op.f('uq_vacancy_place'))
    )
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_status'), ['status'], unique=False)

    op.create_table('completion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('training_id', sa.Uuid(), nullable=False),
    sa.Column('training_version', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=True),
    sa.Column('sign_up_id', sa.Uuid(), nullable=True),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('person_name', sa.String(length=300), nullable=False),
    sa.Column('email', sa.String(length=300), nullable=False),
    sa.Column('completed_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('certificate_code', sa.String(length=40), nullable=False),
    sa.Column('recorded_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=True),
    sa.Column('claimed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.Uuid(), nullable=True),
    sa.Column('revoked_reason', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_completion_account_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_completion_event_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_completion_recorded_by_id')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['account.id'], name=op.f('fk_completion_revoked_by_id')),
    sa.ForeignKeyConstraint(['sign_up_id'], ['sign_up.id'], name=op.f('fk_completion_sign_up_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_completion_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_completion')),
    sa.UniqueConstraint('certificate_code', name=op.f('uq_completion_certificate_code')),
    sa.UniqueConstraint('sign_up_id', name=op.f('uq_completion_sign_up_id'))
    )
    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_completion_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_completion_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_completion_training_id'), ['training_id'], unique=False)

    op.create_table('consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(length=40), nullable=False),
    sa.Column('how', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=40), nullable=False),
    sa.Column('interpreter', sa.Boolean(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.Column('recorded_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('withdrawn_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_consent_candidate_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_consent_recorded_by_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['account.id'], name=op.f('fk_consent_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consent_subject_id'), ['subject_id'], unique=False)

    op.create_table('dismissal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('dismissed_by_id', sa.Uuid(), nullable=False),
    sa.Column('dismissed_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('seen', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['dismissed_by_id'], ['account.id'], name=op.f('fk_dismissal_dismissed_by_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_dismissal_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dismissal')),
    sa.UniqueConstraint('vacancy_id', 'candidate_id', name=op.f('uq_dismissal_vacancy_id_candidate_id'))
    )
    with op.batch_alter_table('dismissal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dismissal_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dismissal_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('fairness_flag',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('fingerprint', sa.String(length=40), nullable=False),
    sa.Column('raised_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_fairness_flag_decided_by_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_fairness_flag_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fairness_flag')),
    sa.UniqueConstraint('vacancy_id', 'rule', 'fingerprint', name=op.f('uq_fairness_flag_vacancy_id_rule_fingerprint'))
    )
    with op.batch_alter_table('fairness_flag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fairness_flag_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('glass_break',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('broken_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('until', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_glass_break_account_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_glass_break_candidate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glass_break'))
    )
    with op.batch_alter_table('glass_break', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_glass_break_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_glass_break_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('identity_shown',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('until', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_identity_shown_account_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_identity_shown_candidate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_shown')),
    sa.UniqueConstraint('candidate_id', 'account_id', name=op.f('uq_identity_shown_candidate_id_account_id'))
    )
    with op.batch_alter_table('identity_shown', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identity_shown_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('introduction',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('drafted_by_id', sa.Uuid(), nullable=False),
    sa.Column('drafted_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('suggested_by_id', sa.Uuid(), nullable=True),
    sa.Column('essential_languages', sa.JSON(), nullable=False),
    sa.Column('card_code', sa.String(length=40), nullable=True),
    sa.Column('card', sa.JSON(), nullable=False),
    sa.Column('k', sa.Integer(), nullable=True),
    sa.Column('asked_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('card_agreed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('consent_recorder_ids', sa.JSON(), nullable=False),
    sa.Column('offered_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer_by', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=40), nullable=False),
    sa.Column('answered_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Uuid(), nullable=True),
    sa.Column('decline_reason', sa.String(length=40), nullable=False),
    sa.Column('company_times', sa.Text(), nullable=False),
    sa.Column('answer_date', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('release_until', sa.Date(), nullable=True),
    sa.Column('released_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Uuid(), nullable=True),
    sa.Column('ended_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=False),
    sa.Column('meeting_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('meeting_place', sa.String(length=300), nullable=False),
    sa.Column('met_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('outcome_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('company_word', sa.String(length=40), nullable=False),
    sa.Column('company_word_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('deletion_confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_introduction_answered_by_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_introduction_company_id')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['account.id'], name=op.f('fk_introduction_drafted_by_id')),
    sa.ForeignKeyConstraint(['released_by_id'], ['account.id'], name=op.f('fk_introduction_released_by_id')),
    sa.ForeignKeyConstraint(['suggested_by_id'], ['account.id'], name=op.f('fk_introduction_suggested_by_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_introduction_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction')),
    sa.UniqueConstraint('card_code', name=op.f('uq_introduction_card_code')),
    sa.UniqueConstraint('number', name=op.f('uq_introduction_number'))
    )
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_introduction_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_drafted_by_id'), ['drafted_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_offered_at'), ['offered_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('suggestion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('suggested_by_id', sa.Uuid(), nullable=False),
    sa.Column('suggested_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('handled_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['suggested_by_id'], ['account.id'], name=op.f('fk_suggestion_suggested_by_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_suggestion_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('vacancy_id', 'candidate_id', name=op.f('uq_suggestion_vacancy_id_candidate_id'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_suggestion_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('vacancy_recipient',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('chosen_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_vacancy_recipient_account_id')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['account.id'], name=op.f('fk_vacancy_recipient_confirmed_by_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_recipient_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy_recipient')),
    sa.UniqueConstraint('vacancy_id', 'account_id', name=op.f('uq_vacancy_recipient_vacancy_id_account_id'))
    )
    with op.batch_alter_table('vacancy_recipient', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_recipient_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_recipient_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('card_reader',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('introduction_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('released', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_card_reader_account_id')),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_card_reader_introduction_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_reader')),
    sa.UniqueConstraint('introduction_id', 'account_id', name=op.f('uq_card_reader_introduction_id_account_id'))
    )
    with op.batch_alter_table('card_reader', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_reader_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_card_reader_introduction_id'), ['introduction_id'], unique=False)

    op.create_table('placement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('introduction_id', sa.Uuid(), nullable=True),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('company_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('pay_cents', sa.Integer(), nullable=False),
    sa.Column('pay_unit', sa.String(length=40), nullable=False),
    sa.Column('contact', sa.String(length=300), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_placement_company_id')),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_placement_introduction_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('introduction_id', name=op.f('uq_placement_introduction_id'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_company_id'), ['company_id'], unique=False)

    op.create_table('check_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Uuid(), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('done_at', portal.core.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['account.id'], name=op.f('fk_check_in_done_by_id')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_check_in_placement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in'))
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_in_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_in_placement_id'), ['placement_id'], unique=False)

    # company and account name each other, so this one comes last
    with op.batch_alter_table('company') as batch_op:
        batch_op.create_foreign_key(op.f('fk_company_liaison_id'), 'account', ['liaison_id'], ['id'], use_alter=True)


def downgrade():
    raise NotImplementedError("Restore the backup instead: what was erased must not come back by stepping down.")
