"""`flask --app portal search …`: the index by hand."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal.candidates import services as candidates
from portal.core.db import db
from portal.matching import index
from search.engine import EngineDown

commands = AppGroup("search", help="The search index.")


@commands.command("rebuild")
def rebuild_command() -> None:
    """Build the index anew from the database and swap it in. The portal may be in use meanwhile."""
    total = len(candidates.active_profiles())
    with click.progressbar(length=total, label="Indexing profiles") as bar:
        try:
            state = index.engine().rebuild(lambda count: bar.update(count - bar.pos))
        except EngineDown as down:
            raise click.ClickException(f"The engine is down: {down}") from None
    db.session.rollback()
    click.echo(f"{total} profiles are indexed ({state.name}, generation {state.generation}).")


@commands.command("state")
def state_command() -> None:
    """Say how the index is."""
    state = index.engine().state()
    click.echo(f"{state.name}: {state.message_code}, generation {state.generation or 'none'}, {state.behind} behind")
