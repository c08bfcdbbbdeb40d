"""`/healthz` says the process is alive; `/readyz` whether it can serve: database, schema, vault, index, mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text

from config import ConfigError
from portal.core import access, clock, outbox, schema, vault
from portal.core.db import db

LATE = timedelta(minutes=15)


@access.public
def alive() -> Response:
    return Response("alive\n", mimetype="text/plain")


@access.public
def ready() -> tuple[Response, int]:
    """Each part by name; 503 when one that pages need is missing. Says no counts and no ids."""
    parts = {
        "database": check(_database),
        "schema": check(_schema),
        "vault": check(vault.check),
        "index": check(_index),
    }
    oldest = outbox.oldest_unsent() if parts["database"] == "ok" and parts["schema"] == "ok" else None
    late = oldest is not None and clock.now() - oldest > LATE
    parts["mail"] = "late" if late else "ok"
    sound = all(parts[name] == "ok" for name in ("database", "schema", "vault"))
    return jsonify(parts), 200 if sound else 503


def check(probe: Callable[[], str | None]) -> str:
    try:
        return probe() or "ok"
    except Exception:
        current_app.logger.exception("not ready", extra={"event": "ready.failed"})
        return "down"


def _database() -> None:
    db.session.execute(text("SELECT 1"))


def _schema() -> str:
    return "ok" if database_revision() == code_revision() else "differs"


def _index() -> str:
    from portal.matching import services as matching

    return matching.index_health()


def code_revision() -> str | None:
    return next(iter(schema.known_revisions()), None)


def database_revision() -> str | None:
    return schema.revision(db.session.connection())


def refuse_other_schema() -> None:
    """Raises `ConfigError` when schema and code differ; call within an application context."""
    try:
        found, wanted = database_revision(), code_revision()
    finally:
        db.session.remove()
    if found != wanted:
        raise ConfigError(
            f"The database is at revision {found}, this version needs {wanted}. "
            "Back up, then run: flask --app portal prepare"
        )


def init(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", alive)
    app.add_url_rule("/readyz", "readyz", ready)
