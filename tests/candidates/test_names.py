"""Names compared so that doubt means the same person."""

from __future__ import annotations

import time

import pytest

from portal.candidates import names

SAME = [
    ("Matti Virtanen", "Virtanen Matti"),
    ("Matti Virtanen", "matti virtanen"),
    ("Matti Virtanen", "Matti Juhani Virtanen"),
    ("Matti Virtanen", "M. Virtanen"),
    ("Matti Virtanen", "Mati Virtanen"),
    ("Päivi Mäkelä", "Paivi Makela"),
    ("Anna-Liisa Koski", "Annaliisa Koski"),
    ("Nguyễn Văn An", "Nguyen Van An"),
    ("Mohammed Al-Hassan", "Muhammad al Hassan"),
    ("Søren Ødegård", "Soren Odegard"),
    ("O’Brien Kate", "Kate Obrien"),
    ("Lumikko", "Pertti Lumikko"),
    ("Ludwig van Beethoven", "Ludwig Beethoven"),
    ("Pekka Pahanen", "Pek\u200bka Juhani Paha\u00adnen"),
    ("Pekka Pahanen", "\u0420\u0435kk\u0430 Juhani \u0420\u0430h\u0430n\u0435n"),  # Cyrillic
    ("Pekka Pahanen", "\u03a1ekk\u03b1 Juhani \u03a1\u03b1h\u03b1nen"),  # Greek
    ("Pekka Pahanen", "\U0001d40f\U0001d404\U0001d40a\U0001d40a\U0001d400 Juhani \uff30ahanen"),
    ("Pekka Pahanen", "Pek\u3164ka Juhani Paha\u3164nen"),
    (
        "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
        "\u043f\u0435\u0442\u0440\u043e\u0432 \u0438\u0432\u0430\u043d",
    ),
    ("Matti Virtanen", "Itä-Suomen Koti ja Piha, Siivous ja Pesu, Hoito ja Muutto Matti Virtanen"),
]
OTHER = [
    ("Matti Virtanen", "Maija Virtanen"),
    ("Matti Virtanen", "Matti Korhonen"),
    ("Anna Koski", "Hanna Laine"),
    ("Li Wei", "Lu Wen"),
    ("Matti Virtanen", ""),
    ("…", "Matti Virtanen"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_person_is_known_in_other_spellings(one: str, other: str) -> None:
    assert names.same_person(one, other) and names.same_person(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_people_are_left_alone(one: str, other: str) -> None:
    assert not names.same_person(one, other) and not names.same_person(other, one)


@pytest.mark.parametrize("typed", ["aicha", "Aïcha", "salah", "ben salah aicha", "aicah", "bensalah", "aïch"])
def test_a_search_forgives_slips_accents_and_parts(typed: str) -> None:
    assert names.likeness(typed, "Aïcha Ben-Salah", "Aïcha") > 0


@pytest.mark.parametrize("typed", ["maria", "x", "salmi aicha maria", "…"])
def test_a_search_finds_no_strangers(typed: str) -> None:
    assert names.likeness(typed, "Aïcha Ben-Salah", "Aïcha") == 0


def test_no_name_makes_comparing_slow() -> None:
    """Whoever names a company so that every word is like every other finds no page that waits for it."""
    started = time.perf_counter()
    assert not names.same_person("aaaaaa " * 40 + "bbbbbbbb", "aaaaab " * 42)
    assert time.perf_counter() - started < 2


def test_a_better_fit_comes_first() -> None:
    assert names.likeness("aino", "Aino Esimerkki") > names.likeness("aino", "Ainokaisa Esimerkki")
