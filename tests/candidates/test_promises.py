"""P4, P6 and P7 on the pages and services of candidates."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from portal.accounts import services as accounts
from portal.candidates import caseloads
from portal.candidates import services as candidates
from portal.companies.models import Company, OwnerGroup, OwnerPerson
from portal.core import clock, languages
from portal.core.db import db
from portal.core.errors import NotFound
from tests.candidates.conftest import House

PARTS = ("", "/sheet", "/looks", "/identity", "/contact", "/profile", "/safety", "/notes", "/status", "/consents",
         "/hand-over", "/whole-file", "/erase", "/refuse-erasure")  # fmt: skip
SECRET = "Salainen Henkilö"


def company(**overrides: object) -> Company:
    group = OwnerGroup(name="A group")
    db.session.add(group)
    db.session.flush()
    values = {
        "business_id": f"{uuid4().int % 10**7:07}-1", "name": "Lumikko Oy", "sort_key": "lumikko", "industry": "81",
        "municipality": "091", "contact_name": "Contact Person", "contact_email": "c@example.fi",
        "owner_group_id": group.id, "applied_at": clock.now(),
    }  # fmt: skip
    row = Company(**(values | overrides))
    db.session.add(row)
    db.session.flush()
    return row


def behind(company_id: UUID) -> candidates.Behind:
    return candidates.behind({1: ([db.session.get_one(Company, company_id)], [])})[1]


def is_blocked(candidate_id: UUID, company_id: UUID) -> bool:
    return candidate_id in candidates.blocked_among([candidate_id], behind(company_id))


# --- P4: safety before ranking ----------------------------------------------------------


def test_p4_a_blocked_company_blocks_its_whole_owner_group(house: House) -> None:
    def three() -> tuple:
        one = company()
        return one.id, company(owner_group_id=one.owner_group_id).id, company().id

    first, sister, other = house.do(three)
    made = house.candidate(safety={"blocked_companies": frozenset({first})})
    blocked = house.do(lambda: [is_blocked(made.id, each) for each in (first, sister, other)])
    assert blocked == [True, True, False]


def test_p4_a_blocked_company_takes_its_block_along_into_another_group(house: House) -> None:
    blocked, other = house.do(lambda: (company().id, company().id))
    made = house.candidate(safety={"blocked_companies": frozenset({blocked})})

    def move() -> None:
        into = db.session.get_one(Company, other).owner_group_id
        db.session.get_one(Company, blocked).owner_group_id = into

    house.do(move)
    assert house.do(lambda: is_blocked(made.id, other))


def test_p4_a_blocked_person_is_found_behind_any_company_of_the_group(house: House) -> None:
    def group() -> tuple:
        one = company()
        sister = company(owner_group_id=one.owner_group_id)
        db.session.add(OwnerPerson(owner_group_id=one.owner_group_id, name="Pahanen Pekka Juhani"))
        return one.id, sister.id, company(contact_name="Pekka Hyvä").id

    ids = house.do(group)
    made = house.candidate(safety={"blocked_persons": ("pekka páhanen",)})
    free = house.candidate()
    blocked = house.do(lambda: [candidates.blocked_among([made.id, free.id], behind(each)) for each in ids])
    assert blocked == [{made.id}, {made.id}, set()]


def test_p4_a_sector_is_kept_away_by_section_and_division(house: House) -> None:
    from portal.vocabulary import services as vocabulary

    cleaner = house.do(lambda: company(industry="81").id)
    section = house.do(lambda: next(code for code in vocabulary.industry_codes("81") if code != "81"))
    by_division = house.candidate(safety={"excluded_sectors": frozenset({"81"})})
    by_section = house.candidate(safety={"excluded_sectors": frozenset({section})})
    both = [by_division.id, by_section.id]
    assert house.do(lambda: candidates.blocked_among(both, behind(cleaner))) == set(both)


def test_p4_whose_safety_cannot_be_opened_is_blocked(house: House) -> None:
    from portal.core import vault

    cleaner = house.do(lambda: company().id)
    made = house.candidate()
    house.do(lambda: vault.destroy_key(made.id))
    assert house.do(lambda: is_blocked(made.id, cleaner))


def test_p4_only_who_agreed_to_matching_is_matchable(house: House) -> None:
    agreed, refused = house.candidate(), house.candidate(matching="refused")
    paused = house.candidate(status="paused")
    found = house.do(lambda: {each.candidate_id for each in candidates.active_profiles()})
    assert found == {agreed.id}
    assert house.do(lambda: {each.candidate_id for each in candidates.all_active()}) == {agreed.id, refused.id}
    assert paused.id not in found


def test_p4_a_consent_ends_with_its_last_day(house: House) -> None:
    made = house.candidate(matching=None, status="intake")
    from tests.factories import candidates as make

    until = clock.today() + timedelta(days=3)
    house.do(lambda: make.consent(made.id, accounts.get(house.officer.id), until=until))
    for day, holds in ((until, True), (until + timedelta(days=1), False)):
        found = house.do(lambda day=day: candidates.consent_in_force(made.id, "matching", on=day))
        assert (found is not None) is holds


def test_p4_the_latest_answer_counts(house: House) -> None:
    made = house.candidate()
    from tests.factories import candidates as make

    house.do(lambda: make.consent(made.id, accounts.get(house.officer.id), answer="refused"))
    assert house.do(lambda: candidates.consent_in_force(made.id, "matching")) is None


def masked(html: str, asked: object) -> str:
    """Without what the asker sent and the token of the sign-out button."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html.replace(str(asked), "asked"))


