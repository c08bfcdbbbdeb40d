"""Accessibility with its feedback, the privacy notices, and the truth of "nothing to accept"."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from portal.core import clock, retention, settings
from portal.core.db import transaction
from portal.home import feedback, notices, proof
from portal.home.notices import periods
from tests.conftest import Mailbox
from tests.factories import events
from tests.pages.prove import record
from tests.support.browser import Browser

OFFICE = "info@reilu.example"
NEVER = ("traffick", "victim", "exploit", "crime", "coaching", "programme")


# --- accessibility -----------------------------------------------------------


def test_the_statement_says_what_the_act_asks(client: Browser) -> None:
    page = client.get("/en/accessibility")
    asked = (
        "306/2019", "in part", "What is missing", "WCAG 3.1.2", "own assessment", "24 November 2026", OFFICE,
        "two weeks", "Traficom", "saavutettavuus@traficom.fi", "localhost",
    )  # fmt: skip
    assert [words for words in asked if words not in page.text] == []
    assert f"We know of {len(proof.KNOWN)} shortcomings" in page.text
    assert page.links[OFFICE] == f"mailto:{OFFICE}"


def test_feedback_goes_to_the_office_and_is_answered_alike(client: Browser, mailbox: Mailbox) -> None:
    said = "The menu is lost at 320 px.\n\n[Sign in](https://evil.example/x)"
    page = client.submit("/en/accessibility", "Send the feedback", message=said, email="Kaisa@Example.fi")
    assert "Your feedback has been sent." in page.text
    [mail] = mailbox.to(OFFICE)
    assert "> The menu is lost at 320 px." in mail.text
    assert "kaisa@example.fi" in mail.text
    assert "Suomi" not in mail.text
    assert "English" in mail.text
    assert "evil.example" in mail.text
    assert 'href="https://evil' not in mail.html  # a stranger's words never become a button of ours
    assert "Kaisa" not in mail.subject


def test_feedback_needs_words_and_no_address(client: Browser, mailbox: Mailbox) -> None:
    page = client.submit("/en/accessibility", "Send the feedback", message=" ")
    assert page.status == 422
    assert page.errors == ["Write what did not work"]
    page = client.submit("/en/accessibility", "Send the feedback", message="x", email="nobody")
    assert page.errors == ["This is not an e-mail address. Write it in the form name@company.fi."]
    assert mailbox.to(OFFICE) == []
    assert client.submit("/en/accessibility", "Send the feedback", message="x").status == 200
    assert len(mailbox.to(OFFICE)) == 1


def test_one_network_cannot_flood_the_office(app: Flask, mailbox: Mailbox) -> None:
    for _ in range(feedback.BY_NETWORK.most):
        Browser(app).submit("/en/accessibility", "Send the feedback", message="again")
    page = Browser(app).submit("/en/accessibility", "Send the feedback", message="once more")
    assert page.status == 422
    assert "Much feedback came from your network" in page.errors[0]
    assert Browser(app, address="192.0.2.7").submit("/en/accessibility", "Send the feedback", message="x").status == 200
    assert len(mailbox.to(OFFICE)) == feedback.BY_NETWORK.most + 1


def test_the_statement_speaks_of_the_last_proof(
    client: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "proof.json"
    monkeypatch.setattr(proof, "KEPT", kept)
    monkeypatch.setattr(proof.latest, "__defaults__", (kept,))
    assert "opened by machine" not in client.get("/en/accessibility").text
    found = tmp_path / "pages.json"
    monkeypatch.setattr(record, "RESULT", found)
    whole = {"only": "", "languages": ["fi", "sv", "en"], "widths": [360, 1280], "parts": ["crawls"]}
    proven = record.Record(whole, seen={"home.front", "events.show"})
    proven.count("axe violations", {"axe"}, 9000)
    proven.count("pages that move", {"still"}, 1)
    with clock.travel(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        proven.keep()
    done = CliRunner().invoke(proof.command, [str(found)])
    assert done.exit_code == 0, done.output
    text = client.get("/en/accessibility").text
    assert "On 1 December 2026 2 pages were opened by machine" in text
    assert "9001 checks were made. None found a fault." in text
    for part, sentence in (({"languages": ["fi"]}, "only a part"), ({"checks": None}, "it says nothing of checks")):
        told = {name: value for name, value in (json.loads(found.read_text()) | part).items() if value is not None}
        (tmp_path / "part.json").write_text(json.dumps(told))
        done = CliRunner().invoke(proof.command, [str(tmp_path / "part.json")])
        assert done.exit_code == 1
        assert sentence in done.output


# --- privacy -------------------------------------------------------------------


def test_privacy_leads_to_a_notice_for_each_kind_of_person(client: Browser) -> None:
    page = client.get("/en/privacy")
    for words in ("6(1)(e)", "9(2)", "621/1999", "Data Protection Ombudsman", "nothing to accept"):
        assert words in page.text
    for key in notices.NOTICES:
        assert f"/en/privacy/{key}" in page.links.values()


@pytest.mark.parametrize("key", list(notices.NOTICES))
def test_a_notice_says_what_the_regulation_asks(client: Browser, key: str) -> None:
    """Articles 13 and 14: who, why, on what, from where, to whom, how long, rights, complaint, machine decisions."""
    page = client.get(f"/en/privacy/{key}")
    asked = (
        "What we hold", "What for", "Why we may", "6(1)(e)", "Where it comes from", "Who sees it", "How long",
        "30 days", "What you can ask for", "controller", "data protection officer", "Data Protection Ombudsman", OFFICE,
        "within a month", "by a machine alone",
    )  # fmt: skip
    assert [words for words in asked if words not in page.text] == []


def test_what_a_candidate_reads_with_an_officer_says_of_nobody_why_they_are_here(client: Browser) -> None:
    page = client.get("/en/privacy/work")
    assert page.links["Close this page"] == "https://www.ilmatieteenlaitos.fi/"
    main = page.text.lower()
    assert [word for word in NEVER if word in main] == []
    told = notices.NOTICES["work"]
    sentences = re.split(r"[.:] ", " ".join((*told.what, *told.why, *told.readers, *told.rights)))
    assert max(len(sentence.split()) for sentence in sentences) <= 16, sentences


def test_how_long_is_what_the_settings_say(app: Flask, client: Browser) -> None:
    assert "24 months after it was closed" in client.get("/en/privacy/work").text
    with app.app_context(), transaction():
        settings.change("candidates.closed_months", 9)
        settings.change("former.years", 7)
    assert "9 months after it was closed" in client.get("/en/privacy/work").text
    assert "7 years after it ended" in client.get("/en/privacy/companies").text


def test_every_rule_that_deletes_is_told_to_whom_it_concerns() -> None:
    """A new rule about people is not forgotten in the notices."""
    told = set(re.findall(r'kept\("([a-z._]+)"\)', Path(periods.__file__).read_text()))
    assert {rule.name for rule in retention.rules()} - periods.NOBODY - told == set()


def test_the_deployment_names_the_controller_and_its_officer(make_app: Callable[..., Flask]) -> None:
    page = Browser(make_app(controller="Virasto", dpo_email="dpo@virasto.example")).get("/en/privacy/staff")
    assert "The controller is Virasto." in page.text
    assert page.links["dpo@virasto.example"] == "mailto:dpo@virasto.example"


# --- cookies -------------------------------------------------------------------


def test_a_page_without_a_form_that_posts_sets_no_cookie(app: Flask) -> None:
    with app.app_context(), transaction():
        event_id = events.event(starts_at=clock.now() + timedelta(days=5)).id
    public = (
        "", "about", "accessibility", "privacy", *(f"privacy/{key}" for key in notices.NOTICES),
        "when-work-is-not-fair", "events", f"events/{event_id}", "vacancies", "certificates", "register", "sign-in",
    )  # fmt: skip
    posting = set()
    for path in public:
        page = Browser(app).get(f"/en/{path}")
        cookies = page.headers.getlist("Set-Cookie")
        if any((form.get("method") or "").lower() == "post" for form in page.forms()):
            posting.add(path)
            [cookie] = cookies
            name, flags = cookie.split("=", 1)[0], cookie.lower()
            assert name == "session", cookie
            assert "httponly" in flags
            assert "samesite=" in flags
            assert "expires" not in flags  # it ends with the browser
            assert "max-age" not in flags
        else:
            assert cookies == [], path
    assert posting == {"accessibility", f"events/{event_id}", "register", "sign-in"}


def test_no_script_of_ours_keeps_anything_on_the_device(app: Flask) -> None:
    keeping = re.compile(
        r"localStorage|sessionStorage(?!\.clear\(\))|indexedDB|document\.cookie|cookieStore|caches\.|serviceWorker"
    )
    scripts = list(Path(app.static_folder or "").glob("*.js"))
    assert scripts
    assert {
        script.name: keeping.findall(script.read_text()) for script in scripts if keeping.search(script.read_text())
    } == {}
