"""Back up and restore. The key store is never in the archive of the database: it has a backup of its own, which is
overwritten each time, so that a destroyed key is soon in no backup either (design: P8).
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from portal.core import archive, audit, clock, dump, keystore, schema, vault
from portal.core.archive import ArchiveError, ArchiveKeys
from portal.core.audit_check import one_state
from portal.core.db import db, is_sqlite, transaction
from portal.core.restoring import KEYS, ROWS, SQLITE, Restoration
from portal.core.trail import AuditHead


def create(path: Path, keys: ArchiveKeys) -> None:
    """Archive the main database as it stands now, while it is in use."""
    with transaction():
        audit.record("backup.created", "backup", None)
    if is_sqlite():
        _archive_file(path, keys)
    else:
        _archive_rows(path, keys)


def _archive_file(path: Path, keys: ArchiveKeys) -> None:
    with sqlite_copy(path.parent) as copy:
        with closing(sqlite3.connect(copy)) as connection:
            seq, entry_hash = connection.execute("SELECT seq, hash FROM audit_head").fetchone()
        header = _header({"kind": SQLITE, "seq": seq, "hash": entry_hash}, schema.revision_in(copy))
        archive.write(path, header, _parts_of(copy), keys)


def _archive_rows(path: Path, keys: ArchiveKeys) -> None:
    db.session.rollback()
    connection = one_state()
    try:
        head = connection.execute(select(AuditHead.seq, AuditHead.hash)).one()
        header = _header({"kind": ROWS, "seq": head.seq, "hash": head.hash}, schema.revision(connection))
        archive.write(path, header, dump.lines(connection, db.metadata), keys)
    finally:
        db.session.rollback()


def _header(values: dict[str, Any], revision: str | None) -> dict[str, Any]:
    return {**values, "revision": revision, "created_at": clock.now().isoformat(timespec="seconds")}


@contextmanager
def sqlite_copy(folder: Path) -> Iterator[Path]:
    """One state of the live database in a private folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as private:
        copy = Path(private) / "copy.db"
        with closing(sqlite3.connect(str(db.engine.url.database))) as live, closing(sqlite3.connect(copy)) as target:
            live.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        yield copy


def _parts_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(archive.PIECE):
            yield part


def create_keys(path: Path, keys: ArchiveKeys) -> None:
    """Archive the key store in place of its last archive, whose bytes are overwritten."""
    old = os.open(path, os.O_RDWR) if path.exists() else None
    try:
        with vault.store().engine.connect() as connection:
            lines = list(dump.lines(connection, keystore.metadata))
        archive.write(path, _header({"kind": KEYS}, None), lines, keys)
        if old is not None:
            os.pwrite(old, bytes(os.fstat(old).st_size), 0)
            os.fsync(old)
    finally:
        if old is not None:
            os.close(old)


def restore(path: Path, keys: ArchiveKeys, keys_path: Path | None = None, force: bool = False) -> list[str]:
    """Put the archive in place of the main database; stop the portal first. Returns what the operator must know.

    Raises `ArchiveError`, and then nothing was changed, when the archive is not sound, its schema is not this
    version's, the target is not empty, or the audit trail says that work would be lost; `force` overrides the last two.
    """
    restoration = Restoration(path, keys, force, keys_path)
    restoration.run()
    return restoration.notes


commands = AppGroup("backup", help="Back up and restore.")
KEY_FILE = click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file whose content encrypts the archive; else a key of the vault does.",
)
TARGET = click.Path(dir_okay=False, writable=True, path_type=Path)
SOURCE = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def _as_usage() -> Iterator[None]:
    try:
        yield
    except (ArchiveError, audit.TrailBroken, vault.KeyGone) as refusal:
        raise click.ClickException(str(refusal)) from None


def _keys(key_file: Path | None) -> ArchiveKeys:
    return ArchiveKeys(current_app.extensions["vault"].backup, key_file)


@commands.command("create")
@click.argument("file", type=TARGET)
@KEY_FILE
def create_command(file: Path, key_file: Path | None) -> None:
    """Write the main database to FILE, encrypted. The key store is not in it."""
    with _as_usage():
        create(file.resolve(), _keys(key_file))
    click.echo(f"The database is in {file}. The keys are not; back them up with: backup keys FILE")


@commands.command("keys")
@click.argument("file", type=TARGET)
@KEY_FILE
def keys_command(file: Path, key_file: Path | None) -> None:
    """Write the key store to FILE, encrypted, over the last one. Keep no older copy: erasure depends on it."""
    with _as_usage():
        create_keys(file.resolve(), _keys(key_file))
    click.echo(f"The key store is in {file}. Keep only this one, apart from the database's archives.")


@commands.command("show")
@click.argument("file", type=SOURCE)
def show_command(file: Path) -> None:
    """Say what FILE holds and from when."""
    with _as_usage():
        click.echo(json.dumps(archive.header_of(file), indent=2, sort_keys=True))


@commands.command("restore")
@click.argument("file", type=SOURCE)
@click.option("--keys", "keys_file", type=SOURCE, help="The backup of the key store, when the key store is lost.")
@click.option("--force", is_flag=True, help="Replace what is there, even if work done since the backup is lost.")
@KEY_FILE
def restore_command(file: Path, keys_file: Path | None, force: bool, key_file: Path | None) -> None:
    """Put the database of FILE in place. Stop the portal and the worker first."""
    with _as_usage():
        notes = restore(file.resolve(), _keys(key_file), keys_file, force)
    for note in notes:
        click.echo(note)
    click.echo("The database is restored.")
