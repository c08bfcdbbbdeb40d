"""An installation that can be put back to how it was, and what stands in it: before a death, after it, and at last."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, make_url, select

from portal.core import audit
from portal.core.audit import AuditEntry
from portal.core.db import db
from portal.core.outbox import OutboxMessage
from portal.core.retention import RetentionRun
from portal.events.models import Event, SignUp
from tests.faults.mortal import let_go
from tests.support import postgres

Facts = dict[str, Any]
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class House:
    """`keep` once the world is built; `put_back` before each life."""

    def __init__(self, app: Flask, folder: Path, url: str | None) -> None:
        self.app, self.folder = app, folder
        self.name = make_url(url).database if url else None
        self.kept = folder.with_name(f"{folder.name}-kept")

    def keep(self) -> None:
        let_go(self.app)
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.folder, self.kept)
        if self.name:
            postgres.copy_database(self.name, f"{self.name}_kept")

    def put_back(self) -> None:
        let_go(self.app)
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)
        if self.name:
            postgres.copy_database(f"{self.name}_kept", self.name)

    def forget(self) -> None:
        let_go(self.app)
        shutil.rmtree(self.kept, ignore_errors=True)
        if self.name:
            postgres.drop_database(f"{self.name}_kept")

    def facts(self) -> Facts:
        """What is true for people, without what differs from life to life (instants, tries, random ids)."""
        with self.app.app_context():
            sign_ups = every(SignUp)
            known = {str(row.id): row.email for row in sign_ups}

            def named(text: str | None) -> str:
                return UUIDS.sub(lambda found: known.get(found[0], found[0]), text or "")

            facts: Facts = {
                "seats": sorted((row.title_fi, row.taken, row.status) for row in every(Event)),
                "sign-ups": sorted((row.email, row.status, row.holds_seat, row.needs is None) for row in sign_ups),
                "mails": sorted((named(row.once), row.status, row.sealed is None) for row in every(OutboxMessage)),
                "deleted": sorted((row.name, row.deleted_ever) for row in every(RetentionRun)),
                "witnessed": Counter((row.verb, row.subject, named(row.subject_id)) for row in every(AuditEntry)),
                "rows": {name: rows(table) for name, table in db.metadata.tables.items()},
            }
            assert audit.verify() == [], "the trail is sound"
            db.session.remove()
        return facts


def every(model: Any) -> Any:
    return db.session.scalars(select(model)).all()


def rows(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
