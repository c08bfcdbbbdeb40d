"""Every page × role × language × width: axe, strict HTML, the language, focus, targets, and nothing lost on the way."""

from __future__ import annotations

from tests.benchmarks.output import say
from tests.pages.look import Finding, Watcher, window
from tests.pages.places import Place
from tests.pages.prove.tour import Tour, spoken

CHECKS = {
    "axe violations": {"axe"},
    "HTML that is not strict, unlabelled or out of order": {"html"},
    "texts in another language": {"language"},
    "targets under 24 px": {"target"},
    "focus unseen or out of order": {"focus"},
    "pages that scroll sideways or cut words off": {"fits"},
    "words lost on a narrow screen": {"lost"},
    "refused forms that do not lead to their fields": {"refused form"},
    "pages that complain in the console": {"silent"},
}


def prove(tour: Tour) -> None:
    looks = 0
    for language in tour.languages:
        for onlooker, there in tour.places.items():
            say(f"{language}, as {onlooker.name}: {len(there)} pages at {', '.join(map(str, tour.widths))} px")
            with window(tour.browser, tour.world, onlooker, language, width=tour.widths[0]) as watcher:
                for place in there:
                    looks += look_at(watcher, tour, spoken(place, language), language)
    for name, checks in CHECKS.items():
        tour.record.count(name, checks, looks)


def look_at(watcher: Watcher, tour: Tour, place: Place, language: str) -> int:
    """At the first width everything; at the others what the width may change. Returns how often it looked."""
    html = watcher.open(place, tour.world.base_url).text()
    tour.record.find(watcher.look(place, html), language=language, width=tour.widths[0])
    read = {tour.widths[0]: set(watcher.asks("read"))}
    for width in tour.widths[1:]:
        watcher.resize(width)
        problems = [("axe", what) for what in watcher.axe()]
        problems += [("fits", what) for what in [*watcher.asks("wide"), *watcher.asks("cut")]]
        problems += [("target", what) for what in watcher.asks("small", 24)]
        tour.record.find([Finding(check, place, what) for check, what in problems], language=language, width=width)
        watcher.resize(width)
        read[width] = set(watcher.asks("read"))
    lost = read[max(read)] - read[min(read)]
    tour.record.find([Finding("lost", place, what) for what in sorted(lost)], language=language, width=min(read))
    if place in tour.richest.get(place.onlooker, ()) or place.path.startswith(("/sv/", "/en/")):
        tour.record.find(watcher.send_empty(place) or (), language=language, width=tour.widths[0])
    return len(tour.widths)
