"""A silent hold holds the whole owner group, changes nothing a company sees, and ends when two sides agree."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest

from portal.accounts.models import Account, AccountStatus
from portal.candidates import erasure
from portal.candidates import services as candidate_services
from portal.companies import groups
from portal.companies.models import Company
from portal.core import clock, states, vault
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.incidents import services as incidents
from portal.incidents.models import NEXT, Incident, IncidentStatus
from portal.programmes import services as programmes
from tests.companies.conftest import plain
from tests.factories import accounts, candidates
from tests.introductions.conftest import everything
from tests.support.browser import Browser


@pytest.fixture
def officer(within):
    return within(lambda: accounts.account(Role.OFFICER).id)


@pytest.fixture
def candidate(within, officer):
    """Whoever gives cause for the holds."""

    def inside():
        by, programme = db.session.get_one(Account, officer), candidates.programme()
        programmes.add_officer(programme.id, by)
        return candidates.candidate(by, programme)

    return within(inside)


@pytest.fixture
def held(within, officer, candidate):
    """Open an incident on a case's group; its id."""

    def hold(made):
        def inside():
            group_id = db.session.get_one(Company, made.company).owner_group_id
            by = db.session.get_one(Account, officer)
            return incidents.open_incident(group_id, uuid4(), by, candidate_id=candidate).id

        return within(inside)

    return hold


def is_held(within, made):
    return within(lambda: incidents.has_silent_hold(db.session.get_one(Company, made.company).owner_group_id))


@pytest.mark.parametrize(("before", "after"), list(itertools.product(IncidentStatus, IncidentStatus)))
def test_the_full_product_of_states(within, held, case, before, after):
    incident_id = held(case())

    def walk():
        incident = db.session.get_one(Incident, incident_id)
        incident.status = before
        if after in NEXT[before]:
            states.move(incident, after, NEXT)
            assert incident.status == after
        else:
            with pytest.raises(RuleBroken):
                states.move(incident, after, NEXT)

    within(walk)


def test_nothing_a_company_sees_changes_while_a_hold_is_on(app, case, held, within, mailbox):
    """P1: every page of the company is the same, byte for byte, and no mail leaves."""
    made = case(vetted=True)
    paths = [f"/en/{path}" for path in ("start", "company", "company/edit", "company/commitment", "standing")]
    owner = Browser(app).sign_in(made.owner)

    def pages():
        return [plain(owner.get(path)) for path in paths]

    before = pages()
    mailbox.deliver()
    sent = len(mailbox.sent)
    held(made)
    assert is_held(within, made)
    assert pages() == before
    mailbox.deliver()
    assert len(mailbox.sent) == sent


def test_a_hold_ends_when_an_officer_and_a_liaison_agree(app, case, held, within, officer):
    made = case()
    path = f"/en/holds/{held(made)}"
    by_officer, by_liaison = Browser(app).sign_in(officer), Browser(app).sign_in(made.liaison)
    assert "A hold is in force" in by_officer.get("/en/start").text
    assert "A hold is in force" in by_liaison.get("/en/start").text

    page = by_officer.submit(path, button="Agree to end the hold", reason="The plan is carried out")
    assert "The officer agreed" in page.text and is_held(within, made)
    assert "A hold is in force" not in by_officer.get("/en/start").text
    assert "Agree to end the hold" not in by_officer.get(path).text
    page = by_liaison.submit(path, button="Agree to end the hold", reason="The visit found nothing")
    assert "No hold for you" in page.text and not is_held(within, made)
    page = by_liaison.get(path)
    assert "The plan is carried out" in page.text and "The visit found nothing" in page.text


def test_why_a_hold_may_end_is_sealed_for_the_candidate_and_both_sides_read_it(
    app, case, held, within, candidate, officer
):
    incident_id = held(case())
    path = f"/en/holds/{incident_id}"
    by_officer = Browser(app).sign_in(officer)
    assert "Write no names." in by_officer.get(path).text
    by_officer.submit(path, button="Agree to end the hold", reason="CanaryPlan")
    assert "CanaryPlan" in by_officer.get(path).text

    def inside():
        dump = everything()
        assert "Canary" not in dump and incidents.SEALED in dump
        assert vault.open(candidate, f"resolution:{incident_id.hex}") == {"reasons": ["CanaryPlan"]}

    within(inside)