# --- P6: who looked is known -----------------------------------------------------------------


def test_p6_a_strangers_file_and_an_absent_one_give_the_same_bytes(house: House) -> None:
    made = house.candidate()
    stranger, colleague = house.browser("stranger"), house.browser("colleague")
    for person in (stranger, colleague):
        for part in PARTS:
            nobody = uuid4()
            foreign, absent = person.get(made.url + part), person.get(f"/en/candidates/{nobody}{part}")
            assert foreign.status == absent.status == 404
            assert masked(foreign.html, made.id) == masked(absent.html, nobody), part
    assert house.entries("identity.read") == []


@pytest.mark.parametrize("who", ["liaison", "administrator"])
def test_p6_other_roles_reach_no_file(house: House, who: str) -> None:
    made = house.candidate()
    for path in ("/en/candidates", "/en/candidates/search", "/en/candidates/break-glass", made.url):
        assert house.browser(who).get(path).status == 403


def test_p6_name_and_contact_show_for_ten_minutes_and_each_look_is_kept(house: House) -> None:
    made = house.candidate(identity={"legal_name": SECRET})
    officer = house.browser("officer")
    assert SECRET not in officer.get(made.url).html
    assert house.entries("identity.read") == []
    page = officer.submit(made.url, "Show for ten minutes", reason="meeting")
    assert SECRET in page.html
    first = house.entries("identity.read")
    assert [(each.reason, each.account_id, each.candidate_ids) for each in first] == [
        ("Meeting with the candidate", house.officer.id, [made.id])
    ]
    officer.get(made.url)
    assert len(house.entries("identity.read")) == 2
    with clock.travel(clock.now() + timedelta(minutes=11)):
        assert SECRET not in officer.get(made.url).html
    assert len(house.entries("identity.read")) == 2
    assert house.trail_is_sound()


def test_p6_the_officer_hides_them_at_once(house: House) -> None:
    made = house.candidate(identity={"legal_name": SECRET})
    officer = house.browser("officer")
    page = officer.submit(made.url, "Show for ten minutes", reason="meeting")
    assert SECRET not in officer.submit(page, "Hide now").html


def test_p6_without_a_reason_nothing_shows(house: House) -> None:
    made = house.candidate(identity={"legal_name": SECRET})
    page = house.browser("officer").submit(made.url, "Show for ten minutes")
    assert page.status == 422 and SECRET not in page.html and "Choose why you need them." in page.errors
    assert house.entries("identity.read") == []


def test_p6_the_form_that_corrects_a_name_is_a_look_and_saving_is_not_another(house: House) -> None:
    made = house.candidate(identity={"legal_name": SECRET})
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/identity")
    assert len(house.entries("identity.read")) == 1
    officer.submit(page, "Save", chosen_name="Aino")
    assert len(house.entries("identity.read")) == 1
    page = officer.get(f"{made.url}/identity")
    refused = officer.submit(page, "Save", legal_name="")
    assert refused.status == 422 and len(house.entries("identity.read")) == 3  # it shows the rest of the form again


