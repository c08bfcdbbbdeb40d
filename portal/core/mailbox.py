"""A message at rest, which is always sealed; and the demo mailbox, where mail lands without a mail server."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from emails.message import Message
from portal.core import clock, vault
from portal.core.db import Instant, Model, db, transaction
from portal.core.errors import NotFound

CONTEXT = "outbox"


class DemoMail(Model):
    """Only with demo data and without a mail server. Sealed like the outbox."""

    __tablename__ = "demo_mail"

    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[Instant] = mapped_column(index=True)


vault.register_sealed_column(DemoMail, "sealed", CONTEXT)


def seal(message: Message, candidate_id: UUID | None = None) -> bytes:
    """With a candidate's own key when it is to one, so that erasing them ends it."""
    return vault.seal_bytes(json.dumps(asdict(message)).encode(), CONTEXT, candidate_id=candidate_id)


def unseal(sealed: bytes, candidate_id: UUID | None = None) -> Message:
    values = json.loads(vault.open_bytes(sealed, CONTEXT, candidate_id=candidate_id))
    values["attachments"] = tuple(tuple(part) for part in values["attachments"])
    return Message(**values)


def keep(message: Message, message_id: str) -> None:
    """A transport of the outbox: the mail lands here."""
    with transaction():
        db.session.add(DemoMail(sealed=seal(message), sent_at=clock.now()))


@dataclass(frozen=True)
class Received:
    """A mail of the demo mailbox."""

    id: UUID
    sent_at: datetime
    message: Message


def received(row: DemoMail) -> Received:
    return Received(row.id, row.sent_at, unseal(row.sealed))


def get(mail_id: UUID) -> Received:
    """Raises `NotFound`."""
    row = db.session.get(DemoMail, mail_id)
    if row is None:
        raise NotFound
    return received(row)
