"""The card says what was asked, in codes, and how many people it fits (design: P2, P3)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.introductions import card as cards
from portal.introductions.card import Asked, Card, Coarseness

SKILLS = ["hygiene", "cleaning", "cold_dishes", "baking", "till"]
LANGUAGES = ["fi", "sv", "en", "fr", "ar"]


@dataclass
class Person:
    skills: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    bands: frozenset[str] = frozenset()


people = st.builds(
    Person,
    skills=st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 4)),
    languages=st.dictionaries(st.sampled_from(LANGUAGES), st.integers(1, 6)),
    bands=st.frozensets(st.sampled_from(cards.BAND_ORDER)),
)
vacancies = st.builds(
    Asked,
    skills=st.lists(st.tuples(st.sampled_from(SKILLS), st.integers(1, 4)), unique_by=lambda pair: pair[0]).map(tuple),
    languages=st.lists(st.tuples(st.sampled_from(["fi", "sv", "en"]), st.integers(1, 6)),
                       unique_by=lambda pair: pair[0]).map(tuple),
    bands=st.frozensets(st.sampled_from(cards.BAND_ORDER)),
    licences=st.just(frozenset({"till"})),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(people, st.lists(people, max_size=12), vacancies)
def test_p3_a_coarser_card_never_fits_fewer_people(one: Person, others: list[Person], asked: Asked) -> None:
    pool = [cards.card_of(each, asked) for each in (one, *others)]
    ks = [k for _card, k in cards.choices(pool[0], pool)]
    assert ks == sorted(ks)
    assert ks[0] >= 1, "the person herself counts"


@settings(max_examples=300, deadline=None)
@given(people, people, vacancies, st.sampled_from(list(Coarseness)))
def test_p3_whom_a_card_fits_has_the_very_same_card(one: Person, other: Person, asked: Asked, kind: Coarseness) -> None:
    """So that whoever knows how cards are made cannot tell the people it fits apart."""
    mine, theirs = cards.card_of(one, asked), cards.card_of(other, asked)
    fits = cards.fits(cards.coarser(mine, kind), [theirs]) == 1
    assert fits == (cards.card_of(one, asked, kind) == cards.card_of(other, asked, kind))


@settings(max_examples=300, deadline=None)
@given(people, vacancies, st.sampled_from(list(Coarseness)))
def test_p2_a_card_names_nothing_that_was_not_asked(one: Person, asked: Asked, kind: Coarseness) -> None:
    card = cards.card_of(one, asked, kind)
    assert set(card.skills) <= {code for code, _ in asked.skills}
    assert {line.code for line in card.languages} == {code for code, _ in asked.languages}
    assert set(card.bands) <= asked.bands & one.bands
    assert all(one.skills[code] >= level or code == "till" for code, level in asked.skills if code in card.skills)


@settings(max_examples=200, deadline=None)
@given(people, vacancies, st.sampled_from(list(Coarseness)))
def test_p2_a_frozen_card_comes_back_as_it_was(one: Person, asked: Asked, kind: Coarseness) -> None:
    card = cards.card_of(one, asked, kind)
    back = cards.from_json(json.loads(json.dumps(card.as_json())))
    assert back == card and back.digest == card.digest


def test_p2_a_card_has_room_for_nothing_else() -> None:
    """No place, date, age, origin, gender, name or free text: a new field must be argued for here."""
    assert {each.name for each in fields(Card)} == {"coarseness", "skills", "asked_skill", "languages", "bands"}


def test_a_level_below_the_asked_one_is_not_met_and_a_licence_has_no_level() -> None:
    asked = Asked(skills=(("hygiene", 3), ("till", 4)), languages=(("fi", 2),), bands=frozenset(),
                  licences=frozenset({"till"}))  # fmt: skip
    card = cards.card_of(Person({"hygiene": 2, "till": 1}, {"fi": 1}), asked)
    assert card.skills == ("till",)
    assert not card.languages[0].met


@pytest.mark.parametrize(("justified", "shown"), [((), ["fi"]), (("ar",), ["fi", "ar"])])
def test_p2_another_language_stays_off_unless_the_liaison_justified_it(
    justified: tuple[str, ...], shown: list[str]
) -> None:
    asked = cards.asked_of([], [], [{"code": "fi", "level": 2}, {"code": "ar", "level": 4}], [], justified=justified)
    assert [line.code for line in cards.card_of(Person({}, {"ar": 6}), asked).languages] == shown


def test_with_no_asked_skill_only_the_hours_can_be_left_out() -> None:
    exact = cards.card_of(Person({}, {}, frozenset({"night"})), Asked((("baking", 2),), (), frozenset({"night"})))
    assert [card.coarseness for card, _k in cards.choices(exact, [exact])] == [
        Coarseness.EXACT, Coarseness.WITHOUT_HOURS,
    ]  # fmt: skip
