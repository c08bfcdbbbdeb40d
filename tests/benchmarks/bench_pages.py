"""Server time and SQL statements of every page, as everyone who may open it, on the demonstration's data."""

from __future__ import annotations

import logging
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from portal import create_app
from portal.core import vault
from portal.core.db import db
from tests.benchmarks.output import figure, percentile, say
from tests.conftest import make_config
from tests.contracts.test_pages import pages_for
from tests.contracts.world import PERSONAS, World
from tests.support import postgres
from tests.support.statements import counted

ROUNDS = 5
TIME_BOUND_MS, STATEMENT_BOUND = 50, 12


def make_world(folder: Path, url: str | None) -> World:
    app = create_app(make_config(folder, **({"database_url": url} if url else {})))
    with app.app_context():
        from portal.matching import index
        from seeds import demo, reference

        vault.prepare()
        db.create_all()
        reference.load()
        demo.load()
        index.engine().rebuild()
        db.session.remove()
    return World(app)


def run() -> None:
    logging.getLogger("portal").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        measure(make_world(Path(folder), None), "sqlite")
    with tempfile.TemporaryDirectory() as folder:
        measure(make_world(Path(folder), postgres.create_database("bench")), "postgresql")


def measure(world: World, database: str) -> None:
    """Each page is opened once to warm up, then `ROUNDS` times."""
    times: dict[str, list[float]] = defaultdict(list)
    statements: dict[str, int] = defaultdict(int)
    for persona in PERSONAS:
        say(f"pages as {persona} on {database}")
        browser = world.browser(persona)
        for rule, path in pages_for(world, persona):
            if browser.get(path, follow=False).status != 200:
                continue
            for _ in range(ROUNDS):
                with counted(world.app) as asked:
                    times[rule.endpoint].append(timed(browser, path))
                statements[rule.endpoint] = max(statements[rule.endpoint], len(asked))
    report(times, statements, database)


def timed(browser: Any, path: str) -> float:
    """Milliseconds in the server; the page is not parsed."""
    started = time.perf_counter()
    browser.client.get(path)
    return (time.perf_counter() - started) * 1000


def report(times: dict[str, list[float]], statements: dict[str, int], database: str) -> None:
    for page, measured in sorted(times.items()):
        figure("page_p95", percentile(measured, 0.95), "ms", page=page, database=database, bound=TIME_BOUND_MS)
        figure("page_statements", statements[page], "statements", page=page, database=database, bound=STATEMENT_BOUND)
    every = [value for measured in times.values() for value in measured]
    figure("pages_p95", percentile(every, 0.95), "ms", database=database, bound=TIME_BOUND_MS, pages=len(times))
    figure("pages_p50", percentile(every, 0.5), "ms", database=database, pages=len(times))
