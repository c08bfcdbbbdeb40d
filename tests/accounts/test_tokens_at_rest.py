"""A link of a mail opens something, so its token rests nowhere in clear: in no file of the instance, in no log (P8)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.core.logs import JsonLines
from tests.companies.test_registration import FORM
from tests.factories import events
from tests.factories.accounts import PASSWORD
from tests.support.browser import Browser

NEW = "trumpet lantern meadow oyster"
LINK = re.compile(r"http://localhost(/\S+/([\w-]{20,}))$", re.MULTILINE)

MADE_ANEW = {
    "events.change", "events.give_feedback", "events.own_material", "events.subscription", "requests.invited",
    "trainings.certificate_file", "trainings.claim", "trainings.own_certificate",
}  # fmt: skip
"""Their tokens are a keyed hash of an id, as that of `events.own` is: worked out each time, and stored nowhere."""


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every line that any logger writes, as it would stand in the log."""

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    lines: list[str] = []
    handler = Kept(logging.DEBUG)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(), logging.getLogger("portal")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lines
    for logger in loggers:
        logger.removeHandler(handler)


def use(visitor: Browser, path: str, button: str | None = None, **values: str) -> None:
    """Open it, press its button, and press it again as an impatient person does, with the very same form."""
    page = visitor.get(path)
    form = page.fields(page.form(button=button))
    for name, value in values.items():
        form[name] = value
    for _ in range(2):
        answer = visitor.post(page.url, form, follow=False)
        assert answer.status in (302, 303, 400, 410), answer.text  # 400: signed in meanwhile, another form key
    visitor.get(f"{path}x")  # and one that does not work, as from a mail that broke the line


def link_to(mailbox: Any, part: str) -> str:
    mailbox.deliver()
    found = [path for mail in mailbox.sent for path, _token in LINK.findall(mail.text) if f"/{part}/" in path]
    assert found, part
    return str(found[-1])


def test_p8_no_token_of_a_link_rests_in_clear_after_each_kind_was_used(
    app: Flask, browser: Callable[..., Browser], new_account, within, mailbox, work, logged: list[str]
) -> None:
    administrator, member = new_account("administrator"), new_account(password=PASSWORD)
    used: dict[str, str] = {}

    def follow(endpoint: str, path: str, button: str | None = None, **values: str) -> None:
        used[endpoint] = path.rpartition("/")[2]
        use(browser(), path, button, **values)

    page = {"email": "kaisa@example.fi", "display_name": "Kaisa Laine", "role": "officer"}
    browser(administrator).submit("/en/accounts/invite", **page)
    follow("accounts.accept", link_to(mailbox, "invitation"), password=NEW)

    browser().submit("/en/password", email=member.email)
    work()
    follow("accounts.reset", link_to(mailbox, "password"), password=NEW)

    browser(member).submit("/en/account/email", email="new@example.fi", current=NEW)
    follow("accounts.confirm_email", link_to(mailbox, "old"))
    follow("accounts.confirm_email again", link_to(mailbox, "new"))

    browser().submit("/en/register", button="Register the company", **FORM)
    visitor, path = browser(), link_to(mailbox, "confirm")
    used["companies.confirm"] = path.rpartition("/")[2]
    page = visitor.get(path)
    answers = [visitor.post(path, page.fields(page.form()), follow=False) for _ in range(2)]
    invitation = {str(answer.headers["Location"]) for answer in answers}
    assert len(invitation) == 1, "the second press leads where the first one led"
    follow("accounts.accept again", invitation.pop(), password=NEW)

    within(lambda: events.sign_up(events.event(), confirmed=False))
    follow("events.own", link_to(mailbox, "sign-ups"), "Confirm my sign-up", do="confirm")
    browser().get(link_to(mailbox, "sign-ups") + "/event.ics")
    used["events.calendar_file"] = used["events.own"]

    kinds = {rule.endpoint for rule in app.url_map.iter_rules() if "token" in rule.arguments} - MADE_ANEW
    assert kinds == {endpoint.removesuffix(" again") for endpoint in used}, "each kind of link is used here"
    assert_nowhere(app.extensions["config"].instance, used, logged)


def assert_nowhere(folder: Path, used: dict[str, str], logged: list[str]) -> None:
    """Not in the rows, nor in what was deleted from them: the bytes of the files themselves are read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == "reilu.db" and path.stat().st_size for path in files)
    for endpoint, token in used.items():
        assert len(token) >= 20, endpoint
        for path in files:
            with closing(path.open("rb")) as file:
                assert token.encode() not in file.read(), f"{endpoint}: in {path.name}"
        assert not [line for line in logged if token in line], f"{endpoint}: in the log"
    assert len(logged) > 20
