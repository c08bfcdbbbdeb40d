"""An administrator names a deputy for an officer who is away, and sees whose officer stands in, never a file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.accounts import services as accounts
from portal.accounts.models import AccountStatus
from portal.candidates import caseloads
from portal.core import clock
from tests.candidates.conftest import House
from tests.support.browser import Browser, Page

REASON = "Taken ill, back in a week"


def path(house: House, name: str = "officer") -> str:
    return f"/en/accounts/{house.people[name].id}/deputies"


def name_one(house: House, person: Browser, **changes: Any) -> Page:
    first, last = clock.today(), clock.today() + timedelta(days=7)
    values = {
        "deputy": str(house.colleague.id), "starts_on": first.isoformat(), "ends_on": last.isoformat(),
        "reason": REASON,
    }  # fmt: skip
    return person.submit(path(house), "Name the deputy", **(values | changes))


def test_an_officer_away_gets_a_deputy_who_keeps_the_files_and_hands_them_over(house: House, mailbox: Any) -> None:
    made, administrator = house.candidate(), house.browser("administrator")
    assert house.browser("colleague").get(made.url).status == 404
    account = administrator.get(f"/en/accounts/{house.officer.id}")
    assert account.links["Deputies"].endswith("/deputies")
    page = name_one(house, administrator)
    assert "The deputy is named. Both were told." in page.html and "Otto Kollega" in page.text
    assert [mail.kind for mail in mailbox.to(house.colleague.email)] == ["news"]
    assert [mail.kind for mail in mailbox.to(house.officer.email)] == ["news"]
    [entry] = house.entries("deputy.named")
    assert (entry.account_id, entry.reason) == (house.administrator.id, REASON)
    deputy = house.browser("colleague")
    assert deputy.get(made.url).status == 200
    handed = deputy.submit(f"{made.url}/hand-over", to=str(house.colleague.id), reason="The officer is ill")
    assert "Handed over" in handed.html
    assert house.row(made.id).officer_id == house.colleague.id


def test_the_administrator_sees_no_file_and_no_caseload(house: House) -> None:
    made, administrator = house.candidate(), house.browser("administrator")
    name_one(house, administrator)
    page = administrator.get(path(house))
    assert made.number not in page.html and str(made.id) not in page.html
    assert administrator.get(made.url).status == 403
    assert administrator.get("/en/candidates").status == 403


def test_only_an_officer_of_the_same_programme_may_be_named(house: House) -> None:
    administrator = house.browser("administrator")
    page = administrator.get(path(house))
    assert "Siiri Muu" not in page.html and "Lauri Linna" not in page.html and "Elina Saarela (" not in page.html
    form = page.fields(page.form())
    today = clock.today().isoformat()
    for who in ("stranger", "liaison", "officer"):
        form["deputy"], form["starts_on"], form["ends_on"] = str(house.people[who].id), today, today
        form["reason"] = REASON
        refused = administrator.post(page.url, form)
        assert refused.status in (400, 422), who
    assert house.do(lambda: caseloads.deputies_of(house.officer.id)) == []


def test_where_nobody_can_stand_in_the_page_says_what_to_do(house: House) -> None:
    page = house.browser("administrator").get(path(house, "stranger"))
    assert "Nobody can stand in" in page.text and page.links["Programmes"]


def test_the_days_are_checked_and_the_reason_asked(house: House) -> None:
    administrator = house.browser("administrator")
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert name_one(house, administrator, ends_on=yesterday).status == 422
    assert "Write the reason" in name_one(house, administrator, reason="").errors


def test_a_deputy_is_ended_at_once_and_both_are_told(house: House, mailbox: Any) -> None:
    made, administrator = house.candidate(), house.browser("administrator")
    page = name_one(house, administrator)
    mailbox.deliver()
    before = len(mailbox.sent)
    page = administrator.submit(page.links["End it now"], "End it now", reason="The officer is back")
    assert "Ended. Both were told." in page.html and "Nobody" in page.text
    assert house.browser("colleague").get(made.url).status == 404
    assert [entry.reason for entry in house.entries("deputy.ended")] == ["The officer is back"]
    mailbox.deliver()
    assert {mail.to for mail in mailbox.sent[before:]} == {house.colleague.email, house.officer.email}


@pytest.mark.parametrize("who", ["liaison", "administrator"])
def test_nobody_but_officers_has_deputies(house: House, who: str) -> None:
    administrator = house.browser("administrator")
    assert administrator.get(path(house, who)).status == 404
    assert "Deputies" not in administrator.get(f"/en/accounts/{house.people[who].id}").links


@pytest.mark.parametrize("who", ["officer", "colleague", "liaison"])
def test_nobody_but_administrators_names_one_for_another(house: House, who: str) -> None:
    assert house.browser(who).get(path(house)).status == 403


def test_an_officers_account_ends_only_when_the_files_were_handed_over(house: House) -> None:
    made, administrator = house.candidate(), house.browser("administrator")
    where = f"/en/accounts/{house.officer.id}/deactivate"
    page = administrator.submit(where, reason="Left the house")
    assert page.status == 422 and "It must be handed over first." in page.text
    name_one(house, administrator)
    house.browser("colleague").submit(f"{made.url}/hand-over", to=str(house.colleague.id), reason="The officer left")
    assert "The account has been deactivated." in administrator.submit(where, reason="Left the house").html


def test_whoever_ends_a_deputys_account_has_read_whose_files_stay_alone(house: House) -> None:
    administrator = house.browser("administrator")
    name_one(house, administrator)
    where = f"/en/accounts/{house.colleague.id}/deactivate"
    page = administrator.submit(where, reason="Left the house")
    assert page.status == 422 and "Stands in for Elina Saarela until" in page.text
    assert "Read what ends with this account, and tick that you have." in page.errors
    administrator.submit(page, reason="Left the house", read="y")
    status = house.do(lambda: accounts.get(house.colleague.id).status)
    assert status == AccountStatus.DEACTIVATED
