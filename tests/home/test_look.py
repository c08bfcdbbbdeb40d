"""The look holds together: colours that can be read, one stylesheet that says neither too little nor too much."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parents[2] / "portal"
CSS = re.sub(r"/\*.*?\*/", "", (PORTAL / "static" / "reilu.css").read_text(), flags=re.DOTALL)
TEMPLATES = {path.relative_to(PORTAL): path.read_text() for path in sorted((PORTAL / "templates").rglob("*.html"))}
PAGES = {**TEMPLATES, Path("static/500.html"): (PORTAL / "static" / "500.html").read_text()}
SOURCES = "\n".join(path.read_text() for kind in ("*.py", "*.js") for path in sorted(PORTAL.rglob(kind)))
LARGEST = 38 * 1024

GROUNDS = ("bg", "sheet", "tint")
NOTICES = ("good-bg", "wait-bg", "bad-bg", "info-bg")
TEXT, MARK = 7.0, 3.0
PROMISED = [
    *((role, ground, TEXT) for role, ground in product(("ink", "soft", "accent", "accent-deep"), GROUNDS + NOTICES)),
    *((role, ground, TEXT) for role, ground in product(("bad", "wait"), GROUNDS)),
    *((role, f"{role}-bg", TEXT) for role in ("good", "wait", "bad", "info")),
    ("on-accent", "accent", TEXT), ("on-accent", "accent-deep", TEXT), ("bg", "ink", TEXT), ("bg", "accent-deep", TEXT),
    *((role, ground, MARK) for role, ground in product(("line", "wait-mark", "good"), GROUNDS)),
    *(("focus", ground, MARK) for ground in GROUNDS + NOTICES),
]  # fmt: skip


def colours(scheme: str) -> dict[str, str]:
    """The roles of a scheme; the dark one changes what it names and keeps the rest."""
    light, dark = (
        re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block) for block in re.findall(r":root\s*{([^}]*)}", CSS)[:2]
    )
    return dict(light) | (dict(dark) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read_on_what_it_may_stand_on(scheme: str) -> None:
    roles = colours(scheme)
    short = {
        f"{role} on {ground}": round(found, 2)
        for role, ground, least in PROMISED
        if (found := contrast(roles[role], roles[ground])) < least
    }
    assert short == {}


def test_contrast_is_counted_as_the_standard_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_the_stylesheet_is_small_and_brings_no_fonts() -> None:
    assert (PORTAL / "static" / "reilu.css").stat().st_size <= LARGEST
    assert not re.search(r"@font-face|@import|url\(", CSS)


# --- classes -------------------------------------------------------------------------

CLASS = re.compile(r"""\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)\"""", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


def styled() -> set[str]:
    selectors = [found for found in re.findall(r"([^{}]+)\{", CSS) if not found.strip().startswith("@")]
    return {name for selector in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)}


def literals(code: str) -> set[str]:
    """The words of every quoted text."""
    return {word for pair in QUOTED.findall(code) for text in pair for word in text.split()}


def written(page: str) -> tuple[set[str], set[str]]:
    """The classes a page names outright, and the beginnings of those it makes of a value (`c{{ number }}`)."""
    names: set[str] = set()
    begun: set[str] = set()
    for value in CLASS.findall(page):
        for code in CODE.findall(value):
            names |= {word for word in literals(re.sub(r"==\s*(\"[^\"]*\"|'[^']*')|!=\s*\"[^\"]*\"", "", code)) if word}
        plain = re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "\0", value, flags=re.DOTALL), flags=re.DOTALL)
        for word in plain.split():
            (begun if "\0" in word else names).add(word.split("\0")[0])
    return names, begun - {""}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_no_page_uses_a_class_that_the_stylesheet_lacks(page: Path) -> None:
    assert written(PAGES[page])[0] - styled() == set()


def test_no_class_of_the_stylesheet_is_without_a_page() -> None:
    named, begun = (set().union(*sets) for sets in zip(*map(written, PAGES.values()), strict=True))
    given = literals(SOURCES) | {
        word for page in PAGES.values() for code in CODE.findall(page) for word in literals(code)
    }
    unused = {name for name in styled() - named - given if not name.startswith(tuple(begun))}
    assert unused == set()


# --- pages ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_no_page_carries_styles_or_scripts_of_its_own(page: Path) -> None:
    found = re.findall(
        r"<style\b|\sstyle=|\son[a-z]+=\"|<script(?! type=\"application/ld\+json\">)(?![^>]*\ssrc=)|javascript:",
        PAGES[page],
    )
    assert found == []


def test_every_icon_that_is_named_is_drawn() -> None:
    parts = TEMPLATES[Path("templates/components/parts.html")]
    drawn = set(re.findall(r"^  '(\w+)': '<", parts, re.MULTILINE))
    everything = "\n".join(PAGES.values()) + SOURCES
    named = set(re.findall(r"""\b(?:icon|with_icon|icon_name)"?\s*[(=:]\s*["'](\w+)["']""", everything))
    assert len(named) > 5
    assert named - drawn == set()
