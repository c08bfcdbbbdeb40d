"""Retention: what has had its time is deleted by the worker, rule by rule, and each rule says when it last ran (P8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from flask_babel import ngettext
from sqlalchemy import BigInteger, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock, edge, exports, jobs, links, sweep
from portal.core.db import Instant, Model, Short, db, transaction
from portal.core.errors import N_
from portal.core.registry import Periodic, Retention, registry
from portal.core.sweep import count

__all__ = ["RetentionRun", "count", "days", "dry_run", "hours", "months", "periodic", "rules", "run", "runs"]

EVERY = timedelta(hours=1)


class RetentionRun(Model):
    """When a rule last ran, when it last deleted something and how much then, and how much ever."""

    __tablename__ = "retention_run"

    name: Mapped[Short] = mapped_column(unique=True)
    ran_at: Mapped[Instant]
    deleted_at: Mapped[Instant | None]
    deleted: Mapped[int] = mapped_column(default=0)
    deleted_ever: Mapped[int] = mapped_column(BigInteger, default=0)


def days(number: int) -> str:
    return str(ngettext("%(num)d day", "%(num)d days", number))


def hours(number: int) -> str:
    return str(ngettext("%(num)d hour", "%(num)d hours", number))


def months(number: int) -> str:
    return str(ngettext("%(num)d month", "%(num)d months", number))


OWN = (
    Retention("core.once_keys", N_("Keys of forms that were sent"), lambda: days(edge.KEPT.days), edge.forget_old),
    Retention("core.exports", N_("Long exports"), lambda: days(exports.KEPT.days), exports.forget_old),
    Retention("core.jobs", N_("Jobs, after their end"), lambda: days(jobs.KEPT.days), jobs.forget_old),
    Retention("core.links", N_("Links of mails, after their end"), lambda: days(links.KEPT.days), links.forget_old),
)


def rules() -> list[Retention]:
    """Every rule of every feature."""
    return [*OWN, *(rule for feature in registry for rule in feature.retention)]


def periodic() -> Iterator[Periodic]:
    """The rules as the worker's work: one that fails stops no other."""
    for rule in rules():
        if rule.delete is not None:
            yield Periodic(f"retention.{rule.name}", EVERY, partial(run, rule))


def run(rule: Retention) -> None:
    with transaction():
        deleted = rule.delete() if rule.delete is not None else 0
        row = db.session.scalar(select(RetentionRun).where(RetentionRun.name == rule.name).with_for_update())
        if row is None:
            row = RetentionRun(name=rule.name, ran_at=clock.now(), deleted=0, deleted_ever=0)
            db.session.add(row)
        row.ran_at = clock.now()
        if deleted:
            row.deleted_at, row.deleted = row.ran_at, deleted
            row.deleted_ever += deleted


def dry_run() -> dict[str, int]:
    """How much each rule would delete if it ran now, by its name. Nothing is changed."""
    with sweep.dry_run():
        return {rule.name: rule.delete() for rule in rules() if rule.delete is not None}


def runs() -> dict[str, RetentionRun]:
    """What is known of each rule, by its name."""
    return {row.name: row for row in db.session.scalars(select(RetentionRun))}
