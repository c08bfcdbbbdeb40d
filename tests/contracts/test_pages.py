"""Every page, as everyone who may open it: it opens, it is sound HTML, it asks the database little."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from portal.core import access
from portal.core.access import POLICY, Permission, Role
from tests.contracts.world import PERSONAS, World
from tests.support.statements import counted

MOST_STATEMENTS = 12
ALLOWED = {"home.dry_run": 40}
"""Pages that ask more: the dry run counts once for each rule of retention, however many rows there are."""
REFUSED = {("accounts.turn_off_second_factor", 403)}
"""Pages that the role may open and this person may not."""
ROLE_OF = {
    "company A": Role.OWNER, "company B": Role.OWNER, "liaison": Role.LIAISON, "officer": Role.OFFICER,
    "other officer": Role.OFFICER, "partner": Role.COACH, "project manager": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
}  # fmt: skip


def may(persona: str, declared: Any) -> bool:
    if declared == "public":
        return True
    if declared == "half" or persona == "visitor":
        return False
    return Permission(declared) in POLICY[ROLE_OF[persona]]


def pages_for(world: World, persona: str, most: int = 6) -> Iterator[tuple[Rule, str]]:
    """Every address this persona can reach with the ids that are theirs, `most` of each kind."""
    adapter = world.app.url_map.bind("localhost")
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        if not may(persona, access.declared(world.app, rule.endpoint)):
            continue
        names = sorted(rule.arguments - {"lang"})
        if any(name in ("token", "filename") for name in names):
            continue
        choices = [world.reachable(persona, name) if name.endswith("_id") else kinds(rule, name) for name in names]
        for values in itertools.islice(itertools.product(*choices), most):
            arguments = dict(zip(names, values, strict=True)) | ({"lang": "en"} if "lang" in rule.arguments else {})
            yield rule, adapter.build(rule.endpoint, arguments)


def kinds(rule: Rule, name: str) -> list[str]:
    converter = rule._converters[name]
    return sorted(getattr(converter, "items", []))


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_page_opens_and_asks_little(world: World, persona: str) -> None:
    browser = world.browser(persona)
    opened, trouble, heavy = 0, [], []
    for rule, path in pages_for(world, persona):
        with counted(world.app) as statements:
            try:
                page = browser.get(path, follow=False)
            except AssertionError as unsound:
                trouble.append(f"{path}: {unsound}")
                continue
        opened += 1
        if page.status not in (200, 302, 303, 404, 409) and (rule.endpoint, page.status) not in REFUSED:
            trouble.append(f"{rule.endpoint} {path}: {page.status}")
        if page.status == 200 and len(statements) > ALLOWED.get(rule.endpoint, MOST_STATEMENTS):
            heavy.append(f"{rule.endpoint}: {len(statements)} statements")
    assert opened > 5
    assert not trouble + heavy, "\n".join(sorted(set(trouble + heavy)))
