"""Applications that serve one test after the other: making one compiles some hundred addresses and takes longer than
most tests.

Before each test the instance folder is wiped and filled from the template; an application finds new databases at the
addresses it knows, and its connections, its key store and what it had read are forgotten. An application that a test
has changed (an address added, a setting, a listener, a handler) serves no other test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

import config as configuration
from portal import create_app, features
from portal.core import registry, vault
from portal.core.db import db
from portal.core.registry import Feature

KEPT = 8
LISTENED = ("before_cursor_execute", "after_cursor_execute", "begin", "commit", "rollback")
RENEWED = {"vault", "search", "vocabulary"}
"""Extensions that hold something of a database: made anew for each test."""
GROWS = {"_got_first_request", "jinja_env", "blueprints"}


def shape(value: Any) -> Any:
    """A copy that later changes do not reach: containers are copied, what they hold is compared as it is.

    What is empty is left out: Flask makes room for what it looked for and did not find.
    """
    if isinstance(value, Mapping):
        copies = {key: shape(each) for key, each in value.items()}
        return {key: copy for key, copy in copies.items() if copy not in ({}, [])}
    return [shape(each) for each in value] if isinstance(value, list | tuple) else value


def looks(app: Flask) -> dict[str, Any]:
    """Everything of an application that a test could change and the next would meet."""
    said = {name: shape(value) for name, value in vars(app).items() if name not in GROWS}
    said["extensions"] = {name: each for name, each in said["extensions"].items() if name not in RENEWED}
    for name in ("globals", "filters", "tests"):
        said[f"templates' {name}"] = shape(getattr(app.jinja_env, name))
    said["addresses"] = sum(1 for _ in app.url_map.iter_rules())
    with app.app_context():
        said["listeners"] = {name: len(list(getattr(db.engine.dispatch, name))) for name in LISTENED}
    return said


def let_go(app: Flask) -> None:
    """Close what is open to the databases."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        vault.store().engine.dispose()


@dataclass
class Made:
    app: Flask
    config: configuration.Config
    features: list[Feature]
    looked: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.looked = looks(self.app)

    def serves(self, config: configuration.Config, wanted: list[Feature]) -> bool:
        same = len(wanted) == len(self.features) and all(a is b for a, b in zip(wanted, self.features, strict=True))
        return same and self.config == config

    def is_unchanged(self) -> bool:
        now = looks(self.app)
        return all(name in now and now[name] == before for name, before in self.looked.items())

    def renew(self) -> Flask:
        """As if it had just been made."""
        for name in RENEWED:
            self.app.extensions.pop(name, None)
        vault.init(self.app, self.config)
        registry.collect(self.features)
        return self.app


class Apps:
    """Those of one process. `finish` is called on each after `make` gave it the looks that tests need."""

    def __init__(self, finish: Callable[[Flask], None]) -> None:
        self.finish = finish
        self.free: list[Made] = []
        self.taken: list[Made] = []

    def take(self, config: configuration.Config) -> Flask:
        """An application that nobody else has in this test."""
        wanted = features.all_features()
        self.free = [made for made in self.free if made.is_unchanged()]
        found = next((made for made in self.free if made.serves(config, wanted)), None)
        if found is not None:
            self.free.remove(found)
            self.taken.append(found)
            return found.renew()
        app = create_app(config)
        self.finish(app)
        self.taken.append(Made(app, config, wanted))
        return app

    def give_back(self) -> None:
        """The test is over: what served last is the likeliest to serve again."""
        for made in self.taken:
            let_go(made.app)
        self.free = [*self.taken, *self.free][:KEPT]
        self.taken = []
