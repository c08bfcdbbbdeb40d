"""A completion does not change once it is recorded: the database itself refuses, whoever asks.

What may come later is named in `Completion`. The link to a sign-up may go, for sign-ups have their own time. The same
statements stand in migration 0007; a later migration that makes the table anew on SQLite has to make the guard anew.
"""

from __future__ import annotations

from sqlalchemy import DDL, FromClause, event

FIXED = (
    "id", "training_id", "training_version", "event_id", "company_id", "person_name", "email", "language",
    "completed_on", "valid_until", "certificate_code", "evidence_kind", "evidence_reference", "recorded_at",
    "recorded_by_id",
)  # fmt: skip
SET_ONCE = ("account_id", "claimed_at")
MAY_GO = ("sign_up_id",)
REFUSAL = "a completion does not change once it is recorded"


def sqlite_trigger() -> str:
    changed = [f"NEW.{name} IS NOT OLD.{name}" for name in FIXED]
    changed += [f"(OLD.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in SET_ONCE]
    changed += [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in MAY_GO]
    return (
        f"CREATE TRIGGER completion_lasts BEFORE UPDATE ON completion WHEN {' OR '.join(changed)} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def postgresql_function() -> str:
    changed = [f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED]
    changed += [f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in SET_ONCE]
    changed += [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in MAY_GO]
    return (
        "CREATE OR REPLACE FUNCTION completion_lasts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {' OR '.join(changed)} THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$"
    )


POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER completion_lasts BEFORE UPDATE ON completion FOR EACH ROW EXECUTE FUNCTION completion_lasts()"
)


def guard(table: FromClause) -> None:
    """Make the guard with the table, where a schema is made from the models."""
    for dialect, statement in (
        ("sqlite", sqlite_trigger()),
        ("postgresql", postgresql_function()),
        ("postgresql", POSTGRESQL_TRIGGER),
    ):
        event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
