"""What an administrator sees of the service: alerts, its parts in words, the trail, the outbox, the jobs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from emails import messages
from emails.transport import NotSent
from portal.core import audit, clock, jobs, outbox, vault
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.outbox import OutboxMessage, OutboxStatus
from portal.core.trail import AuditEntry
from portal.home import overview, trail_checks, words
from portal.matching import index
from portal.worker import Worker
from search.engine import Condition, EngineState
from tests.factories.accounts import account
from tests.support.browser import Browser, Page

TO = "aino.kanarialintu@example.fi"
PATHS = ("/en/audit", "/en/service", "/en/service/outbox", "/en/service/jobs", "/en/service/retention")


@pytest.fixture
def administrator(app: Flask) -> Browser:
    with app.app_context(), transaction():
        account_id = account(Role.ADMINISTRATOR, display_name="Sari Pelkonen").id
    return Browser(app).sign_in(account_id)


def work(app: Flask) -> None:
    with app.app_context():
        Worker().run_once()


@pytest.mark.parametrize("path", PATHS)
def test_only_administrators_look_into_the_service(app: Flask, administrator: Browser, path: str) -> None:
    assert administrator.get(path).status == 200
    for role in (Role.OWNER, Role.LIAISON, Role.OFFICER, Role.COACH, Role.MANAGER):
        with app.app_context(), transaction():
            other = account(role).id
        assert Browser(app).sign_in(other).get(path).status == 403


# --- the start page -----------------------------------------------------------------


def test_the_start_page_tells_alerts_and_what_needs_a_look(app: Flask, administrator: Browser) -> None:
    page = administrator.get("/en/start")
    assert "None." in page.text
    assert page.text.index("Needs a look") < page.text.index("Works")
    with app.app_context(), transaction():
        officer = account(Role.OFFICER, display_name="Outi Salmela").id
        db.session.flush()
        audit.record("alert.half_of_pool", "account", officer, by=officer)
        audit.record("glass.broken", "candidate", uuid4(), by=officer, reason="the officer is ill")
    page = administrator.get("/en/start")
    assert "Half of all identities within a week" in page.text
    assert "the officer is ill" in page.text
    assert administrator.get(page.links["Outi Salmela"]).url.startswith("/en/audit")


def test_every_condition_of_the_index_has_words() -> None:
    assert set(overview.INDEX) == set(Condition)
    assert len(set(overview.INDEX.values())) == len(Condition)


@pytest.mark.parametrize("condition", Condition)
def test_the_condition_of_the_index_stands_on_the_page(app: Flask, administrator, monkeypatch, condition) -> None:
    class Engine:
        def state(self) -> EngineState:
            return EngineState("probe", condition is Condition.CURRENT, "", 0, condition)

    monkeypatch.setattr(index, "engine", Engine)
    page = administrator.get("/en/service")
    assert overview.INDEX[condition] in page.text


def test_without_keys_database_or_mail_server_the_page_says_what_to_do(
    make_app: Callable[..., Flask], monkeypatch
) -> None:
    app = make_app()
    with app.app_context(), transaction():
        account_id = account(Role.ADMINISTRATOR).id
        db.session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'another'")
    browser = Browser(app).sign_in(account_id)

    def broken() -> None:
        raise OSError("no key store")

    monkeypatch.setattr(vault, "check", broken)
    page = browser.get("/en/service")
    assert "run: flask --app portal prepare" in page.text
    assert "look at VAULT_URL" in page.text
    assert "until SMTP_URL is set" in page.text
    assert "no key store" not in page.html


def test_work_and_mail_that_wait_too_long_tell_of_a_stopped_worker(make_app: Callable[..., Flask]) -> None:
    app = make_app(demo=True)
    with app.app_context(), transaction():
        account_id = account(Role.ADMINISTRATOR).id
        outbox.post(messages.news(outbox.site(), TO, "en"), once="a", due_at=clock.now() - timedelta(hours=1))
        jobs.enqueue("home.check_trail", {}, None).created_at = clock.now() - timedelta(hours=1)
    page = Browser(app).sign_in(account_id).get("/en/service")
    assert page.text.count("Look whether the worker runs") == 2
    work(app)
    page = Browser(app).sign_in(account_id).get("/en/service")
    assert "Look whether the worker runs" not in page.text
    work(app)  # what the first round posted, such as the anchor of the day
    page = Browser(app).sign_in(account_id).get("/en/service")
    assert "Everything has been sent" in page.text


# --- the trail --------------------------------------------------------------------


def test_the_trail_shows_who_did_what_in_words(app: Flask, administrator: Browser) -> None:
    vacancy = uuid4()
    with app.app_context(), transaction():
        officer = account(Role.OFFICER, display_name="Outi Salmela").id
        db.session.flush()
        audit.record("vacancy.moved", "vacancy", vacancy, by=officer, facts={"from": "draft", "to": "submitted"})
        audit.record("vacancy.moved", "vacancy", vacancy, by=officer, reason="the site has closed")
        audit.identity_read([uuid4(), uuid4()], "name search")
    page = administrator.get("/en/audit")
    assert "Vacancy: new state" in page.text
    assert "Draft → Sent" in page.text
    assert "the site has closed" in page.text
    assert "Identity read" in page.text
    assert str(vacancy)[:8] in page.text
    assert str(vacancy) not in page.html
    assert page.text.index("Identity read") < page.text.index("Draft → Sent")


def test_an_entry_speaks_of_facts_in_the_language_of_the_page(app: Flask, administrator: Browser) -> None:
    with app.app_context(), transaction():
        officer = account(Role.OFFICER, display_name="Outi Salmela").id
        db.session.flush()
        said = {"kind": "card", "answer": "given", "until": "2027-01-13"}
        audit.record("consent.recorded", "consent", uuid4(), by=officer, facts=said)
        audit.record(
            "introduction.asked", "introduction", uuid4(), by=officer, facts={"coarseness": "any_skill", "k": 6}
        )
        audit.record("access.denied", "endpoint", "accounts.index", by=officer)
        audit.record("settings.changed", "setting", "account.invitation_days", by=officer, facts={"from": 7, "to": 8})
        audit.record("made.today", "thing", uuid4(), by=officer, facts={"new_fact": "new_code"})
    english = administrator.get("/en/audit").text
    assert "Kind: Introduction card, Answer: Agreed, Until: 13 January 2027" in english
    assert "How much the card says: At least one asked skill, Candidates whom the card fits: 6" in english
    assert "accounts.index" not in english and "account.invitation_days" not in english
    assert "7 → 8" in english
    assert "new_fact: new_code" in english
    assert "13.1.2027" in administrator.get("/fi/audit").text


def test_the_trail_is_narrowed_and_goes_on(app: Flask, administrator: Browser) -> None:
    with app.app_context(), transaction():
        officer = account(Role.OFFICER, display_name="Outi Salmela").id
        db.session.flush()
        for _ in range(60):
            audit.record("vacancy.saved", "vacancy", uuid4(), by=officer)
    page = administrator.get(f"/en/audit?account={officer}&verb=vacancy.saved")
    numbers = seqs(page)
    assert len(numbers) == 50
    following = administrator.get(page.links["Next page"])
    assert len(seqs(following)) == 10
    assert max(seqs(following)) < min(numbers)
    assert "Next page" not in following.links
    assert administrator.get("/en/audit?verb=nothing.at_all").text.count("No entry is like that") == 1
    for wrong in ("account=x", "before=x", "before=" + "9" * 40, "before=²"):
        assert administrator.get(f"/en/audit?{wrong}").status == 404


def seqs(page: Page) -> list[int]:
    return [int(found) for found in re.findall(r'<span class="small soft">(\d+)</span>', page.html)]


def test_every_verb_and_subject_that_the_portal_writes_has_words() -> None:
    sources = "\n".join(path.read_text() for path in Path(overview.__file__).parents[1].rglob("*.py"))
    literal = r'audit\.record\(\s*"([\w.]+)",\s*"(\w+)"'
    found = re.findall(literal, sources)
    assert len(found) > 60
    verbs, subjects = {verb for verb, _ in found}, {subject for _, subject in found}
    constants = set(re.findall(r'"((?:glass|alert|identity|notes|safety|release)\.\w+)"', sources))
    assert (verbs | constants) - set(words.VERBS) == set()
    assert subjects - set(words.SUBJECTS) == set()


def test_every_mail_and_job_has_words(app: Flask) -> None:
    templates = Path(messages.__file__).parent / "templates"
    names = {path.name.split(".")[0] for path in templates.glob("*.en.txt")} - {"footer"}
    assert names - set(words.MAILS) == set()
    from portal.core.registry import registry

    assert {kind for feature in registry for kind in feature.jobs} - set(words.JOBS) == set()


def test_the_trail_is_proved_when_asked_and_says_so(app: Flask, administrator: Browser) -> None:
    page = administrator.get("/en/audit")
    assert "It has not been checked yet" in page.text
    page = administrator.submit(page, button="Check the trail now")
    assert "It is being checked" in page.text
    work(app)
    assert "Nothing was changed, removed or put in between" in administrator.get("/en/audit").text


def test_a_trail_that_was_changed_is_told_to_every_administrator(app: Flask, administrator: Browser, mailbox) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.seq == 1).values(verb="account.moved"))
    administrator.submit("/en/audit", button="Check the trail now")
    work(app)
    page = administrator.get("/en/audit")
    assert "An entry of the audit trail was changed after it was written." in page.text
    assert "flask --app portal audit verify" in page.text
    assert "Needs a look" in administrator.get("/en/start").text
    mailbox.deliver()
    assert {message.kind for message in mailbox.sent} - {"audit_anchor"} == {"news"}


def test_each_day_the_worker_asks_for_a_check_by_itself(app: Flask) -> None:
    work(app)
    work(app)
    with app.app_context():
        assert len(list(db.session.scalars(select(jobs.Job).where(jobs.Job.kind == trail_checks.JOB)))) == 1
        with clock.travel(clock.now() + timedelta(days=1, minutes=5)):
            Worker().run_once()
        assert len(list(db.session.scalars(select(jobs.Job).where(jobs.Job.kind == trail_checks.JOB)))) == 2


# --- the outbox -------------------------------------------------------------------


def failed_message(app: Flask, monkeypatch: pytest.MonkeyPatch) -> UUID:
    def refuses(message: object, message_id: str) -> None:
        raise NotSent("recipient refused", final=True)

    with app.app_context():
        with transaction():
            outbox.post(messages.news(outbox.site(), TO, "en"), once="a")
        monkeypatch.setattr(outbox, "transport", lambda: refuses)
        outbox.send_due()
        found = db.session.scalar(select(OutboxMessage.id).where(OutboxMessage.once == "a"))
        assert found is not None
        return found


def test_the_outbox_shows_kind_state_and_trouble_and_no_address(app: Flask, administrator, monkeypatch) -> None:
    failed_message(app, monkeypatch)
    page = administrator.get("/en/service/outbox")
    for text in ("You have news", "Failed", "recipient refused"):
        assert text in page.text
    assert "kanarialintu" not in page.html
    assert "One message could not be sent" in administrator.get("/en/service").text
    assert "Failed" in administrator.get("/en/service/outbox?status=failed").text
    assert "No message is like that" in administrator.get("/en/service/outbox?status=sent").text
    assert administrator.get("/en/service/outbox?status=lost").status == 404


def test_a_failed_message_is_sent_again_once(app: Flask, administrator, monkeypatch) -> None:
    message_id = failed_message(app, monkeypatch)
    before = administrator.get("/en/service/outbox")
    page = administrator.submit(before, button=f"Send again {str(message_id)[:8]}")
    assert "waits to be sent again" in page.text
    assert "Send again" not in page.text
    assert status(app) == OutboxStatus.WAITING
    page = administrator.submit(before, button=f"Send again {str(message_id)[:8]}")
    assert status(app) == OutboxStatus.WAITING
    with app.app_context():
        assert len(audit.recent(verb="outbox.sent_again")) == 1


def test_a_message_that_has_not_failed_is_not_sent_again(app: Flask, administrator, monkeypatch) -> None:
    message_id = failed_message(app, monkeypatch)
    before = administrator.get("/en/service/outbox")
    with app.app_context(), transaction():
        outbox.send_again(message_id)
    page = administrator.submit(before, button=f"Send again {str(message_id)[:8]}")
    assert "has not failed" in page.text
    token = {name: value for name, value in before.fields(before.form()).items() if name in ("csrf_token", "once")}
    assert administrator.post(f"/en/service/outbox/{uuid4()}/again", token | {"once": "x"}).status == 404


def status(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalar(select(OutboxMessage.status)))


def test_the_outbox_goes_on_after_fifty(app: Flask, administrator: Browser) -> None:
    with app.app_context(), transaction():
        for number in range(53):
            outbox.post(messages.news(outbox.site(), TO, "en"), once=f"m{number}")
    page = administrator.get("/en/service/outbox")
    assert page.html.count("<tr") == 51
    page = administrator.get(page.links["Next page"])
    assert page.html.count("<tr") == 4
    for after in ("x", str(uuid4())):
        assert administrator.get(f"/en/service/outbox?after={after}").status == 404


# --- the style guide -----------------------------------------------------------------


def test_the_style_guide_shows_both_forms_and_saves_nothing(administrator: Browser) -> None:
    page = administrator.get("/en/styleguide")
    assert page.status == 200
    for words_ in ("Write a title", "This text has 5001 characters", "Write a whole number", "This day has passed"):
        assert words_ in page.text
    assert administrator.submit(page, button="Save and continue", title="x").status == 200
