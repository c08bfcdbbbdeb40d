"""A person without a mouse: comes to everything by Tab, and sees all the way where the focus is."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.story.people import Person
from tests.story.watch import Narrow

MOST_STOPS = 150
STOP = """target => {
  const here = document.activeElement;
  if (here === document.body) return {arrived: false, seen: true, what: ""};
  const box = here.getBoundingClientRect(), style = getComputedStyle(here);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {arrived: here === target, seen: ring && inside, what: here.outerHTML.slice(0, 160)};
}"""
CHOSEN = "each => each.selectedOptions[0].label.trim()"


class Typist(Person):
    """Tab, Enter, Space and arrows, on each page from where it begins."""

    watching = Narrow

    def reach(self, target: Locator) -> Locator:
        """Tab until it has the focus; every stop on the way shows a ring within the window."""
        self.one(target)
        element = target.first.element_handle()
        for _ in range(MOST_STOPS):
            stop = self.page.evaluate(STOP, element)
            assert stop["seen"], f"{self.page.url}: the focus is not seen on {stop['what']}"
            if stop["arrived"]:
                return target.first
            self.press_key("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not come to {target}\n{self.offer()}")

    def press_key(self, key: str) -> None:
        self.page.keyboard.press(key)

    def go(self, target: Locator) -> Person:
        self.reach(target)
        with self.page.expect_navigation():
            self.press_key("Enter")
        self.watch.look()
        return self

    def menu(self, text: str) -> Person:
        opens = self.page.get_by_role("button", name=self.words("Menu"), exact=True)
        if opens.is_visible():
            self.reach(opens)
            self.press_key("Enter")
        return self.follow(text, self.page.get_by_role("navigation", name=self.words("Main menu")))

    def write(self, label: str, value: str, within: Locator | None = None) -> Person:
        self.reach(self.labelled(label, within))
        self.press_key("ControlOrMeta+a")
        self.page.keyboard.type(value)
        return self

    def choose(self, label: str, option: str, within: Locator | None = None) -> Person:
        field = self.reach(self.labelled(label, within))
        for _ in range(field.locator("option").count()):
            if field.evaluate(CHOSEN) == option:
                return self
            self.press_key("ArrowDown")
        assert field.evaluate(CHOSEN) == option, self.offer()
        return self

    def tick(self, label: str, within: Locator | None = None) -> Person:
        box = self.labelled(label, within)
        if not box.is_checked():
            self.reach(box)
            self.press_key("Space")
        assert box.is_checked(), f"{self.page.url}: Space does not tick {label}"
        return self

    def pick(self, legend: str, option: str) -> Person:
        """Tab comes to the group once; arrows move within it."""
        group = self.group(legend)
        wanted, chosen = self.labelled(option, group), group.get_by_role("radio", checked=True)
        self.reach(chosen if chosen.count() else group.get_by_role("radio").first)
        self.press_key("Space")
        for _ in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                return self
            self.press_key("ArrowDown")
        raise AssertionError(f"{self.page.url}: the arrows do not come to {option}\n{self.offer()}")

    def unfold(self, text: str, within: Locator | None = None) -> Person:
        fold = (within or self.page).locator("summary").get_by_text(text, exact=True)
        self.reach(fold)
        self.press_key("Enter")
        return self
