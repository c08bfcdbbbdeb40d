"""Every page lives under /fi, /sv or /en; the switch shows the same page and keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel, force_locale

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
PREFIX = "/<any(fi, sv, en):lang>"

babel = Babel()


def current() -> str:
    return str(g.get("lang", "fi"))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts and addresses made within are in this language (for messages to somebody else)."""
    before = g.get("lang")
    g.lang = language
    try:
        with force_locale(language):
            yield
    finally:
        if before is None:
            g.pop("lang", None)
        else:
            g.lang = before


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    href: str
    current: bool


def links() -> list[LanguageLink]:
    """The same page in each language; the front page where there is none."""
    return [LanguageLink(code, name, same_page(code), code == current()) for code, name in LANGUAGES.items()]


def same_page(language: str) -> str:
    if request.endpoint and current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        here = url_for(request.endpoint, **{**(request.view_args or {}), "lang": language})
        return with_query(here, request.args.items(multi=True))
    return f"/{language}/"


def with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """An address with what its reader sent in the query; never through `url_for`, which reads some names as orders."""
    query = urlencode(list(pairs))
    return f"{path}?{query}" if query else path


def take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    asked = (values or {}).pop("lang", None)
    first = request.path.split("/", 2)[1] if request.path.count("/") else ""
    g.lang = asked or (first if first in LANGUAGES else preferred())


def preferred() -> str:
    return request.accept_languages.best_match(list(LANGUAGES)) or "fi"


def add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = current()


def switch() -> ResponseReturnValue | None:
    """The switch pressed inside a form: the same post again, in the other language (307 keeps the body)."""
    wanted = request.form.get("switch_language") if request.method == "POST" else None
    if wanted in LANGUAGES and wanted != current():
        return redirect(same_page(wanted), code=307)
    return None


def init(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Helsinki"
    babel.init_app(app, locale_selector=current)
    app.url_value_preprocessor(take_language)
    app.url_defaults(add_language)
