"""0004: who speaks and what is accessible is said in Finnish from now on; what nobody saw does not come into a feed."""

from __future__ import annotations

from pathlib import Path

from flask_migrate import upgrade

from portal import create_app
from portal.core import vault
from portal.core.db import db
from tests.conftest import make_config
from tests.core.test_migration_0002 import put


def test_speakers_and_accessibility_are_kept(tmp_path: Path) -> None:
    app = create_app(make_config(tmp_path))
    with app.app_context():
        vault.prepare()
        upgrade(revision="0003")
        with db.engine.begin() as connection:
            seen, unseen, on = (
                put(
                    connection, "event", speakers=f"Saana {state}", accessibility="Hissi", status=state, company_id=None
                )
                for state in ("cancelled", "cancelled", "published")
            )
            put(connection, "sign_up", event_id=seen)
        upgrade(revision="0004")
        with db.engine.begin() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, speakers_fi, speakers_sv, accessibility_fi, was_published FROM event"
            ).all()
            assert connection.exec_driver_sql("SELECT count(*) FROM sign_up").scalar_one() == 1
        found = {row[0]: tuple(row[1:]) for row in rows}
        assert found == {
            seen.hex: ("Saana cancelled", "", "Hissi", 1),
            unseen.hex: ("Saana cancelled", "", "Hissi", 0),
            on.hex: ("Saana published", "", "Hissi", 1),
        }
        db.session.remove()
        db.engine.dispose()
