"""Back up and restore (design: P8, P9): nothing is lost, nothing comes back that was erased, nothing half done."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from portal.core import archive, audit, jobs, keystore, vault
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.core.jobs import Job
from tests.core.conftest import KINDS, House

CANARY = "Kanarialintu"
MakeHouse = Callable[[str, str], House]


def furnish() -> UUID:
    """A candidate with an identity, some jobs and a trail."""
    candidate_id = uuid4()
    vault.create_key(candidate_id)
    with transaction():
        vault.seal(candidate_id, "identity", {"name": CANARY})
        jobs.enqueue("export", {"year": 2026}, by=candidate_id)
        audit.identity_read([candidate_id], "own caseload")
    return candidate_id


def run(app: Flask, *args: object) -> Result:
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["backup", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(app: Flask, *args: object) -> str:
    result = run(app, *args)
    assert result.exit_code == 0, result.output
    return result.output


def refused(app: Flask, *args: object) -> str:
    result = run(app, *args)
    assert result.exit_code != 0
    return result.output


def contents() -> tuple[list[str], list[str]]:
    db.session.rollback()
    verbs = list(db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.seq)))
    return verbs, sorted(str(each.args) for each in db.session.scalars(select(Job)))


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    """The house with every feature's tables: a backup holds them all."""
    made = house.build(whole=True)
    with made.app_context():
        yield made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("to", KINDS)
def test_p9_everything_comes_back_on_a_new_machine(
    make_house: MakeHouse, house: House, app: Flask, kind: str, to: str, out: Path
) -> None:
    candidate_id = furnish()
    done(app, "create", out / "db", "--key-file", key_file(out))
    done(app, "keys", out / "keys", "--key-file", key_file(out))
    before = contents()
    with make_house("new machine", to).build(whole=True).app_context() as context:
        said = done(context.app, "restore", out / "db", "--keys", out / "keys", "--key-file", key_file(out))
        assert "restored" in said
        verbs, kept = contents()
        assert (verbs, kept) == ([*before[0], "backup.restored"], before[1])
        assert vault.open(candidate_id, "identity") == {"name": CANARY}
        assert audit.verify() == []
        audit.anchor()
        furnish()
        audit.anchor()
        assert audit.verify() == []


def key_file(folder: Path) -> Path:
    path = folder / "phrase"
    path.write_text("a phrase that nobody guesses, kept apart\n")
    return path


def test_p8_an_archive_is_private_whole_and_unreadable(app: Flask, out: Path) -> None:
    with transaction():
        audit.record("seen", "marker", "plainly-visible-marker")
    furnish()
    done(app, "create", out / "db")
    assert [path.name for path in out.iterdir()] == ["db"]
    assert stat.S_IMODE((out / "db").stat().st_mode) == 0o600
    data = (out / "db").read_bytes()
    assert b"plainly-visible-marker" not in data and b"SQLite" not in data
    shown = done(app, "show", out / "db")
    assert '"seq": 3' in shown


def test_p8_the_keys_are_not_in_the_archive_of_the_database(app: Flask, out: Path) -> None:
    candidate_id = furnish()
    with vault.store().engine.connect() as connection:
        wrapped = list(connection.scalars(select(keystore.vault_key.c.wrapped)))
    done(app, "create", out / "db")
    keys = archive.ArchiveKeys(vault.store().backup)
    content = b"".join(archive.read(out / "db", keys))
    assert len(wrapped) == 2 and not [each for each in wrapped if each in content or each.hex().encode() in content]
    assert candidate_id.hex.encode() in content.replace(b"-", b"")


def test_p8_after_erasure_and_a_new_backup_of_the_keys_no_backup_opens_the_candidate(
    make_house: MakeHouse, app: Flask, out: Path
) -> None:
    candidate_id = furnish()
    done(app, "create", out / "db")
    done(app, "keys", out / "keys")
    old = (out / "keys").read_bytes()
    with (out / "keys").open("rb") as held:
        vault.destroy_key(candidate_id)
        done(app, "keys", out / "keys")
        assert held.read() == bytes(len(old))  # the old bytes were overwritten, not only unlinked
    with make_house("new machine", "sqlite").build(whole=True).app_context() as context:
        said = refused(context.app, "restore", out / "db")
        assert "--keys" in said
        if db.engine.dialect.name == app.extensions["sqlalchemy"].engine.dialect.name:
            said = done(context.app, "restore", out / "db", "--keys", out / "keys")
            assert "without a key: 1." in said
            with pytest.raises(vault.KeyGone):
                vault.open(candidate_id, "identity")


