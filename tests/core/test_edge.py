"""One transaction a request: committed once when it succeeded, rolled back when it did not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import event, func, select

from portal.core import clock, edge, links
from portal.core.db import db, transaction
from portal.core.links import SingleUseLink
from tests.core.probe import entries, notes, typed
from tests.support.browser import Browser
from tests.support.databases import both_databases

FORM = "/en/probe/form"


def statements(app: Flask) -> list[str]:
    """Every statement from here on."""
    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, text, *_rest: said.append(text))
        event.listen(db.engine, "commit", lambda _c: said.append("COMMIT"))
    return said


def test_a_post_that_succeeds_commits_once(probed: Flask, visitor: Browser) -> None:
    values = typed(visitor.get(FORM), title="Aino")
    said = statements(probed)
    assert visitor.post(FORM, values, follow=False).status == 302
    assert said.count("COMMIT") == 1
    assert notes(probed) == ["Aino"]


def test_a_refused_post_writes_its_aftermath_and_nothing_else(probed: Flask, visitor: Browser) -> None:
    visitor.submit(FORM, button="Refuse", title="Aino")
    assert notes(probed) == ["aftermath"]


def test_a_post_that_crashes_writes_nothing(probed: Flask, visitor: Browser) -> None:
    values = typed(visitor.get(FORM), title="Aino")
    assert visitor.post("/en/probe/crash/word", values).status == 500
    assert notes(probed) == []


@both_databases
def test_a_get_leaves_what_it_saw_in_the_trail_and_nothing_of_what_it_tried_to_write(probed, visitor: Browser) -> None:
    assert visitor.get(f"/en/probe/looks/{uuid4()}").status == 200
    assert entries(probed, "identity.read") == 1
    assert notes(probed) == []


def test_a_get_that_reads_no_identity_takes_no_lock(probed: Flask, visitor: Browser) -> None:
    said = statements(probed)
    visitor.get(FORM)
    assert not [text for text in said if text.split()[0] in ("COMMIT", "INSERT", "UPDATE", "DELETE")]


def test_what_was_denied_is_written_though_the_request_was_refused(probed: Flask, person) -> None:
    Browser(probed).sign_in(person("coach")).get("/en/probe/administrators")
    assert entries(probed, "access.denied") == 1


def test_keys_of_forms_and_ended_links_are_forgotten_in_time(probed: Flask, visitor: Browser) -> None:
    visitor.post(FORM, typed(visitor.get(FORM), title="Aino"))
    with probed.app_context():
        with transaction():
            links.issue("probe", uuid4(), timedelta(days=1))
        for _ in range(2):
            with transaction():
                edge.forget_old()
                links.forget_old()
        assert rows() == (1, 1)
        with clock.travel(clock.now() + timedelta(days=40)):
            with transaction():
                edge.forget_old()
                links.forget_old()
            assert rows() == (0, 0)


def rows() -> tuple[int, int]:
    keys, ends = select(func.count()).select_from(edge.OnceKey), select(func.count()).select_from(SingleUseLink)
    return db.session.scalar(keys) or 0, db.session.scalar(ends) or 0
