"""Somebody else's object and an absent one are the same bytes; a role without the permission is refused before that."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.routing import Rule

from portal.core import access
from tests.contracts.test_pages import may
from tests.contracts.world import PERSONAS, World
from tests.support.browser import Browser, Page, form_values

MASKED_HEADERS = {"X-Request-Id", "Set-Cookie", "Date"}


def rules_with_ids(world: World) -> list[Rule]:
    return [rule for rule in world.app.url_map.iter_rules() if any(name.endswith("_id") for name in rule.arguments)]


def path_of(world: World, rule: Rule, ids: dict[str, Any]) -> str:
    rest = {name: "x" for name in rule.arguments if name not in ids and name != "lang"}
    for name in rest:
        items = getattr(rule._converters[name], "items", None)
        rest[name] = sorted(items)[0] if items else "x"
    return world.app.url_map.bind("localhost").build(rule.endpoint, {**rest, **ids, "lang": "en"}, method=None)


def masked(page: Page, *ids: UUID) -> tuple[int, list[tuple[str, str]], str]:
    """What may differ is named: the request's own id, the session's token, and the asked id itself."""
    text = page.html
    for each in ids:
        text = text.replace(str(each), "ID")
    text = re.sub(r'(name="(?:csrf_token|once)"[^>]*value=")[^"]*', r"\1", text)
    headers = sorted((name, value) for name, value in page.headers if name not in MASKED_HEADERS)
    return page.status, headers, text


def token(browser: Browser) -> str:
    page = browser.get("/en/account")
    assert page.tree is not None
    for form in page.tree.iter("form"):
        if value := form_values(form).get("csrf_token"):
            return str(value)
    raise AssertionError("no token on the account page")


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "visitor"])
def test_foreign_and_absent_are_the_same(world: World, persona: str) -> None:
    browser = world.browser(persona)
    csrf = token(browser)
    compared, differ = 0, []
    for rule in rules_with_ids(world):
        declared = access.declared(world.app, rule.endpoint)
        if declared == "public" or not may(persona, declared):
            continue
        names = [name for name in rule.arguments if name.endswith("_id")]
        for name in names:
            theirs = world.foreign(persona, name)
            if theirs is None:
                continue
            others = {
                other: (found[0] if (found := world.reachable(persona, other)) else uuid4())
                for other in names
                if other != name
            }
            absent = uuid4()
            for method in sorted(rule.methods & {"GET", "POST"}):  # type: ignore[operator]  # a set of names
                data = {"csrf_token": csrf} if method == "POST" else None
                one = browser.open(path_of(world, rule, {**others, name: theirs}), method, follow=False, data=data)
                two = browser.open(path_of(world, rule, {**others, name: absent}), method, follow=False, data=data)
                compared += 1
                if masked(one, theirs, absent) != masked(two, theirs, absent):
                    differ.append(f"{method} {rule.endpoint} ({name}): {one.status} / {two.status}")
                elif one.status != 404:
                    differ.append(f"{method} {rule.endpoint} ({name}): {one.status}, not 404")
    if persona in ("company A", "company B", "officer", "other officer"):
        assert compared > 10
    assert not differ, "\n".join(differ)


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_role_without_the_permission_is_refused(world: World, persona: str) -> None:
    """403 signed in, the sign-in page for a visitor: whatever the method, before any object is looked up."""
    browser = world.browser(persona)
    denied, wrong = 0, []
    for rule in world.app.url_map.iter_rules():
        declared = access.declared(world.app, rule.endpoint)
        if declared in ("public", "half") or may(persona, declared):
            continue
        ids = {name: uuid4() for name in rule.arguments if name.endswith("_id")}
        for method in sorted(rule.methods & {"GET", "POST"}):  # type: ignore[operator]  # a set of names
            page = browser.open(path_of(world, rule, ids), method, follow=False)
            denied += 1
            refused = page.status in (302, 303, 200, 401) if persona == "visitor" else page.status == 403
            at_door = (
                persona != "visitor" or "sign-in" in str(page.headers.get("Location", "")) or "Sign in" in page.html
            )
            if not (refused and at_door):
                wrong.append(f"{method} {rule.endpoint}: {page.status}")
    assert denied > 30
    assert not wrong, "\n".join(wrong)
