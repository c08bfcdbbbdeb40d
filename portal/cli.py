"""The command line: what an operator runs."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate import upgrade

from config import ConfigError
from portal import health
from portal.core import audit, backups, retention, vault


@click.command("worker")
@click.option("--once", is_flag=True, help="Do one round and stop.")
@with_appcontext
def worker_command(once: bool) -> None:
    """Send mail, run jobs and what happens by the clock."""
    from portal.worker import Worker

    try:
        health.refuse_other_schema()
    except ConfigError as wrong:
        raise click.ClickException(str(wrong)) from None
    worker = Worker()
    if once:
        worker.run_once()
    else:
        worker.run()


@click.command("prepare")
@with_appcontext
def prepare_command() -> None:
    """Make the key store and bring the database to this version's schema. Back up first."""
    vault.prepare()
    upgrade()
    click.echo(f"The database is at revision {health.database_revision()}.")


@click.group("vault")
def vault_group() -> None:
    """Keys."""


@vault_group.command("rotate")
@with_appcontext
def rotate_command() -> None:
    """Wrap every key anew under the first master key. The portal may be in use meanwhile."""
    with click.progressbar(length=100, label="Rotating keys") as bar:
        count = vault.rotate(lambda percent: bar.update(percent - bar.pos))
    click.echo(f"{count} keys are wrapped under the first master key.")


@click.group("retention")
def retention_group() -> None:
    """What goes when it has had its time."""


@retention_group.command("dry-run")
@with_appcontext
def dry_run_command() -> None:
    """How much each rule would delete if it ran now. Nothing is deleted."""
    for name, count in sorted(retention.dry_run().items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{count:>8} {name}")


def init(app: Flask) -> None:
    from portal import texts  # not with this module: `python -m portal.texts` would find itself imported already

    own = (worker_command, prepare_command, vault_group, retention_group)
    for command in (*own, audit.commands, backups.commands, texts.commands):
        app.cli.add_command(command)
