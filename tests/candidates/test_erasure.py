"""P8: what was erased is gone: from every file under the instance folder, and from what was sealed before."""

from __future__ import annotations

import base64
import shutil
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.candidates import erasure, files, retention
from portal.candidates import services as candidates
from portal.candidates.models import Consent, Erasure, IdentityShown
from portal.core import clock, vault
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.core.registry import registry
from portal.core.vault import KeyGone, Sealed
from tests.candidates.conftest import House

CANARIES = {
    "legal_name": "Kanarialintu Väinämöinen-Łódź",
    "chosen_name": "Tirppa Kanarialintu",
    "phone": "+358409876543",
    "email": "kanarialintu.tirppa@example.fi",
    "address": "Kanarialinnunkatu 17 B 43, 00990 Helsinki",
}
SEALED_TEXTS = ["Varo Kanarialinnun-Peteriä", "Petteri Kanarialinnunpelottaja", "Kanarialintumuistiinpano talvella"]


def spellings(text: str) -> set[bytes]:
    """The text as it might lie in a file."""
    raw = text.encode()
    turned = {raw, raw.hex().encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
    turned |= {
        text.encode("latin-1", "ignore"),
        quote(text).encode(),
        text.encode("unicode_escape"),
        text.upper().encode(),
        text.casefold().encode(),
    }
    for shift in range(3):
        turned.add(base64.b64encode(b" " * shift + raw)[4:-4])
    return {each for each in turned if len(each) > 7}


def hits(folder: Path, texts: list[str]) -> list[tuple[str, bytes]]:
    wanted = {spelling for text in texts for spelling in spellings(text)}
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [(path.name, spelling) for spelling in wanted if spelling in content]
    return found


def lived(house: House):
    """A file that was opened, searched, looked at, noted in, and closed through the pages."""
    made = house.candidate(
        identity=CANARIES, contact={"words": SEALED_TEXTS[0]},
        safety={"blocked_persons": (SEALED_TEXTS[1],), "notes": SEALED_TEXTS[2]},
    )  # fmt: skip
    officer = house.browser("officer")
    officer.submit("/en/candidates/search", "Search", name="Tirppa")
    officer.submit(made.url, "Show for ten minutes", reason="meeting")
    officer.submit(f"{made.url}/notes", "Add the note", text=SEALED_TEXTS[2])
    officer.submit(f"{made.url}/identity", "Save", address=CANARIES["address"])
    officer.submit(f"{made.url}/erase", "Record the request")
    officer.submit(f"{made.url}/status", "Change the state", to="closed", reason="asked")
    return made, officer


def test_p8_identity_lies_in_no_file_while_the_person_is_here(house: House, instance) -> None:
    lived(house)
    assert hits(instance[0], [*CANARIES.values(), *SEALED_TEXTS]) == []


def test_p8_after_erasure_nothing_is_left_and_old_rows_do_not_open(house: House, instance, tmp_path: Path) -> None:
    made, officer = lived(house)
    before = house.do(lambda: [_values(row) for row in db.session.scalars(select(Sealed))])
    assert before
    shutil.copytree(instance[0], tmp_path / "backup")
    page = officer.submit(f"{made.url}/erase", "Erase for good", case_number=made.number)
    assert page.h1.startswith("Proof of erasing") and made.number in page.text
    assert hits(instance[0], [*CANARIES.values(), *SEALED_TEXTS]) == []
    assert hits(tmp_path / "backup", list(CANARIES.values())) == []
    assert house.row(made.id) is None and officer.get(made.url).status == 404

    def nothing_left() -> None:
        for model in (Sealed, Consent, IdentityShown):
            assert db.session.scalar(select(model.id).where(model.candidate_id == made.id)) is None
        db.session.add_all([Sealed(**values) for values in before])  # as from an old backup
        db.session.flush()
        for values in before:
            with pytest.raises(KeyGone):
                vault.open(made.id, values["purpose"])
        db.session.rollback()

    house.do(nothing_left)
    proof = house.do(lambda: _values(db.session.scalars(select(Erasure)).one()))
    assert proof["answer"] == "erased" and proof["counts"]["consents"] == 1 and proof["counts"]["sealed"] >= 4
    assert house.trail_is_sound()


def _values(row: object) -> dict:
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns}


def test_p8_the_number_of_an_erased_file_is_not_given_again(house: House, monkeypatch) -> None:
    made, officer = lived(house)
    officer.submit(f"{made.url}/erase", "Erase for good", case_number=made.number)
    numbers = iter([made.number, "B2-BB"])
    monkeypatch.setattr(files.rules, "new_case_number", lambda parts=2: next(numbers))
    assert house.do(files.free_case_number) == "B2-BB"


def test_an_open_file_is_not_erased(house: House) -> None:
    made = house.candidate()
    with pytest.raises(RuleBroken):
        house.do(lambda: erasure.erase(made.id, by=accounts.get(house.officer.id)))
    page = house.browser("officer").submit(f"{made.url}/erase", "Record the request")
    assert "Close the file first." in page.text and "Erase for good" not in page.html


def test_the_wrong_number_erases_nothing(house: House) -> None:
    made, officer = lived(house)
    page = officer.submit(f"{made.url}/erase", "Erase for good", case_number="B2-BB")
    assert page.status == 422 and house.row(made.id) is not None


