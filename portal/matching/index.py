"""The index's source, its engine, and the numbered changes that keep every query fresh."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from uuid import UUID

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.candidates import services as candidates
from portal.core.db import db, is_sqlite
from portal.matching import documents
from portal.matching.models import IndexChange, IndexHead
from portal.vocabulary import services as vocabulary
from search import build_engine
from search.documents import ProfileDocument
from search.engine import Engine

log = logging.getLogger("portal.index")
HEAD = UUID(int=1)


class DatabaseSource:
    """What the engine may know: candidates who may be matched now, and what changed since a number."""

    def head(self) -> int:
        return db.session.scalar(select(IndexHead.number)) or 0

    def everything(self) -> Iterable[ProfileDocument]:
        profiles = candidates.active_profiles()
        return documents_of([profile.candidate_id for profile in profiles]).values()

    def changes_since(self, number: int) -> tuple[int, Mapping[str, ProfileDocument | None]]:
        query = select(IndexHead.number, IndexChange.candidate_id).outerjoin(IndexChange, IndexChange.number > number)
        rows = db.session.execute(query).all()
        changed = {row.candidate_id for row in rows if row.candidate_id is not None}
        found = documents_of(list(changed)) if changed else {}
        return rows[0].number if rows else 0, {each.hex: found.get(each) for each in changed}


def documents_of(candidate_ids: list[UUID]) -> dict[UUID, ProfileDocument]:
    """Those of the candidates that may be matched now; a file whose safety cannot be opened is left out."""
    matchable = candidates.matchable(candidate_ids)
    opened = candidates.safeties(list(matchable))
    return {each: documents.of_profile(matchable[each], safety) for each, safety in opened.items()}


def engine() -> Engine:
    """This process's engine; it holds a copy of a snapshot, never the truth."""
    known: Engine | None = current_app.extensions.get("search")
    if known is None:
        config = current_app.extensions["config"]
        known = build_engine(
            source=DatabaseSource(),
            vocabulary=vocabulary.vocabulary,
            directory=config.index_folder,
            meili_url=config.meili_url,
            meili_key=config.meili_key,
        )
        current_app.extensions["search"] = known
    return known


def note_change(candidate_id: UUID) -> None:
    """Number a change in the transaction that makes it. The head's row is locked, so numbers appear in order."""
    advance = update(IndexHead).where(IndexHead.id == HEAD).values(number=IndexHead.number + 1)
    advance = advance.returning(IndexHead.number).execution_options(synchronize_session=False)
    number = db.session.scalar(advance)
    if number is None:
        start = (sqlite.insert if is_sqlite() else postgresql.insert)(IndexHead)
        db.session.execute(start.values(id=HEAD, number=0).on_conflict_do_nothing())
        number = db.session.scalar(advance)
    db.session.add(IndexChange(number=number, candidate_id=candidate_id))


def catch_up() -> None:
    """The worker's regular call: fold the changes into the published index."""
    state = engine().catch_up()
    db.session.rollback()
    if not state.ready:
        log.warning("index not ready", extra={"event": "index.not_ready", "state": str(state.message_code)})
