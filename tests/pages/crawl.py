"""The crawl of `make test`: each page once, as its richest role, in Finnish, on a phone; each form once empty."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from playwright.sync_api import Browser

from tests.pages.look import Finding, Watcher, window
from tests.pages.places import Place, page_rules, richest
from tests.pages.world import PagesWorld

LANGUAGE = "fi"


@dataclass
class Crawl:
    pages: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    unreached: list[str] = field(default_factory=list)


def crawl(browser: Browser, world: PagesWorld, wanted: Callable[[str], bool], half: slice = slice(None)) -> Crawl:
    """The pages whose endpoint is wanted; `half` takes some of them."""
    done, going = Crawl(), []
    for rule in [rule for rule in page_rules(world) if wanted(rule.endpoint)][half]:
        found = richest(world, rule, LANGUAGE)
        going += found
        done.unreached += [] if found else [f"{rule.endpoint} ({rule.rule})"]
    for onlooker, there in itertools.groupby(sorted(going, key=by_onlooker), key=lambda place: place.onlooker):
        with window(browser, world, onlooker, LANGUAGE) as watcher:
            look_at(watcher, world, there, done)
    return done


def by_onlooker(place: Place) -> tuple[str, str]:
    return place.onlooker.name, place.path


def look_at(watcher: Watcher, world: PagesWorld, there: Iterable[Place], done: Crawl) -> None:
    for place in there:
        html = watcher.open(place, world.base_url).text()
        done.pages += 1
        done.findings += watcher.look(place, html)
        if (refused := watcher.send_empty(place)) is not None:
            done.refused += 1
            done.findings += refused
