"""One restore, step by step: nothing of the target is touched before the copy is whole, proved and known to fit."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Connection, create_engine, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from portal.core import anchors, archive, audit, dump, keystore, schema, vault
from portal.core.anchors import TrailBroken
from portal.core.archive import ArchiveError, ArchiveKeys
from portal.core.audit_check import Fault, Problem, check_trail, head_of
from portal.core.db import db, is_sqlite, transaction
from portal.core.trail import HEAD, AuditHead
from portal.core.vault import Sealed

SQLITE, ROWS, KEYS = "sqlite", "rows", "keys"
IN_USE = "The database is in use. Stop the portal and the worker, then try again."


@dataclass
class Restoration:
    """`notes` tell the operator what to know and to do; `force` allows to lose what is there."""

    path: Path
    keys: ArchiveKeys
    force: bool
    keys_path: Path | None = None
    notes: list[str] = field(default_factory=list)
    key_rows: Sequence[dict[str, Any]] = ()

    def run(self) -> None:
        self.header = archive.header_of(self.path)
        self._check_revision()
        self._check_target()
        self._read_keys()
        folder = Path(str(db.engine.url.database)).parent if is_sqlite() else None
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as private:
            copy = Path(private) / "copy.db"
            if is_sqlite():
                self._into_file(copy)
            else:
                self._into_server(copy)
        if self.key_rows:
            vault.store().replace_all(self.key_rows)
        self._witness()
        self._note_lost_keys()

    # --- before anything is touched

    def _check_revision(self) -> None:
        made_at, known = self.header.get("revision"), schema.known_revisions()
        if self.header["kind"] not in (SQLITE, ROWS):
            raise ArchiveError("This is a backup of the key store: name it with --keys beside a database's archive.")
        if made_at == (known[0] if known else None):
            return
        if self.header["kind"] == SQLITE and is_sqlite() and made_at in known:
            self.notes.append("Its schema is older than this version's. Next, run: flask --app portal prepare")
            return
        raise ArchiveError(f"The archive is at revision {made_at}; restore it with the version that wrote it.")

    def _check_target(self) -> None:
        if not self.force and not is_empty():
            raise ArchiveError("The database is not empty. To replace what is in it, use --force.")

    def _read_keys(self) -> None:
        if self.keys_path is None:
            return
        if archive.header_of(self.keys_path)["kind"] != KEYS:
            raise ArchiveError(f"{self.keys_path} is no backup of the key store.")
        content = archive.read(self.keys_path, self.keys)
        self.key_rows = [row for _, row in dump.parsed(keystore.metadata, content)]
        vault.prepare()
        if not self.force and vault.store().candidates():
            raise ArchiveError(
                "The key store is not empty, and its backup may bring back keys that were destroyed since. Leave out"
                " --keys if the key store is sound; else use --force."
            )

    def _audit_key(self) -> bytes:
        try:
            return vault.store().secret_in(self.key_rows, "audit") if self.key_rows else vault.secret("audit")
        except (vault.KeyGone, DBAPIError):
            raise ArchiveError("The key store holds no keys. Name its backup with --keys.") from None

    # --- the copy

    def _into_file(self, copy: Path) -> None:
        if self.header["kind"] == SQLITE:
            self._unpack(copy)
        with file_connection(copy) as connection:
            if self.header["kind"] == ROWS:
                schema.build(connection, db.metadata, self.header["revision"])
                dump.load(connection, db.metadata, archive.read(self.path, self.keys))
            check_sound(connection)
            self._prove(connection)
        take_place(copy, Path(str(db.engine.url.database)), self.force)

    def _into_server(self, copy: Path) -> None:
        db.session.remove()
        try:
            if self.header["kind"] == ROWS:
                self._rebuild(archive.read(self.path, self.keys))
                return
            self._unpack(copy)
            with file_connection(copy) as connection:
                check_sound(connection)
                self._rebuild(dump.lines(connection, db.metadata))
        except OperationalError:
            raise ArchiveError(IN_USE) from None

    def _rebuild(self, content: Iterable[bytes]) -> None:
        """In one transaction: PostgreSQL makes and drops tables in it like rows."""
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            db.metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
            schema.build(connection, db.metadata, self.header["revision"])
            check_references(connection, "DEFERRABLE INITIALLY DEFERRED")
            dump.load(connection, db.metadata, content)
            connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            check_references(connection, "NOT DEFERRABLE")
            self._prove(connection)

    def _unpack(self, copy: Path) -> None:
        with archive.replacing(copy) as file:
            for part in archive.read(self.path, self.keys):
                file.write(part)

    def _prove(self, connection: Connection) -> None:
        """The copy's trail is whole, and agrees with the anchors that are here."""
        key, head = self._audit_key(), head_of(connection)
        with anchors.locked(current_app.extensions["config"].anchors, key) as file:
            try:
                remembered = file.all()
            except TrailBroken as broken:
                problems = [*check_trail(connection, key, head, []), Problem(Fault.ANCHORS, None, str(broken))]
            else:
                problems = check_trail(connection, key, head, remembered)
                if not remembered:  # another machine, or all is lost but the backup
                    problems = [problem for problem in problems if problem.fault != Fault.ANCHORS]
        said = [f"The audit trail: {problem.message}" for problem in problems]
        if any(problem.seq == 1 and problem.fault == Fault.EDITED for problem in problems) and not self.key_rows:
            said.append("If the key store was made anew, name its backup with --keys.")
        if said and not self.force:
            raise ArchiveError("\n".join([*said, "To restore nevertheless, use --force."]))
        self.notes += said

    # --- afterwards

    def _witness(self) -> None:
        """The trail and its anchors both tell of the restore, so that what follows is sound again."""
        db.session.remove()
        path, key = current_app.extensions["config"].anchors, vault.secret("audit")
        with anchors.locked(path, key) as file:
            try:
                file.all()
            except TrailBroken:
                file.set_aside(path)
        with transaction():
            head = head_of(db.session.connection())
            with anchors.locked(path, key) as file:
                file.append(anchors.RESTORE, head.seq, head.hash)
            db.session.execute(update(AuditHead).where(AuditHead.id == HEAD).values(anchored_seq=head.seq))
            audit.record("backup.restored", "backup", None, facts={"seq": head.seq, "forced": self.force})

    def _note_lost_keys(self) -> None:
        sealed = set(db.session.scalars(select(Sealed.candidate_id).distinct()))
        if lost := sealed - vault.store().candidates():
            self.notes.append(
                f"Candidates of the archive without a key: {len(lost)}. They were erased since, or their key is newer"
                " than the key store's backup. What was sealed for them stays closed; erase them again."
            )