def test_p6_a_search_is_one_entry_with_every_file_that_was_opened(house: House) -> None:
    found = house.candidate(identity={"legal_name": "Aïcha Ben-Salah", "chosen_name": "Aïcha"})
    other = house.candidate(identity={"legal_name": "Maria Lopez"})
    foreign = house.candidate(by="colleague", identity={"legal_name": "Aicha Toinen"})
    page = house.browser("officer").submit("/en/candidates/search", "Search", name="aicah")
    assert "Aïcha" in page.text and found.number in page.text
    assert "Maria" not in page.html and "Ben-Salah" not in page.html and "Toinen" not in page.html
    entries = house.entries("identity.searched")
    assert len(entries) == 1 and set(entries[0].candidate_ids) == {found.id, other.id}
    assert foreign.id not in entries[0].candidate_ids and "aicah" not in repr(entries[0])


def test_p6_an_officer_breaks_the_glass_with_number_and_reason_and_administrators_are_told(
    house: House, mailbox
) -> None:
    made = house.candidate(identity={"legal_name": SECRET})
    colleague = house.browser("colleague")
    page = colleague.submit(
        "/en/candidates/break-glass", "Open the file", case_number=made.number.lower().replace("-", ""), why="away",
        reason="A call from the hospital",
    )  # fmt: skip
    assert page.h1 == f"Candidate {made.number}" and "Outside your caseload" in page.text and SECRET not in page.html
    entry = house.entries("glass.broken")[0]
    assert entry.candidate_ids == [made.id] and entry.reason == "The case officer is away and something cannot wait"
    assert [message.kind for message in mailbox.to(house.administrator.email)] == ["news"]
    assert made.number not in colleague.get("/en/candidates").text
    with clock.travel(clock.now() + timedelta(hours=8, minutes=1)):
        assert house.browser("colleague").get(made.url).status == 404


def test_p6_a_number_that_opens_nothing_gets_one_answer(house: House) -> None:
    made = house.candidate(by="stranger")
    colleague = house.browser("colleague")
    answers = [
        colleague.submit("/en/candidates/break-glass", "Open the file", case_number=number, why="away", reason="Help")
        for number in (made.number, "B2-BB", "<script>", "١٢")
    ]
    assert {page.status for page in answers} == {422}
    assert len({tuple(page.errors) for page in answers}) == 1
    assert len(house.entries("glass.refused")) == 4 and house.entries("glass.broken") == []
    for _ in range(6):
        colleague.submit("/en/candidates/break-glass", "Open the file", case_number="B2-BB", why="away", reason="Help")
    known = house.candidate()
    page = colleague.submit(
        "/en/candidates/break-glass", "Open the file", case_number=known.number, why="away", reason="Help"
    )
    assert "Too many case numbers" in page.errors[0]


def test_p6_three_identities_outside_the_caseload_in_a_day_alert(house: House, mailbox) -> None:
    made = [house.candidate() for _ in range(3)]
    [house.candidate() for _ in range(6)]
    colleague = house.browser("colleague")
    for each in made:
        colleague.submit(
            "/en/candidates/break-glass", "Open the file", case_number=each.number, why="away", reason="Help"
        )
    mailbox.deliver()
    before = len(mailbox.to(house.administrator.email))
    for count, each in enumerate(made, start=1):
        colleague.submit(each.url, "Show for ten minutes", reason="contact")
        assert len(house.entries("alert.outside_caseload")) == (count == 3)
    colleague.get(made[0].url)
    assert len(house.entries("alert.outside_caseload")) == 1
    assert len(mailbox.to(house.administrator.email)) == before + 1


def test_p6_half_the_pool_in_a_week_alerts(house: House) -> None:
    made = [house.candidate() for _ in range(8)]
    officer = house.browser("officer")
    for count, each in enumerate(made[:4], start=1):
        officer.submit(each.url, "Show for ten minutes", reason="meeting")
        assert len(house.entries("alert.half_of_pool")) == (count == 4)


