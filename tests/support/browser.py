"""A person with a browser: fetches pages, fills in the form that stands there, presses a button.

Each request runs in a fresh context (Flask would else reuse an open app context, and a forged post would pass for the
wrong reason). Every page fetched is checked by `support.html`.
"""

from __future__ import annotations

import contextvars
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from portal.core.db import transaction
from tests.support.html import check_page, words


@dataclass
class Page:
    """A page as it came: `url` after redirects, `text` the words of its main part."""

    url: str
    status: int
    html: str
    headers: Any
    tree: ElementTree.Element | None = field(repr=False, default=None)

    @property
    def text(self) -> str:
        if self.tree is None:
            return self.html
        main = self.tree.find(".//main")
        return words(main if main is not None else self.tree)

    @property
    def h1(self) -> str:
        return words(next(self.tree.iter("h1"))) if self.tree is not None else ""

    @property
    def title(self) -> str:
        return words(next(self.tree.iter("title"))) if self.tree is not None else ""

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        found = (
            [e for e in self.tree.iter() if "summary" in (e.get("class") or "").split()]
            if self.tree is not None
            else []
        )
        return [words(item) for box in found for item in box.iter("li")]

    @property
    def links(self) -> dict[str, str]:
        return {words(a): a.get("href") or "" for a in self.tree.iter("a")} if self.tree is not None else {}

    def forms(self) -> list[ElementTree.Element]:
        """The forms of the main part."""
        main = self.tree.find(".//main") if self.tree is not None else None
        return list(main.iter("form")) if main is not None else []

    def form(self, action: str | None = None, button: str | None = None) -> ElementTree.Element:
        """The form whose action ends with `action`, or that has the button, or the first that posts."""
        for form in self.forms():
            if action is not None and not urlsplit(form.get("action") or self.url).path.endswith(action):
                continue
            if button is not None and button not in [words(b) for b in form.iter("button")]:
                continue
            if action is None and button is None and (form.get("method") or "get").lower() != "post":
                continue
            return form
        raise AssertionError(f"{self.url}: no form for {action or button or 'posting'}; it says: {self.text[:400]}")

    def fields(self, form: ElementTree.Element) -> MultiDict[str, Any]:
        """What a browser would send if nothing were changed."""
        return form_values(form)


def form_values(form: ElementTree.Element) -> MultiDict[str, Any]:
    values: MultiDict[str, Any] = MultiDict()
    for control in form.iter():
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        kind = control.get("type") or "text"
        if control.tag == "textarea":
            text = "".join(control.itertext())
            values.add(name, text.removeprefix("\n"))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None]
            if not chosen and control.get("multiple") is None:
                chosen = options[:1]
            for option in chosen:
                values.add(name, option.get("value") if option.get("value") is not None else words(option))
        elif control.tag == "input" and kind in ("checkbox", "radio"):
            if control.get("checked") is not None:
                values.add(name, control.get("value") or "on")
        elif control.tag == "input" and kind not in ("submit", "button", "image", "file"):
            values.add(name, control.get("value") or "")
    return values


class Browser:
    """One person's browser (its own cookies) against the app."""

    def __init__(self, app: Flask, address: str = "127.0.0.1", check: bool = True) -> None:
        self.app, self.address, self.check = app, address, check
        self.client = app.test_client()

    def open(self, path: str, method: str = "GET", follow: bool = True, **kwargs: Any) -> Page:
        response: TestResponse = contextvars.Context().run(self._send, path, method, kwargs)
        hops = 0
        while follow and response.status_code in (301, 302, 303, 307, 308) and hops < 5:
            hops += 1
            location = response.headers["Location"]
            path = location if location.startswith("/") else urlsplit(location).path
            again = method if response.status_code in (307, 308) else "GET"
            response = contextvars.Context().run(self._send, path, again, kwargs if again != "GET" else {})
        return self._page(path, response)

    def _send(self, path: str, method: str, kwargs: dict[str, Any]) -> TestResponse:
        headers = kwargs.pop("headers", {}) if "headers" in kwargs else {}
        environ = {"REMOTE_ADDR": self.address}
        return self.client.open(path, method=method, headers=headers, environ_base=environ, buffered=True, **kwargs)

    def _page(self, path: str, response: TestResponse) -> Page:
        html = (
            response.get_data(as_text=True)
            if response.mimetype.startswith("text/") or "json" in response.mimetype
            else ""
        )
        page = Page(path, response.status_code, html, response.headers)
        if (
            response.mimetype == "text/html"
            and self.check
            and html
            and response.status_code not in (301, 302, 303, 307)
        ):
            page.tree = check_page(html, path)
        return page

    def get(self, path: str, **kwargs: Any) -> Page:
        return self.open(path, **kwargs)

    def post(self, path: str, data: Any = None, follow: bool = True, **kwargs: Any) -> Page:
        """Post exactly this, without looking at a page first (for forged and repeated posts)."""
        return self.open(path, "POST", follow=follow, data=data or {}, **kwargs)

    def submit(
        self,
        where: str | Page,
        button: str | None = None,
        action: str | None = None,
        follow: bool = True,
        files: dict[str, Any] | None = None,
        **filled: Any,
    ) -> Page:
        """Fill in the form on a page (or the page at a path) and press `button` (its words), or the main one.

        `filled` names fields; lists for several values; None takes a value away; double underscores stand for `-`.
        """
        page = self.get(where) if isinstance(where, str) else where
        form = page.form(action=action, button=button)
        values = form_values(form)
        for key, value in filled.items():
            name = key.replace("__", "-")
            known = {c.get("name") for c in form.iter() if c.get("name")}
            assert name in known, f"{page.url}: the form has no field {name!r}; it has {sorted(known)}"
            values.poplist(name)
            for each in value if isinstance(value, (list, tuple)) else ([] if value is None else [value]):
                values.add(name, each)
        if button is not None:
            pressed = next(b for b in form.iter("button") if words(b) == button)
            if pressed.get("name"):
                values.add(pressed.get("name"), pressed.get("value") or "")
        for name, value in (files or {}).items():
            values.add(name, value)
        target = form.get("action") or page.url
        return self.post(target, data=values, follow=follow)

    def sign_in(self, account: Any, second_factor: bool = True) -> Browser:
        """Skip the sign-in pages (they have tests of their own) with a session like theirs."""
        contextvars.Context().run(self._open_session, getattr(account, "id", account), second_factor)
        return self

    def _open_session(self, account_id: Any, second_factor: bool) -> None:
        from portal.accounts import services, sessions

        with self.app.app_context(), transaction():
            token = sessions.open_session(services.get(account_id), second_factor)
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token
