"""The administrator's page on retention: each rule of each feature, its period from the policy, and its last run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from portal.core import clock, retention
from portal.core.pages import show_number

LATE = timedelta(hours=3)


@dataclass(frozen=True)
class Row:
    """`late` asks for a look: the worker should have run the rule since."""

    label: str
    kept: str
    by_hand: bool
    ran_at: datetime | None
    late: bool
    deleted: str


def rows() -> list[Row]:
    """By label; what a person decides stands first."""
    runs = retention.runs()
    found = []
    for rule in retention.rules():
        run = runs.get(rule.name)
        by_hand = rule.delete is None
        ran_at = run.ran_at if run else None
        late = not by_hand and (ran_at is None or clock.now() - ran_at > LATE)
        found.append(Row(_(rule.label), rule.kept(), by_hand, ran_at, late, deleted(run)))
    return sorted(found, key=lambda row: (not row.by_hand, not row.late, row.label))


@dataclass(frozen=True)
class Going:
    """What one rule would delete at its next run; `named` says which, where a count says little."""

    label: str
    kept: str
    count: int
    named: list[str]


def going() -> list[Going]:
    """The dry run in words: what goes stands first, the most of it on top."""
    counts = retention.dry_run()
    found = [
        Going(_(rule.label), rule.kept(), counts[rule.name], list(rule.named()) if counts[rule.name] else [])
        for rule in retention.rules()
        if rule.name in counts
    ]
    return sorted(found, key=lambda each: (-each.count, each.label))


def deleted(run: retention.RetentionRun | None) -> str:
    if run is None or run.deleted_at is None:
        return ""
    return _("%(last)s last time, %(ever)s in all", last=show_number(run.deleted), ever=show_number(run.deleted_ever))