def test_a_feature_that_says_no_stops_the_erasing(house: House, monkeypatch) -> None:
    made, officer = lived(house)
    here = registry.features
    other = type(here[0])(name="pay", erasure_refusals=lambda candidate_id: ["A claim for pay is open."])
    monkeypatch.setattr(registry, "features", (*here, other))
    page = officer.get(f"{made.url}/erase")
    assert "A claim for pay is open." in page.text and "Erase for good" not in page.html
    with pytest.raises(RuleBroken):
        house.do(lambda: erasure.erase(made.id, by=accounts.get(house.officer.id)))
    assert house.row(made.id).status == "closed"


def test_p8_what_officers_write_about_a_person_lies_sealed_and_dies_with_the_key(house: House, instance) -> None:
    made = house.candidate()
    said = [
        "Sairaala soitti kiireestä",
        "Palkkasaatava on avoinna",
        "Muuttaa Kanarialaan asumaan",
        "Vastasi lähisukulainen",
    ]
    house.browser("colleague").submit(
        "/en/candidates/break-glass", "Open the file", case_number=made.number, why="away", reason=said[0]
    )
    officer = house.browser("officer")
    assert said[0] in officer.submit(f"{made.url}/whole-file", "Open everything").text
    officer.submit(f"{made.url}/call", "Record it", outcome="spoke", text=said[3])
    officer.submit(f"{made.url}/erase", "Record the request")
    until = (clock.today() + timedelta(days=90)).isoformat()
    page = officer.submit(f"{made.url}/refuse-erasure", "Refuse", reasons=said[1], refused_until=until)
    assert said[1] in page.text
    officer.submit(f"{made.url}/hand-over", "Hand over", to=str(house.colleague.id), reason=said[2])
    assert hits(instance[0], said) == []
    assert all(text not in repr(house.entries()) for text in said)
    keeper = house.browser("colleague")
    assert said[1] in keeper.get(f"{made.url}/erase").text or said[1] in officer.get(page.url).text
    keeper.submit(f"{made.url}/status", "Change the state", to="closed", reason="asked")
    keeper.submit(f"{made.url}/erase", "Erase for good", case_number=made.number)
    assert house.row(made.id) is None and said[1] not in officer.get(page.url).text


def test_a_refusal_says_why_and_until_when(house: House) -> None:
    made, officer = lived(house)
    until = clock.today() + timedelta(days=90)
    page = officer.submit(f"{made.url}/refuse-erasure", "Refuse", reasons="", refused_until=until.isoformat())
    assert page.errors == ["Write why the file cannot be erased now."]
    page = officer.submit(
        f"{made.url}/refuse-erasure", "Refuse", reasons="A claim for pay is open.", refused_until=until.isoformat()
    )
    assert page.h1.startswith("Answer to a request") and "A claim for pay is open." in page.text
    assert house.row(made.id).erasure_asked_on is None
    assert "A claim for pay is open." in officer.get(f"{made.url}/erase").text
    assert house.browser("colleague").get(page.url).status == 404


def test_an_erasing_that_broke_off_is_finished(house: House) -> None:
    made, officer = lived(house)
    house.do(lambda: vault.destroy_key(made.id))  # the crash came after this, before the commit
    page = officer.get(made.url)
    assert "was broken off" in page.text
    page = officer.submit(page.links["Finish erasing"], "Erase for good", case_number=made.number)
    assert page.h1.startswith("Proof of erasing") and house.row(made.id) is None


def test_the_candidate_sees_everything_that_is_held(house: House) -> None:
    made = house.candidate(identity=CANARIES, safety={"notes": SEALED_TEXTS[2]})
    officer = house.browser("officer")
    page = officer.get(f"{made.url}/whole-file")
    assert CANARIES["legal_name"] not in page.html and house.entries("identity.read") == []
    page = officer.submit(page, "Open everything")
    for text in (*CANARIES.values(), SEALED_TEXTS[2], "food hygiene", "Looking for matches"):
        assert text in page.text
    assert [entry.reason for entry in house.entries("identity.read")] == ["The candidate asked to see the file"]


def test_what_had_its_time_goes_by_itself(house: House) -> None:
    made = house.candidate()
    house.browser("officer").submit(made.url, "Show for ten minutes", reason="meeting")
    with clock.travel(clock.now() + timedelta(hours=1)):
        assert [house.do(rule.delete) for rule in retention.RULES if rule.delete] == [1, 0, 0]


def test_the_key_is_there_before_the_row(house: House, monkeypatch) -> None:
    order: list[str] = []
    create = vault.create_key
    monkeypatch.setattr(vault, "create_key", lambda each: (order.append("key"), create(each)))
    monkeypatch.setattr(files, "free_case_number", lambda: order.append("row") or "B3-BB")
    house.do(lambda: candidates.open_file(house.ours, accounts.get(house.officer.id)))
    assert order == ["key", "row"]


def test_only_an_own_programme_takes_a_new_file(house: House) -> None:
    with pytest.raises(RuleBroken):
        house.do(lambda: candidates.open_file(house.theirs, accounts.get(house.officer.id)))


def test_birth_dates_make_sense(house: House) -> None:
    made = house.candidate()
    page = house.browser("officer").submit(
        f"{made.url}/identity", "Save", birth_date=date(2024, 1, 1).isoformat(), email="nobody", phone="abc"
    )
    assert page.status == 422 and len(page.errors) == 3
