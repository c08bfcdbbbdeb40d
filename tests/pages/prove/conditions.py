"""The same pages in the dark, in forced colours, with still pictures, without scripts, and under the policy itself."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.benchmarks.output import say
from tests.pages.look import LOOKS, Watcher, window
from tests.pages.places import Place
from tests.pages.prove.tour import Tour

CONTRAST = {"color-contrast": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}}
LISTEN = """addEventListener("securitypolicyviolation", (event) => {
  (window.refusals ||= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`); });"""
MOVING = """() => document.getAnimations().length + [...document.querySelectorAll("*")].filter((el) => {
  const style = getComputedStyle(el);
  return [style.transitionDuration, style.animationDuration].some(
    (all) => all.split(",").some((one) => parseFloat(one) > 0.01));
}).length"""
UNBORDERED = """() => [...document.querySelectorAll(
  ".button, input:not([type=hidden]), select, textarea")].filter((el) => {
  const style = getComputedStyle(el);
  return el.checkVisibility() && !el.closest(".vh") && !/checkbox|radio|file/.test(el.type)
    && !(style.borderStyle !== "none" && parseFloat(style.borderWidth) >= 1);
}).map((el) => el.outerHTML.slice(0, 140))"""


def each(tour: Tour, name: str, **settings: object) -> Iterator[tuple[Watcher, Place]]:
    """Each page once, as its richest role, in Finnish."""
    for onlooker, there in tour.richest.items():
        say(f"{name}, as {onlooker.name}: {len(there)} pages")
        with window(tour.browser, tour.world, onlooker, "fi", **settings) as watcher:
            for place in there:
                yield watcher, place


def prove(tour: Tour) -> None:
    for name, check in {
        "text under 7:1 in the dark": dark, "controls or focus unseen in forced colours": forced,
        "pages that move for who asked for stillness": still, "pages that need scripts": plain,
        "reports of the content policy": policy,
    }.items():  # fmt: skip
        tour.record.count(name, {check.__name__}, check(tour))


def dark(tour: Tour) -> int:
    looks = 0
    for watcher, place in each(tour, "in the dark", color_scheme="dark"):
        watcher.open(place, tour.world.base_url)
        for what in watcher.axe({"type": "rule", "values": list(CONTRAST)}):
            tour.record.violate("dark", place, what)
        looks += 1
    return looks


def forced(tour: Tour) -> int:
    looks = 0
    for watcher, place in each(tour, "in forced colours", forced_colors="active"):
        watcher.open(place, tour.world.base_url)
        watcher.page.evaluate(f"() => {{ window.looks = ({LOOKS})(); }}")
        watcher.page.keyboard.press("Tab")
        for what in [*watcher.page.evaluate(UNBORDERED), *watcher.asks("unfocused", 80)]:
            tour.record.violate("forced", place, what)
        looks += 1
    return looks


def still(tour: Tour) -> int:
    looks = 0
    for watcher, place in each(tour, "in stillness", reduced_motion="reduce"):
        watcher.open(place, tour.world.base_url)
        if moving := watcher.page.evaluate(MOVING):
            tour.record.violate("still", place, f"{moving} things move")
        looks += 1
    return looks


def plain(tour: Tour) -> int:
    """Without scripts the page says the same, and its form reaches the server. What the page itself has lost meanwhile,
    as the audit trail does when somebody signs in, is no loss."""
    with_scripts = said(tour, "with scripts")
    without = said(tour, "without scripts", java_script_enabled=False)
    later = said(tour, "with scripts again")
    for place, lines in with_scripts.items():
        for what in sorted((lines & later[place]) - without[place]):
            tour.record.violate("plain", place, f"says only with scripts: {what}")
    for watcher, place in each(tour, "sending without scripts", java_script_enabled=False):
        watcher.open(place, tour.world.base_url)
        if (what := send(watcher.page)) is not None:
            tour.record.violate("plain", place, what)
    return len(with_scripts)


def said(tour: Tour, name: str, **settings: object) -> dict[Place, set[str]]:
    found = {}
    for watcher, place in each(tour, name, **settings):
        watcher.open(place, tour.world.base_url)
        found[place] = lines(watcher.page)
    return found


def lines(page: Page) -> set[str]:
    """What the main part says; a button that prints and a count of what is typed are the script's own offers."""
    offered = page.locator("main :is([data-print], [data-over])")
    own = {text.strip() for text in offered.all_inner_texts()}
    return {line.strip() for line in page.locator("main").inner_text().splitlines() if line.strip()} - own


def send(page: Page) -> str | None:
    """Press the main button of the page's form, as it stands."""
    buttons = page.locator("main form[method=post] button[type=submit].button:not([name]):visible")
    if not buttons.count():
        return None
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        buttons.first.click()
    return None if sent.value.status < 500 and sent.value.status != 400 else f"its form gets {sent.value.status}"


def policy(tour: Tour) -> int:
    """A run of its own: nothing is put into the page but an ear."""
    looks = 0
    for watcher, place in each(tour, "under the policy"):
        if not looks or watcher.page.url == "about:blank":
            watcher.page.add_init_script(LISTEN)
        watcher.open(place, tour.world.base_url)
        watcher.page.keyboard.press("Tab")
        refused = watcher.page.evaluate("window.refusals || []") + watcher.heard
        for what in refused:
            tour.record.violate("policy", place, what)
        looks += 1
    return looks
