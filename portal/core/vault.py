"""The vault: identity, safety and notes are sealed for one candidate; secrets of the portal for one place (design: P8).

What is sealed for a candidate opens until the candidate's key is destroyed, in every backup too. What is sealed for
the system opens as long as one of the master keys does; use `candidate_id` there when it concerns a candidate.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from flask import Flask, current_app
from sqlalchemy import LargeBinary, Select, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock, keystore
from portal.core.db import Id, Instant, Model, db, is_sqlite, transaction
from portal.core.keystore import KeyGone, KeyStore, Tampered, decrypt, encrypt, key_id

if TYPE_CHECKING:
    from config import Config

__all__ = ["KeyGone", "Sealed", "Tampered"]

PADDED_TO = 256  # so that the length of a sealed record tells nothing about a name
FOR_SYSTEM, FOR_CANDIDATE = b"\x01", b"\x02"
Context = str | Callable[[Any], str]


class Sealed(Model):
    """One record about a candidate, for one purpose. `key_id` names the candidate's key, never a master key."""

    __tablename__ = "sealed"
    __table_args__ = (UniqueConstraint("candidate_id", "purpose"),)

    candidate_id: Mapped[Id]
    purpose: Mapped[str] = mapped_column(String(80))
    key_id: Mapped[str] = mapped_column(String(40))
    nonce: Mapped[bytes] = mapped_column(LargeBinary)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[Instant]


def init(app: Flask, config: Config) -> None:
    if config.vault_url == config.database_url:
        raise ValueError("the key store may not be the main database")
    app.extensions["vault"] = KeyStore(config.vault_url, config.vault_keys)


def store() -> KeyStore:
    return cast(KeyStore, current_app.extensions["vault"])


def prepare() -> None:
    """Make the key store where it is missing; safe to repeat, needed once before anything is sealed or audited."""
    store().prepare()


def check() -> None:
    """Raises when the key store cannot be reached or its secret does not open; for `/readyz`."""
    store().key(keystore.SYSTEM)


def create_key(candidate_id: UUID) -> None:
    """Commits by itself. Call before the candidate's row is written."""
    store().create(candidate_id)


def destroy_key(candidate_id: UUID) -> None:
    """Commits by itself and cannot be undone. Call before the candidate's row is deleted."""
    store().destroy(candidate_id)