def test_p8_restoring_beside_a_sound_key_store_does_not_bring_an_erased_candidate_back(app: Flask, out: Path) -> None:
    candidate_id = furnish()
    done(app, "create", out / "db")
    done(app, "keys", out / "keys")
    vault.destroy_key(candidate_id)
    furnish()
    assert "bring back keys" in run_text(app, "restore", out / "db", "--keys", out / "keys")
    done(app, "restore", out / "db", "--force")
    with pytest.raises(vault.KeyGone):
        vault.open(candidate_id, "identity")


def run_text(app: Flask, *args: object) -> str:
    """With the data gone but the key store there."""
    with transaction():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
    return refused(app, *args)


def test_a_target_with_data_is_replaced_only_by_force(app: Flask, out: Path) -> None:
    furnish()
    done(app, "create", out / "db")
    before = contents()
    assert "not empty" in refused(app, "restore", out / "db")
    assert contents() == before
    done(app, "restore", out / "db", "--force")
    assert contents()[0] == [*before[0], "backup.restored"]


def test_p6_a_restore_that_loses_witnessed_work_is_refused_and_by_force_it_is_told(app: Flask, out: Path) -> None:
    furnish()
    done(app, "create", out / "db")
    furnish()
    audit.anchor()
    emptied = run_text(app, "restore", out / "db")
    assert "cut, or an old copy was put back" in emptied and "--force" in emptied
    said = done(app, "restore", out / "db", "--force")
    assert "The trail ends at entry 2, but it had 3" in said
    assert audit.verify() == []
    entry = audit.recent()[0]
    assert (entry.verb, entry.facts) == ("backup.restored", {"seq": 2, "forced": True})
    audit.anchor()
    furnish()
    audit.anchor()
    assert audit.verify() == []


def test_p6_an_archive_of_a_tampered_trail_is_refused(app: Flask, out: Path) -> None:
    furnish()
    with transaction():
        db.session.execute(update(AuditEntry).values(reason="another"))
    done(app, "create", out / "db")
    before = contents()
    assert "Entry 1 was changed" in run_text(app, "restore", out / "db")
    assert contents() == ([], [])
    assert before[1]


@pytest.mark.parametrize("fault", ["cut", "changed", "longer", "header", "nonsense", "other key", "wrong kind"])
def test_p9_an_archive_that_is_not_sound_changes_nothing(house: House, app: Flask, out: Path, fault: str) -> None:
    furnish()
    done(app, "create", out / "db")
    done(app, "keys", out / "keys")
    path, data = out / "db", (out / "db").read_bytes()
    if fault == "cut":
        path.write_bytes(data[:-50])
    elif fault == "changed":
        path.write_bytes(data[:-50] + bytes([data[-50] ^ 1]) + data[-49:])
    elif fault == "longer":
        path.write_bytes(data + b"x")
    elif fault == "header":
        path.write_bytes(data.replace(b'"seq": 2', b'"seq": 3'))
    elif fault == "nonsense":
        path.write_bytes(b"hello")
    elif fault == "other key":
        other = house.open(vault_keys={"k9": b"9" * 32}, vault_url=f"sqlite:///{out / 'other.db'}")
        with other.app_context():
            vault.prepare()
            done(other, "create", path)
    else:
        path = out / "keys"
    before, on_disk = contents(), sorted(each.name for each in house.config.instance.iterdir())
    assert refused(app, "restore", path, "--force").startswith("Error: ")
    assert contents() == before
    assert sorted(each.name for each in house.config.instance.iterdir()) == on_disk


