"""What a public page weighs, and how soon it shows on a slow phone."""

from __future__ import annotations

from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession

from tests.benchmarks.output import say
from tests.pages.places import Place
from tests.pages.prove.tour import Tour, spoken

MOST_BYTES, MOST_REQUESTS, MOST_SECONDS, ROUNDS = 50_000, 5, 1.0, 3
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4
SHIFTS = """new PerformanceObserver((list) => { for (const entry of list.getEntries())
  window.shifted = (window.shifted || 0) + entry.value; }).observe({ type: "layout-shift", buffered: true });"""
PAINTED = """() => new Promise((done) => { const look = () => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  if (paint) requestAnimationFrame(() => setTimeout(() => done([paint.startTime / 1000, window.shifted || 0]), 100));
  else setTimeout(look, 20); }; look(); })"""


def prove(tour: Tour) -> None:
    here = [spoken(place, language) for language in tour.languages for place in tour.public if place.path[1:3] == "fi"]
    if not here:
        return
    say(f"weight of {len(here)} public pages")
    weights = [(measure(tour, place, throttled=False), place) for place in here]
    tell(tour, "bytes of a public page", [(w["bytes"], p) for w, p in weights], MOST_BYTES)
    tell(tour, "requests of a public page", [(w["requests"], p) for w, p in weights], MOST_REQUESTS)
    tell(tour, "requests of a public page to others", [(w["others"], p) for w, p in weights], 0)
    paints = [([measure(tour, place, throttled=True) for _ in range(ROUNDS)], place) for place in here]
    shown = [(round(median(each["painted"] for each in several), 2), place) for several, place in paints]
    tell(tour, "seconds to the first content of a public page", shown, MOST_SECONDS, network="slow 4G", cpu=SLOWER)
    shifts = [(round(max(each["shifted"] for each in several), 4), place) for several, place in paints]
    tell(tour, "layout shift of a public page", shifts, 0)


def tell(tour: Tour, name: str, values: list[tuple[float, Place]], bound: float, **details: Any) -> None:
    """The worst page stands for all."""
    worst, place = max(values, key=lambda each: each[0])
    for value, where in values:
        if value > bound:
            tour.record.violate(name, where, f"{value}, at most {bound}", language=where.path[1:3])
    tour.record.tell(name, worst, bound, worst <= bound, page=place.endpoint, looks=len(values), **details)


def measure(tour: Tour, place: Place, throttled: bool) -> dict[str, Any]:
    """One visit of a browser that was never here."""
    context = tour.browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    try:
        page = context.new_page()
        page.add_init_script(SHIFTS)
        session, found = context.new_cdp_session(page), {"bytes": 0, "requests": 0, "others": 0}
        session.send("Network.enable")
        listen(session, found, tour.world.base_url)
        if throttled:
            session.send("Network.emulateNetworkConditions", SLOW_4G)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(tour.world.base_url + place.path, wait_until="load")
        painted, shifted = page.evaluate(PAINTED)
        return {**found, "painted": painted, "shifted": shifted}
    finally:
        context.close()


def listen(session: CDPSession, found: dict[str, Any], base_url: str) -> None:
    def asked(event: dict[str, Any]) -> None:
        found["requests"] += 1
        found["others"] += urlsplit(event["request"]["url"]).netloc != urlsplit(base_url).netloc

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", lambda event: found.update(bytes=found["bytes"] + event["encodedDataLength"]))
