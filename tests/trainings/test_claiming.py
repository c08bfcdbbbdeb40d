"""A certificate that went to another address: it becomes a member's own on its holder's page, and by no code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.trainings import certificates, claiming
from portal.trainings import services as given
from portal.trainings.models import Completion
from tests.factories import accounts, trainings
from tests.standing import worlds

HOLDER = "aino@home.example.fi"
ASK = "/en/trainings/certificate-link"
NEUTRAL = "If a certificate has this code, its link is on the way to the address it was given to."


@dataclass(frozen=True)
class World:
    owner_id: UUID
    liaison_id: UUID
    stranger_id: UUID
    """A recruiter of another company, who has seen the code."""
    completion_id: UUID
    code: str
    page: str


@pytest.fixture
def world(app):
    """A company that lacks the training alone, and a certificate that a member got at home."""
    with app.app_context(), transaction():
        training = trainings.training(code="fair", title_en="Fair recruitment")
        own = worlds.responsible(training)
        stranger = accounts.account(Role.RECRUITER, company_id=worlds.company(name="Other").id)
        made = trainings.completion(training, email=HOLDER, person_name="Aino Lehtovirta", language="en")
        page = certificates.own_path(made.id, "en")
        return World(own.owner_id, own.liaison_id, stranger.id, made.id, made.certificate_code, page)


def completion_of(app, world) -> Completion:
    with app.app_context():
        found = db.session.get_one(Completion, world.completion_id)
        db.session.expunge_all()
        return found


def verbs(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("completion.%"))))


def test_it_is_added_once_on_its_own_page_and_standing_follows(app, client, browser, world):
    owner, stranger = browser(world.owner_id), browser(world.stranger_id)
    visitor = client.get(world.page)
    assert "Add it to my account" not in visitor.html
    assert visitor.links["Sign in and add it to your account"] == f"{world.page}/claim"
    assert client.get(f"{world.page}/claim").h1 == "Sign in"
    assert "Your account" not in browser(world.liaison_id).get(world.page).text, "staff have none to add it to"
    late = stranger.get(world.page)
    for _ in range(2):
        assert "Add it to my account" in owner.get(world.page).text, "opening it changes nothing"
    done = owner.submit(world.page, "Add it to my account")
    assert "The certificate is on your account" in done.text and done.h1 == "Your certificate"
    assert "This certificate is on your account already." in done.text
    assert "You are a responsible employer" in owner.get("/en/standing").text
    refused = stranger.submit(late, "Add it to my account")
    assert refused.status == 422 and "on another person’s account" in " ".join(refused.errors)
    assert "Add it to my account" not in stranger.get(world.page).html
    assert "on another person’s account" in stranger.get(f"{world.page}/claim").text
    assert "Sign in and add it" not in client.get(world.page).text
    assert completion_of(app, world).account_id == world.owner_id
    assert verbs(app) == ["completion.claimed"]


def test_pressing_twice_adds_it_once(app, browser, world):
    owner = browser(world.owner_id)
    page = owner.get(f"{world.page}/claim")
    assert page.h1 == "Add it to your account" and "Aino Lehtovirta" in page.text
    for _ in range(2):
        assert "Your certificate" in owner.submit(page, "Add it to my account").h1
    assert verbs(app) == ["completion.claimed"]


@pytest.mark.parametrize("changed", ["revoked", "ended", "a colleague's address", "the own address"])
def test_what_cannot_be_added_says_why_on_the_page_and_after_the_button(app, browser, world, changed):
    owner = browser(world.owner_id)
    page = owner.get(f"{world.page}/claim")
    days = 0
    with app.app_context(), transaction():
        completion = db.session.get_one(Completion, world.completion_id)
        if changed == "revoked":
            given.revoke(completion, "Seen wrong", by=world.liaison_id)
        if changed == "ended":
            days = 900
        if changed == "a colleague's address":
            accounts.account(Role.RECRUITER, email=HOLDER)
        if changed == "the own address":
            db.session.get_one(Account, world.owner_id).email = HOLDER
    said = {"revoked": "was revoked", "ended": "has ended", "the own address": "on your account already"}
    sentence = said.get(changed, "on another person’s account")
    with clock.travel(clock.now() + timedelta(days=days)):
        if days:
            owner = browser(world.owner_id)
            page = None
        refused = owner.submit(page, "Add it to my account") if page else owner.get(f"{world.page}/claim")
        assert sentence in (" ".join(refused.errors) if page else refused.text)
        for path in (world.page, f"{world.page}/claim"):
            shown = owner.get(path)
            assert sentence in shown.text and "Add it to my account" not in shown.html
    assert completion_of(app, world).account_id is None
    assert "completion.claimed" not in verbs(app)


def test_a_code_has_the_link_mailed_to_its_holder_and_tells_nobody_whether_it_is_one(app, browser, world, mailbox):
    stranger = browser(world.stranger_id)
    answers = []
    for code in ("ACDEF-34679", world.code.lower(), *[world.code] * 5):
        page = stranger.submit(ASK, code=code)
        answers.append((page.status, page.h1, NEUTRAL in page.text, page.errors, HOLDER in page.html))
    assert set(map(str, answers)) == {str((200, "Add a certificate to your account", True, [], False))}
    mails = mailbox.deliver() or mailbox.sent
    assert {mail.to for mail in mails} == {HOLDER}
    assert len(mails) == 3, "the holder is not flooded"
    assert mails[0].subject == "The link to your certificate: Fair recruitment"
    link = re.search(r"http://localhost(/en/certificates/\w{64})", mails[0].text)[1]
    assert link == world.page
    assert completion_of(app, world).account_id is None, "a code adds nothing"
    assert verbs(app) == ["completion.link_mailed"] * 3
    assert "Add it to my account" in browser(world.owner_id).get(link).text


def test_a_code_of_the_wrong_shape_gets_a_sentence_and_twenty_codes_a_pause(app, browser, world, mailbox):
    member = browser(world.stranger_id)
    page = member.submit(ASK, code="12-34")
    assert any("A code has ten letters and digits" in error for error in page.errors) and 'value="12-34"' in page.html
    assert NEUTRAL in member.submit(ASK, code="ACDEF-34679").text
    with app.app_context():
        for _ in range(claiming.CODES_AN_HOUR - 1):
            claiming.reserve_try(world.stranger_id)
    page = member.submit(ASK, code=world.code)
    assert any("You have tried many codes" in error for error in page.errors)
    assert not (mailbox.deliver() or mailbox.sent)
    assert browser(world.liaison_id).get(ASK).status == 403