def test_a_file_is_not_erased_while_its_hold_is_in_force_and_leaves_nobody_behind(
    case, held, within, candidate, officer
):
    made = case()
    incident_id = held(made)

    def end():
        incident = db.session.get_one(Incident, incident_id)
        assert [*incidents.erasure_refusals(candidate)]
        incidents.agree_to_end(incident, "The plan is carried out", by=db.session.get_one(Account, officer))
        incidents.agree_to_end(incident, "The visit found nothing", by=db.session.get_one(Account, made.liaison))
        assert incidents.reasons_of(incident) == ["The plan is carried out", "The visit found nothing"]
        assert not [*incidents.erasure_refusals(candidate)]

    def erase():
        by = db.session.get_one(Account, officer)
        candidate_services.move_to(candidate, "closed", by, reason="asked")
        erasure.erase(candidate, by)

    within(end)
    within(erase)
    left = within(lambda: db.session.get_one(Incident, incident_id))
    assert (left.candidate_id, left.placement_id, left.status) == (None, None, IncidentStatus.RESOLVED)
    assert within(lambda: incidents.reasons_of(db.session.get_one(Incident, incident_id))) == []


def test_one_side_cannot_agree_for_both(within, case, held, officer):
    made = case()
    incident_id = held(made)

    def twice():
        incident, by = db.session.get_one(Incident, incident_id), db.session.get_one(Account, officer)
        incidents.agree_to_end(incident, "One", by=by)
        with pytest.raises(RuleBroken, match="agreed already"):
            incidents.agree_to_end(incident, "Two", by=accounts.account(Role.OFFICER))
        with pytest.raises(RuleBroken, match="together"):
            incidents.agree_to_end(incident, "Three", by=accounts.account(Role.ADMINISTRATOR))

    within(twice)
    assert is_held(within, made)


def test_one_person_in_both_roles_cannot_agree_for_both_sides(app, case, held, within, officer):
    made = case()
    path = f"/en/holds/{held(made)}"
    Browser(app).sign_in(officer).submit(path, button="Agree to end the hold", reason="The plan is carried out")

    def change_role():
        db.session.get_one(Account, officer).role = Role.LIAISON

    within(change_role)
    page = Browser(app).sign_in(officer).submit(path, button="Agree to end the hold", reason="The visit found nothing")
    assert page.status == 422 and "Your side has agreed already" in page.text and is_held(within, made)


def test_another_officer_does_not_learn_of_a_hold_until_its_officer_has_left(app, case, held, within, officer):
    made = case()
    path = f"/en/holds/{held(made)}"
    other = Browser(app).sign_in(within(lambda: accounts.account(Role.OFFICER).id))
    assert other.get(path).status == 404 and "No hold for you" in other.get("/en/holds").text

    def leave():
        account = db.session.get_one(Account, officer)
        account.status, account.deactivated_at = AccountStatus.DEACTIVATED, clock.now()

    within(leave)
    assert other.get(path).status == 200


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER, Role.ADMINISTRATOR, Role.COACH])
def test_nobody_else_reaches_holds(app, case, held, within, role):
    made = case()
    path = f"/en/holds/{held(made)}"
    person = made.owner if role == Role.OWNER else within(lambda: accounts.account(role).id)
    browser = Browser(app).sign_in(person)
    assert browser.get("/en/holds").status == browser.get(path).status == 403


def test_a_hold_follows_a_company_that_joins_or_leaves_a_group(within, case, held):
    one, two, three = case(), case(), case()

    def join(first, second):
        def inside():
            by = db.session.get_one(Account, first.liaison)
            into = db.session.get_one(Company, second.company).owner_group_id
            groups.join(db.session.get_one(Company, first.company), into, "same owner", by=by)

        within(inside)

    held(one)
    join(one, two)
    assert is_held(within, one) and is_held(within, two) and not is_held(within, three)

    def leave():
        by = db.session.get_one(Account, one.liaison)
        groups.leave(db.session.get_one(Company, one.company), "a mistake", by=by)

    within(leave)
    assert is_held(within, one) and is_held(within, two)


def test_the_same_placement_is_held_once(within, case, officer):
    made = case()

    def twice():
        by, placement = db.session.get_one(Account, officer), uuid4()
        group_id = db.session.get_one(Company, made.company).owner_group_id
        return [incidents.open_incident(group_id, placement, by=by).id for _ in range(2)]

    first, second = within(twice)
    assert first == second


def test_a_review_is_shown_by_decision_in_the_usual_words_and_ends(app, case, within, mailbox):
    made = case(vetted=True)
    email = within(lambda: db.session.get_one(Account, made.owner).email)
    liaison = Browser(app).sign_in(made.liaison)
    path = f"/en/companies/{made.company}/review-notice"
    other_tab = liaison.get(path)
    liaison.submit(path, button="Begin the review")
    assert within(lambda: incidents.visible_review(made.company) is not None)
    again = liaison.submit(other_tab, button="Begin the review")
    assert again.status == 422 and "already" in again.text
    assert [message.kind for message in mailbox.to(email)] == ["news"]
    assert "routine review" in Browser(app).sign_in(made.owner).get("/en/standing").text
    liaison.submit(path, button="End the review")
    assert within(lambda: incidents.visible_review(made.company)) is None
    assert "routine review" not in Browser(app).sign_in(made.owner).get("/en/standing").text
