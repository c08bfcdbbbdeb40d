"""The keys: master keys from the deployment, and one wrapped key per candidate in a store of its own (design: P8).

The store is a second database whose writes are transactions of their own: a key is there before its candidate's row,
and gone before the row is deleted. It keeps no write-ahead log, so that a destroyed key is in none of its files.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.core import clock
from portal.core.db import UTCDateTime

log = logging.getLogger(__name__)

SYSTEM = UUID(int=0)  # the row that holds the portal's own secret: it outlives master keys, as hashes cannot be re-made
NONCE_BYTES = 12
IN_ONE_STATEMENT = 10_000
SCRUB_WAITS = (0.1, 0.3, 1.0, 3.0)  # seconds between tries, while somebody's older snapshot still sees a row

metadata = MetaData()
vault_key = Table(
    "vault_key",
    metadata,
    Column("candidate_id", Uuid, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("master_key_id", String(40), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
)


class KeyGone(Exception):
    """The key was destroyed (or never made): what it sealed cannot be opened by anyone."""


class Tampered(Exception):
    """What is stored is not what was sealed here, for this place."""


def encrypt(key: bytes, plain: bytes, bound_to: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def decrypt(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError):
        raise Tampered("it does not open here") from None


def derive(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"reilu {use}".encode()).derive(key)


def key_id(key: bytes) -> str:
    """Names a candidate's key without telling it; it stays the same when the key is wrapped anew."""
    return hmac.new(key, b"reilu key id", hashlib.sha256).hexdigest()[:16]


class KeyStore:
    """`master_keys` in order: the first wraps and seals, the others only open."""

    def __init__(self, url: str, master_keys: Mapping[str, bytes]) -> None:
        if not master_keys or any(not 0 < len(name) <= 40 for name in master_keys):
            raise ValueError("a vault needs a master key, and its id has 1 to 40 characters")
        self.current = next(iter(master_keys))
        self.url = url
        self._wrapping = {name: derive(key, "wrap") for name, key in master_keys.items()}
        self.sealing = {name: derive(key, "seal") for name, key in master_keys.items()}
        self.backup = {name: derive(key, "backup") for name, key in master_keys.items()}
        self.engine = _engine(url)
        self._secret: bytes | None = None

    def prepare(self) -> None:
        """Make the store and the portal's secret where they are missing."""
        _make_private(self.engine)
        metadata.create_all(self.engine)
        if not self._wrapped([SYSTEM]):
            try:
                self.create(SYSTEM)
            except IntegrityError:
                log.info("another process made the key store's secret")

    def secret(self, use: str) -> bytes:
        """A key for one use that stays the same through every rotation."""
        if self._secret is None:
            self._secret = self.key(SYSTEM)
        return derive(self._secret, use)

    def create(self, candidate_id: UUID) -> None:
        with self.engine.begin() as connection:
            row = self._wrap(candidate_id, os.urandom(32))
            connection.execute(insert(vault_key).values(candidate_id=candidate_id, created_at=clock.now(), **row))

    def destroy(self, candidate_id: UUID) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(vault_key).where(vault_key.c.candidate_id == candidate_id))
        self.scrub()

    def key(self, candidate_id: UUID) -> bytes:
        keys = self.keys([candidate_id])
        if candidate_id not in keys:
            raise KeyGone(str(candidate_id))
        return keys[candidate_id]

    def keys(self, candidate_ids: Iterable[UUID]) -> dict[UUID, bytes]:
        """The keys that exist, in one statement for every ten thousand."""
        return {row.candidate_id: self._unwrap(row) for row in self._wrapped(candidate_ids)}

    def replace_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put the rows of a backup in place of all keys, in one transaction."""
        with self.engine.begin() as connection:
            connection.execute(delete(vault_key))
            connection.execute(insert(vault_key), list(rows))
        self._secret = None
        self.scrub()

    def secret_in(self, rows: Sequence[Mapping[str, Any]], use: str) -> bytes:
        """As `secret`, from the rows of a backup that is not in place yet."""
        row = next((row for row in rows if row["candidate_id"] == SYSTEM), None)
        if row is None:
            raise KeyGone("the backup of the key store lacks the portal's secret")
        return derive(self._unwrap(SimpleNamespace(**row)), use)

    def candidates(self) -> set[UUID]:
        """Whose keys exist."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(vault_key.c.candidate_id).where(vault_key.c.candidate_id != SYSTEM)))

    def rewrap(self) -> Iterator[None]:
        """Wrap every key under the first master key; yields after each. A key destroyed meanwhile stays destroyed."""
        with self.engine.connect() as connection:
            old = connection.execute(select(vault_key).where(vault_key.c.master_key_id != self.current)).all()
        for row in old:
            same = (vault_key.c.candidate_id == row.candidate_id) & (vault_key.c.wrapped == row.wrapped)
            with self.engine.begin() as connection:
                connection.execute(
                    update(vault_key).where(same).values(**self._wrap(row.candidate_id, self._unwrap(row)))
                )
            yield
        if old:
            self.scrub()

    def scrub(self) -> None:
        """SQLite overwrites what it deletes (`secure_delete`); PostgreSQL only when the table is written anew.

        A row that an older snapshot may still see is copied along, so the table is written again until none is left.
        """
        if self.engine.dialect.name != "postgresql":
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                connection.execute(text("SET lock_timeout = '5s'"))
                for wait in SCRUB_WAITS:
                    if not rows_kept_by_vacuum(connection):
                        return
                    time.sleep(wait)
                log.warning("the key store keeps deleted rows until the next scrub")
            except DBAPIError as error:
                log.warning("the key store could not be vacuumed: %s", type(error.orig).__name__)

    def _wrapped(self, candidate_ids: Iterable[UUID]) -> list[Any]:
        wanted = list(dict.fromkeys(candidate_ids))
        found: list[Any] = []
        with self.engine.connect() as connection:
            for start in range(0, len(wanted), IN_ONE_STATEMENT):
                some = wanted[start : start + IN_ONE_STATEMENT]
                found += connection.execute(select(vault_key).where(vault_key.c.candidate_id.in_(some))).all()
        return found

    def _wrap(self, candidate_id: UUID, key: bytes) -> dict[str, Any]:
        sealed = encrypt(self._wrapping[self.current], key, f"{candidate_id} {self.current}")
        return {"wrapped": sealed, "master_key_id": self.current}

    def _unwrap(self, row: Any) -> bytes:
        if row.master_key_id not in self._wrapping:
            raise KeyGone(f"the master key {row.master_key_id!r} is not among the vault's keys")
        return decrypt(self._wrapping[row.master_key_id], row.wrapped, f"{row.candidate_id} {row.master_key_id}")


def _engine(url: str) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=DELETE", "secure_delete=ON", "busy_timeout=15000", "synchronous=EXTRA"):
        connection.execute(f"PRAGMA {pragma}")


def _make_private(engine: Engine) -> None:
    """The store's file belongs to its owner alone from its first byte on; its journal inherits that."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        Path(path).chmod(0o600)


def rows_kept_by_vacuum(connection: Connection) -> int:
    """Write the table anew; returns how many dead rows PostgreSQL says it could not leave out yet."""
    told: list[str] = []
    driver: Any = connection.connection.driver_connection

    def hear(notice: Any) -> None:
        told.append(notice.message_detail or "")

    driver.add_notice_handler(hear)
    try:
        connection.execute(text("VACUUM (FULL, VERBOSE) vault_key"))
    finally:
        driver.remove_notice_handler(hear)
    return sum(int(found[0]) for detail in told if (found := re.match(r"\d+", detail)))
