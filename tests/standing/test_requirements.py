"""What is required is data: an administrator changes it after reading who gains or loses standing, and all follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from portal.accounts.models import Account
from portal.companies.models import Company, RightToAct
from portal.core import clock
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.standing import services as standings
from portal.trainings.models import Training, TrainingRequirement
from tests.factories import accounts, trainings
from tests.standing import worlds

TICK = "Read which companies gain or lose standing, and tick that you have."
NEW = "/en/requirements/new"
TITLES = {"title_fi": "Alihankinta", "title_sv": "Underentreprenad", "title_en": "Subcontracting"}


@pytest.fixture
def world(app):
    """A responsible company, a training that nobody has completed, and an administrator."""
    with app.app_context(), transaction():
        found = worlds.responsible()
        other = trainings.training(code="chain", title_en="Subcontracting", required=False)
        chief = accounts.account(Role.ADMINISTRATOR, email="chief@reilu.example")
        return {
            "company": found.company_id, "owner": found.owner_id, "liaison": found.liaison_id, "chief": chief.id,
            "fair": found.training_id, "chain": other.id,
        }  # fmt: skip


def responsible(app, world) -> bool:
    with app.app_context():
        return standings.is_responsible(db.session.get_one(Company, world["company"]))


def complete(app, world, training: str, who: str = "owner", **values) -> None:
    with app.app_context(), transaction():
        email = db.session.get_one(Account, world[who]).email
        trainings.completion(db.session.get_one(Training, world[training]), email=email, **values)


def requirement(app, world) -> TrainingRequirement:
    with app.app_context():
        found = db.session.scalars(select(TrainingRequirement).order_by(TrainingRequirement.starts_on)).all()
        db.session.expunge_all()
        return found[-1]


def test_who_would_lose_is_read_before_it_is_saved_and_then_standing_follows(app, browser, world, mailbox):
    chief = browser(world["chief"])
    page = chief.submit(NEW, "See what it changes", **TITLES, trainings=[str(world["chain"])])
    assert "One company loses standing on" in page.text and "Kuuralinna Siivous Oy" in page.text
    assert page.status == 200 and responsible(app, world), "a preview saves nothing"
    page = chief.submit(page, "Save the requirement")
    assert page.status == 422 and TICK in page.errors
    page = chief.submit(page, "Save the requirement", read="y")
    assert "The requirement is saved." in page.text and "In force" in page.text
    assert not responsible(app, world)
    owner = browser(world["owner"])
    assert "Training: Subcontracting" in owner.get("/en/standing").text
    assert "One person in the company needs it." in owner.get("/en/trainings").text
    with app.app_context():
        people = [db.session.get_one(Account, world[who]).email for who in ("owner", "liaison")]
        verbs = db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject == "requirement")).all()
    assert [mailbox.to(email)[-1].subject for email in people] == ["You have news in Reilu"] * 2
    assert set(verbs) == {"requirement.created", "requirement.effect_read"}
    complete(app, world, "chain")
    assert responsible(app, world)


def test_a_preview_that_has_changed_is_read_again(app, browser, world):
    chief = browser(world["chief"])
    page = chief.submit(NEW, "See what it changes", **TITLES, trainings=[str(world["chain"])])
    with app.app_context(), transaction():
        second = worlds.company(name="Toinen Oy")
        owner = accounts.account(Role.OWNER, company_id=second.id)
        liaison = db.session.get_one(Account, world["liaison"])
        worlds.show_right(second, owner, liaison)
        for kind in worlds.EvidenceKind:
            worlds.see(second, kind, liaison, clock.today() + timedelta(days=9))
        worlds.sign_current(second, owner)
        trainings.completion(db.session.get_one(Training, world["fair"]), email=owner.email)
    page = chief.submit(page, "Save the requirement", read="y")
    assert TICK in page.errors and "2 companies lose standing" in page.text
    assert "saved" in chief.submit(page, "Save the requirement", read="y").text


def test_alternatives_and_an_end_give_standing_back_and_the_page_says_who_gains(app, browser, world):
    complete(app, world, "chain")
    with app.app_context(), transaction():
        third = trainings.training(code="third", title_en="Third", required=False)
        trainings.requirement(third, title_en="Third way", starts_on=clock.today() - timedelta(days=5))
        both = [str(world["chain"]), str(third.id)]
    assert not responsible(app, world)
    row, chief = requirement(app, world), browser(world["chief"])
    edit = f"/en/requirements/{row.id}/edit"
    page = chief.submit(edit, "Save the requirement", trainings=both)
    assert "One company gains standing" in page.text
    assert chief.submit(page, "Save the requirement", read="y").status == 200
    assert responsible(app, world)
    mine = chief.get(edit)
    page = chief.submit(mine, "Save the requirement", holders="2")
    assert "One company loses standing" in page.text
    chief.submit(page, "Save the requirement", read="y")
    page = browser(world["owner"]).get("/en/standing")
    assert "2 people in the company need it. Now completed by Aino Lehtovirta." in page.text
    assert "Any of these trainings will do: Subcontracting, Third." in page.text
    assert chief.submit(mine, "Save the requirement", holders="3").status == 422, "stale"
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    page = chief.submit(edit, "Save the requirement", ends_on=yesterday)
    chief.submit(page, "Save the requirement", read="y")
    assert responsible(app, world)


def test_what_comes_later_counts_from_its_day_and_is_told_before(app, browser, world):
    day = clock.today() + timedelta(days=20)
    chief = browser(world["chief"])
    page = chief.submit(NEW, **TITLES, trainings=[str(world["chain"])], starts_on=day.isoformat())
    assert "One company loses standing on" in page.text
    chief.submit(page, "Save the requirement", read="y")
    assert responsible(app, world)
    assert "Needed from" in browser(world["owner"]).get("/en/trainings").text
    liaison = browser(world["liaison"])
    assert "Companies without it lose standing on that day." in liaison.get("/en/trainings/manage").text
    assert "To come" in liaison.get("/en/requirements").text
    with clock.travel(clock.now() + timedelta(days=20)):
        assert not responsible(app, world)


def test_a_company_that_lacks_something_else_neither_gains_nor_loses(app, browser, world):
    with app.app_context(), transaction():
        db.session.execute(delete(RightToAct))
    chief = browser(world["chief"])
    page = chief.submit(NEW, "See what it changes", **TITLES, trainings=[str(world["chain"])])
    assert "No company gains or loses standing." in page.text
    assert "saved" in chief.submit(page, "Save the requirement").text


def test_bad_input_is_told_beside_its_field_and_keepers_only_read(app, browser, world):
    chief = browser(world["chief"])
    page = chief.submit(NEW, holders="0", starts_on="x")
    assert {error.split()[0] for error in page.errors} == {"Write"}
    page = chief.submit(NEW, **TITLES)
    assert "Choose at least one training that fills it." in page.errors
    early = {"starts_on": "2027-02-02", "ends_on": "2027-02-01"}
    page = chief.submit(NEW, **TITLES, trainings=[str(world["chain"])], **early)
    assert "The last day is before the first. Choose a later day." in page.errors
    with app.app_context(), transaction():
        db.session.get_one(Training, world["fair"]).retired = True
    liaison = browser(world["liaison"])
    kept = liaison.get("/en/trainings/manage")
    assert "Nobody can complete what is required: Fair recruitment" in kept.text
    page = chief.submit(f"/en/requirements/{requirement(app, world).id}/edit")
    assert "Nobody can complete these trainings any more. Choose one that is offered." in page.errors
    assert liaison.get("/en/requirements").status == 200
    assert liaison.get(NEW).status == browser(world["owner"]).get("/en/requirements").status == 403


def test_standing_ends_with_the_last_day_of_a_completion_and_comes_with_the_next(app, world):
    with app.app_context(), transaction():
        db.session.execute(delete(trainings.Completion))
    assert not responsible(app, world)
    complete(app, world, "fair", valid_until=clock.today() + timedelta(days=3))
    with clock.travel(clock.now() + timedelta(days=3)):
        assert responsible(app, world)
    with clock.travel(clock.now() + timedelta(days=4)):
        assert not responsible(app, world)
        complete(app, world, "fair", completed_on=clock.today())
        assert responsible(app, world)