def is_empty() -> bool:
    """Whether no table of ours holds a row; a file that cannot be read as a database is not empty."""
    try:
        with db.engine.connect() as connection:
            present = set(inspect(connection).get_table_names())
            ours = [table for name, table in db.metadata.tables.items() if name in present]
            return not any(connection.execute(select(table).limit(1)).first() for table in ours)
    except DBAPIError:
        return False


@contextmanager
def file_connection(path: Path) -> Iterator[Connection]:
    """A transaction on a database file of our own, away from the live one."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        yield connection


def check_sound(connection: Connection) -> None:
    try:
        said = connection.execute(text("PRAGMA quick_check")).scalar()
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    except DBAPIError:
        said, broken = "it is no database", None
    if said != "ok" or broken:
        raise ArchiveError(f"The database in the archive is damaged: {said if said != 'ok' else broken}.")


def check_references(connection: Connection, when: str) -> None:
    """When PostgreSQL checks foreign keys: rows of one table may refer to each other in any order."""
    names = connection.dialect.identifier_preparer
    for table in db.metadata.sorted_tables:
        for reference in table.foreign_key_constraints:
            constraint = names.format_constraint(reference)
            connection.execute(text(f"ALTER TABLE {names.format_table(table)} ALTER CONSTRAINT {constraint} {when}"))


def take_place(copy: Path, target: Path, force: bool) -> None:
    """Put a whole, closed database file in place of the live one, of which no other process has hold."""
    db.session.remove()
    db.engine.dispose()
    try:
        with closing(sqlite3.connect(target, timeout=2)) as live:
            mode = live.execute("PRAGMA journal_mode=DELETE").fetchone()[0]  # refused while another has it open
            live.execute("BEGIN EXCLUSIVE")
            live.rollback()
    except sqlite3.OperationalError:
        raise ArchiveError(IN_USE) from None
    except sqlite3.DatabaseError:
        mode = "delete" if force else "damaged"
    if mode != "delete":
        raise ArchiveError(IN_USE)
    for rest in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    copy.chmod(0o600)
    archive.put_in_place(copy, target)
