"""Long work: a row with its progress, taken up by a worker under a lease (design: Files and jobs).

The work runs outside any transaction of ours. A worker that dies loses its lease and the job is taken up again, so a
handler must be safe to repeat; after `ATTEMPTS` the job has failed, and says so.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Update, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock, sweep
from portal.core.db import Id, Instant, Json, Line, Model, Short, db, is_sqlite, is_writing, transaction
from portal.core.errors import N_, NotFound, RuleBroken
from portal.core.trail import plain

log = logging.getLogger("portal.jobs")

LEASE = timedelta(minutes=5)
ATTEMPTS = 3
AT_ONCE = 5
KEPT = timedelta(days=30)
FAILED = N_("This stopped because of a fault on our side. Start it again; if it stops again, tell the administrator.")

Handler = Callable[["Job", Callable[[int], None]], None]


class JobStatus(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


NEXT: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.WAITING: frozenset({JobStatus.RUNNING}),
    JobStatus.RUNNING: frozenset({JobStatus.RUNNING, JobStatus.DONE, JobStatus.FAILED}),
    JobStatus.DONE: frozenset(),
    JobStatus.FAILED: frozenset(),
}


class LeaseLost(Exception):
    """Another worker has this job now: the handler must stop."""


class Job(Model):
    """`args` are ids and codes; `message` is a marked sentence for the person who waits, when it failed."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "status", "created_at"),)

    kind: Mapped[Short]
    args: Mapped[Json]
    status: Mapped[Short] = mapped_column(default=JobStatus.WAITING)
    progress: Mapped[int] = mapped_column(default=0)
    message: Mapped[Line] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[Id | None] = mapped_column(index=True)
    created_at: Mapped[Instant]
    started_at: Mapped[Instant | None]
    finished_at: Mapped[Instant | None]
    leased_until: Mapped[Instant | None]


def enqueue(kind: str, args: Mapping[str, Any], by: UUID | None) -> Job:
    """Ask for the work in this transaction. `args` are ids, codes, counts and dates; free text raises `ValueError`."""
    job = Job(
        kind=kind,
        args=plain(args),
        status=JobStatus.WAITING,
        progress=0,
        message="",
        attempts=0,
        created_by_id=by,
        created_at=clock.now(),
    )
    db.session.add(job)
    return job


def get(job_id: UUID, by: UUID) -> Job:
    """A job that this account asked for. Raises `NotFound`."""
    job = db.session.scalar(select(Job).where(Job.id == job_id, Job.created_by_id == by))
    if job is None:
        raise NotFound
    return job


def forget_old() -> int:
    """Work that ended a while ago, and what it said."""
    return sweep.count(delete(Job).where(Job.finished_at < clock.now() - KEPT))


def run_due(handlers: Mapping[str, Handler]) -> int:
    """Run a few of the jobs that wait; returns how many. For the worker, outside a transaction.

    A handler gets the detached job and a function that reports a percentage and renews the lease; it is called
    between the handler's own transactions, and raises `LeaseLost` when another worker has taken over.
    """
    done = 0
    while done < AT_ONCE and (job := _take_one(list(handlers))) is not None:
        _run(job, handlers[job.kind])
        done += 1
    return done


def _take_one(kinds: list[str]) -> Job | None:
    """Lease the oldest job in a short transaction."""
    with transaction():
        now = clock.now()
        lapsed = and_(Job.status == JobStatus.RUNNING, Job.leased_until < now)
        query = select(Job).where(or_(Job.status == JobStatus.WAITING, lapsed), Job.kind.in_(kinds))
        query = query.order_by(Job.created_at, Job.id).limit(1)
        job = db.session.scalar(query if is_sqlite() else query.with_for_update(skip_locked=True))
        if job is None:
            return None
        if job.attempts >= ATTEMPTS:
            _move_to(job, JobStatus.FAILED, message=FAILED, finished_at=now, leased_until=None)
            log.error("a job was given up", extra={"event": "job.given_up", "job": str(job.id), "kind": job.kind})
        else:
            leased = now + LEASE
            _move_to(job, JobStatus.RUNNING, started_at=now, leased_until=leased, attempts=job.attempts + 1)
        db.session.flush()
        db.session.expunge(job)
        return job


def _move_to(job: Job, status: JobStatus, **values: Any) -> None:
    if status not in NEXT[JobStatus(job.status)]:
        raise ValueError(f"a job does not go from {job.status} to {status}")
    job.status = status
    for name, value in values.items():
        setattr(job, name, value)


def _run(job: Job, handler: Handler) -> None:
    if job.status == JobStatus.FAILED:
        return
    try:
        handler(job, lambda percent: _report(job, percent))
    except LeaseLost:
        log.warning("a job was taken over", extra={"event": "job.taken_over", "job": str(job.id)})
    except RuleBroken as refusal:
        _finish(job, JobStatus.FAILED, str(refusal))
    except Exception as fault:
        where = "".join(traceback.format_tb(fault.__traceback__))  # not its text, which may hold what a person wrote
        extra = {"event": "job.failed", "job": str(job.id), "kind": job.kind, "fault": type(fault).__name__}
        log.error("a job failed\n%s", where, extra=extra)
        _finish(job, JobStatus.FAILED, FAILED)
    else:
        _finish(job, JobStatus.DONE, "", progress=100)


def _report(job: Job, percent: int) -> None:
    if is_writing():
        raise RuntimeError("report progress between two transactions; here it would undo this one")
    values = {"progress": max(0, min(100, percent)), "leased_until": clock.now() + LEASE}
    with transaction():
        kept = db.session.execute(_held(job).values(**values)).rowcount  # type: ignore[attr-defined]  # of an UPDATE
    if not kept:
        raise LeaseLost(str(job.id))


def _finish(job: Job, status: JobStatus, message: str, **values: Any) -> None:
    values |= {"status": status, "message": message[:300], "finished_at": clock.now(), "leased_until": None}
    with transaction():
        db.session.execute(_held(job).values(**values))


def _held(job: Job) -> Update:
    """An update of the row while it is still ours: the count of attempts is the token of the lease."""
    mine = (Job.id == job.id) & (Job.status == JobStatus.RUNNING) & (Job.attempts == job.attempts)
    return update(Job).where(mine).execution_options(synchronize_session=False)
