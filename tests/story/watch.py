"""What holds on every page anybody of the stories meets: accessible, silent, at home, and no wider than a phone."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, Route

PHONE = 360
AXE = Axe()
QUIET = re.compile(r'(value|href|action|id|for|name|content|src|d|x|width|aria-describedby|aria-labelledby)="[^"]*"')
WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const all = [...document.body.querySelectorAll("*")].filter(each => !each.closest(".vh"));
  const wide = all.filter(each => each.getBoundingClientRect().right > innerWidth + 1);
  return wide.slice(0, 3).map(each => each.outerHTML.slice(0, 160));
}"""
_seen: set[str] = set()


class Watch:
    """Looks at each page of one context. A page of the same build is given to axe once: it differs in words alone."""

    def __init__(self, context: BrowserContext, page: Page, host: str, scripts: bool) -> None:
        self.context, self.page, self.scripts = context, page, scripts
        self.problems: list[str] = []
        self.left: list[str] = []
        self.twin: Page | None = None
        context.route(lambda url: urlsplit(url).netloc != host, self.stop)
        page.on("console", self.hear)
        page.on("response", self.weigh)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))

    def stop(self, route: Route) -> None:
        """Nothing may leave the machine; where it wanted to go is kept."""
        self.left.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title>")

    def hear(self, message: ConsoleMessage) -> None:
        refused_page = "Failed to load resource" in message.text and message.location.get("url") == self.page.url
        if message.type in ("error", "warning") and not refused_page:
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def weigh(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} for {response.url}")

    def look(self) -> None:
        """Raises AssertionError naming the page and what is wrong with it."""
        here = self.is_quiet()
        html = self.page.content()
        build = QUIET.sub("", re.sub(r">[^<]+<", "><", html)) + f"\n{self.width}"
        if build in _seen:
            return
        _seen.add(build)
        self.look_through_axe(here, html)
        self.look_narrow(here)

    def is_quiet(self) -> str:
        """The path of the page, which has caused no problem and no request elsewhere."""
        here = urlsplit(self.page.url).path
        assert not self.problems, f"{here}: {self.problems}"
        assert not self.left, f"{here}: a request left the machine: {self.left}"
        return here

    @property
    def width(self) -> int:
        return (self.page.viewport_size or {"width": 0})["width"]

    def look_through_axe(self, here: str, html: str) -> None:
        if self.scripts:
            found = AXE.run(self.page).response["violations"]
        else:
            found = self.in_a_twin(html)
        assert not found, f"{here} at {self.width}: " + "; ".join(map(in_short, found))

    def in_a_twin(self, html: str) -> list[dict[str, Any]]:
        """Axe is a script itself: it looks at the same page, as it came, in a browser that has scripts."""
        if self.twin is None:
            assert self.context.browser is not None
            self.twin = self.context.browser.new_context(reduced_motion="reduce").new_page()
            self.twin.route("**/*.js*", lambda route: route.abort())
            self.context.once("close", lambda: self.twin and self.twin.context.close())
        size = self.page.viewport_size
        assert size is not None
        self.twin.set_viewport_size(size)
        address = self.page.url.partition("#")[0]
        self.twin.route(
            address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"), times=1
        )
        self.twin.goto(address)
        return list(AXE.run(self.twin).response["violations"])

    def look_narrow(self, here: str) -> None:
        size = self.page.viewport_size
        assert size is not None
        if size["width"] != PHONE:
            self.page.set_viewport_size({"width": PHONE, "height": 740})
        wide = self.page.evaluate(WIDE)
        if size["width"] != PHONE:
            self.page.set_viewport_size(size)
        assert not wide, f"{here}: wider than {PHONE} px: {wide}"


class Narrow(Watch):
    """For a story told in every language: what may differ between them is the width. `make prove-pages` asks axe."""

    def look(self) -> None:
        self.look_narrow(self.is_quiet())


def in_short(violation: dict[str, Any]) -> str:
    nodes = [f"{node['html'][:200]} ({node['failureSummary'][:200]})" for node in violation["nodes"][:3]]
    return f"{violation['id']}: {nodes}"
