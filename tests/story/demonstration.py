"""Signing in as the people of the demonstration."""

from __future__ import annotations

from typing import Any

from seeds.demo import cast
from tests.story.people import Person

_cookies: dict[tuple[str, str], Any] = {}


def sign_in(person: Person, email: str) -> Person:
    """By the pages. A code of the second factor works once, so staff who come again still have their session."""
    words, known = person.words, (person.server.base_url, email)
    if known in _cookies:
        person.context.add_cookies(_cookies[known])
        return person.open(f"/{words.language}/start")
    person.open(f"/{words.language}/sign-in")
    person.write(words("E-mail"), email).write(words("Password"), cast.PASSWORD).press(words("Sign in"))
    if person.heading == words("Confirm with a code"):
        person.write(words("Code"), person.page.locator(".code").inner_text()).press(words("Confirm"))
        _cookies[known] = person.context.cookies()
    assert person.path == f"/{words.language}/start", person.offer()
    return person
