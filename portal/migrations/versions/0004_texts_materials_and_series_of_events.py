"""speakers, organisers and partners in each language, private events, series, recordings and materials"""

from alembic import op
import sqlalchemy as sa
import portal.core.db


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

PARTS = ('speakers', 'organisers', 'partners', 'accessibility')
CODES = ('interpretation', 'audience', 'access', 'contact_name', 'contact_email')


def upgrade():
    # Defaults are plain texts: only such columns come into a table of SQLite that stays, and sign-ups point to it.
    with op.batch_alter_table('event', schema=None) as batch_op:
        for part in PARTS:
            for language in ('fi', 'sv', 'en'):
                batch_op.add_column(sa.Column(f'{part}_{language}', sa.Text(), server_default='', nullable=False))
        for name in CODES:
            batch_op.add_column(sa.Column(name, sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('contact_phone', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('was_published', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('series_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_event_series_id'), ['series_id'], unique=False)

    name_the_language()
    know_what_was_published()
    op.create_table('event_material',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('open_to', sa.String(length=40), nullable=False),
    sa.Column('title_fi', sa.String(length=300), nullable=False),
    sa.Column('title_sv', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('link', sa.LargeBinary(), nullable=True),
    sa.Column('added_at', portal.core.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_material_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_material'))
    )
    with op.batch_alter_table('event_material', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_material_event_id'), ['event_id'], unique=False)


def name_the_language():
    """Until today one text stood on the pages of every language; those who keep events wrote it in Finnish.

    The old columns go from the table as it stands: SQLite would refuse to drop and make anew a table that sign-ups
    point to.
    """
    op.execute('UPDATE event SET speakers_fi = speakers, accessibility_fi = accessibility')
    op.execute('ALTER TABLE event DROP COLUMN speakers')
    op.execute('ALTER TABLE event DROP COLUMN accessibility')


def know_what_was_published():
    """A cancelled event has been published when somebody could sign up to it."""
    signed_up = "status = 'cancelled' AND EXISTS (SELECT 1 FROM sign_up WHERE sign_up.event_id = event.id)"
    op.execute(f"UPDATE event SET was_published = true WHERE status = 'published' OR ({signed_up})")


def downgrade():
    raise NotImplementedError("Restore the backup instead: stepping down would lose what was written since.")
