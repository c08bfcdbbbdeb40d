"""Sign-ups a second over HTTP, as people do it: open the event, fill in the form, send it. On both databases.

Nothing is switched off: the portal runs as in production (two web processes behind a proxy, a worker, a mail server);
forgery check, once key, limits, lock, audit and outbox all take part. The limits are kept by being many: each visitor
comes from a network and writes an address of their own, and no event gets more an hour than the limit allows.
"""

from __future__ import annotations

import http.client
import itertools
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

import config as configuration
from portal import create_app
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage
from portal.events.models import Event, SignUp
from tests.benchmarks.output import figure, percentile, say
from tests.factories import events
from tests.support import postgres
from tests.support.browser import form_values
from tests.support.html import parse
from tests.support.server import HOST, Server

VISITORS, AT_ONCE, WARM_UP = 400, 8, 32
SHAPES = {"twenty events": 20, "one event": 1}
HIDDEN = re.compile(r'<input[^>]*name="(once|csrf_token)"[^>]*value="([^"]+)"')


class Portal(Server):
    processes = 2


@dataclass
class Crowd:
    """Visitors, eight at a time, each with a connection of their own."""

    port: int
    paths: list[str]
    fields: dict[str, Any]
    numbers: Iterator[int]
    size: int
    opened: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def run(self) -> float:
        """Seconds until all were through."""
        queue = iter(range(self.size))
        lock, started = threading.Lock(), time.perf_counter()

        def visit() -> None:
            while True:
                with lock:
                    if next(queue, None) is None:
                        return
                    number = next(self.numbers)
                self.sign_up(number)

        visitors = [threading.Thread(target=visit) for _ in range(AT_ONCE)]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        return time.perf_counter() - started

    def sign_up(self, number: int) -> None:
        network = f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"
        headers = {"Host": f"{HOST}:{self.port}", "X-Forwarded-For": network}
        path = self.paths[number % len(self.paths)]
        with closing(http.client.HTTPConnection(HOST, self.port, timeout=60)) as connection:
            started = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            page, cookie = answer.read().decode(), (answer.headers["Set-Cookie"] or "").partition(";")[0]
            opened = time.perf_counter()
            own = {"name": f"Visitor {number}", "email": f"visitor{number}@example.fi", **dict(HIDDEN.findall(page))}
            headers |= {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode(self.fields | own, doseq=True), headers)
            answer = connection.getresponse()
            answer.read()
        self.opened.append(1000 * (opened - started))
        self.sent.append(1000 * (time.perf_counter() - opened))
        if answer.status != 302 or not answer.headers["Location"].endswith("/asked"):
            self.refused.append(answer.status)


def run(visitors: int = VISITORS) -> None:
    for database, url in (("sqlite", None), ("postgresql", postgres.create_database("bench_sign_ups"))):
        with tempfile.TemporaryDirectory() as folder:
            portal = Portal(Path(folder) / "portal", database_url=url, PROXY_HOPS="1")
            try:
                app, numbers = create_app(configuration.load(portal.environment)), itertools.count()
                for shape, count in SHAPES.items():
                    say(f"{visitors} sign-ups to {shape} on {database}")
                    paths = events_of(app, count, visitors + WARM_UP)
                    form = form_of(portal, paths[0])
                    Crowd(portal.port, paths, form, numbers, WARM_UP).run()
                    crowd = Crowd(portal.port, paths, form, numbers, visitors)
                    measure(app, crowd, {"to": shape, "database": database})
                with app.app_context():
                    db.engine.dispose()
            finally:
                portal.stop()


def events_of(app: Flask, count: int, seats: int) -> list[str]:
    with app.app_context(), transaction():
        return [f"/en/events/{events.event(capacity=seats).id}" for _ in range(count)]


def measure(app: Flask, crowd: Crowd, about: dict[str, Any]) -> None:
    before = recorded(app)
    seconds = crowd.run()
    done = {name: now - then for (name, now), then in zip(recorded(app).items(), before.values(), strict=True)}
    about |= {"visitors": crowd.size, "at_once": AT_ONCE, "web": "2 processes of 4 threads"}
    figure("sign_ups_per_second", crowd.size / seconds, "1/s", **about, refused=dict(Counter(crowd.refused)), **done)
    figure("sign_up_open_p95", percentile(crowd.opened, 0.95), "ms", **about)
    figure("sign_up_send_p95", percentile(crowd.sent, 0.95), "ms", **about)
    figure("sign_up_send_p50", percentile(crowd.sent, 0.5), "ms", **about)


def form_of(portal: Portal, path: str) -> dict[str, Any]:
    """The form as a browser would send it, with what every visitor fills in alike."""
    with closing(http.client.HTTPConnection(HOST, portal.port, timeout=60)) as connection:
        connection.request("GET", path)
        tree = parse(connection.getresponse().read().decode())
    form = next(each for each in tree.iter("form") if each.get("id") == "page-form")
    return {**form_values(form).to_dict(flat=False), "attendee_role": "other"}


def recorded(app: Flask) -> dict[str, int]:
    """What the database has of it: each sign-up with its seat and its mail, neither more nor less."""
    with app.app_context():
        mails = select(func.count()).where(OutboxMessage.kind == "sign_up_confirm")
        found = {
            "sign_ups": db.session.scalar(select(func.count()).select_from(SignUp)) or 0,
            "seats": db.session.scalar(select(func.sum(Event.taken))) or 0,
            "mails": db.session.scalar(mails) or 0,
        }
        db.session.remove()
    return found


if __name__ == "__main__":
    run(*map(int, sys.argv[1:2]))
