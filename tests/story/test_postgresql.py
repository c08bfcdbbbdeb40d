"""The first steps of the main job with everything on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.story.conftest import Meet
from tests.story.main_job import joining, vacancy
from tests.story.main_job.people import COMPANY, OWNER, TITLE, Story
from tests.story.words import fi
from tests.support import postgres
from tests.support.server import Server


@pytest.fixture
def postgres_server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "portal", database_url=postgres.create_database(f"story_{uuid.uuid4().hex[:12]}"))
    yield running
    running.stop()
    assert not running.faults(), running.faults()


@pytest.mark.postgres
def test_a_company_registers_signs_in_and_writes_a_vacancy(postgres_server: Server, meet: Meet) -> None:
    aino, nobody = meet(postgres_server, "fi"), meet(postgres_server, "fi")
    story = Story(postgres_server, aino, nobody, nobody, ())
    joining.company_registers(story)
    aino.press(fi("Sign out")).open("/fi/company").sees(fi("Sign in"))
    aino.write(fi("E-mail"), OWNER).write(fi("Password"), joining.PASSWORD).press(fi("Sign in"))
    aino.sees(COMPANY)
    vacancy.company_writes(story)
    aino.menu(fi("Vacancies")).sees(TITLE, fi("Draft"))
