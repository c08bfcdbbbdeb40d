"""Where the crawl goes: every address of the endpoint list, seen by somebody who may open it and finds something there.

A new page is in it by itself. One whose argument is of a new kind is found by the name of its table; one that nobody
can open fails the crawl until `world` brings it about or `NO_PAGES` says why it is none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.core import access
from tests.pages.people import RICHEST_FIRST, VISITOR, Onlooker
from tests.pages.world import ERROR_CODES, HOST, PagesWorld

NO_PAGES = {
    "root": "leads on to a language",
    "security": "plain text",
    "robots": "plain text",
    "healthz": "plain text",
    "readyz": "JSON",
    "vocabulary.look_up": "JSON",
    "events.calendar_file": "a calendar file",
    "events.feed": "a calendar to subscribe to",
    "events.material": "a sealed file",
    "events.own_material": "a sealed file",
    "trainings.certificate_file": "a PDF",
    "events.download": "a list as a file",
    "events.fetch_export": "a list as a file",
    "companies.document": "a sealed file",
    "companies.own_document": "a sealed file",
    "courses.material": "a sealed file",
    "courses.kept_file": "a sealed file",
    "requests.of_event": "leads on to the request",
}
MOST_TRIES, MOST_COMPARED = 60, 4


@dataclass(frozen=True, order=True)
class Place:
    endpoint: str
    path: str
    onlooker: Onlooker

    def __str__(self) -> str:
        return f"{self.path} ({self.endpoint}) as {self.onlooker.name}"


def page_rules(world: PagesWorld) -> list[Rule]:
    """Everything that answers a GET with a page, in a lasting order; one rule an endpoint."""
    rules: dict[str, Rule] = {}
    for rule in sorted(world.app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, -len(rule.arguments))):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
            rules.setdefault(rule.endpoint, rule)
    return list(rules.values())


def richest(world: PagesWorld, rule: Rule, language: str = "fi") -> list[Place]:
    """The page as whoever sees most of it: the first role that finds it, and the fullest of a few objects."""
    if rule.endpoint in ("error", "static"):
        return [Place(rule.endpoint, path, VISITOR) for path in always(rule, language)]
    for onlooker in RICHEST_FIRST:
        if found := places(world, rule, onlooker, language, MOST_COMPARED):
            return found[:1]
    return []


def places(world: PagesWorld, rule: Rule, onlooker: Onlooker, language: str, most: int) -> list[Place]:
    """Up to `most` addresses where this person finds a page, the fullest first."""
    if rule.endpoint in ("error", "static"):
        return [Place(rule.endpoint, path, onlooker) for path in always(rule, language)]
    if not onlooker.may(access.declared(world.app, rule.endpoint)):
        return []
    client, found = client_of(world, onlooker), []
    for path in itertools.islice(paths(world, rule, onlooker, language), MOST_TRIES):
        response = client.get(path, base_url=f"http://{HOST}")
        if response.status_code == 200 and response.mimetype == "text/html":
            found.append((len(response.data), path))
        response.close()
        if len(found) == most:
            break
    return [Place(rule.endpoint, path, onlooker) for _, path in sorted(found, reverse=True)]


def always(rule: Rule, language: str) -> Sequence[str]:
    if rule.endpoint == "static":
        return ["/static/500.html"]
    return [f"/{language}/-/{code}" for code in ERROR_CODES]


def paths(world: PagesWorld, rule: Rule, onlooker: Onlooker, language: str) -> Iterator[str]:
    adapter = world.app.url_map.bind(HOST)
    spoken = {"lang": language} if "lang" in rule.arguments else {}
    if rule.endpoint in world.links:
        for arguments in world.links[rule.endpoint]:
            yield adapter.build(rule.endpoint, {**arguments, **spoken})
        return
    names = sorted(rule.arguments - {"lang"})
    choices = [choices_of(world, rule, onlooker, name) for name in names]
    for values in itertools.product(*choices):
        yield adapter.build(rule.endpoint, {**dict(zip(names, values, strict=True)), **spoken})


def choices_of(world: PagesWorld, rule: Rule, onlooker: Onlooker, name: str) -> list[Any]:
    if name.endswith("_id"):
        return world.reachable(onlooker, name)
    return sorted(getattr(rule._converters[name], "items", ()))


def client_of(world: PagesWorld, onlooker: Onlooker) -> FlaskClient:
    client = world.app.test_client()
    cookie = world.cookie(onlooker)
    if cookie is not None:
        client.set_cookie("session", cookie, domain=HOST)
    return client
