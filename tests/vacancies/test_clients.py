"""P4 and the fairness flags: who the work is done for is named with a Business ID, before the vacancy is sent, and a
person looks at it before it is published."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from portal.core.audit import AuditEntry
from portal.core.db import db
from portal.vacancies.models import Vacancy, VacancyStatus
from tests.factories import companies
from tests.vacancies.conftest import House, Within

V = VacancyStatus
KUURA, ROUTA = companies.business_id(770_001), companies.business_id(770_101)
ONE = [{"business_id": KUURA, "name": "Hotelli Kuura Oy"}]


def path(vacancy: Vacancy, step: str) -> str:
    return f"/en/company/vacancies/{vacancy.id}/{step}"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"for_client": None}, "Say whether the work has a client."),
        ({"for_client": True}, "Name the company that the work is done for, with its Business ID."),
        ({"for_client": False, "chain": "agency"}, "Name the company that the work is done for, with its Business ID."),
        ({"for_client": None, "chain": "subcontract"}, "Name the company that the work is done for"),
    ],
)
def test_a_vacancy_is_not_sent_before_it_says_who_the_work_is_done_for(
    vacancy: Any, fresh: Any, as_owner: Any, values: dict[str, Any], sentence: str
) -> None:
    made = vacancy(V.DRAFT, **values)
    assert sentence in as_owner.get(path(made, "check")).text
    refused = as_owner.submit(path(made, "check"), "Send the vacancy")
    assert refused.status == 422 and sentence in refused.text
    assert fresh(made).status == V.DRAFT


def test_a_client_is_named_looked_at_and_shown(
    within: Within, house: House, vacancy: Any, fresh: Any, as_owner: Any, as_liaison: Any
) -> None:
    made = vacancy(V.DRAFT)
    page = as_owner.submit(
        path(made, "pay"), "Save and continue", chain="agency", for_client="yes",
        clients__0__business_id=f" fi{KUURA.replace('-', '')} ", clients__0__name="Hotelli Kuura Oy",
    )  # fmt: skip
    assert page.h1 == "Check and send", page.errors
    assert fresh(made).clients == ONE
    assert f"Hotelli Kuura Oy, {KUURA}" in page.text and "The work is done in a chain of companies" in page.text
    as_owner.submit(page, "Send the vacancy")
    assert fresh(made).status == V.SUBMITTED

    shown = as_liaison.get(f"/en/vacancies/all/{made.id}")
    assert f"The work is done for: Hotelli Kuura Oy, {KUURA}. Say who directs the work there" in shown.text
    decide, publish = (f"/en/vacancies/all/{made.id}/{step}" for step in ("decide", "publish"))
    page = as_liaison.get(decide)
    at = [name for name in page.fields(page.form(button="Save the decisions")) if name.endswith("-rule")]
    others = {
        f"points__{number}__{key}": value
        for number, name in enumerate(at)
        for key, value in (("decision", "accepted"), ("reason", "Checked."))
        if page.fields(page.form(button="Save the decisions"))[name] != "chain"
    }
    as_liaison.submit(decide, **others)
    as_liaison.submit(f"/en/vacancies/all/{made.id}/recipients", confirmed=[str(house.owner)])
    assert "A point is undecided" in as_liaison.submit(publish).text
    chain = next(n for n, name in enumerate(at) if page.fields(page.form(button="Save the decisions"))[name] == "chain")
    as_liaison.submit(
        decide, **{f"points__{chain}__decision": "accepted", f"points__{chain}__reason": "We called the hotel."}
    )
    as_liaison.submit(publish)
    assert fresh(made).status == V.PUBLISHED
    saved = within(
        lambda: db.session.scalars(select(AuditEntry.verb).where(AuditEntry.subject_id == str(made.id))).all()
    )
    assert "vacancy.saved" in saved and "vacancy.flag_decided" in saved


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"business_id": "1234567-0", "name": "Kuura Oy"}, "The last digit of this Business ID does not fit"),
        ({"business_id": "Kuura", "name": "Kuura Oy"}, "A Business ID has seven digits"),
        ({"business_id": "", "name": "Kuura Oy"}, "Write the Business ID of this company."),
        ({"business_id": KUURA, "name": ""}, "Write the name of this company."),
        ({"business_id": "x" * 100_000, "name": "Kuura Oy"}, "Shorten it"),
    ],
)
def test_a_client_is_named_in_full(
    vacancy: Any, fresh: Any, as_owner: Any, typed: dict[str, str], sentence: str
) -> None:
    made = vacancy(V.DRAFT)
    values = {f"clients__0__{name}": value for name, value in typed.items()}
    page = as_owner.submit(path(made, "pay"), "Save and continue", for_client="yes", **values)
    assert page.status == 422 and sentence in page.text
    assert fresh(made).clients == []


def test_an_answer_that_contradicts_itself_is_refused(
    within: Within, house: House, vacancy: Any, fresh: Any, as_owner: Any
) -> None:
    made = vacancy(V.DRAFT)
    named = {"clients__0__business_id": KUURA, "clients__0__name": "Kuura Oy"}
    page = as_owner.submit(path(made, "pay"), "Save and continue", for_client="no", **named)
    assert "You named a client below. Answer yes, or take the client away." in page.text
    page = as_owner.submit(path(made, "pay"), "Save and continue", for_client="no", chain="agency")
    assert "You lease the person out or work as a subcontractor. Answer yes, and name the client." in page.text
    own = within(lambda: db.session.get_one(companies.Company, house.company).business_id)
    page = as_owner.submit(
        path(made, "pay"), "Save and continue", for_client="yes", **named | {"clients__0__business_id": own}
    )
    assert "This is your own company’s Business ID." in page.text
    page = as_owner.submit(as_owner.submit(path(made, "pay"), "Add a client", for_client="yes", **named),
                           "Save and continue", clients__1__business_id=KUURA, clients__1__name="Again Oy")  # fmt: skip
    assert "is here twice" in page.text and fresh(made).clients == []


def test_another_client_is_looked_at_anew_and_after_publishing_is_another_vacancy(
    within: Within, vacancy: Any, fresh: Any, as_owner: Any
) -> None:
    made = vacancy(V.RETURNED, chain="agency", for_client=True, clients=ONE)
    within(lambda: companies_accept(made))
    assert "Accepted" in as_owner.get(f"/en/company/vacancies/{made.id}").text
    opened = as_owner.get(path(made, "pay"))
    as_owner.submit(opened, "Save and continue", clients__0__business_id=ROUTA, clients__0__name="Routa Oy")
    assert "Undecided" in as_owner.get(f"/en/company/vacancies/{made.id}").text

    live = vacancy(V.RETURNED, chain="agency", for_client=True, clients=ONE)
    opened = as_owner.get(path(live, "pay"))
    within(lambda: setattr(db.session.get_one(Vacancy, live.id), "status", V.PUBLISHED))
    page = as_owner.submit(opened, "Save and continue", clients__0__business_id=ROUTA, clients__0__name="Routa Oy")
    assert "can no longer be edited" in page.text
    assert fresh(live).clients == ONE
    assert as_owner.get(path(live, "pay")).h1 == live.title, "a published one shows its page instead"


def companies_accept(made: Vacancy) -> None:
    from portal.accounts import services as accounts
    from tests.factories import vacancies as factories

    factories.accept_all(db.session.get_one(Vacancy, made.id), accounts.staff("liaison")[0])
