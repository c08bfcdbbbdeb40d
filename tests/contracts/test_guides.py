"""What a help page tells its reader to press stands on a page that this reader can open, in the demonstration."""

from __future__ import annotations

import pytest

from portal.home.guides import GUIDES
from tests.contracts.test_pages import pages_for
from tests.contracts.world import World
from tests.support.browser import Page
from tests.support.html import words

READERS = {
    "company": ("company A", "company B"), "liaison": ("liaison",), "officer": ("officer", "other officer"),
    "coach": ("partner",), "manager": ("project manager",), "administrator": ("administrator",),
}  # fmt: skip
ALL = 30
"""Of a kind: a name may stand only on the page of a thing in one state, and ids have no order."""
NAMED = ("a", "button", "label", "legend", "h2", "th", "summary")
NOT_IN_THE_DEMONSTRATION = {"Take into review", "Read and sign the commitment"}
"""Of companies that have only just applied, or have not signed: those pages have tests of their own."""


def names_on(page: Page) -> set[str]:
    return {words(each) for tag in NAMED for each in page.tree.iter(tag)} if page.tree is not None else set()


@pytest.mark.parametrize("key", list(GUIDES))
def test_every_name_stands_on_a_page_of_its_reader(world: World, key: str) -> None:
    wanted = {name for job in GUIDES[key].jobs for step in job.steps for name in step.names.values()}
    missing = wanted - NOT_IN_THE_DEMONSTRATION
    for persona in READERS[key]:
        browser = world.browser(persona)
        for _rule, path in pages_for(world, persona, most=ALL):
            if missing:
                missing -= names_on(browser.get(path, follow=False))
    assert missing == set()
