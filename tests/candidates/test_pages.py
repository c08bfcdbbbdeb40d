"""An officer opens a file and keeps it, on real pages."""

from __future__ import annotations

from tests.candidates.conftest import House


def test_an_officer_opens_a_file_step_by_step(house: House) -> None:
    officer = house.browser("officer")
    names = {"legal_name": "Aïcha Ben-Salah", "chosen_name": "Aïcha"}
    page = officer.submit("/en/candidates/new", "Save and go on", phone="040 123 4567", **names)
    assert page.h1.startswith("Safe contact")
    page = officer.submit(page, "Save and go on", channel="call", hours="weekdays 10–14", language="French")
    assert page.h1.startswith("Profile")
    page = officer.submit(
        page, "Save and go on", skills__0__code="food hygiene", skills__0__level="3", languages__0__code="French",
        languages__0__level="6", occupations__0__code="kitchen assistant", municipality="Espoo", bands=["weekday_day"],
        hours_min="20", hours_max="37", may_work="yes", read_through="y",
    )  # fmt: skip
    assert page.h1.startswith("Safety"), page.errors
    page = officer.submit(page, "Save and go on", persons__0__code="Pekka Paha", notes="Not after dark.")
    assert page.h1.startswith("Consents")
    page = officer.submit(
        page, "Record the answer", kind="matching", answer="given", how="paper", language="French", interpreter="y"
    )
    assert "In force" in page.text and "The service stays the same" in page.text
    number = page.h1.split()[-1]
    show = officer.get(page.url.removesuffix("/consents"))
    assert show.h1 == f"Candidate {number}" and show.title == f"Candidate {number} – Reilu"
    assert "food hygiene: does alone" in show.text and "Aïcha" not in show.html and "Pekka" not in show.html
    show = officer.submit(show.links["Change the state"], "Change the state", to="active")
    assert "Active" in show.text


def test_a_file_becomes_active_only_when_it_is_whole(house: House) -> None:
    made = house.candidate(status="intake", matching=None)
    officer = house.browser("officer")
    page = officer.submit(f"{made.url}/status", "Change the state", to="active")
    assert page.status == 422 and "was not asked about matches yet" in page.errors[0]
    assert house.row(made.id).status == "intake"


def test_closing_asks_for_a_reason(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.submit(f"{made.url}/status", "Change the state", to="closed")
    assert "Choose why the file closes." in page.errors[0]
    page = officer.submit(f"{made.url}/status", "Change the state", to="closed", reason="moved")
    row = house.row(made.id)
    assert row.status == "closed" and row.close_reason == "moved" and row.closed_at is not None


def test_the_list_shows_numbers_and_what_is_due_but_no_name(house: House) -> None:
    made = house.candidate(identity={"legal_name": "Salainen Nimi"})
    page = house.browser("officer").get("/en/candidates")
    assert made.number in page.text and "Salainen" not in page.html


def test_notes_are_sealed_dated_and_signed(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.submit(f"{made.url}/notes", "Add the note", text="Bring the sheet in French.\nCall first.")
    assert "Bring the sheet in French." in page.text and "Elina Saarela" in page.text


def test_a_note_sent_twice_stands_once(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/notes")
    officer.submit(page, "Add the note", text="Only once.")
    again = officer.submit(page, "Add the note", text="Only once.")
    assert again.status == 200 and again.text.count("Only once.") == 1


def test_two_tabs_show_both_versions_of_a_profile(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    first, second = officer.get(f"{made.url}/profile"), officer.get(f"{made.url}/profile")
    officer.submit(first, "Save", hours_max="30")
    page = officer.submit(second, "Save", hours_max="25")
    assert page.status == 422 and "Someone changed this" in page.text and "30" in page.text
    assert house.row(made.id).hours_max == 30


def test_two_tabs_show_both_versions_of_an_identity(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    first, second = officer.get(f"{made.url}/identity"), officer.get(f"{made.url}/identity")
    officer.submit(first, "Save", chosen_name="Aino")
    page = officer.submit(second, "Save", chosen_name="Ainikki")
    assert page.status == 422 and "Someone changed this" in page.text


def test_a_consent_is_taken_back_without_a_reason(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/consents")
    page = officer.submit(page.links["Take back Looking for matches"], "Take it back")
    assert "Taken back. The service stays the same." in page.text
    assert [entry.facts["kind"] for entry in house.entries("consent.withdrawn")] == ["matching"]


def test_the_sheets_print_in_three_languages(house: House) -> None:
    officer = house.browser("officer")
    for language in ("fi", "sv", "en"):
        for kind in ("matching", "statistics"):
            assert officer.get(f"/{language}/candidates/consent-sheet/{kind}").status == 200
    assert "Elina Saarela" in officer.get("/en/candidates/consent-sheet/matching").text


def test_the_sheet_for_the_meeting_has_no_name_and_no_safety(house: House) -> None:
    made = house.candidate(
        identity={"legal_name": "Salainen Nimi"}, safety={"blocked_persons": ("Pekka Paha",), "notes": "Pimeällä ei."}
    )
    page = house.browser("officer").get(f"{made.url}/sheet")
    assert "food hygiene" in page.text
    assert not any(word in page.html for word in ("Salainen", "Pekka", "Pimeällä", "0401234567"))


def test_every_page_of_a_file_has_the_quick_exit(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    for part in ("", "/sheet", "/looks", "/identity", "/contact", "/profile", "/safety", "/notes", "/status",
                 "/consents", "/hand-over", "/whole-file", "/erase"):  # fmt: skip
        page = officer.get(made.url + part)
        assert page.status == 200 and "Close this page" in page.html, part
        assert "Aino" not in page.title


def test_a_blocked_company_is_found_by_a_misspelt_name(house: House) -> None:
    from portal.companies.models import Company, OwnerGroup
    from portal.core import clock
    from portal.core.db import db

    def company() -> None:
        group = OwnerGroup(name="Lumikko")
        db.session.add(group)
        db.session.flush()
        db.session.add(
            Company(
                business_id="1234567-1", name="Lumikko Palvelut Oy", sort_key="lumikko", industry="81",
                municipality="091", contact_name="Pertti Lumikko", contact_email="p@example.fi",
                owner_group_id=group.id, applied_at=clock.now(),
            )
        )  # fmt: skip

    house.do(company)
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.submit(f"{made.url}/safety", "Find", find="lumiko palvelut")
    assert page.status == 200 and "Lumikko Palvelut Oy" in page.text
    box = next(e for e in page.tree.iter("input") if e.get("name") == "companies")
    page = officer.submit(page, "Save", companies=[box.get("value")])
    assert "Company: Lumikko Palvelut Oy" in page.text


def test_what_is_wrong_with_a_new_file_is_said_in_the_order_of_the_page(house: House) -> None:
    page = house.browser("officer").submit("/en/candidates/new", "Save and go on", programme="")
    assert page.status == 422 and page.errors == ["Choose the programme.", "Write the name."]
