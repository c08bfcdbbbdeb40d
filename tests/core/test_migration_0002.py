"""0002: words about a candidate that stood in the clear are in the vault afterwards, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.core import vault
from portal.core.db import db
from tests.conftest import make_config

REASON, PLACE, RESOLUTION, CONTACT = "CanaryReason ä", "CanaryPlace", "CanaryOfficer\nCanaryLiaison", "CanaryContact"
LOST = "CanaryLost"
BY_TYPE: dict[str, Any] = {
    "INTEGER": 0, "BIGINT": 0, "BOOLEAN": 0, "JSON": "[]", "DATE": date(2026, 1, 1).isoformat(),
    "DATETIME": "2026-01-01 08:00:00.000000", "BLOB": b"",
}  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """At the revision before."""
    app = create_app(make_config(tmp_path))
    with app.app_context():
        vault.prepare()
        upgrade(revision="0001")
        yield app
        db.session.remove()
        db.engine.dispose()


def put(connection: sa.Connection, table: str, **values: Any) -> UUID:
    """A row as it lay in the tables of then; what must not be empty gets something of its type."""
    values = {"id": uuid4(), **values}
    for _cid, name, kind, not_null, _default, _pk in connection.exec_driver_sql(f"PRAGMA table_info({table})"):
        if not_null and name not in values:
            values[name] = BY_TYPE.get(kind.partition("(")[0], uuid4().hex)
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    plain = tuple(value.hex if isinstance(value, UUID) else value for value in values.values())
    insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - only names of our own
    connection.exec_driver_sql(insert, plain)
    id_: UUID = values["id"]
    return id_


@pytest.fixture
def ids(app: Flask) -> dict[str, UUID]:
    """An introduction, a placement and a hold of one candidate; the same of one whose key is gone."""
    known, gone = uuid4(), uuid4()
    vault.create_key(known)
    with db.engine.begin() as connection:
        officer, asker, offerer = (put(connection, "account") for _ in range(3))
        group = put(connection, "owner_group")
        company = put(connection, "company", owner_group_id=group)
        vacancy = put(connection, "vacancy", company_id=company, written_by_id=officer)
        programme = put(connection, "programme")
        put(connection, "candidate", id=known, programme_id=programme, officer_id=officer)
        ids = {"known": known, "officer": officer, "asker": asker, "offerer": offerer}
        for name, candidate in (("", known), ("lost_", gone)):
            words = [LOST] * 4 if name else [REASON, PLACE, RESOLUTION, CONTACT]
            introduction = put(
                connection, "introduction", vacancy_id=vacancy, company_id=company, candidate_id=candidate,
                drafted_by_id=officer, end_reason=words[0], meeting_place=words[1],
                consent_recorder_ids=f'["{officer}"]',
            )  # fmt: skip
            placement = put(
                connection, "placement", introduction_id=introduction, candidate_id=candidate, company_id=company,
                contact=words[3],
            )  # fmt: skip
            put(connection, "card_reader", introduction_id=introduction, account_id=officer)
            put(connection, "check_in", placement_id=placement, candidate_id=candidate)
            incident = put(
                connection, "incident", owner_group_id=group, placement_id=placement, opened_by_id=officer,
                resolution=words[2],
            )  # fmt: skip
            ids |= {f"{name}introduction": introduction, f"{name}placement": placement, f"{name}incident": incident}
        for seq, (by, verb, facts) in enumerate((
            (asker, "introduction.asked", "{}"),
            (offerer, "introduction.moved", '{"from": "asked", "to": "offered"}'),
            (uuid4(), "introduction.moved", '{"from": "offered", "to": "accepted"}'),
        ), start=1):  # fmt: skip
            put(
                connection, "audit_entry", seq=seq, account_id=by, verb=verb, subject="introduction",
                subject_id=str(ids["introduction"]), facts=facts,
            )  # fmt: skip
    return ids


def test_the_words_open_from_the_vault_and_stand_in_no_table(app: Flask, ids: dict[str, UUID], tmp_path: Path) -> None:
    upgrade(revision="0002")
    known = ids["known"]
    assert vault.open(known, f"ending:{ids['introduction'].hex}") == {"reason": REASON}
    assert vault.open(known, f"place:{ids['introduction'].hex}") == {"place": PLACE}
    assert vault.open(known, f"resolution:{ids['incident'].hex}") == {"reasons": [RESOLUTION]}
    assert vault.open(known, f"contact:{ids['placement'].hex}") == {"contact": CONTACT}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(vault.Sealed)) == 4, "whose key is gone is left out"
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in tmp_path.glob("reilu.db*"):
        assert b"Canary" not in file.read_bytes(), file.name


def test_a_hold_names_its_candidate_and_whoever_took_part_is_remembered(app: Flask, ids: dict[str, UUID]) -> None:
    upgrade(revision="0002")
    with db.engine.connect() as connection:
        whose = connection.exec_driver_sql("SELECT candidate_id FROM incident WHERE id = ?", (ids["incident"].hex,))
        assert whose.scalar_one() == ids["known"].hex
        query = sa.text("SELECT took_part_ids FROM introduction WHERE id = :id").columns(took_part_ids=sa.JSON())
        took_part = connection.execute(query, {"id": ids["introduction"].hex}).scalar_one()
        assert took_part == sorted(str(ids[name]) for name in ("officer", "asker", "offerer"))
        lost = connection.execute(query, {"id": ids["lost_introduction"].hex}).scalar_one()
        assert lost == [str(ids["officer"])]


def test_it_passes_over_empty_tables(app: Flask) -> None:
    upgrade(revision="0002")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(vault.Sealed)) == 0
