"""Files that people send: sealed in the database, known by their content, and given back only as attachments."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from urllib.parse import quote
from uuid import UUID, uuid4

from flask import Response
from sqlalchemy import ForeignKey, Index, LargeBinary, Text, select
from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from portal.core import audit, clock, filetypes, vault
from portal.core.db import Id, Instant, Line, Model, Short, db
from portal.core.errors import N_, RuleBroken
from portal.core.filetypes import FileKind

__all__ = [
    "DOCUMENTS",
    "IMAGES",
    "TABLES",
    "FileKind",
    "SealedFile",
    "delete",
    "delete_for",
    "files_of",
    "read",
    "response",
    "store",
]

MEGABYTES = 10
LIMIT = MEGABYTES * 1024 * 1024
DOCUMENTS = frozenset({FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.PNG, FileKind.JPEG, FileKind.TEXT})
IMAGES = frozenset({FileKind.PNG, FileKind.JPEG})
TABLES = frozenset({FileKind.CSV, FileKind.XLSX})


class SealedFile(Model):
    """A file of `subject` (a kind of thing) `subject_id`. Its name is sealed too: names of files name people.

    With `candidate_id` it is sealed under that candidate's key and dies with it.
    """

    __tablename__ = "sealed_file"
    __table_args__ = (Index(None, "subject", "subject_id"),)

    subject: Mapped[Short]
    subject_id: Mapped[Id]
    candidate_id: Mapped[Id | None] = mapped_column(index=True)
    sealed_name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[Line]
    size: Mapped[int]
    stored_at: Mapped[Instant]
    stored_by_id: Mapped[Id | None]

    @property
    def name(self) -> str:
        return vault.open_text(self.sealed_name, _context("name", self.id), candidate_id=self.candidate_id)


class SealedContent(Model):
    """The bytes, apart from the row that lists read."""

    __tablename__ = "sealed_content"

    file_id: Mapped[Id] = mapped_column(ForeignKey("sealed_file.id"), unique=True)
    token: Mapped[bytes] = mapped_column(LargeBinary)


def _context(part: str, file_id: UUID) -> str:
    return f"file {part} {file_id}"


vault.register_sealed_column(SealedFile, "sealed_name", lambda row: _context("name", row.id))
vault.register_sealed_column(SealedContent, "token", lambda row: _context("content", row.file_id))


def store(
    upload: FileStorage,
    *,
    subject: str,
    subject_id: UUID,
    allowed: Collection[FileKind],
    candidate_id: UUID | None = None,
) -> SealedFile:
    """Keep the file if its content is of an allowed kind and at most 10 MB; else `RuleBroken` beside its field."""
    field = upload.name or "file"
    data = upload.stream.read(LIMIT + 1)
    if not data:
        raise RuleBroken(N_("Choose a file that is not empty."), field=field)
    if len(data) > LIMIT:
        raise RuleBroken(
            N_("This file is too large. Send at most %(megabytes)d megabytes."), field=field, megabytes=MEGABYTES
        )
    kind = _allowed_kind(data, upload.filename or "", allowed, field)
    file_id, name = uuid4(), filetypes.safe_name(upload.filename or "", kind)
    file = SealedFile(
        id=file_id,
        subject=subject,
        subject_id=subject_id,
        candidate_id=candidate_id,
        sealed_name=vault.seal_text(name, _context("name", file_id), candidate_id=candidate_id),
        media_type=kind.media_type,
        size=len(data),
        stored_at=clock.now(),
        stored_by_id=audit.actor.get().account_id,
    )
    db.session.add(file)
    db.session.flush()  # the content's foreign key has no relationship that would order the two
    token = vault.seal_bytes(data, _context("content", file_id), candidate_id=candidate_id)
    db.session.add(SealedContent(file_id=file_id, token=token))
    return file


def _allowed_kind(data: bytes, name: str, allowed: Collection[FileKind], field: str) -> FileKind:
    try:
        kind = filetypes.kind_of(data, name)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, field=field) from None
    if kind not in allowed:
        raise RuleBroken(filetypes.UNKNOWN, field=field)
    return kind


def read(file: SealedFile) -> bytes:
    """The content. Raises `Tampered`, or `KeyGone` after its candidate's erasure."""
    db.session.flush()
    token = db.session.scalars(select(SealedContent.token).where(SealedContent.file_id == file.id)).one()
    return vault.open_bytes(token, _context("content", file.id), candidate_id=file.candidate_id)


def response(file: SealedFile) -> Response:
    """The file as an attachment that no browser runs, whatever it holds. The caller has asked who may."""
    answer = Response(read(file), content_type=file.media_type)
    answer.headers["Content-Disposition"] = disposition(file.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def disposition(name: str) -> str:
    """RFC 6266: the name in ASCII for old readers, and in UTF-8."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(char if char.isalnum() or char in "-_. ()" else "-" for char in plain).strip()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def files_of(subject: str, subject_id: UUID) -> list[SealedFile]:
    query = select(SealedFile).where(SealedFile.subject == subject, SealedFile.subject_id == subject_id)
    return list(db.session.scalars(query.order_by(SealedFile.stored_at, SealedFile.id)))


def delete(file: SealedFile) -> None:
    db.session.execute(delete_rows(SealedContent).where(SealedContent.file_id == file.id))
    db.session.execute(delete_rows(SealedFile).where(SealedFile.id == file.id))


def delete_for(subject: str, subject_id: UUID) -> int:
    """Delete its files; returns how many."""
    owned = select(SealedFile.id).where(SealedFile.subject == subject, SealedFile.subject_id == subject_id)
    ids = list(db.session.scalars(owned))
    db.session.execute(delete_rows(SealedContent).where(SealedContent.file_id.in_(ids)))
    db.session.execute(delete_rows(SealedFile).where(SealedFile.id.in_(ids)))
    return len(ids)