def test_p6_a_deputy_needs_no_glass_on_the_days_that_were_named(house: House, mailbox) -> None:
    made = house.candidate()
    officer, colleague = house.browser("officer"), house.browser("colleague")
    first, last = clock.today(), clock.today() + timedelta(days=2)
    page = officer.submit(
        "/en/candidates/deputies", "Name the deputy", deputy=str(house.colleague.id), starts_on=first.isoformat(),
        ends_on=last.isoformat(),
    )  # fmt: skip
    assert "Otto Kollega" in page.text and [m.kind for m in mailbox.to(house.colleague.email)] == ["news"]
    assert colleague.get(made.url).status == 200 and made.number in colleague.get("/en/candidates").text
    assert house.do(lambda: candidates.responsible_officers(made.id)) == [house.officer.id, house.colleague.id]
    with clock.travel(clock.now() + timedelta(days=3)):
        assert house.browser("colleague").get(made.url).status == 404
    page = officer.submit(page.links["End it now"], "End it now")
    assert colleague.get(made.url).status == 404


def test_p6_a_deputy_from_another_programme_cannot_be_named(house: House) -> None:
    page = house.browser("officer").get("/en/candidates/deputies")
    assert "Siiri Muu" not in page.html
    forged = {
        "deputy": str(house.stranger.id), "starts_on": clock.today().isoformat(), "ends_on": clock.today().isoformat(),
        **{name: page.fields(page.form())[name] for name in ("csrf_token", "once", "version")},
    }  # fmt: skip
    page = house.browser("officer").post("/en/candidates/deputies", data=forged)
    assert page.status in (400, 422)


def test_p6_a_file_is_handed_over_inside_the_programme_and_both_are_told(house: House, mailbox) -> None:
    made = house.candidate()
    officer, colleague = house.browser("officer"), house.browser("colleague")
    page = officer.submit(f"{made.url}/hand-over", "Hand over", to=str(house.colleague.id), reason="Moves to Turku")
    assert "Handed over" in page.text
    assert officer.get(made.url).status == 404 and colleague.get(made.url).status == 200
    assert len(house.entries("candidate.handed_over")) == 1
    assert "Moves to Turku" in colleague.get(f"{made.url}/notes").text
    assert len(mailbox.to(house.officer.email)) == len(mailbox.to(house.colleague.email)) == 1
    assert "Handed over to you" in colleague.get("/en/candidates").text


