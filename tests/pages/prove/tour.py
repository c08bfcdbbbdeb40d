"""Where a proof goes: each page as each role that may open it, found once and visited in each language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from playwright.sync_api import Browser

from tests.pages.people import ROLES, SPECIAL, Onlooker
from tests.pages.places import Place, page_rules, places
from tests.pages.prove.record import Record
from tests.pages.world import PagesWorld


@dataclass
class Tour:
    """`places` has every role, `richest` each page once."""

    world: PagesWorld
    browser: Browser
    record: Record
    languages: tuple[str, ...]
    widths: tuple[int, ...]
    places: dict[Onlooker, list[Place]]
    richest: dict[Onlooker, list[Place]]

    @property
    def public(self) -> list[Place]:
        return next((there for onlooker, there in self.places.items() if onlooker.email is None), [])


def plan(
    world: PagesWorld, wanted: Callable[[str], bool], record: Record
) -> tuple[dict[Onlooker, list[Place]], dict[Onlooker, list[Place]]]:
    """The fullest object of each page for each role; whoever stands somewhere special sees what no role has seen."""
    everywhere, once = defaultdict(list), defaultdict(list)
    for rule in [rule for rule in page_rules(world) if wanted(rule.endpoint)]:
        found: list[Place] = []
        for onlooker in (*ROLES, *SPECIAL):
            if onlooker in SPECIAL and found:
                break
            here = places(world, rule, onlooker, "fi", 3)
            here = here if rule.endpoint == "error" else here[:1]
            everywhere[onlooker] += here
            found = found or here
        for place in found:
            once[place.onlooker].append(place)
        record.seen |= {rule.endpoint} if found else set()
        if not found:
            record.cannot(f"page {rule.endpoint}", "nobody can open it")
    return dict(everywhere), dict(once)


def spoken(place: Place, language: str) -> Place:
    """The same page in another language."""
    return replace(place, path=re.sub(r"^/(fi|sv|en)/", f"/{language}/", place.path))
