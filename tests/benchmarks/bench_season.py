"""Every page of events in a country's season: milliseconds in the server and SQL statements, on both databases."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from flask import Flask

from portal import create_app
from portal.core import access, vault
from portal.core.access import POLICY, Permission, Role
from portal.core.db import db, transaction
from tests.benchmarks import season
from tests.benchmarks.bench_pages import STATEMENT_BOUND, TIME_BOUND_MS, timed
from tests.benchmarks.output import figure, percentile, say
from tests.conftest import make_config
from tests.factories import accounts
from tests.support import postgres
from tests.support.browser import Browser
from tests.support.statements import counted

ROUNDS = 5
SIZE = {"events": season.EVENTS, "sign_ups": season.SIGN_UPS}


def run() -> None:
    logging.getLogger("portal").setLevel(logging.ERROR)
    for database, url in (("sqlite", None), ("postgresql", postgres.create_database("bench_season"))):
        with tempfile.TemporaryDirectory() as folder:
            app = create_app(make_config(Path(folder), **({"database_url": url} if url else {})))
            event_id, liaison_id = fill(app, database)
            measure(app, Browser(app, check=False), None, event_id, database)
            measure(app, Browser(app, check=False).sign_in(liaison_id), Role.LIAISON, event_id, database)


def fill(app: Flask, database: str) -> tuple[UUID, UUID]:
    from seeds import reference

    started = time.perf_counter()
    with app.app_context():
        vault.prepare()
        db.create_all()
        reference.load()
        event_id = season.build()
        with transaction():
            liaison_id = accounts.account(Role.LIAISON).id
        if not database.startswith("sqlite"):
            db.session.connection().exec_driver_sql("ANALYZE")
        db.session.remove()
    say(f"{season.EVENTS} events with {season.SIGN_UPS} sign-ups on {database}: {time.perf_counter() - started:.1f} s")
    return event_id, liaison_id


def measure(app: Flask, browser: Browser, role: Role | None, event_id: UUID, database: str) -> None:
    """Each page is opened once to warm up, then `ROUNDS` times; the event is the one with the most people."""
    who = "visitor" if role is None else role.value
    for page, path in sorted(pages_of_events(app, role, event_id)):
        if browser.get(path, follow=False).status != 200:
            continue
        times, most = [], 0
        for _ in range(ROUNDS):
            with counted(app) as asked:
                times.append(timed(browser, path))
            most = max(most, len(asked))
        about = {"page": page, "who": who, "database": database, **SIZE}
        figure("season_page_p95", percentile(times, 0.95), "ms", bound=TIME_BOUND_MS, **about)
        figure("season_page_statements", most, "statements", bound=STATEMENT_BOUND, **about)


def pages_of_events(app: Flask, role: Role | None, event_id: UUID) -> Iterator[tuple[str, str]]:
    """Addresses of the events' pages, and where one starts, that only this role may open (None: everybody)."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        name, declared = rule.endpoint, access.declared(app, rule.endpoint)
        ours = name.startswith(("events.", "trainings.")) or (name.startswith("home.") and rule.arguments == {"lang"})
        if "GET" not in (rule.methods or ()) or not ours or not rule.arguments <= {"lang", "event_id"}:
            continue
        if declared == "public" if role is None else may(role, str(declared)):
            yield name, adapter.build(name, {key: {"lang": "en", "event_id": event_id}[key] for key in rule.arguments})


def may(role: Role, declared: str) -> bool:
    return declared not in ("public", "half") and Permission(declared) in POLICY[role]


if __name__ == "__main__":
    run()
