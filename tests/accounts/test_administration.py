"""The administrator's pages: inviting, roles, second factors, ending and opening accounts, settings."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.accounts import administration, services
from portal.accounts.models import NEXT, AccountStatus
from portal.core import clock, settings, states
from portal.core.access import Role
from portal.core.audit import AuditEntry
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from portal.core.registry import Feature, registry
from tests.accounts.conftest import link_in, typed
from tests.factories.accounts import PASSWORD
from tests.support.databases import both_databases


@pytest.fixture
def administrator(new_account):
    return new_account("administrator", password=PASSWORD)


@pytest.fixture
def chief(browser, administrator):
    return browser(administrator)


@pytest.fixture
def trail(within):
    """The entries about an account: (verb, reason, facts, by)."""

    def read(account):
        query = select(AuditEntry).where(AuditEntry.subject_id == str(account.id)).order_by(AuditEntry.seq)
        return within(lambda: [(e.verb, e.reason, dict(e.facts), e.account_id) for e in db.session.scalars(query)])

    return read


def page_of(account, end="") -> str:
    return f"/en/accounts/{account.id}{end}"


# --- the list and inviting -------------------------------------------------------


def test_the_list_narrows_by_role_and_state(chief, new_account):
    officer, owner = new_account("officer", display_name="Åke Officer"), new_account(display_name="Zeta Owner")
    page = chief.get("/en/accounts")
    assert {officer.display_name, owner.display_name} <= set(page.links)
    assert page.text.index("Zeta Owner") < page.text.index("Åke Officer")
    page = chief.get("/en/accounts?role=officer")
    assert officer.display_name in page.links and owner.display_name not in page.links
    assert "No account is like that" in chief.get("/en/accounts?role=coach&status=invited").text
    assert owner.display_name in chief.get("/en/accounts?role=nonsense&status=%F0%9F%99%82").links


def test_the_list_pages_by_name_even_when_names_are_equal(chief, within, new_account):
    for _ in range(60):
        new_account(display_name="Same Name")
    first = chief.get("/en/accounts?role=owner")
    second = chief.get(first.links["Next page"])
    count = [page.html.count(">Same Name</a>") for page in (first, second)]
    assert count == [50, 10]


@pytest.mark.parametrize("role", ["liaison", "officer", "coach", "manager", "administrator"])
def test_an_administrator_invites_every_role_of_staff(chief, work, browser, role):
    page = chief.submit("/en/accounts/invite", email="Uusi@Example.fi", display_name="Uusi", role=role, language="sv")
    assert "The invitation is on its way." in page.text
    (mail,) = work()
    assert (mail.to, mail.language) == ("uusi@example.fi", "sv")
    assert browser().submit(link_in(mail), password="neljä kuivaa harppua huojuu").status == 200


def test_members_of_companies_are_not_invited_here(chief, work, administrator):
    form = chief.get("/en/accounts/invite")
    values = typed(form, email="x@example.fi", display_name="X", role="owner")
    page = chief.post("/en/accounts/invite", values)
    assert page.status == 422 and page.errors == ["Choose one of the list."]
    page = chief.submit("/en/accounts/invite", email=administrator.email, display_name="X", role="officer")
    assert page.errors == ["This address has an account already. Look for it in the list."]
    assert work() == []


def test_an_invitation_is_sent_again(chief, within, work, browser):
    account_id = within(lambda: services.invite("uusi@example.fi", "Uusi", "liaison").id)
    first = link_in(work()[0])
    page = chief.submit(f"/en/accounts/{account_id}", button="Send the invitation again")
    assert "The link sent before no longer works." in page.text
    assert browser().get(first).status == 410
    assert browser().get(link_in(work()[0])).status == 200


# --- roles ---------------------------------------------------------------------------


def test_a_changed_role_holds_at_the_very_next_request(chief, browser, new_account, trail, now_of, administrator):
    officer = new_account("officer")
    person = browser(officer)
    page = chief.submit(page_of(officer, "/role"), role="administrator", reason="Takes over the office")
    assert "The role has been changed." in page.text
    assert person.get("/en/account").h1 == "Sign in"
    assert now_of(officer).role == "administrator"
    facts = {"from": "officer", "to": "administrator"}
    assert ("account.role_changed", "Takes over the office", facts, administrator.id) in trail(officer)
    assert browser(officer).get("/en/accounts").status == 200


def test_a_role_changes_only_among_staff_and_never_ones_own(chief, new_account, administrator, now_of):
    officer, owner = new_account("officer"), new_account("owner")
    page = chief.get(page_of(officer, "/role"))
    values = typed(page, role="owner", reason="x")
    assert chief.post(page_of(officer, "/role"), values).errors == ["Choose one of the list."]
    assert chief.submit(page_of(owner, "/role"), role="officer", reason="x").status == 422
    page = chief.submit(page_of(administrator, "/role"), role="officer", reason="x")
    assert page.errors == ["This is your own account. Ask another administrator."]
    assert [now_of(each).role for each in (officer, owner, administrator)] == ["officer", "owner", "administrator"]


def test_a_reason_is_asked_for(chief, new_account):
    officer = new_account("officer")
    for end in ("/role", "/second-factor", "/deactivate"):
        page = chief.submit(page_of(officer, end))
        assert page.status == 422 and "Write the reason" in page.errors


# --- the second factor --------------------------------------------------------------


def test_a_lost_second_factor_is_reset_by_a_second_administrator(
    chief, browser, new_account, work, trail, administrator
):
    officer = new_account("officer", password=PASSWORD)
    person = browser(officer)
    page = chief.submit(page_of(officer, "/second-factor"), reason="Phone lost, called back")
    assert "The second factor has been reset." in page.text
    assert person.get("/en/account").h1 == "Sign in"
    page = person.submit("/en/sign-in", email=officer.email, password=PASSWORD)
    assert page.h1 == "Set up the second factor"
    assert [(mail.kind, mail.to) for mail in work()] == [("second_factor_reset", officer.email)]
    assert ("account.second_factor_reset", "Phone lost, called back", {}, administrator.id) in trail(officer)
    assert chief.submit(page_of(officer, "/second-factor"), reason="again").errors == [
        "This account has no second factor to reset."
    ]


def test_nobody_resets_their_own_second_factor(chief, administrator, now_of):
    page = chief.submit(page_of(administrator, "/second-factor"), reason="x")
    assert page.errors == ["This is your own account. Ask another administrator."]
    assert now_of(administrator).second_factor_since is not None


# --- ending and opening ----------------------------------------------------------------


def test_a_deactivated_account_is_refused_on_the_very_next_request(chief, browser, new_account, now_of, trail):
    officer = new_account("officer", password=PASSWORD)
    person = browser(officer)
    assert person.get("/en/account").status == 200
    page = chief.submit(page_of(officer, "/deactivate"), reason="Left the house")
    assert "The account has been deactivated." in page.text
    assert person.get("/en/account").h1 == "Sign in"
    assert person.submit("/en/sign-in", email=officer.email, password=PASSWORD).status == 422
    assert now_of(officer).deactivated_at is not None
    assert any(verb == "account.moved" and reason == "Left the house" for verb, reason, _, _ in trail(officer))


def test_the_blockers_are_asked_first(chief, new_account, now_of, monkeypatch):
    officer = new_account("officer")
    keeper = Feature("keeper", deactivation_blockers=lambda account: [f"Hand over 3 files of {account.display_name}."])
    monkeypatch.setattr(registry, "features", (*registry.features, keeper))
    sentence = f"Hand over 3 files of {officer.display_name}."
    assert sentence in chief.get(page_of(officer)).text
    for end, fields in (("/deactivate", {}), ("/role", {"role": "liaison"})):
        page = chief.submit(page_of(officer, end), reason="x", **fields)
        assert page.status == 422 and "handed over first" in page.errors[0]
    assert sentence in chief.get(page_of(officer, "/deactivate")).text
    assert (now_of(officer).status, now_of(officer).role) == ("active", "officer")


def test_links_sent_before_end_with_the_account(chief, within, work, browser, new_account):
    account_id = within(lambda: services.invite("uusi@example.fi", "Uusi", "liaison").id)
    member = new_account(password=PASSWORD)
    browser().submit("/en/password", email=member.email)
    paths = [link_in(mail) for mail in work()]
    person = browser(member)
    for each in (account_id, member.id):
        chief.submit(f"/en/accounts/{each}/deactivate", reason="x")
    assert [browser().get(path).status for path in paths] == [410, 410]
    for each in (account_id, member.id):
        chief.submit(f"/en/accounts/{each}/reactivate", reason="x")
    assert [browser().get(path).status for path in paths] == [410, 410]
    assert person.get("/en/account").h1 == "Sign in"


def test_nobody_ends_their_own_account_nor_the_last_administrator(chief, administrator, within, new_account):
    page = chief.submit(page_of(administrator, "/deactivate"), reason="x")
    assert page.errors == ["This is your own account. Ask another administrator."]

    def by_somebody_else():
        with pytest.raises(RuleBroken, match="last administrator"):
            administration.deactivate(services.get(administrator.id), "x", by=services.get(new_officer.id))

    new_officer = new_account("officer")
    within(by_somebody_else)


def test_an_account_opens_again_as_it_was(chief, browser, new_account, within, work, now_of):
    officer = new_account("officer", password=PASSWORD)
    invited_id = within(lambda: services.invite("uusi@example.fi", "Uusi", "liaison").id)
    work()
    for each in (officer.id, invited_id):
        chief.submit(f"/en/accounts/{each}/deactivate", reason="x")
        chief.submit(f"/en/accounts/{each}/reactivate", reason="Back again")
    assert browser().submit("/en/sign-in", email=officer.email, password=PASSWORD).h1 == "Confirm with a code"
    assert now_of(invited_id).status == "invited" and [mail.kind for mail in work()] == ["account_invitation"]


@both_databases
def test_of_two_administrators_who_end_each_other_one_stays(app, new_account, within):
    import threading

    one, two = new_account("administrator"), new_account("administrator")
    barrier, outcomes = threading.Barrier(2), []

    def end(target, by):
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    administration.deactivate(services.get(target.id), "x", by=services.get(by.id))
                outcomes.append("ended")
            except RuleBroken:
                outcomes.append("refused")

    threads = [threading.Thread(target=end, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["ended", "refused"]
    assert within(lambda: len(services.staff("administrator"))) == 1


@pytest.mark.parametrize("before", list(AccountStatus))
@pytest.mark.parametrize("after", list(AccountStatus))
def test_a_status_moves_only_as_the_table_says(within, new_account, before, after):
    account_id = new_account().id

    def move():
        account = services.get(account_id)
        account.status = before
        db.session.flush()
        if after in NEXT[before]:
            states.move(account, after, NEXT)
            assert account.status == after
        else:
            with pytest.raises(RuleBroken):
                states.move(account, after, NEXT)

    within(move)


# --- who may -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_see_these_pages(browser, new_account, administrator, role):
    person = browser(new_account(role))
    ends = ("", "/role", "/second-factor", "/deactivate", "/reactivate")
    for path in ("/en/accounts", "/en/accounts/invite", "/en/settings", *(page_of(administrator, end) for end in ends)):
        assert person.get(path).status == 403, path


def test_an_unknown_account_is_not_found(chief):
    unknown = type("Unknown", (), {"id": uuid4()})
    for end in ("", "/role", "/second-factor", "/deactivate", "/reactivate"):
        assert chief.get(page_of(unknown, end)).status == 404


# --- settings -------------------------------------------------------------------------------


def test_settings_change_within_their_bounds_and_leave_a_trace(chief, within):
    page = chief.submit("/en/settings", **{"session.idle_minutes": "45"})
    assert "Saved." in page.text
    assert within(lambda: settings.number("session.idle_minutes")) == 45
    query = select(AuditEntry).where(AuditEntry.verb == "settings.changed")
    entries = within(lambda: [(e.subject_id, dict(e.facts)) for e in db.session.scalars(query)])
    assert entries == [("session.idle_minutes", {"from": 30, "to": 45})]


@pytest.mark.parametrize(
    ("value", "sentence"), [("4", "from 5 to 240"), ("99999", "from 5 to 240"), ("x", "whole number")]
)
def test_a_value_out_of_bounds_is_refused_in_words_and_kept(chief, within, value, sentence):
    page = chief.submit("/en/settings", **{"session.idle_minutes": value, "session.longest_hours": "10"})
    assert page.status == 422 and sentence in page.errors[0] and f'value="{value}"' in page.html
    assert within(lambda: settings.number("session.longest_hours")) == 12


def test_a_changed_setting_holds_for_sessions_that_are_open(chief, browser, new_account):
    person = browser(new_account())
    chief.submit("/en/settings", **{"session.idle_minutes": "5"})
    with clock.travel(clock.now() + timedelta(minutes=6)):
        assert person.get("/en/account").h1 == "Sign in"


def test_the_settings_page_warns_of_what_features_know(chief, monkeypatch):
    monkeypatch.setattr(settings, "warnings", [lambda: ["Only one programme has candidates."]])
    assert "Only one programme has candidates." in chief.get("/en/settings").text


# --- the command line ---------------------------------------------------------------------


def test_the_first_administrator_comes_in_by_the_command_line(app, work, browser):
    run = app.test_cli_runner().invoke
    assert run(args=["accounts", "invite-admin", "not an address"]).exit_code == 1
    assert run(args=["accounts", "invite-admin", "Root@Example.fi", "--language", "en"]).exit_code == 0
    (mail,) = work()
    assert mail.to == "root@example.fi"
    page = browser().submit(link_in(mail), password="neljä kuivaa harppua huojuu")
    assert page.h1 == "Set up the second factor"


def test_the_command_line_makes_no_administrator_of_somebody_else(app, new_account, work, now_of):
    officer = new_account("officer")
    result = app.test_cli_runner().invoke(args=["accounts", "invite-admin", officer.email])
    assert result.exit_code == 1 and now_of(officer).role == "officer"
    assert work() == []
