"""trainings are a catalogue with kept versions, requirements are data, and completions last"""

from datetime import date
from uuid import uuid4

from alembic import op
import sqlalchemy as sa


revision = '0007'
down_revision = "0006"
branch_labels = None
depends_on = None

REQUIRED_FROM = date(2020, 1, 1)
"""Trainings that were required are so since before there was a company."""

FIXED = (
    'id', 'training_id', 'training_version', 'event_id', 'company_id', 'person_name', 'email', 'language',
    'completed_on', 'valid_until', 'certificate_code', 'evidence_kind', 'evidence_reference', 'recorded_at',
    'recorded_by_id',
)


def upgrade():
    op.create_table('training_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('training_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=True),
    sa.Column('teaches_fi', sa.Text(), nullable=False),
    sa.Column('teaches_sv', sa.Text(), nullable=False),
    sa.Column('teaches_en', sa.Text(), nullable=False),
    sa.Column('note_fi', sa.String(length=300), nullable=False),
    sa.Column('note_sv', sa.String(length=300), nullable=False),
    sa.Column('note_en', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_training_version_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_version')),
    sa.UniqueConstraint('training_id', 'number', name=op.f('uq_training_version_training_id_number'))
    )
    op.create_table('training_requirement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('title_fi', sa.String(length=300), nullable=False),
    sa.Column('title_sv', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('holders', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_requirement'))
    )
    op.create_table('requirement_training',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('requirement_id', sa.Uuid(), nullable=False),
    sa.Column('training_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['requirement_id'], ['training_requirement.id'], name=op.f('fk_requirement_training_requirement_id')),
    sa.ForeignKeyConstraint(['training_id'], ['training.id'], name=op.f('fk_requirement_training_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement_training')),
    sa.UniqueConstraint('requirement_id', 'training_id', name=op.f('uq_requirement_training_requirement_id_training_id'))
    )
    with op.batch_alter_table('requirement_training', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_requirement_training_training_id'), ['training_id'], unique=False)

    with op.batch_alter_table('training', schema=None) as batch_op:
        for language in ('fi', 'sv', 'en'):
            batch_op.add_column(
                sa.Column(f'audience_{language}', sa.String(length=300), server_default='', nullable=False)
            )
        batch_op.add_column(sa.Column('duration_minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('languages', sa.String(length=40), server_default='fi', nullable=False))

    with op.batch_alter_table('completion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=40), server_default='fi', nullable=False))
        batch_op.add_column(
            sa.Column('evidence_kind', sa.String(length=40), server_default='attendance', nullable=False)
        )
        batch_op.add_column(sa.Column('evidence_reference', sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('shows_name', sa.Boolean(), server_default=sa.false(), nullable=False))

    name_the_company()
    know_the_language()
    keep_the_versions()
    write_the_requirements()
    op.execute('ALTER TABLE training DROP COLUMN required')
    guard_completions()


def name_the_company():
    """In the table as it stands, like 0003: SQLite would refuse to make anew a table that has rows in use."""
    kind = 'UUID' if op.get_bind().dialect.name == 'postgresql' else 'CHAR(32)'
    op.execute(
        f'ALTER TABLE completion ADD COLUMN company_id {kind} '
        'CONSTRAINT fk_completion_company_id REFERENCES company (id)'
    )


def know_the_language():
    op.execute(
        'UPDATE completion SET language = (SELECT sign_up.language FROM sign_up WHERE sign_up.id = completion.sign_up_id)'
        ' WHERE sign_up_id IS NOT NULL'
    )


def keep_the_versions():
    """The one that holds now; what it taught was written nowhere."""
    training = sa.table('training', sa.column('id', sa.Uuid()), sa.column('content_version', sa.Integer()))
    texts = [f'{part}_{language}' for part in ('teaches', 'note') for language in ('fi', 'sv', 'en')]
    version = sa.table(
        'training_version', sa.column('id', sa.Uuid()), sa.column('training_id', sa.Uuid()),
        sa.column('number', sa.Integer()), *(sa.column(name, sa.Text()) for name in texts),
    )
    rows = op.get_bind().execute(sa.select(training.c.id, training.c.content_version)).all()
    for training_id, number in rows:
        values = {'id': uuid4(), 'training_id': training_id, 'number': number, **dict.fromkeys(texts, '')}
        op.execute(version.insert().values(values))


def write_the_requirements():
    """Each training that was required is a requirement of its own, filled by one member who holds it."""
    training = sa.table(
        'training', sa.column('id', sa.Uuid()), sa.column('title_fi'), sa.column('title_sv'), sa.column('title_en'),
        sa.column('required', sa.Boolean()), sa.column('retired', sa.Boolean()),
    )
    requirement = sa.table(
        'training_requirement', sa.column('id', sa.Uuid()), sa.column('title_fi'), sa.column('title_sv'),
        sa.column('title_en'), sa.column('holders', sa.Integer()), sa.column('starts_on', sa.Date()),
        sa.column('version', sa.Integer()),
    )
    filled_by = sa.table(
        'requirement_training', sa.column('id', sa.Uuid()), sa.column('requirement_id', sa.Uuid()),
        sa.column('training_id', sa.Uuid()),
    )
    required = sa.select(training).where(training.c.required, sa.not_(training.c.retired))
    for row in op.get_bind().execute(required).all():
        requirement_id = uuid4()
        op.execute(requirement.insert().values(
            id=requirement_id, title_fi=row.title_fi, title_sv=row.title_sv, title_en=row.title_en, holders=1,
            starts_on=REQUIRED_FROM, version=1,
        ))
        op.execute(filled_by.insert().values(id=uuid4(), requirement_id=requirement_id, training_id=row.id))


def guard_completions():
    """A completion does not change once it is recorded (portal/trainings/lasting.py says what may come later)."""
    postgresql = op.get_bind().dialect.name == 'postgresql'
    differs = 'IS DISTINCT FROM' if postgresql else 'IS NOT'
    changed = [f'NEW.{name} {differs} OLD.{name}' for name in FIXED]
    changed += [
        f'(OLD.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})' for name in ('account_id', 'claimed_at')
    ]
    changed.append(f'(NEW.sign_up_id IS NOT NULL AND NEW.sign_up_id {differs} OLD.sign_up_id)')
    refusal, when = 'a completion does not change once it is recorded', ' OR '.join(changed)
    if not postgresql:
        op.execute(
            f'CREATE TRIGGER completion_lasts BEFORE UPDATE ON completion WHEN {when} '
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
        return
    op.execute(
        'CREATE FUNCTION completion_lasts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF {when} THEN RAISE EXCEPTION '{refusal}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        'CREATE TRIGGER completion_lasts BEFORE UPDATE ON completion FOR EACH ROW EXECUTE FUNCTION completion_lasts()'
    )
