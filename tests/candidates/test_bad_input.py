"""Whatever is sent: a sentence beside the field, what was typed is kept, nothing changes, no crash."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from portal.core import clock
from tests.candidates.conftest import House

LONG, NUL, TURNED = "x" * 100_000, "Aino\x00Esimerkki", "Aino\u202eikkremisE"


@pytest.mark.parametrize(
    ("part", "button", "typed"),
    [
        ("identity", "Save", {"legal_name": LONG}),
        ("identity", "Save", {"legal_name": NUL}),
        ("identity", "Save", {"legal_name": TURNED}),
        ("identity", "Save", {"birth_date": "31.2.1990"}),
        ("identity", "Save", {"email": "nobody@"}),
        ("identity", "Save", {"phone": "call me"}),
        ("identity", "Save", {"gender": "unheard"}),
        ("contact", "Save", {"channel": "pigeon"}),
        ("contact", "Save", {"language": "Klingonese"}),
        ("contact", "Save", {"hours": ""}),
        ("profile", "Save", {"skills__0__code": "no such skill at all"}),
        ("profile", "Save", {"skills__0__level": "9"}),
        ("profile", "Save", {"languages__0__level": "0"}),
        ("profile", "Save", {"hours_min": "-1"}),
        ("profile", "Save", {"hours_min": "40", "hours_max": "20"}),
        ("profile", "Save", {"hours_max": "999"}),
        ("profile", "Save", {"bands": ["midnight"]}),
        ("profile", "Save", {"municipality": "Atlantis"}),
        ("profile", "Save", {"may_work": "no", "eligible_until": "2030-01-01"}),
        ("safety", "Save", {"notes": NUL}),
        ("safety", "Save", {"sectors__0__code": "no such trade whatever"}),
        ("notes", "Add the note", {"text": LONG}),
        ("notes", "Add the note", {"text": " "}),
        ("status", "Change the state", {"to": "erased"}),
        ("status", "Change the state", {"to": "closed", "reason": "bored"}),
        ("consents", "Record the answer", {"until": "2001-01-01", "kind": "matching", "answer": "given", "how": "paper",
                                           "language": "Finnish"}),
        ("consents", "Record the answer", {"until": "2099-01-01", "kind": "matching", "answer": "given", "how": "paper",
                                           "language": "Finnish"}),
        ("consents", "Record the answer", {"kind": "card", "answer": "given", "how": "paper", "language": "Finnish"}),
        ("hand-over", "Hand over", {"to": str(uuid4()), "reason": "Because"}),
        ("hand-over", "Hand over", {"reason": "y" * 201}),
        ("erase", "Record the request", {"asked_on": (clock.today() + timedelta(days=9)).isoformat()}),
    ],
)  # fmt: skip
def test_a_wrong_answer_gets_a_sentence_and_changes_nothing(house: House, part: str, button: str, typed: dict) -> None:
    made = house.candidate()
    before, count = house.row(made.id), len([e for e in house.entries() if not e.verb.endswith("read")])
    page = house.browser("officer").submit(f"{made.url}/{part}", button, **typed)
    assert page.status == 422 and page.errors, page.text[:300]
    assert house.row(made.id) == before
    assert len([e for e in house.entries() if not e.verb.endswith("read")]) == count


def test_what_was_typed_is_kept(house: House) -> None:
    made = house.candidate()
    page = house.browser("officer").submit(f"{made.url}/identity", "Save", legal_name="Uusi Nimi 🙂", phone="call me")
    assert 'value="Uusi Nimi 🙂"' in page.html and 'value="call me"' in page.html


def test_a_field_that_the_form_lacks_is_refused(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/identity")
    values = page.fields(page.form())
    values["officer_id"] = str(house.colleague.id)
    page = officer.post(f"{made.url}/identity", data=values)
    assert page.status == 422 and "officer_id" in page.errors[0]


def test_a_second_name_is_searched_from_the_page_of_the_first(house: House) -> None:
    house.candidate(identity={"legal_name": "Aino Esimerkki"})
    other = house.candidate(identity={"legal_name": "Maria Lopez"})
    officer = house.browser("officer")
    page = officer.submit("/en/candidates/search", "Search", name="aino")
    page = officer.submit(page, "Search", name="maria")
    assert other.number in page.text and len(house.entries("identity.searched")) == 2


def test_nothing_is_erased_through_broken_glass(house: House) -> None:
    made = house.candidate(status="closed")
    colleague = house.browser("colleague")
    colleague.submit("/en/candidates/break-glass", "Open the file", case_number=made.number, why="away", reason="Help")
    page = colleague.submit(f"{made.url}/erase", "Erase for good", case_number=made.number)
    assert page.status == 422 and "Only the case officer or a deputy" in page.errors[0]
    assert house.row(made.id) is not None


def test_the_language_is_switched_in_the_middle_of_writing(house: House) -> None:
    made = house.candidate()
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/notes")
    values = page.fields(page.form(button="Add the note"))
    values["text"], values["switch_language"] = "Kesken", "fi"
    page = officer.post(f"{made.url}/notes", data=values)
    assert page.url.startswith("/fi/") and "Kesken" in page.html and house.entries("note.written") == []
