"""The vault (design: P8): what is sealed opens only in its place, and after erasure nowhere."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select, text, update
from werkzeug.datastructures import FileStorage

from portal.core import files, keystore, vault
from portal.core.db import db, transaction
from portal.core.files import FileKind, SealedFile
from portal.core.vault import KeyGone, Sealed, Tampered
from tests.core.conftest import KEYS, House

CANARY = "Ilves-Kanarialintu"


def sealed_candidate(record: dict[str, object], purpose: str = "identity") -> UUID:
    candidate_id = uuid4()
    vault.create_key(candidate_id)
    with transaction():
        vault.seal(candidate_id, purpose, record)
    return candidate_id


def keep(name: str, candidate_id: UUID | None = None) -> SealedFile:
    upload = FileStorage(io.BytesIO(b"words"), filename=name)
    return files.store(
        upload, subject="company", subject_id=uuid4(), allowed={FileKind.TEXT}, candidate_id=candidate_id
    )


def test_a_record_comes_back_as_it_was_sealed(app: Flask) -> None:
    record = {"name": "Åsa Öhman", "languages": ["fi", "sv"], "born": None}
    candidate_id = sealed_candidate(record)
    assert vault.open(candidate_id, "identity") == record
    assert vault.open(candidate_id, "safety") == {}
    assert vault.open(uuid4(), "identity") == {}


def test_sealing_again_replaces_the_record(app: Flask) -> None:
    candidate_id = sealed_candidate({"name": "first"})
    with transaction():
        vault.seal(candidate_id, "identity", {"name": "second"})
    assert vault.open(candidate_id, "identity") == {"name": "second"}
    assert len(db.session.scalars(select(Sealed)).all()) == 1


def test_a_rolled_back_sealing_leaves_the_earlier_record(app: Flask) -> None:
    candidate_id = sealed_candidate({"name": "first"})
    with pytest.raises(RuntimeError), transaction():
        vault.seal(candidate_id, "identity", {"name": "second"})
        raise RuntimeError
    assert vault.open(candidate_id, "identity") == {"name": "first"}


@pytest.mark.parametrize("change", ["candidate", "purpose", "ciphertext", "nonce"])
def test_a_record_put_in_another_place_does_not_open(app: Flask, change: str) -> None:
    one, other = sealed_candidate({"name": "one"}), sealed_candidate({"name": "other"})
    with transaction():
        row = db.session.scalars(select(Sealed).where(Sealed.candidate_id == one)).one()
        stranger = db.session.scalars(select(Sealed).where(Sealed.candidate_id == other)).one()
        if change == "candidate":
            row.ciphertext, row.nonce = stranger.ciphertext, stranger.nonce
        elif change == "purpose":
            row.purpose = "safety"
        else:
            old = getattr(row, change)
            setattr(row, change, old[:-1] + bytes([old[-1] ^ 1]))
    with pytest.raises(Tampered):
        vault.open(one, "safety" if change == "purpose" else "identity")


def test_the_length_of_a_name_does_not_show(app: Flask) -> None:
    sealed_candidate({"name": "Li"})
    sealed_candidate({"name": "Maximiliana Konstantinopolitanskaja"})
    assert len({len(row.ciphertext) for row in db.session.scalars(select(Sealed))}) == 1


def test_after_the_key_is_destroyed_nothing_opens(app: Flask) -> None:
    candidate_id = sealed_candidate({"name": "x"})
    token = vault.seal_bytes(b"x", "here", candidate_id=candidate_id)
    vault.destroy_key(candidate_id)
    with pytest.raises(KeyGone):
        vault.open(candidate_id, "identity")
    with pytest.raises(KeyGone), transaction():
        vault.seal(candidate_id, "identity", {})
    with pytest.raises(KeyGone):
        vault.open_bytes(token, "here", candidate_id=candidate_id)
    assert vault.open_many([candidate_id], "identity") == {}


def test_a_new_key_does_not_open_what_the_old_one_sealed(app: Flask) -> None:
    candidate_id = sealed_candidate({"name": "x"})
    vault.destroy_key(candidate_id)
    vault.create_key(candidate_id)
    with pytest.raises(KeyGone):
        vault.open(candidate_id, "identity")


@pytest.mark.parametrize("count", [1, 40])
def test_opening_many_takes_two_statements(app: Flask, count: int) -> None:
    ids = [sealed_candidate({"number": number}) for number in range(count)]
    db.session.rollback()
    statements: list[str] = []
    for engine in (db.engine, vault.store().engine):
        event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert vault.open_many(ids, "identity") == {each: {"number": number} for number, each in enumerate(ids)}
    assert len([text for text in statements if text.lstrip().startswith("SELECT")]) == 2


def test_p8_a_canary_is_in_no_file_at_any_time_and_its_key_in_none_after_erasure(
    house: House, app: Flask, kind: str
) -> None:
    candidate_id = sealed_candidate({"name": CANARY})
    with vault.store().engine.connect() as connection:
        wrapped = connection.scalars(
            select(keystore.vault_key.c.wrapped).where(keystore.vault_key.c.candidate_id == candidate_id)
        ).one()
    ciphertext = db.session.scalars(select(Sealed.ciphertext)).one()
    assert CANARY.encode() not in house.bytes_on_disk()
    if kind == "sqlite":
        assert wrapped in house.bytes_on_disk()  # else this test would prove nothing
        assert ciphertext[:64] in house.bytes_on_disk()
    vault.destroy_key(candidate_id)
    with transaction():
        vault.forget(candidate_id)
    assert CANARY.encode() not in house.bytes_on_disk()
    assert wrapped not in house.bytes_on_disk()
    if kind == "postgresql":
        with vault.store().engine.connect() as connection:
            connection.execute(text("CHECKPOINT"))
            stored = connection.scalar(text("SELECT pg_read_binary_file(pg_relation_filepath('vault_key'))"))
        assert stored and wrapped not in stored
    assert vault.open(candidate_id, "identity") == {}


def test_the_key_store_belongs_to_its_owner_alone(house: House, app: Flask, kind: str) -> None:
    if kind == "sqlite":
        mode = (house.config.instance / "vault.db").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


def test_the_key_store_may_not_be_the_main_database(house: House) -> None:
    with pytest.raises(ValueError, match="main database"):
        house.open(vault_url=house.config.database_url)


def test_a_token_opens_only_in_its_context(app: Flask) -> None:
    token = vault.seal_bytes(b"secret", "outbox")
    assert vault.open_bytes(token, "outbox") == b"secret"
    changed = token[:-1] + bytes([token[-1] ^ 1])
    for wrong, context in ((token, "files"), (changed, "outbox"), (b"", "outbox"), (token[:5], "outbox")):
        with pytest.raises(Tampered):
            vault.open_bytes(wrong, context)
    word = vault.seal_text("sälä", "form")
    assert vault.open_text(word, "form") == "sälä"
    for wrong_text in ("", "ä", "....", word[:-3], word + "AAAA"):
        with pytest.raises(Tampered):
            vault.open_text(wrong_text, "form")


def test_a_candidates_token_is_no_token_of_another(app: Flask) -> None:
    one, other = sealed_candidate({}), sealed_candidate({})
    token = vault.seal_text("x", "here", candidate_id=one)
    assert vault.open_text(token, "here", candidate_id=one) == "x"
    for wrong in (other, None):
        with pytest.raises(Tampered):
            vault.open_text(token, "here", candidate_id=wrong)


def test_a_keyed_hash_is_stable_and_bound_to_its_use(house: House, app: Flask) -> None:
    first = vault.keyed_hash("192.0.2.1", "network")
    assert first == vault.keyed_hash("192.0.2.1", "network") != vault.keyed_hash("192.0.2.1", "link")
    with house.open().app_context():
        assert vault.keyed_hash("192.0.2.1", "network") == first


def test_rotation_brings_everything_under_the_new_key_and_the_old_one_may_go(house: House, app: Flask) -> None:
    house.build(whole=True)  # a rotation looks into the columns of every feature
    candidate_id = sealed_candidate({"name": "x"})
    gone = sealed_candidate({"name": "y"})
    with transaction():
        file_id = keep("notes.txt").id
        keep("hers.txt", candidate_id=candidate_id)
    hashed = vault.keyed_hash("x", "link")
    vault.destroy_key(gone)

    both = {"k2": b"2" * 32, **KEYS}
    with house.open(vault_keys=both).app_context():
        assert vault.open(candidate_id, "identity") == {"name": "x"}
        assert vault.tokens_under_old_keys() == {"sealed_file.sealed_name": 1, "sealed_content.token": 1}
        seen: list[int] = []
        assert vault.rotate(seen.append) == 4  # the candidate's key, the portal's secret, two tokens
        assert seen == sorted(seen) and seen[-1] == 100
        assert vault.tokens_under_old_keys() == {}
        assert vault.rotate(seen.append) == 0
    with house.open(vault_keys={"k2": b"2" * 32}).app_context():
        assert vault.open(candidate_id, "identity") == {"name": "x"}
        file = db.session.get_one(SealedFile, file_id)
        assert (file.name, files.read(file)) == ("notes.txt", b"words")
        assert vault.keyed_hash("x", "link") == hashed
        with pytest.raises(KeyGone):
            vault.open(gone, "identity")


def test_without_its_master_key_a_vault_says_the_key_is_gone(house: House, app: Flask) -> None:
    candidate_id = sealed_candidate({"name": "x"})
    token = vault.seal_bytes(b"t", "drawer")
    with house.open(vault_keys={"k9": b"9" * 32}).app_context():
        with pytest.raises(KeyGone):
            vault.open(candidate_id, "identity")
        with pytest.raises(Tampered):
            vault.open_bytes(token, "drawer")
        with pytest.raises(KeyGone):
            vault.check()


def test_a_wrapped_key_moved_to_another_candidate_does_not_unwrap(app: Flask) -> None:
    one, other = sealed_candidate({}), sealed_candidate({})
    table = keystore.vault_key
    with vault.store().engine.begin() as connection:
        stolen = connection.scalars(select(table.c.wrapped).where(table.c.candidate_id == one)).one()
        connection.execute(update(table).where(table.c.candidate_id == other).values(wrapped=stolen))
    with pytest.raises(Tampered):
        vault.open(other, "identity")


def test_preparing_twice_keeps_every_key(app: Flask, tmp_path: Path) -> None:
    candidate_id = sealed_candidate({"name": "x"})
    before = vault.keyed_hash("x", "link")
    vault.prepare()
    assert (vault.open(candidate_id, "identity"), vault.keyed_hash("x", "link")) == ({"name": "x"}, before)
    vault.check()
