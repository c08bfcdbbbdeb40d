"""what was in the clear is sealed

Free words about a candidate move into the vault, under the candidate's key: why an introduction ended and where they
meet, what both sides wrote when a hold ended, and the contact at a placement's workplace. Whose key is gone was erased:
their words go with the columns. What is written here is the vault's format as it stood; it does not follow the code.
"""

import json
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

import portal.core.db
from portal.core import clock, keystore, vault

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

PADDED_TO = 256

sealed = sa.table(
    'sealed',
    sa.column('id', sa.Uuid()),
    sa.column('candidate_id', sa.Uuid()),
    sa.column('purpose', sa.String()),
    sa.column('key_id', sa.String()),
    sa.column('nonce', sa.LargeBinary()),
    sa.column('ciphertext', sa.LargeBinary()),
    sa.column('sealed_at', portal.core.db.UTCDateTime()),
)
introduction = sa.table(
    'introduction',
    sa.column('id', sa.Uuid()),
    sa.column('candidate_id', sa.Uuid()),
    sa.column('end_reason', sa.Text()),
    sa.column('meeting_place', sa.String()),
    sa.column('took_part_ids', sa.JSON()),
)
incident = sa.table(
    'incident',
    sa.column('id', sa.Uuid()),
    sa.column('placement_id', sa.Uuid()),
    sa.column('candidate_id', sa.Uuid()),
    sa.column('resolution', sa.Text()),
)
placement = sa.table(
    'placement',
    sa.column('id', sa.Uuid()),
    sa.column('candidate_id', sa.Uuid()),
    sa.column('contact', sa.String()),
)
audit_entry = sa.table(
    'audit_entry',
    sa.column('account_id', sa.Uuid()),
    sa.column('verb', sa.String()),
    sa.column('subject', sa.String()),
    sa.column('subject_id', sa.String()),
    sa.column('facts', sa.JSON()),
)


def upgrade():
    name_whose_hold_it_is()
    seal_the_words()
    drop_the_words()
    remember_who_took_part()
    make_room_for_what_is_exposed()


def name_whose_hold_it_is():
    with op.batch_alter_table('incident', schema=None) as batch_op:
        batch_op.add_column(sa.Column('candidate_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_incident_candidate_id'), ['candidate_id'], unique=False)
    whose = sa.select(placement.c.candidate_id).where(placement.c.id == incident.c.placement_id).scalar_subquery()
    op.get_bind().execute(sa.update(incident).values(candidate_id=whose))


def seal_the_words():
    seal_column(introduction, introduction.c.end_reason, 'ending', lambda text: {'reason': text})
    seal_column(introduction, introduction.c.meeting_place, 'place', lambda text: {'place': text})
    seal_column(incident, incident.c.resolution, 'resolution', lambda text: {'reasons': [text]})
    seal_column(placement, placement.c.contact, 'contact', lambda text: {'contact': text})


def seal_column(table, column, purpose, record):
    connection = op.get_bind()
    query = sa.select(table.c.id, table.c.candidate_id, column.label('text'))
    rows = connection.execute(query.where(column != '', table.c.candidate_id.is_not(None))).all()
    keys = vault.store().keys({row.candidate_id for row in rows}) if rows else {}
    kept = [
        seal(keys[row.candidate_id], row.candidate_id, f'{purpose}:{row.id.hex}', record(row.text))
        for row in rows
        if row.candidate_id in keys
    ]
    if kept:
        connection.execute(sa.insert(sealed), kept)


def seal(key, candidate_id, purpose, record):
    body = json.dumps(record, ensure_ascii=False, separators=(',', ':')).encode()
    body = body.ljust(-(-len(body) // PADDED_TO) * PADDED_TO)
    key_id = keystore.key_id(key)
    token = keystore.encrypt(key, body, f'{candidate_id}\0{purpose}\0{key_id}')
    return {
        'id': uuid4(),
        'candidate_id': candidate_id,
        'purpose': purpose,
        'key_id': key_id,
        'nonce': token[: keystore.NONCE_BYTES],
        'ciphertext': token[keystore.NONCE_BYTES :],
        'sealed_at': clock.now(),
    }


def drop_the_words():
    """In the tables as they stand: SQLite would refuse to drop and make anew a table that others point to."""
    op.execute('ALTER TABLE introduction DROP COLUMN end_reason')
    op.execute('ALTER TABLE introduction DROP COLUMN meeting_place')
    op.execute('ALTER TABLE introduction RENAME COLUMN consent_recorder_ids TO took_part_ids')
    op.execute('ALTER TABLE incident DROP COLUMN resolution')
    op.execute('ALTER TABLE placement DROP COLUMN contact')
    if op.get_bind().dialect.name == 'postgresql':  # SQLite has overwritten them; here only a new file lets go of them
        for table in ('introduction', 'incident', 'placement'):
            op.execute(f'CLUSTER {table} USING pk_{table}')


def remember_who_took_part():
    """Whoever put a card to the candidate or offered it is no second person: the trail remembers them."""
    connection = op.get_bind()
    took_part = {
        row.id: set(row.took_part_ids)
        for row in connection.execute(
            sa.select(introduction.c.id, introduction.c.took_part_ids).where(introduction.c.candidate_id.in_(in_file()))
        )
    }
    for act in connection.execute(acts()).all():
        row_id = UUID(act.subject_id)
        if row_id in took_part and (act.verb == 'introduction.asked' or act.facts.get('to') == 'offered'):
            took_part[row_id].add(str(act.account_id))
    for row_id, ids in took_part.items():
        same = introduction.c.id == row_id
        connection.execute(sa.update(introduction).where(same).values(took_part_ids=sorted(ids)))


def in_file():
    """What is left of an erased candidate's introduction leads to nobody, and stays so."""
    return sa.select(sa.table('candidate', sa.column('id', sa.Uuid())).c.id)


def acts():
    columns = (audit_entry.c.account_id, audit_entry.c.verb, audit_entry.c.subject_id, audit_entry.c.facts)
    return sa.select(*columns).where(
        audit_entry.c.subject == 'introduction',
        audit_entry.c.verb.in_(['introduction.asked', 'introduction.moved']),
        audit_entry.c.account_id.is_not(None),
    )


def make_room_for_what_is_exposed():
    """The worker fills it within minutes."""
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.add_column(sa.Column('exposed_since', portal.core.db.UTCDateTime(timezone=True), nullable=True))


def downgrade():
    raise NotImplementedError("Restore the backup instead: what was sealed must not come back into the clear.")
