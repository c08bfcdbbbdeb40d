"""An office adds a language: written, checked by a second person, and printed beside the Finnish."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import transaction
from portal.sheets import texts
from portal.sheets.rules import places
from tests.factories import introductions as factory
from tests.factories.accounts import account
from tests.support.browser import Browser

SHEET = "/en/candidates/consent-sheet/matching"
ARABIC = "هذه جملة"


@pytest.fixture
def two(app: Flask, browser: Callable[..., Any]) -> tuple[Browser, Browser]:
    with app.app_context(), transaction():
        factory.world()
        first, second = account("officer"), account("officer")
        ids = first.id, second.id
    return browser(ids[0]), browser(ids[1])


def add(officer: Browser, code: str = "ar") -> Any:
    return officer.submit("/en/sheet-languages/", "Add the language", code=code, translator="Kielitoimisto Sana")


def all_lines(page: Any, **instead: str) -> dict[str, str]:
    """Every line of the form in Arabic, with the parts that the portal fills in."""
    names = re.findall(r'name="(line_[0-9a-f]+)"', page.html)
    sources = texts.everything()
    assert len(names) == len(sources) > 40
    return {
        name: " ".join([ARABIC, *sorted(places(source))]) for name, source in zip(names, sources, strict=True)
    } | instead


def written(officer: Browser, app: Flask) -> Any:
    page = add(officer)
    with app.app_context():
        lines = all_lines(page)
    return officer.submit(page, "Save the lines", **lines)


def test_from_a_new_language_to_the_sheet(app: Flask, two: tuple[Browser, Browser]) -> None:
    first, second = two
    page = written(first, app)
    assert "Saved." in page.text and "Ask a colleague" in page.text
    assert first.get(SHEET + "?language=ar").status == 404, "nobody signs what nobody has checked"
    page = second.submit(page.url, "Every line is right: take it into use")
    assert "In use from now on." in page.text
    sheet = first.get(SHEET + "?language=ar")
    assert 'lang="ar" dir="rtl"' in sheet.html and ARABIC in sheet.text
    assert "Saammeko etsiä sinulle työtä?" in sheet.text, "the Finnish stands beside it"
    assert "Suomi, العربية" in first.get(SHEET).text


def test_the_writer_does_not_check(app: Flask, two: tuple[Browser, Browser]) -> None:
    page = written(two[0], app)
    assert "take it into use" not in page.text
    language = page.url.rsplit("/", 1)[1]
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.html)[1]
    data = {"csrf_token": token, "once": "a-press-of-mine", "version": "2", "do": "check"}
    page = two[0].open(f"/en/sheet-languages/{language}/check", "POST", data=data)
    assert "Somebody else than the last writer has to check it." in page.text and ARABIC in page.text
    assert two[0].get(SHEET + "?language=ar").status == 404


def test_a_changed_line_is_checked_again(app: Flask, two: tuple[Browser, Browser]) -> None:
    page = written(two[0], app)
    page = two[1].submit(page.url, "Every line is right: take it into use")
    name = next(iter(re.findall(r'name="(line_[0-9a-f]+)"', page.html)))
    page = two[1].submit(page, "Save the lines", **{name: ARABIC + "."})
    assert "Not checked yet" in page.text
    assert two[0].get(SHEET + "?language=ar").status == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<b>جملة</b>", "Leave out the signs"),
        ("جملة %(evil)s", "Take out %(evil)s: this line does not have it."),
        ("100 %", "Write “per cent” as a word: its sign has another meaning here."),
    ],
)
def test_a_line_that_would_break_the_sheet(app: Flask, two: tuple[Browser, Browser], text: str, sentence: str) -> None:
    page = add(two[0])
    name = re.findall(r'name="(line_[0-9a-f]+)"', page.html)[0]
    page = two[0].submit(page, "Save the lines", **{name: text})
    assert sentence in page.text and text.rsplit(maxsplit=1)[-1].strip("<>/b") in page.text


def test_a_part_that_is_filled_in_stays(app: Flask, two: tuple[Browser, Browser]) -> None:
    page = add(two[0])
    with app.app_context():
        place = next(at for at, text in enumerate(texts.everything()) if places(text))
        part = sorted(places(texts.everything()[place]))[0]
    name = re.findall(r'name="(line_[0-9a-f]+)"', page.html)[place]
    page = two[0].submit(page, "Save the lines", **{name: ARABIC})
    assert f"Copy {part} into the line as it is." in page.text


def test_a_language_twice_and_no_language(two: tuple[Browser, Browser]) -> None:
    add(two[0])
    assert "Choose a language" in add(two[0]).text
    assert "Choose a language" in add(two[0], code="").text
    assert "Choose a language from the list." in add(two[0], code="xx").text
