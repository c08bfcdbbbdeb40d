"""Owner groups: who is behind a company, which groups are like it, and that nothing held ends by a change of groups."""

from __future__ import annotations

import re

import pytest

from portal.accounts.models import Account
from portal.companies import groups, likenesses
from portal.companies import services as companies
from portal.companies.models import Company, CompanyStatus
from portal.core.db import db
from portal.core.errors import RuleBroken
from tests.factories import companies as factories
from tests.support.browser import Browser


def company_of(made):
    return db.session.get_one(Company, made.company)


def liaison_of(made):
    return db.session.get_one(Account, made.liaison)


@pytest.mark.parametrize(
    ("theirs", "mine", "shared"),
    [
        ({"contact_name": "Meikäläinen Matti"}, {"contact_name": "Matti MEIKÄLÄINEN"}, "persons"),
        ({"phone": "+358401234567"}, {"phone": "+358401234567"}, "phones"),
        ({"website": "https://www.firma.fi/a"}, {"website": "http://firma.fi"}, "websites"),
        ({"contact_email": "a@firma.fi"}, {"contact_email": "b@firma.fi"}, "mail_domains"),
    ],
)
def test_what_two_companies_share_suggests_one_group(within, case, theirs, mine, shared):
    case(CompanyStatus.REJECTED, **theirs)
    fresh = case(CompanyStatus.APPLIED, **mine)
    [found] = within(lambda: [getattr(one, shared) for one in likenesses.suggestions(company_of(fresh))])
    assert len(found) == 1


def test_a_mail_domain_that_anyone_may_use_suggests_nothing(within, case):
    case(contact_email="one@gmail.com")
    fresh = case(contact_email="two@gmail.com")
    assert within(lambda: likenesses.suggestions(company_of(fresh))) == []


def test_a_former_member_of_a_rejected_company_gives_a_new_one_away(within, case):
    from portal.accounts.models import AccountStatus

    old = case(CompanyStatus.REJECTED)

    def leave():
        member = factories.member(company_of(old), display_name="Väinö Vaihtaja")
        member.status = AccountStatus.DEACTIVATED

    within(leave)
    fresh = case(CompanyStatus.APPLIED, contact_name="Väinö Vaihtaja")
    assert within(lambda: likenesses.suggestions(company_of(fresh))[0].persons) == ("Väinö Vaihtaja",)


def test_joining_and_leaving_through_pages(app, within, case):
    old = case(name="Vanha Oy", contact_name="Matti Meikäläinen")
    fresh = case(CompanyStatus.IN_REVIEW, name="Uusi Oy", contact_name="Matti Meikäläinen")
    liaison = Browser(app).sign_in(fresh.liaison)
    page = liaison.get(f"/en/companies/{fresh.company}/group")
    assert "Join the group of Vanha Oy" in page.text
    href = next(link.get("href") for link in page.tree.iter("a") if "Join the group" in "".join(link.itertext()))
    page = liaison.submit(href, button="Join the owner group", reason="The same owner by the register")
    assert "No group is like it" in page.text
    assert within(lambda: company_of(fresh).owner_group_id == company_of(old).owner_group_id)
    assert "The same owner by the register" in liaison.get(f"/en/companies/{fresh.company}").text

    page = liaison.submit(
        f"/en/companies/{fresh.company}/group/leave", button="Leave the owner group", reason="Sold to somebody else"
    )
    assert within(lambda: company_of(fresh).owner_group_id != company_of(old).owner_group_id)
    page = liaison.submit(f"/en/companies/{fresh.company}/group/leave", button="Leave the owner group", reason="Again")
    assert page.status == 422 and "alone in its group" in page.text


def test_p4_whoever_was_named_for_a_group_stays_behind_the_company_that_leaves_it(app, within, case):
    """A liaison who takes a joining back must not take the company's own people away with it."""
    old = case(name="Vanha Oy", contact_name="Matti Meikäläinen")
    fresh = case(CompanyStatus.IN_REVIEW, name="Uusi Oy", contact_name="Matti Meikäläinen")
    liaison = Browser(app).sign_in(fresh.liaison)
    path = f"/en/companies/{fresh.company}/group"
    liaison.submit(path, button="Add the person", name="Olga Omistaja", position="Owner")
    liaison.submit(liaison.submit(path, button="Add the person", name="Eero Entinen"), button="Remove Eero Entinen")
    href = next(link for words, link in liaison.get(path).links.items() if "Join the group" in words)
    liaison.submit(href, button="Join the owner group", reason="The same owner by the register")
    there = f"/en/companies/{old.company}/group"
    liaison.submit(liaison.submit(there, button="Add the person", name="Pia Poistettu"), button="Remove Pia Poistettu")
    liaison.submit(f"{path}/leave", button="Leave the owner group", reason="The register meant somebody else")

    page = liaison.get(path)
    assert "Olga Omistaja" in page.text and "Owner" in page.text and page.text.count("Matti Meikäläinen") >= 1
    people = {"Olga Omistaja", "Eero Entinen", "Pia Poistettu", "Matti Meikäläinen"}
    for company_id in (fresh.company, old.company):
        assert people <= set(within(lambda company_id=company_id: companies.people_behind(company_id)))


