"""What each feature offers the whole, collected here, so that no import points up.

A feature package exports one `Feature`; the start page, the navigation, the worker, erasure, retention, subject
access and account deactivation ask all features through this list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import click
from flask import Blueprint, Flask

from portal.core import outbox
from portal.core.access import Permission, Viewer


@dataclass(frozen=True)
class NavItem:
    """`label` is a marked text; shown to those who hold `permission` (None: to visitors only)."""

    label: str
    endpoint: str
    permission: Permission | None
    order: int
    also: tuple[str, ...] = ()
    """Endpoints (or blueprint names) that count as being here."""


@dataclass(frozen=True)
class Task:
    """Something that waits for one person. `title` and `text` are translated already; oldest first."""

    title: str
    href: str
    since: datetime
    text: str = ""
    icon: str = "clock"
    due: datetime | None = None


@dataclass(frozen=True)
class Periodic:
    """Work the worker does again and again; each run is its own transaction(s) and must be safe to repeat."""

    name: str
    every: timedelta
    run: Callable[[], None]


@dataclass(frozen=True)
class Retention:
    """One kind of thing that has its time. `label` is marked, `kept` says the period in words, from the policy.

    `delete` runs in the worker's transaction each hour and returns how many it deleted; None: a person is told by a
    task and decides. In a dry run (`core/sweep`) it only counts. `named` says in words which things go at the next
    run, where a count alone says little.
    """

    name: str
    label: str
    kept: Callable[[], str]
    delete: Callable[[], int] | None
    named: Callable[[], Iterable[str]] = lambda: ()


@dataclass(frozen=True)
class Held:
    """One thing held on a candidate, for subject access: a marked label and plain values."""

    label: str
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Feature:
    name: str
    blueprints: tuple[Blueprint, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    waiting: Callable[[Viewer], Iterable[Task]] = lambda viewer: ()
    periodic: tuple[Periodic, ...] = ()
    jobs: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    outbox_checks: Mapping[str, Callable[[dict[str, Any]], bool]] = field(default_factory=dict)
    held_on: Callable[[UUID], Iterable[Held]] = lambda candidate_id: ()
    erase: Callable[[UUID], None] = lambda candidate_id: None
    """Delete what this feature holds on a candidate; called inside the erasing transaction."""
    erasure_refusals: Callable[[UUID], Iterable[str]] = lambda candidate_id: ()
    """Marked sentences that say why this candidate cannot be erased today."""
    candidate_changed: Callable[[UUID], None] = lambda candidate_id: None
    """Called in the transaction that changed a candidate's profile, safety, status or consents."""
    retention: tuple[Retention, ...] = ()
    """What of this feature goes when it has had its time: the only way in which anything does by itself."""
    deactivation_warnings: Callable[[Any], Iterable[str]] = lambda account: ()
    """Translated sentences: what ends with this account; whoever deactivates it has to have read them."""
    deactivation_blockers: Callable[[Any], Iterable[str]] = lambda account: ()
    """Translated sentences: what must be handed over before this account is deactivated."""
    commands: tuple[click.Command, ...] = ()


@dataclass
class Registry:
    features: tuple[Feature, ...] = ()

    def __iter__(self) -> Any:
        return iter(self.features)


registry = Registry()


def collect(features: Iterable[Feature]) -> None:
    """These features are the whole, in this process."""
    registry.features = tuple(features)
    outbox.checks.clear()
    for feature in registry.features:
        outbox.checks.update(feature.outbox_checks)


def install(app: Flask, features: Iterable[Feature], language_prefix: str) -> None:
    """Collect the features and mount their pages under the language prefix."""
    collect(features)
    for feature in registry.features:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint, url_prefix=language_prefix + (blueprint.url_prefix or ""))
        for command in feature.commands:
            app.cli.add_command(command)
