"""Rendering a sheet in a language of the portal or of an office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from babel.support import NullTranslations, Translations
from flask import current_app, render_template, request, url_for
from flask_babel import Domain, get_domain
from flask_login import current_user
from markupsafe import Markup, escape

from portal.core import languages
from portal.core.errors import NotFound
from portal.sheets import services as sheets


class Lines(NullTranslations):
    """An office's lines first, and Finnish for what it has not written."""

    def __init__(self, lines: Mapping[str, str], beneath: Translations) -> None:
        super().__init__()
        self.lines, self.beneath = lines, beneath

    def ugettext(self, message: str) -> str:
        return self.lines.get(message) or str(self.beneath.ugettext(message))

    def ungettext(self, singular: str, plural: str, num: int) -> str:
        return self.lines.get(singular) or str(self.beneath.ungettext(singular, plural, num))


class Spoken(Domain):
    def __init__(self, lines: Mapping[str, str], beneath: Domain) -> None:
        super().__init__()
        self.lines, self.beneath = lines, beneath

    def get_translations(self) -> Lines:
        return Lines(self.lines, self.beneath.get_translations())


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within, texts come in this language; days, sums and the words of the vocabulary of an office's in Finnish."""
    if code in languages.LANGUAGES:
        with languages.speaking(code):
            yield
        return
    lines = sheets.lines_of(code)
    with languages.speaking("fi"):
        before = get_domain()
        Spoken(lines, before).as_default()
        try:
            yield
        finally:
            before.as_default()


@dataclass(frozen=True)
class Part:
    """A piece of a sheet in one language. `kind`: text, choice (a box to tick) or line (to write on)."""

    kind: str
    html: Markup


@dataclass
class Sheet:
    """One language of a sheet. The template names its parts, so that two languages can be laid beside each other."""

    code: str
    direction: str
    parts: list[Part] = field(default_factory=list)

    def text(self, caller: Callable[[], str]) -> str:
        return self._keep("text", caller())

    def choice(self, label: str) -> str:
        return self._keep("choice", label)

    def line(self, label: str) -> str:
        return self._keep("line", label)

    def _keep(self, kind: str, said: str) -> str:
        self.parts.append(Part(kind, escape(said)))
        return ""


@dataclass(frozen=True)
class Sheets:
    """The sheet in Finnish, and beside it in the language chosen; `choices` are (label, address, is it this one)."""

    sheets: list[Sheet]
    choices: list[tuple[str, str, bool]]

    @property
    def rows(self) -> Iterator[tuple[str, list[tuple[Sheet, Markup]]]]:
        """(kind, the same part in each language): what is answered or signed is there once, however many there are."""
        for same in zip(*(each.parts for each in self.sheets), strict=True):
            yield same[0].kind, [(sheet, part.html) for sheet, part in zip(self.sheets, same, strict=True)]


def rendered(template: str, context: Callable[[], dict[str, Any]]) -> Sheets:
    """As the address asks (`?language=`), else in the language of the page. `NotFound` for one that is not in use.

    `context` is asked within each language, so that what it puts into words comes in that language too.
    """
    chosen = request.args.get("language", languages.current())
    if chosen not in languages.LANGUAGES and chosen not in sheets.codes_in_use():
        raise NotFound
    talk = {"officer": current_user.display_name, "phone": current_app.extensions["config"].phone}
    made = []
    for code in dict.fromkeys(("fi", chosen)):
        sheet = Sheet(code, sheets.direction(code))
        with speaking(code):
            render_template(template, sheet=sheet, **talk, **context())
        made.append(sheet)
    return Sheets(made, choices(chosen))


def choices(chosen: str) -> list[tuple[str, str, bool]]:
    labels = {"fi": "Suomi", "sv": "Suomi, svenska", "en": "Suomi, English"}
    offered = labels | {each.code: f"Suomi, {sheets.own_name(each.code)}" for each in sheets.in_use()}
    return [
        (label, url_for(str(request.endpoint), **(request.view_args or {}), language=code), code == chosen)
        for code, label in offered.items()
    ]
