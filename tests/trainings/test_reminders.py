"""A completion that ends: the holder, with or without an account, and the owners hear; it waits until it is renewed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.trainings import reminders
from portal.trainings.models import Training
from tests.factories import accounts, trainings
from tests.standing import worlds

GUEST, HELMI = "guest@example.fi", "helmi@example.fi"


@pytest.fixture
def world(app):
    """A training that a recruiter of a company and a guest without an account complete for 70 days more."""
    with app.app_context(), transaction():
        found = worlds.responsible()
        training = db.session.get_one(Training, found.training_id)
        accounts.account(Role.RECRUITER, company_id=found.company_id, email=HELMI, display_name="Helmi")
        last = clock.today() + timedelta(days=70)
        trainings.completion(training, email=HELMI, valid_until=last)
        trainings.completion(training, email=GUEST, valid_until=last, language="sv")
        trainings.completion(training, email="twice@example.fi", valid_until=last)
        trainings.completion(training, email="twice@example.fi", valid_until=last + timedelta(days=99))
    return found


def remind(app, mailbox, days: int) -> None:
    with clock.travel(clock.now() + timedelta(days=days)), app.app_context():
        reminders.remind()
        mailbox.deliver()


def test_each_hears_twice_and_whoever_renewed_not_at_all(app, world, mailbox):
    with app.app_context():
        owner = db.session.get_one(Account, world.owner_id).email
    for days in (5, 10, 11, 40, 56, 57, 71):
        remind(app, mailbox, days)
    mails = mailbox.to(GUEST)
    assert [mail.subject.partition(":")[0] for mail in mails] == ["Ditt intyg upphör snart att gälla"] * 2
    assert all(f"/sv/trainings/catalogue/{world.training_id}" in mail.text for mail in mails)
    for member in (HELMI, owner):
        assert [mail.subject for mail in mailbox.to(member)] == ["You have news in Reilu"] * 2
    assert mailbox.to("twice@example.fi") == []


def test_it_waits_for_holder_and_owner_from_60_days_before_until_it_is_renewed(app, browser, world):
    with app.app_context():
        helmi_id = db.session.scalars(db.select(Account.id).where(Account.email == HELMI)).one()

    def said(days: int) -> tuple[bool, bool]:
        with clock.travel(clock.now() + timedelta(days=days)):
            return (
                "Your training ends soon" in browser(helmi_id).get("/en/start").text,
                "The training of Helmi ends soon" in browser(world.owner_id).get("/en/start").text,
            )

    assert said(9) == (False, False)
    assert said(10) == (True, True)
    with app.app_context(), transaction():
        training = db.session.get_one(Training, world.training_id)
        trainings.completion(training, email=HELMI, valid_until=clock.today() + timedelta(days=700))
    assert said(10) == (False, False)
