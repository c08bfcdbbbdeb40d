"""0007: what was required stays required, and completions get their guard, in a database that is in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from portal import create_app
from portal.core import vault
from portal.core.db import db
from portal.trainings import lasting
from tests.conftest import make_config
from tests.core.test_migration_0002 import put


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """At the revision before."""
    app = create_app(make_config(tmp_path))
    with app.app_context():
        vault.prepare()
        upgrade(revision="0003")
        yield app
        db.session.remove()
        db.engine.dispose()


def test_a_database_in_use_keeps_its_standing_and_its_completions(app: Flask) -> None:
    with db.engine.begin() as connection:
        fair = put(connection, "training", title_en="Fair", required=True, retired=False, content_version=4)
        put(connection, "training", title_en="Voluntary", required=False, retired=False)
        put(connection, "training", title_en="Gone", required=True, retired=True)
        event = put(connection, "event", training_id=fair)
        guest = put(connection, "sign_up", event_id=event, language="sv")
        put(connection, "completion", training_id=fair, sign_up_id=guest, event_id=event)
    db.engine.dispose()
    upgrade(revision="0007")
    with db.engine.connect() as connection:
        asked = connection.execute(
            sa.text(
                "SELECT r.title_en, r.holders, r.starts_on, r.ends_on, t.title_en FROM training_requirement r "
                "JOIN requirement_training rt ON rt.requirement_id = r.id JOIN training t ON t.id = rt.training_id"
            )
        ).all()
        assert asked == [("Fair", 1, date(2020, 1, 1).isoformat(), None, "Fair")]
        numbers = connection.execute(sa.text("SELECT number FROM training_version ORDER BY number")).scalars().all()
        assert len(numbers) == 3 and numbers[-1] == 4
        kept = connection.execute(sa.text("SELECT language, evidence_kind, shows_name FROM completion")).one()
        assert tuple(kept) == ("sv", "attendance", 0)
    for change, refused in (("valid_until = '2099-01-01'", True), ("revoked_reason = 'a mistake'", False)):
        with db.engine.begin() as connection:
            if refused:
                with pytest.raises(sa.exc.DBAPIError, match=lasting.REFUSAL):
                    connection.execute(sa.text(f"UPDATE completion SET {change}"))  # noqa: S608 - words of this test
            else:
                connection.execute(sa.text(f"UPDATE completion SET {change}"))  # noqa: S608 - words of this test
