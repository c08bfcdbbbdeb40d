"""The help pages: whose is whose, names that the pages really have, pictures that are there and no more."""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import texts
from portal.core.access import Role
from portal.core.db import transaction
from portal.core.languages import LANGUAGES
from portal.home.guides import GUIDES, Guide
from portal.home.guides.parts import HEIGHT, WIDTH
from tests.factories import companies
from tests.factories.accounts import account
from tests.support.browser import Browser

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "portal" / "static" / "pictures"
MOST_BYTES = 600 * 1024
ROLES = {
    Role.LIAISON: "liaison", Role.OFFICER: "officer", Role.COACH: "coach", Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "administrator",
}  # fmt: skip
NEVER = ("traffick", "victim", "exploit", "candidate", "forced labour")


def as_role(app: Flask, role: Role) -> Browser:
    with app.app_context(), transaction():
        account_id = account(role).id
    return Browser(app).sign_in(account_id)


def as_member(app: Flask) -> Browser:
    with app.app_context(), transaction():
        account_id = companies.member(companies.company()).id
    return Browser(app).sign_in(account_id)


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_finds_its_own_help_in_the_footer(app: Flask, role: Role) -> None:
    browser = as_role(app, role)
    page = browser.get(browser.get("/en/account").links["Help"])
    guide = GUIDES[ROLES[role]]
    assert page.h1 == guide.title
    for job in guide.jobs:
        assert job.title in page.text
    for words in (*guide.protects, *guide.call, "0295 000 000"):
        assert words in page.text
    tabs = [href for href in page.links.values() if "/en/help/" in href]
    assert len(tabs) == (0 if role == Role.COACH else len(GUIDES))
    for href in tabs:
        assert browser.get(href).status == 200


def test_a_member_reads_the_help_of_companies_and_no_other(app: Flask) -> None:
    browser = as_member(app)
    page = browser.get("/en/help")
    assert page.h1 == "Help for companies"
    assert [word for word in NEVER if word in page.text.lower()] == []
    assert browser.get("/en/help/company").status == 200
    assert {browser.get(f"/en/help/{key}").status for key in GUIDES if key != "company"} == {404}


def test_a_visitor_has_no_help_page_and_no_link_to_it(client: Browser) -> None:
    assert "Help" not in client.get("/en/").links
    assert client.get("/en/help").h1 == "Sign in"


# --- names of buttons ----------------------------------------------------------


def named(guide: Guide) -> Iterator[str]:
    return (label for job in guide.jobs for step in job.steps for label in step.names.values())


def test_every_name_in_a_step_is_a_text_that_some_page_has() -> None:
    """The same marked text, so it is also translated as the page has it."""
    elsewhere = {
        text if isinstance(text, str) else text[0] for file, text in texts.found() if "home/guides" not in file
    }
    missing = {key: sorted(set(named(guide)) - elsewhere) for key, guide in GUIDES.items()}
    assert {key: names for key, names in missing.items() if names} == {}


@pytest.mark.parametrize("key", list(GUIDES))
def test_a_step_uses_all_its_names_and_no_others(key: str) -> None:
    for job in GUIDES[key].jobs:
        for step in job.steps:
            assert set(re.findall(r"%\((\w+)\)s", step.text)) == set(step.names), step.text


# --- pictures ------------------------------------------------------------------


def size_of(path: Path) -> tuple[int, int]:
    """Of a WebP: width and height in 14 bits each after a lossy frame's start code, or less one in an extended head."""
    head = path.read_bytes()[:30]
    assert (head[:4], head[8:12]) == (b"RIFF", b"WEBP"), path
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    assert (head[12:16], head[23:26]) == (b"VP8 ", b"\x9d\x01\x2a"), path
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def wanted() -> set[str]:
    pictures = [job.picture for guide in GUIDES.values() for job in guide.jobs if job.picture]
    return {Path(picture.file(language)).name for picture in pictures for language in LANGUAGES}


def test_every_picture_is_there_and_every_file_is_shown() -> None:
    in_readme = {
        Path(name).name for name in re.findall(r"portal/static/(pictures/[\w.-]+)", (ROOT / "README.md").read_text())
    }
    assert {path.name for path in PICTURES.iterdir()} == wanted() | in_readme
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) <= MOST_BYTES


def test_a_picture_has_its_room_before_it_comes(app: Flask) -> None:
    page = as_role(app, Role.OFFICER).get("/sv/help")
    assert page.tree is not None
    images = list(page.tree.iter("img"))
    assert images
    for image in images:
        assert (image.get("width"), image.get("height"), image.get("loading")) == (str(WIDTH), str(HEIGHT), "lazy")
        assert len(image.get("alt") or "") > 20
        assert ".sv.webp?v=" in (image.get("src") or "")
    for name in wanted():
        assert size_of(PICTURES / name) == (WIDTH, HEIGHT), name


def test_the_script_shoots_what_the_guides_name() -> None:
    shots = ast.parse((ROOT / "tests" / "pictures" / "shots.py").read_text())
    names = {
        node.args[0].value
        for node in ast.walk(shots)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Shot"
    }  # type: ignore[attr-defined]
    assert {f"{name}.{language}.webp" for name in names for language in LANGUAGES} == wanted()