def pieces_of(data: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the pieces, and the pieces with their lengths."""
    start = data.index(b"\n", len(archive.MAGIC)) + 1
    head, pieces = data[:start], []
    while start < len(data):
        end = start + 4 + int.from_bytes(data[start : start + 4])
        pieces.append(data[start:end])
        start = end
    return head, pieces


@pytest.mark.parametrize("fault", ["last missing", "middle missing", "exchanged", "repeated", "of another"])
def test_p9_an_archive_of_whole_pieces_that_are_not_all_in_order_does_not_open(tmp_path: Path, fault: str) -> None:
    keys, path, content = archive.ArchiveKeys({"k1": b"1" * 32}), tmp_path / "a", os.urandom(3 * archive.PIECE + 5)
    archive.write(path, {}, [content[:7], content[7:]], keys)
    assert b"".join(archive.read(path, keys)) == content
    head, pieces = pieces_of(path.read_bytes())
    assert len(pieces) == 4
    archive.write(path, {}, [content], keys)
    other = pieces_of(path.read_bytes())[1]
    wrong = {
        "last missing": pieces[:-1],
        "middle missing": [pieces[0], *pieces[2:]],
        "exchanged": [pieces[1], pieces[0], *pieces[2:]],
        "repeated": [pieces[0], *pieces],
        "of another": [*pieces[:-1], other[-1]],
    }
    path.write_bytes(head + b"".join(wrong[fault]))
    with pytest.raises(archive.ArchiveError):
        list(archive.read(path, keys))


def test_a_key_file_is_needed_again_and_must_be_long(app: Flask, out: Path) -> None:
    furnish()
    done(app, "create", out / "db", "--key-file", key_file(out))
    assert "--key-file" in refused(app, "restore", out / "db", "--force")
    (out / "phrase").write_text("another phrase that nobody guesses either")
    assert "does not open" in refused(app, "restore", out / "db", "--force", "--key-file", out / "phrase")
    (out / "phrase").write_text("short")
    assert "too short" in refused(app, "create", out / "db2", "--key-file", out / "phrase")


def migrations(app: Flask, folder: Path, *revisions: str) -> None:
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    before = None
    for each in revisions:
        text = f"revision = {each!r}\ndown_revision = {before!r}\n"
        (folder / "versions" / f"{each}.py").write_text(text)
        before = each
    app.extensions["migrate"] = SimpleNamespace(directory=str(folder))


def stamp(revision: str) -> None:
    with transaction():
        connection = db.session.connection()
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("DELETE FROM alembic_version")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608 - our own word


def test_a_schema_of_another_version_is_refused(app: Flask, kind: str, out: Path, tmp_path: Path) -> None:
    furnish()
    migrations(app, tmp_path / "migrations", "0001", "0002")
    stamp("0002")
    done(app, "create", out / "now")
    stamp("0001")
    done(app, "create", out / "older")
    stamp("0009")
    done(app, "create", out / "newer")
    assert "0009" in refused(app, "restore", out / "newer", "--force")
    if kind == "sqlite":
        assert "flask --app portal prepare" in done(app, "restore", out / "older", "--force")
    else:
        assert "0001" in refused(app, "restore", out / "older", "--force")
    done(app, "restore", out / "now", "--force")
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0002"


def test_a_database_in_use_is_not_replaced(house: House, app: Flask, kind: str, out: Path) -> None:
    furnish()
    done(app, "create", out / "db")
    before = contents()
    db.session.remove()
    with house.open().app_context():
        other = db.engine
    with other.connect() as held:
        held.execute(select(AuditEntry)).all()
        assert "in use" in refused(app, "restore", out / "db", "--force")
    assert contents() == before


def test_a_damaged_database_is_replaced_only_by_force(house: House, app: Flask, kind: str, out: Path) -> None:
    if kind != "sqlite":
        pytest.skip("a file")
    furnish()
    done(app, "create", out / "db")
    db.session.remove()
    db.engine.dispose()
    path = house.config.instance / "reilu.db"
    path.write_bytes(b"not a database at all" * 100)
    assert "not empty" in refused(app, "restore", out / "db")
    done(app, "restore", out / "db", "--force")
    assert contents()[0] == ["identity.read", "backup.created", "backup.restored"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_is_made_while_the_portal_writes(house: House, app: Flask, out: Path) -> None:
    furnish()
    with house.open().app_context(), transaction():
        audit.record("meanwhile", "x", None)
        db.session.flush()
    done(app, "create", out / "db")
    furnish()
    assert '"seq": 3' in done(app, "show", out / "db")


def test_restoring_twice_is_the_same_as_once(app: Flask, out: Path) -> None:
    furnish()
    done(app, "create", out / "db")
    for _ in range(2):
        done(app, "restore", out / "db", "--force")
    assert contents()[0] == ["identity.read", "backup.created", "backup.restored"]
    assert audit.verify() == []
