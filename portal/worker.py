"""The worker: sends what waits in the outbox, runs jobs and what each feature does again and again, anchors the audit.

Any number may run. Nothing is lost when it stops at any instant: what it had not finished is taken up again.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from portal.core import audit, clock, jobs, outbox, retention
from portal.core.db import db
from portal.core.registry import Periodic, registry

log = logging.getLogger("portal.worker")

TICK_SECONDS = 1.0
OWN = (Periodic("audit.anchor", timedelta(minutes=1), audit.anchor),)


class Worker:
    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.next_at: dict[str, datetime] = {}

    def run_once(self) -> int:
        """One round; returns how many pieces of work were done."""
        done = self.guarded("outbox", outbox.send_due)
        handlers = {kind: handler for feature in registry for kind, handler in feature.jobs.items()}
        done += self.guarded("jobs", lambda: jobs.run_due(handlers))
        by_features = (periodic for feature in registry for periodic in feature.periodic)
        for periodic in [*OWN, *by_features, *retention.periodic()]:
            if clock.now() >= self.next_at.get(periodic.name, datetime.min.replace(tzinfo=clock.FINLAND)):
                self.next_at[periodic.name] = clock.now() + periodic.every
                self.guarded(periodic.name, periodic.run)
        return done

    def guarded(self, name: str, work: Callable[[], int | None]) -> int:
        """A failing piece of work is logged and tried again; it never stops the others."""
        try:
            return work() or 0
        except Exception:
            log.exception("work failed", extra={"event": "worker.failed", "work": name})
            return 0
        finally:
            with suppress(Exception):
                db.session.remove()  # the next piece of work begins with nothing remembered, as a request does

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            if not self.run_once():
                self.stopping.wait(TICK_SECONDS)