def test_p6_the_candidate_can_see_who_has_looked(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    officer.submit(made.url, "Show for ten minutes", reason="meeting")
    page = officer.get(f"{made.url}/looks")
    assert "Name and contact shown" in page.text and "Meeting with the candidate" in page.text
    assert officer.get(f"{made.url}/looks?before=x").status == 404


def test_p6_safety_and_notes_are_looks_too(house: House) -> None:
    made = house.candidate(safety={"blocked_persons": ("Pekka Paha",)})
    officer = house.browser("officer")
    assert "Pekka" not in officer.get(made.url).html
    assert "Pekka Paha" in officer.get(f"{made.url}/safety").html
    officer.get(f"{made.url}/notes")
    assert len(house.entries("safety.read")) == len(house.entries("notes.read")) == 1


def test_p6_a_released_field_is_read_with_a_witness(house: House) -> None:
    made, introduction = house.candidate(), uuid4()
    house.do(lambda: candidates.seal_release(made.id, introduction, {"name": SECRET}))
    assert house.do(lambda: candidates.open_release(made.id, introduction, "Shown")) == {"name": SECRET}
    assert [entry.candidate_ids for entry in house.entries("release.read")] == [[made.id]]
    house.do(lambda: candidates.forget_release(made.id, introduction))
    assert house.do(lambda: candidates.open_release(made.id, introduction, "Shown")) == {}


def test_p6_services_give_a_stranger_nothing(house: House) -> None:
    made = house.candidate()
    for verb in (candidates.get, lambda each, viewer: candidates.read_identity(each, viewer, "Why")):
        with pytest.raises(NotFound):
            house.do(lambda verb=verb: verb(made.id, accounts.get(house.stranger.id)))


def test_p6_an_officer_with_files_is_not_deactivated(house: House) -> None:
    from portal.candidates import feature

    house.candidate()
    with house.app.test_request_context("/en/accounts"), languages.speaking("en"):
        blocked = list(feature.deactivation_blockers(accounts.get(house.officer.id)))
        db.session.remove()
    assert len(blocked) == 1 and "handed over" in blocked[0]
    assert house.do(lambda: list(feature.deactivation_blockers(accounts.get(house.colleague.id)))) == []


# --- P7: messages, addresses and logs say little -----------------------------------------------


def test_p7_no_name_stands_in_an_address_a_title_a_log_or_a_mail(house: House, mailbox, caplog) -> None:
    made = house.candidate(identity={"legal_name": SECRET, "chosen_name": "Kutsumanimi"})
    officer = house.browser("officer")
    with caplog.at_level(logging.DEBUG):
        page = officer.submit("/en/candidates/search", "Search", name="Kutsumanimi")
        assert "Kutsumanimi" not in page.url
        page = officer.submit(made.url, "Show for ten minutes", reason="meeting")
        assert SECRET in page.html and SECRET not in page.title
        page = officer.submit(f"{made.url}/identity", "Save", chosen_name="Toinennimi")
        officer.submit(f"{made.url}/hand-over", "Hand over", to=str(house.colleague.id), reason="Moves")
    logged = " ".join(str(vars(record)) for record in caplog.records if not record.name.startswith("sqlalchemy"))
    for word in (SECRET, "Salainen", "Kutsumanimi", "Toinennimi", made.number):
        assert word not in logged
        assert all(word not in str(vars(message)) for message in mailbox.to(house.colleague.email))


def test_p7_search_is_a_post_only(house: House) -> None:
    house.candidate(identity={"legal_name": SECRET})
    page = house.browser("officer").get("/en/candidates/search?name=Salainen")
    assert SECRET not in page.html and house.entries("identity.searched") == []


# --- what waits --------------------------------------------------------------------------------


def test_what_is_due_waits_for_the_officer(house: House) -> None:
    from portal.candidates import feature

    intake = house.candidate(status="intake", matching=None)
    active = house.candidate()

    def tasks(who: str) -> list[str]:
        return house.do(lambda: [f"{each.title}: {each.text}" for each in _tasks(who)])

    def _tasks(who: str):
        app = house.app
        with app.test_request_context("/en/start"), languages.speaking("en"):
            return list(feature.waiting(accounts.get(house.people[who].id)))

    assert tasks("officer") == []
    with clock.travel(clock.now() + timedelta(days=15)):
        assert [each for each in tasks("officer") if intake.number in each and "Still being opened" in each]
    with clock.travel(clock.now() + timedelta(days=340)):
        found = " ".join(tasks("officer"))
        assert f"{active.number}: The consent to matches ends on" in found and "Read the profile through" in found
    assert tasks("colleague") == []


def test_statistics_and_matching_consents_stand_apart(house: House) -> None:
    made = house.candidate(matching="refused")
    officer = house.browser("officer")
    page = officer.submit(
        f"{made.url}/consents", "Record the answer", kind="statistics", answer="given", how="spoken", language="Finnish"
    )
    assert "Statistics" in page.text and "In force" in page.text
    assert house.do(lambda: candidates.consent_in_force(made.id, "matching")) is None


def test_a_consent_to_an_introduction_is_not_recorded_here(house: House) -> None:
    made = house.candidate()
    page = house.browser("officer").get(f"{made.url}/consents")
    assert "card" not in [e.get("value") for e in page.tree.iter("input")]


def test_only_one_programme_is_warned_of(house: House) -> None:
    house.candidate()
    assert house.do(candidates.only_one_programme) is True
    house.candidate(by="stranger")
    assert house.do(candidates.only_one_programme) is False


def test_glass_is_not_needed_for_ones_own_file(house: House) -> None:
    made = house.candidate()
    found = house.do(lambda: caseloads.break_glass(made.number, "away", "Help", by=accounts.get(house.officer.id)))
    assert found == made.id and house.entries("glass.broken") == []


def test_dates_that_make_no_sense_get_a_sentence(house: House) -> None:
    officer = house.browser("officer")
    page = officer.submit(
        "/en/candidates/deputies", "Name the deputy", deputy=str(house.colleague.id), starts_on="2026-13-45",
        ends_on=date(2020, 1, 1).isoformat(),
    )  # fmt: skip
    assert page.status == 422 and "Write the day with numbers, for example 3.12.2026." in " ".join(page.errors)
