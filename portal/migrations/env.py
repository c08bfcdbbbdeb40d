"""Alembic's entry: migrations run on the app's own engine, in one transaction each."""

from alembic import context
from flask import current_app

from portal.core.db import db


def run() -> None:
    db.session.remove()
    options = dict(current_app.extensions["migrate"].configure_args)
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
            **{name: value for name, value in options.items() if name not in ("render_as_batch", "compare_type")},
        )
        with context.begin_transaction():
            context.run_migrations()


run()
