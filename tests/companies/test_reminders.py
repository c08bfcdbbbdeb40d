"""Owners hear 21 and 7 days before evidence ends, once each, and only that there is news."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.accounts.models import Account
from portal.companies import evidence, reminders
from portal.companies.models import Company, EvidenceKind
from portal.companies.rules import reminder_due
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from tests.factories import companies as factories
from tests.support.browser import Browser


@pytest.mark.parametrize(("left", "mark"), [(22, None), (21, 21), (8, 21), (7, 7), (1, 7), (0, 7), (-1, None)])
def test_which_reminder_is_due(left, mark):
    today = date(2026, 12, 3)
    assert reminder_due(today + timedelta(days=left), today, (21, 7)) == mark


def test_reminders_come_once_each_to_owners_alone(app, within, case, mailbox):
    made = case(vetted=True)

    def ends_soon():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        recruiter = factories.member(company, Role.RECRUITER)
        soon = clock.today() + timedelta(days=21)
        kinds = [EvidenceKind.TAX, EvidenceKind.PENSION]
        evidence.record(company, kinds, clock.today(), by=liaison, valid_until=soon)
        return db.session.get_one(Account, made.owner).email, recruiter.email

    owner, recruiter = within(ends_soon)

    def remind_twice():
        with app.app_context():
            reminders.remind()
            reminders.remind()
        return [message.kind for message in mailbox.to(owner)]

    assert remind_twice() == ["news"]
    with clock.travel(clock.now() + timedelta(days=13)):
        assert remind_twice() == ["news"]
    with clock.travel(clock.now() + timedelta(days=14)):
        assert remind_twice() == ["news", "news"]
        page = Browser(app).sign_in(made.liaison).get("/en/start")
        assert "Evidence ends" in page.text
    with clock.travel(clock.now() + timedelta(days=22)):
        assert remind_twice() == ["news", "news"]
        page = Browser(app).sign_in(made.owner).get("/en/company")
        assert page.text.count("Ended") == 2
    assert mailbox.to(recruiter) == []


def test_a_new_document_ends_the_reminders(app, within, case, mailbox):
    made = case(vetted=True)

    def replaced():
        company, liaison = db.session.get_one(Company, made.company), db.session.get_one(Account, made.liaison)
        evidence.record(
            company, [EvidenceKind.VAT], clock.today(), by=liaison, valid_until=clock.today() + timedelta(days=5)
        )
        db.session.flush()
        evidence.record(company, [EvidenceKind.VAT], clock.today(), by=liaison)
        return db.session.get_one(Account, made.owner).email

    owner = within(replaced)
    with app.app_context():
        reminders.remind()
    assert mailbox.to(owner) == []
