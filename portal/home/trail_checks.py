"""Proving the audit trail, as a job: each day by itself, and whenever an administrator asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from emails import messages
from portal.accounts import services as accounts
from portal.core import audit, clock, jobs, outbox
from portal.core.access import Role
from portal.core.audit_check import Fault
from portal.core.db import db, transaction
from portal.core.errors import N_, RuleBroken
from portal.core.jobs import Job, JobStatus
from portal.core.pages import show_datetime

JOB = "home.check_trail"
EVERY = timedelta(hours=1)
A_DAY = timedelta(days=1)
FAULTS = {
    Fault.EDITED: N_("An entry of the audit trail was changed after it was written."),
    Fault.DELETED: N_("An entry of the audit trail is missing."),
    Fault.MOVED: N_("Entries of the audit trail do not follow one another."),
    Fault.CUT: N_("The end of the audit trail is gone."),
    Fault.REPLAYED: N_("An old copy of the audit trail was put back."),
    Fault.ANCHORS: N_("The anchors of the audit trail were changed or cannot be read."),
}


@dataclass(frozen=True)
class State:
    sound: bool
    text: str
    running: bool = False


def ask(by: UUID | None) -> None:
    """Check the whole trail soon."""
    jobs.enqueue(JOB, {}, by)


def ask_by_the_clock() -> None:
    """For the worker: a check each day."""
    with transaction():
        last = last_job()
        if last is None or (last.finished_at is not None and last.finished_at < clock.now() - A_DAY):
            ask(None)


def run(job: Job, report: Callable[[int], None]) -> None:
    """The job's handler: what is wrong becomes the job's message, and the administrators have news."""
    problems = audit.verify()
    if not problems:
        return
    with transaction():
        for administrator in accounts.staff(Role.ADMINISTRATOR):
            message = messages.news(outbox.site(), administrator.email, administrator.language)
            outbox.post(message, once=f"trail:{job.id}:{administrator.id}")
    raise RuleBroken(FAULTS[problems[0].fault])


def last_job() -> Job | None:
    return db.session.scalar(select(Job).where(Job.kind == JOB).order_by(Job.created_at.desc(), Job.id).limit(1))


def latest() -> State:
    """What the latest check found, in words."""
    job = last_job()
    if job is None:
        return State(True, _("It has not been checked yet. The worker does so once a day."))
    if job.status in (JobStatus.WAITING, JobStatus.RUNNING):
        return State(True, _("It is being checked."), running=True)
    when = show_datetime(job.finished_at)
    if job.status == JobStatus.DONE:
        return State(True, _("Nothing was changed, removed or put in between: checked %(time)s.", time=when))
    advice = _("Checked %(time)s. Run: flask --app portal audit verify, and find out why.", time=when)
    return State(False, f"{_(job.message)} {advice}")
