"""What every answer carries, and what it never says: headers, errors, formats, paging."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal.accounts.models import Account
from portal.core import languages, pages
from portal.core.db import db
from portal.core.errors import NotFound
from tests.core.probe import notes
from tests.support.browser import Browser

ALWAYS = {
    "Content-Security-Policy": pages.CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noarchive",
    "Cache-Control": "no-store",
}
KINDS = {
    "page": ("/en/about", 200),
    "redirect": ("/", 302),
    "sign-in redirect": ("/en/start", 302),
    "no such page": ("/en/nowhere", 404),
    "wrong method": ("/en/sign-out", 404),
    "refused": ("/en/probe/stop/403", 403),
    "too many": ("/en/probe/stop/429", 429),
    "rule": ("/en/probe/rule", 409),
    "crash": ("/en/probe/crash/word", 500),
    "text": ("/robots.txt", 200),
    "alive": ("/healthz", 200),
    "no such file": ("/static/nothing.css", 404),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_carries_exactly_the_headers(visitor: Browser, kind: str) -> None:
    path, status = KINDS[kind]
    page = visitor.get(path, follow=False)
    assert page.status == status
    assert {name: page.headers.get(name) for name in ALWAYS} == ALWAYS
    assert page.headers["X-Request-Id"]
    assert "Strict-Transport-Security" not in page.headers
    assert "Server" not in page.headers


def test_nothing_inline_may_run_and_nothing_may_come_from_elsewhere() -> None:
    assert "unsafe" not in pages.CSP
    assert pages.CSP.startswith("default-src 'none'; ")
    assert {part.split()[-1] for part in pages.CSP.split("; ")} == {"'none'", "'self'"}


def test_a_form_too_large_gets_the_page_and_the_headers(visitor: Browser) -> None:
    page = visitor.post("/en/probe/form", {"title": "x" * (12 * 1024 * 1024)})
    assert page.status == 413
    assert "too large" in page.h1
    assert {name: page.headers.get(name) for name in ALWAYS} == ALWAYS


def test_over_https_the_browser_is_told_to_stay_there(make_probed) -> None:
    app = make_probed(base_url="https://reilu.example")
    response = app.test_client().get("/en/about", base_url="https://reilu.example")
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    cookie = app.test_client().get("/en/sign-in", base_url="https://reilu.example").headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))


def test_files_with_the_hash_of_their_content_stay_a_year_and_others_are_asked_for_again(visitor: Browser) -> None:
    hashed = visitor.get("/en/about").html.split('href="/static/reilu.css')[1].split('"')[0]
    assert visitor.get(f"/static/reilu.css{hashed}").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert visitor.get("/static/reilu.css").headers["Cache-Control"] == "no-cache"
    assert visitor.get("/static/gone.css?v=1").headers["Cache-Control"] == "no-store"


def test_a_file_asks_the_database_nothing(probed: Flask, visitor: Browser, person) -> None:
    visitor.sign_in(person("owner"))
    asked: list[str] = []
    with probed.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, text, *_rest: asked.append(text))
    visitor.get("/static/reilu.css")
    assert asked == []
    assert visitor.get("/en/start").headers["X-Robots-Tag"] == "noindex"
    assert asked


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "localhost@evil.example"])
def test_a_foreign_host_is_refused_without_a_page(probed: Flask, host: str) -> None:
    response = probed.test_client().get("/en/about", headers={"Host": host})
    assert response.status_code == 400
    assert response.text == "This address is not ours.\n"
    assert response.headers["Content-Security-Policy"] == pages.CSP


def test_a_crash_says_nothing_of_itself_and_saves_nothing(probed: Flask, visitor: Browser) -> None:
    page = visitor.get("/en/probe/crash/canary?title=canary")
    assert page.status == 500
    assert page.html == (Path(probed.static_folder or "") / "500.html").read_text()
    assert all(words in page.text for words in ("Jotain meni vikaan", "Något gick fel", "Something went wrong"))
    assert notes(probed) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the broken file's connection
def test_without_a_database_the_static_page_still_comes(probed: Flask, visitor: Browser, person) -> None:
    visitor.sign_in(person("owner"))
    with probed.app_context():
        path = Path(db.engine.url.database or "")
        db.engine.dispose()
    for each in path.parent.glob("reilu.db*"):
        each.write_bytes(b"no database, only noise " * 500)
    page = visitor.get("/en/start")
    assert page.status == 500
    assert page.headers["Content-Security-Policy"] == pages.CSP
    assert Browser(probed).get("/healthz").status == 200


def test_what_is_not_found_says_the_same_whatever_was_asked_for(visitor: Browser) -> None:
    paths = ("/en/nowhere", "/en/probe/saved/none", "/en/probe/saved/other", "/en/sign-out", "/en/demo/mail")
    assert {visitor.get(path).text for path in paths} == {visitor.get("/en/nowhere").text}


def test_no_two_pages_share_an_address(probed: Flask) -> None:
    shared = Counter((rule.rule, method) for rule in probed.url_map.iter_rules() for method in rule.methods or ())
    assert [each for each, count in shared.items() if count > 1] == []


def test_days_times_and_money_in_each_language(probed: Flask) -> None:
    instant = datetime(2026, 12, 3, 7, 5, tzinfo=UTC)
    shown = {}
    for language in languages.LANGUAGES:
        with probed.test_request_context(f"/{language}/"), languages.speaking(language):
            shown[language] = (pages.show_datetime(instant), pages.show_money(1192))
    assert shown == {
        "fi": ("3.12.2026 klo 9.05", "11,92 €"),
        "sv": ("3 december 2026 kl. 9.05", "11,92 €"),
        "en": ("3 December 2026 at 9.05", "11.92 €"),
    }


def test_a_list_goes_on_after_the_last_key(probed: Flask, person) -> None:
    for _ in range(5):
        person()
    seen: list[str] = []
    path: str | None = "/en/about?filter=x"
    while path:
        with probed.test_request_context(path):
            page = pages.page_of(select(Account), Account.sort_key, length=2)
            seen += [row.sort_key for row in page.items]
            path = page.next_href
            assert path is None or path.startswith("/en/about?filter=x&after=")
    assert seen == sorted(seen)
    assert len(seen) == 5


@pytest.mark.parametrize("after", ["not-a-uuid", "٣", "1" * 5000])
def test_a_key_that_is_none_is_not_found(probed: Flask, after: str) -> None:
    with probed.test_request_context("/en/about", query_string={"after": after}), pytest.raises(NotFound):
        pages.page_of(select(Account), Account.id)