def seal(candidate_id: UUID, purpose: str, record: dict[str, Any]) -> None:
    """Keep the record in place of the earlier one for this purpose. Raises `KeyGone`."""
    key = store().key(candidate_id)
    body = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    body = body.ljust(-(-len(body) // PADDED_TO) * PADDED_TO)
    sealed = encrypt(key, body, _bound(candidate_id, purpose, key_id(key)))
    kept = {
        "key_id": key_id(key),
        "nonce": sealed[: keystore.NONCE_BYTES],
        "ciphertext": sealed[keystore.NONCE_BYTES :],
        "sealed_at": clock.now(),
    }
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    put = insert(Sealed).values(id=uuid4(), candidate_id=candidate_id, purpose=purpose, **kept)
    db.session.execute(put.on_conflict_do_update(index_elements=["candidate_id", "purpose"], set_=kept))


def open(candidate_id: UUID, purpose: str) -> dict[str, Any]:
    """The record, or {} when nothing was ever sealed. Raises `KeyGone` and `Tampered`."""
    row = db.session.execute(_rows([candidate_id], purpose)).one_or_none()
    return {} if row is None else _opened(row, store().key(candidate_id))


def open_parts(candidate_id: UUID, purposes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Several records of one candidate in one statement; {} for what was never sealed. Raises as `open` does."""
    columns = (Sealed.candidate_id, Sealed.purpose, Sealed.key_id, Sealed.nonce, Sealed.ciphertext)
    query = select(*columns).where(Sealed.candidate_id == candidate_id, Sealed.purpose.in_(purposes))
    rows = db.session.execute(query).all()
    key = store().key(candidate_id) if rows else b""
    return {purpose: {} for purpose in purposes} | {row.purpose: _opened(row, key) for row in rows}


def open_many(candidate_ids: Sequence[UUID], purpose: str) -> dict[UUID, dict[str, Any]]:
    """The records by candidate in two statements; a candidate whose key is gone is left out."""
    keys = store().keys(candidate_ids)
    found: dict[UUID, dict[str, Any]] = {candidate_id: {} for candidate_id in candidate_ids if candidate_id in keys}
    for start in range(0, len(candidate_ids), keystore.IN_ONE_STATEMENT):
        some = candidate_ids[start : start + keystore.IN_ONE_STATEMENT]
        for row in db.session.execute(_rows(some, purpose)):
            if row.candidate_id in keys:
                found[row.candidate_id] = _opened(row, keys[row.candidate_id])
    return found


def forget(candidate_id: UUID) -> None:
    """Delete what was sealed, after the key was destroyed."""
    db.session.execute(delete(Sealed).where(Sealed.candidate_id == candidate_id))


def _rows(candidate_ids: Iterable[UUID], purpose: str) -> Select[UUID, str, str, bytes, bytes]:
    columns = (Sealed.candidate_id, Sealed.purpose, Sealed.key_id, Sealed.nonce, Sealed.ciphertext)
    return select(*columns).where(Sealed.candidate_id.in_(candidate_ids), Sealed.purpose == purpose)


def _bound(candidate_id: UUID, purpose: str, key: str) -> str:
    return f"{candidate_id}\0{purpose}\0{key}"


def _opened(row: Any, key: bytes) -> dict[str, Any]:
    if row.key_id != key_id(key):
        raise KeyGone(str(row.candidate_id))
    plain = decrypt(key, row.nonce + row.ciphertext, _bound(row.candidate_id, row.purpose, row.key_id))
    return cast(dict[str, Any], json.loads(plain))


def seal_bytes(data: bytes, context: str, *, candidate_id: UUID | None = None) -> bytes:
    """A token that opens only for the same context (say what and where: `outbox.body`).

    With a candidate it dies with the candidate's key; without one it can be opened from every backup.
    """
    if candidate_id is not None:
        return FOR_CANDIDATE + encrypt(store().key(candidate_id), data, f"{context}\0{candidate_id}")
    name = store().current
    head = FOR_SYSTEM + bytes([len(name.encode())]) + name.encode()
    return head + encrypt(store().sealing[name], data, f"{context}\0{name}")


def open_bytes(token: bytes, context: str, *, candidate_id: UUID | None = None) -> bytes:
    """Raises `Tampered`, and `KeyGone` when the candidate's key or the master key is no longer there."""
    if candidate_id is not None:
        if token[:1] != FOR_CANDIDATE:
            raise Tampered("it was not sealed for a candidate")
        return decrypt(store().key(candidate_id), token[1:], f"{context}\0{candidate_id}")
    name = master_key_of(token)
    if name is None:
        raise Tampered("it is no token of the system")
    if name not in store().sealing:
        raise Tampered("its master key is not among the vault's keys")
    return decrypt(store().sealing[name], token[2 + len(name.encode()) :], f"{context}\0{name}")


def master_key_of(token: bytes) -> str | None:
    """The master key that sealed it, read from its first 60 bytes; None when it is no token of the system."""
    if token[:1] != FOR_SYSTEM or len(token) < 2:
        return None
    name = token[2 : 2 + token[1]]
    return name.decode(errors="replace") if len(name) == token[1] else None


def seal_text(text: str, context: str, *, candidate_id: UUID | None = None) -> str:
    """As `seal_bytes`, in characters that may stand in a form or an address."""
    return base64.urlsafe_b64encode(seal_bytes(text.encode(), context, candidate_id=candidate_id)).decode().rstrip("=")


def open_text(token: str, context: str, *, candidate_id: UUID | None = None) -> str:
    try:
        return open_bytes(_unarmoured(token), context, candidate_id=candidate_id).decode()
    except ValueError:
        raise Tampered("it is no token") from None


def _unarmoured(token: str) -> bytes:
    return base64.b64decode((token + "=" * (-len(token) % 4)).encode("ascii"), altchars=b"-_", validate=True)


def keyed_hash(text: str, context: str) -> str:
    """A hash that only this portal can make; the same through rotations. For network addresses and link tokens."""
    return hmac.new(secret(f"hash {context}"), text.encode(), hashlib.sha256).hexdigest()


def secret(use: str) -> bytes:
    """32 bytes for one use of the portal's own, the same through rotations."""
    return store().secret(use)


@dataclass(frozen=True)
class SealedColumn:
    model: type[Any]
    name: str
    context: Context

    @property
    def label(self) -> str:
        return f"{self.model.__tablename__}.{self.name}"

    def under_old_keys(self) -> Iterator[UUID]:
        """Row ids whose token another master key sealed. Reads the tokens' first bytes only: a file is large."""
        column, last = getattr(self.model, self.name), UUID(int=0)
        start = func.substr(column, 1, 80, type_=column.type)
        while True:
            page = select(self.model.id, start).where(self.model.id > last, column.is_not(None))
            rows = db.session.execute(page.order_by(self.model.id).limit(500)).all()
            for row_id, token in rows:
                name = master_key_of(_unarmoured(token) if isinstance(token, str) else token)
                if name is not None and name != store().current:
                    yield row_id
            if not rows:
                return
            last = rows[-1][0]

    def reseal(self, row_id: UUID) -> None:
        with transaction():
            row = db.session.get(self.model, row_id, with_for_update=True)
            if row is None or not (token := getattr(row, self.name)):
                return
            context = self.context if isinstance(self.context, str) else self.context(row)
            text = isinstance(token, str)
            fresh = seal_text(open_text(token, context), context) if text else self._fresh(token, context)
            db.session.execute(update(self.model).where(self.model.id == row_id).values({self.name: fresh}))

    def _fresh(self, token: bytes, context: str) -> bytes:
        return seal_bytes(open_bytes(token, context), context)


sealed_columns: dict[str, SealedColumn] = {}


def register_sealed_column(model: type[Any], column_name: str, context: Context) -> None:
    """Name a column of tokens, so that a rotation reseals it. `context` may be a function of the row."""
    column = SealedColumn(model, column_name, context)
    sealed_columns[column.label] = column


def rotate(progress: Callable[[int], None]) -> int:
    """Bring all keys and tokens under the first master key, while the portal is in use. Returns how many it changed.

    Call outside a transaction. `progress` gets a percentage.
    """
    done = sum(1 for _ in store().rewrap())
    progress(50)
    for position, column in enumerate(sealed_columns.values(), start=1):
        with transaction():
            stale = list(column.under_old_keys())
        for row_id in stale:
            column.reseal(row_id)
        done += len(stale)
        progress(50 + 50 * position // len(sealed_columns))
    progress(100)
    return done


def tokens_under_old_keys() -> dict[str, int]:
    """`table.column` → how many tokens an old master key still has to open; when empty, the old key may go."""
    counts = {column.label: sum(1 for _ in column.under_old_keys()) for column in sealed_columns.values()}
    return {label: count for label, count in counts.items() if count}