def test_persons_are_added_once_and_removed(app, within, case):
    made, other = case(), case()
    liaison = Browser(app).sign_in(made.liaison)
    path = f"/en/companies/{made.company}/group"
    liaison.submit(path, button="Add the person", name="Leena Laine", position="Chair")
    page = liaison.submit(path, button="Add the person", name="LAINE, Leena")
    assert page.text.count("Leena Laine") >= 1 and "LAINE" not in page.text
    person = within(lambda: groups.owner_persons(company_of(made).owner_group_id)[0].id)
    forged = page.fields(page.form(button="Remove Leena Laine")).to_dict()
    assert liaison.post(f"/en/companies/{other.company}/group/persons/{person}/remove", data=forged).status == 404
    page = liaison.submit(page, button="Remove Leena Laine")
    assert "Remove Leena Laine" not in page.text and "Former, and still counting" in page.text
    assert "Leena Laine" in within(lambda: companies.people_behind(made.company))
    forged = page.fields(page.form(button="Strike out")).to_dict()
    detail = re.search(r"/former/([0-9a-f-]+)/strike", page.html)[1]
    assert liaison.post(f"/en/companies/{other.company}/group/former/{detail}/strike", data=forged).status == 404
    page = liaison.submit(page, button="Strike out")
    assert "Leena Laine" not in page.text
    assert "Leena Laine" not in within(lambda: companies.people_behind(made.company))


def test_everybody_behind_the_whole_group_is_named_once(within, case):
    one = case(contact_name="Aino Alku")
    two = case(contact_name="ALKU Aino")

    def join():
        factories.member(company_of(two), display_name="Maija Jäsen")
        groups.add_person(company_of(one), "Kalle Kumppani")
        groups.join(company_of(two), company_of(one).owner_group_id, "same owner", by=liaison_of(two))
        db.session.flush()
        return sorted(companies.people_behind(two.company)), sorted(companies.people_behind(one.company))

    behind_two, behind_one = within(join)
    assert behind_two == behind_one
    assert "Maija Jäsen" in behind_one and "Kalle Kumppani" in behind_one
    assert len([name for name in behind_one if "alku" in name.lower()]) == 1


def test_joining_takes_the_whole_group_along(within, case):
    one, two, three = case(), case(), case()

    def join():
        groups.join(company_of(two), company_of(one).owner_group_id, "same owner", by=liaison_of(one))
        db.session.flush()
        groups.join(company_of(one), company_of(three).owner_group_id, "same owner", by=liaison_of(one))
        db.session.flush()
        return {company_of(each).owner_group_id for each in (one, two, three)}

    assert len(within(join)) == 1


def test_what_was_held_against_a_group_follows_every_change(within, case):
    one, two = case(), case()

    def walk():
        first, second = company_of(one).owner_group_id, company_of(two).owner_group_id
        groups.join(company_of(one), second, "same owner", by=liaison_of(one))
        db.session.flush()
        joined = companies.groups_behind(second)
        groups.leave(company_of(one), "a mistake", by=liaison_of(one))
        db.session.flush()
        alone = companies.groups_behind(company_of(one).owner_group_id)
        return first, second, joined, alone, companies.current_group(first)

    first, second, joined, alone, current = within(walk)
    assert {first, second} <= joined and {first, second} <= alone and current == second


def test_a_group_that_has_joined_another_cannot_be_joined(within, case):
    one, two, three = case(), case(), case()

    def join():
        gone = company_of(one).owner_group_id
        groups.join(company_of(one), company_of(two).owner_group_id, "same owner", by=liaison_of(one))
        db.session.flush()
        with pytest.raises(RuleBroken, match="has joined another"):
            groups.join(company_of(three), gone, "same owner", by=liaison_of(one))
        with pytest.raises(RuleBroken, match="in this group already"):
            groups.join(company_of(one), company_of(one).owner_group_id, "same owner", by=liaison_of(one))

    within(join)
