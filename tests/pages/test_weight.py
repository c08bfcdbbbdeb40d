"""Static files travel compressed to whoever can read that; pages, which may hold secrets, never do."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

ASKED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def browser_tab(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_style_sheet_travels_compressed_and_is_the_same(app: Flask, browser_tab: FlaskClient) -> None:
    plain = (Path(app.static_folder or "") / "reilu.css").read_bytes()
    answer = browser_tab.get("/static/reilu.css?v=1", headers=ASKED, buffered=True)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(answer.data) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain) / 3


def test_who_cannot_read_it_gets_it_plain_and_caches_are_told(browser_tab: FlaskClient) -> None:
    answer = browser_tab.get("/static/reilu.js", buffered=True)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_copy_that_still_holds_is_not_sent_again(browser_tab: FlaskClient) -> None:
    first = browser_tab.get("/static/reilu.css", headers=ASKED, buffered=True)
    known = {**ASKED, "If-None-Match": first.headers["ETag"]}
    again = browser_tab.get("/static/reilu.css", headers=known, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_page_and_a_picture_stay_as_they_are(browser_tab: FlaskClient) -> None:
    for address in ("/fi/sign-in", "/static/pictures/officer-matches.fi.webp"):
        assert "Content-Encoding" not in browser_tab.get(address, headers=ASKED, buffered=True).headers, address
