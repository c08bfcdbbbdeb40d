"""What a visitor reads: the front page, the statements, the page apart, and what machines ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from emails import messages
from portal.core import clock, outbox
from portal.core.db import transaction
from tests.factories import events
from tests.support.browser import Browser

NEVER_ON_THE_FRONT = ("traffick", "victim", "exploit", "crime", "ihmiskaup", "uhri")
PUBLIC = (
    "",
    "about",
    "accessibility",
    "privacy",
    "when-work-is-not-fair",
    "events",
    "vacancies",
    "register",
    "sign-in",
)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("page", PUBLIC)
def test_every_public_page_stands_in_each_language(client: Browser, language: str, page: str) -> None:
    opened = client.get(f"/{language}/{page}")
    assert opened.status == 200
    assert opened.url == f"/{language}/{page}"


def test_the_front_page_shows_the_next_three_events_and_how_to_join(app: Flask, client: Browser) -> None:
    with app.app_context(), transaction():
        for days in (9, 3, 5, 7):
            events.event(title_en=f"In {days} days", starts_at=clock.now() + timedelta(days=days))
    page = client.get("/en/")
    shown = [f"In {days} days" for days in (3, 5, 7, 9) if f"In {days} days" in page.text]
    assert shown == ["In 3 days", "In 5 days", "In 7 days"]
    for step in ("Register", "Be vetted", "Learn and commit", "Recruit fairly", "What a responsible employer promises"):
        assert step in page.text
    assert client.get(page.links["Register your company"]).status == 200


def test_without_events_the_front_page_says_so(client: Browser) -> None:
    assert "No event is open right now" in client.get("/en/").text


def test_a_certificate_is_checked_from_the_front_page(client: Browser) -> None:
    form = client.get("/en/").forms()[0]
    page = client.get(f"{form.get('action')}?code=ACDEF-GHJKM")
    assert page.status in (200, 404)
    assert "certificate" in page.text.lower()


@pytest.mark.parametrize("page", ["", "accessibility", "privacy"])
def test_pages_that_anyone_may_see_over_a_shoulder_never_speak_of_it(client: Browser, page: str) -> None:
    text = client.get(f"/en/{page}").html.lower()
    assert [word for word in NEVER_ON_THE_FRONT if word in text] == []


def test_the_page_apart_names_who_helps_and_closes_at_once(client: Browser) -> None:
    page = client.get("/en/when-work-is-not-fair")
    for words in ("112", "029 546 3177", "116 006", "riku.fi", "tyosuojelu.fi", "Victim Support Finland"):
        assert words in page.text
    assert page.links["Close this page"] == "https://www.ilmatieteenlaitos.fi/"
    assert client.get("/en/about").links["When work is not fair"] == page.url


# --- machines -------------------------------------------------------------------


def test_robots_may_read_a_real_service_and_not_a_demonstration(app: Flask, make_app: Callable[..., Flask]) -> None:
    assert Browser(app).get("/robots.txt").html == "User-agent: *\nAllow: /\n"
    assert Browser(make_app(demo=True)).get("/robots.txt").html == "User-agent: *\nDisallow: /\n"


def test_security_txt_tells_whom_to_tell(client: Browser) -> None:
    page = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in page.html.splitlines())
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:info@reilu.example"
    assert lines["Canonical"] == "http://localhost/.well-known/security.txt"
    assert clock.today() + timedelta(days=30) < clock.now().fromisoformat(lines["Expires"]).date()


# --- the demo mailbox ----------------------------------------------------------------


@pytest.fixture
def demo(make_app: Callable[..., Flask]) -> Flask:
    """A demonstration whose mail has been sent: an invitation and a newer note."""
    app = make_app(demo=True)
    with app.app_context():
        with transaction():
            invitation = messages.account_invitation(outbox.site(), "aino@example.fi", "en", "tok-en_1", 7)
            outbox.post(invitation, once="a", due_at=clock.now() - timedelta(minutes=2))
            outbox.post(messages.news(outbox.site(), "maija@example.fi", "fi"), once="b")
        outbox.send_due()
    return app


def test_the_demo_mailbox_lists_the_newest_first_without_a_redirect(demo: Flask) -> None:
    page = Browser(demo).get("/demo/mail", follow=False)
    assert page.status == 200
    assert page.text.index("maija@example.fi") < page.text.index("aino@example.fi")
    assert Browser(demo).get("/en/demo/mail").status == 200


def test_a_mail_shows_in_full_with_our_own_links_and_no_others(demo: Flask) -> None:
    browser = Browser(demo)
    listed = browser.get("/en/demo/mail")
    pages = [browser.get(each) for each in listed.links.values() if "/demo/mail/" in each]
    [mail] = [page for page in pages if "aino@example.fi" in page.text]
    assert mail.links["http://localhost/en/invitation/tok-en_1"] == "/en/invitation/tok-en_1"
    assert [each for each in mail.links.values() if each.startswith("http")] == []


def test_words_of_a_mail_are_only_words(demo: Flask) -> None:
    from portal.home.routes import demo as demo_pages

    with demo.test_request_context("/"):
        shown = demo_pages.linked(
            '<script>x</script> http://localhost/a?b=1&c="2" http://localhost.evil.example/x\nnext'
        )
    assert "<script>" not in shown
    assert '<a href="/a?b=1&amp;c=">http://localhost/a?b=1&amp;c=</a>' in shown
    assert "evil.example/x</a>" not in shown
    assert shown.endswith("<br>next")


def test_without_demo_data_neither_banner_nor_mailbox_exist(app: Flask, client: Browser) -> None:
    assert "Demonstration" not in client.get("/en/").html
    for path in ("/demo/mail", "/en/demo/mail", "/en/demo/mail/6f9619ff-8b86-4011-b42d-00c04fc964ff"):
        assert client.get(path).status == 404
