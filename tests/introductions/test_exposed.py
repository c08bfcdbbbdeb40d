"""After a release an order or a block may come: the officers have a task, and the way leads through the officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.candidates import services as candidates
from portal.candidates.caseloads import name_deputy
from portal.candidates.values import Safety
from portal.core import audit, clock
from portal.core.db import db
from portal.introductions import exposed
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory
from tests.factories.accounts import account
from tests.introductions.conftest import Scene


def look_again(scene: Scene) -> None:
    with scene.app.app_context():
        exposed.look_again()


TASK = "A company still sees the released fields"
PHONE = "+358 40 7654321"


@pytest.fixture
def scene(make_scene: Callable[..., Scene]) -> Scene:
    return make_scene(candidate={"identity": {"phone": PHONE}})


def order(scene: Scene) -> None:
    world = scene.world()
    candidates.write_contact(world.candidate_id, candidates.contact_plan(world.candidate_id), True, world.officer)


def block_company(scene: Scene) -> None:
    world = scene.world()
    candidates.write_safety(world.candidate_id, Safety(blocked_companies=frozenset({world.company.id})), world.officer)


def block_person(scene: Scene) -> None:
    world = scene.world()
    candidates.write_safety(world.candidate_id, Safety(blocked_persons=(world.owner.display_name,)), world.officer)


@pytest.mark.parametrize("what", [order, block_company, block_person])
def test_the_officer_and_the_deputy_have_a_task_until_the_details_hide(
    scene: Scene, what: Callable[[Scene], None]
) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    with scene.changing():
        world, today = scene.world(), clock.today()
        name_deputy(world.officer, world.other_officer.id, today, today + timedelta(days=9))
    assert TASK not in scene.as_("officer").get("/en/start").text
    with scene.changing():
        what(scene)
    for who in ("officer", "other_officer"):
        assert TASK in scene.as_(who).get("/en/start").text
    officer = scene.as_("officer")
    page = officer.get(f"/en/introductions/{introduction_id}/end")
    assert TASK in page.text
    assert "The details hide at once" in page.text
    ended = officer.submit(page, "End the introduction", reason="Something came up")
    assert "The details are hidden" in ended.text
    assert TASK not in officer.get("/en/start").text
    assert PHONE not in scene.as_("owner").get(f"/en/cards/{introduction_id}").html


def test_the_worker_finds_somebody_who_joined_the_company_later(scene: Scene, mailbox: Any) -> None:
    scene.introduction(S.RELEASED)
    with scene.changing():
        world = scene.world()
        candidates.write_safety(world.candidate_id, Safety(blocked_persons=("Kalle Kiristäjä",)), world.officer)
    look_again(scene)
    assert TASK not in scene.as_("officer").get("/en/start").text
    with scene.changing():
        account("recruiter", company_id=scene.ids["company"], display_name="Kalle Kiristäjä")
    mailbox.deliver()
    before = len(mailbox.to(scene.emails["officer"]))
    for _ in range(2):
        look_again(scene)
    assert TASK in scene.as_("officer").get("/en/start").text
    mailbox.deliver()
    assert [each.kind for each in mailbox.to(scene.emails["officer"])[before:]] == ["news"]


def test_the_task_goes_when_the_block_is_lifted_and_leaves_a_witness(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    with scene.changing():
        block_company(scene)
    with scene.changing():
        candidates.write_safety(scene.ids["candidate_id"], Safety(), scene.world().officer)
    assert TASK not in scene.as_("officer").get("/en/start").text
    with scene.app.app_context():
        query = select(audit.AuditEntry.subject_id).where(audit.AuditEntry.verb == "introduction.exposed")
        assert list(db.session.scalars(query)) == [str(introduction_id)]


def test_once_they_have_met_the_task_leads_to_the_consents(scene: Scene) -> None:
    scene.introduction(S.MET)
    with scene.changing():
        block_company(scene)
    page = scene.as_("officer").get("/en/start")
    assert TASK in page.text and f"/candidates/{scene.ids['candidate_id']}/consents" in page.html


def test_p5_an_order_after_the_release_puts_the_officer_in_place_of_the_telephone(scene: Scene) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    owner, card = scene.as_("owner"), f"/en/cards/{introduction_id}"
    assert PHONE in owner.get(card).text
    with scene.changing():
        order(scene)
    page = owner.get(card)
    assert PHONE not in page.html and scene.emails["officer"] in page.text


def test_an_order_says_nothing_new_when_the_way_is_the_officer_already(scene: Scene) -> None:
    with scene.changing():
        world = scene.world()
        row = factory.introduction(world, S.RELEASED, fields=factory.all_fields(world, route="officer"))
        introduction_id: UUID = row.id
    before = scene.as_("owner").get(f"/en/cards/{introduction_id}").text
    with scene.changing():
        order(scene)
    assert TASK not in scene.as_("officer").get("/en/start").text
    assert scene.as_("owner").get(f"/en/cards/{introduction_id}").text == before
    with scene.app.app_context():
        assert db.session.get_one(Introduction, introduction_id).ended_at is None
