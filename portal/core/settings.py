"""Policy that an administrator may change: an audited table of settings over defaults that the code declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from portal.core import audit
from portal.core.db import Line, Model, Short, db
from portal.core.errors import N_, RuleBroken


class Setting(Model):
    """`value` overrides the declared default of `key`."""

    key: Mapped[Short]
    value: Mapped[Line]


@dataclass(frozen=True)
class Declared:
    """A whole number with bounds; `label` is marked for translation."""

    key: str
    default: int
    label: str
    least: int
    most: int


declared: dict[str, Declared] = {}
warnings: list[Callable[[], Iterable[str]]] = []
"""What the settings page warns of: each gives translated sentences. Features add theirs at import."""


def declare(key: str, default: int, label: str, least: int = 1, most: int = 3650) -> str:
    declared[key] = Declared(key, default, label, least, most)
    return key


def number(key: str) -> int:
    """The value in force; read once per request."""
    values: dict[str, str] = db.session.info.get("settings", {})
    if "settings" not in db.session.info:
        values = {row.key: row.value for row in db.session.scalars(select(Setting))}
        db.session.info["settings"] = values
    return int(values.get(key, declared[key].default))


def change(key: str, value: int) -> None:
    limits = declared[key]
    if not limits.least <= value <= limits.most:
        raise RuleBroken(
            N_("Write a number from %(least)d to %(most)d."), field=key, least=limits.least, most=limits.most
        )
    row = db.session.scalar(select(Setting).where(Setting.key == key))
    before = number(key)
    if before == value:
        return
    if row is None:
        db.session.add(Setting(key=key, value=str(value)))
    else:
        row.value = str(value)
    db.session.info.pop("settings", None)
    audit.record("settings.changed", "setting", key, facts={"from": before, "to": value})
