"""What search is told: exactly these fields, and nothing that could be a person's name (P8)."""

from dataclasses import FrozenInstanceError, fields
from datetime import UTC, date, datetime

import pytest

from search.documents import AskedLanguage, AskedSkill, HeldSkill, ProfileDocument, VacancyDocument, Vocabulary
from search.encoding import decode, encode
from tests.search.worlds import profile, vacancy


def test_a_profile_document_has_exactly_these_fields():
    assert [field.name for field in fields(ProfileDocument)] == [
        "code",
        "skills",
        "languages",
        "occupations",
        "municipality",
        "region",
        "reach_municipalities",
        "reach_regions",
        "bands",
        "hours_min",
        "hours_max",
        "excluded_sectors",
        "blocked_companies",
        "blocked_groups",
        "eligible_until",
        "waiting_since",
    ]


def test_a_vacancy_document_has_exactly_these_fields():
    assert [field.name for field in fields(VacancyDocument)] == [
        "code",
        "company",
        "group",
        "sectors",
        "occupation",
        "isco",
        "essential",
        "optional",
        "languages",
        "municipality",
        "region",
        "bands",
        "hours_min",
        "hours_max",
        "starts_on",
        "published_on",
        "other_companies",
        "other_groups",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "aino-korhonen"),
        ("code", "1234"),
        ("languages", {"Finnish": 3}),
        ("languages", {"fi": 7}),
        ("languages", {"fi": True}),
        ("municipality", "Oulu"),
        ("municipality", "91"),
        ("region", "1"),
        ("reach_municipalities", frozenset({"Oulu"})),
        ("reach_municipalities", "091"),
        ("reach_regions", frozenset({"Uusimaa"})),
        ("bands", frozenset({"when_children_sleep"})),
        ("hours_min", -1),
        ("hours_min", 41),
        ("hours_max", 400),
        ("excluded_sectors", frozenset({"o"})),
        ("blocked_companies", frozenset({"Siivous Oy"})),
        ("blocked_groups", frozenset({"Korhosen suku"})),
        ("eligible_until", datetime(2026, 1, 1, tzinfo=UTC)),
        ("waiting_since", "2026-01-01"),
        ("skills", (HeldSkill("a", 1), HeldSkill("a", 2))),
    ],
)
def test_a_profile_refuses_what_is_not_a_code_and_never_repeats_it(field, value):
    with pytest.raises(ValueError) as refusal:
        profile(**{field: value})
    assert str(refusal.value).endswith((".", "}."))
    for person in ("korhonen", "Korhosen", "Siivous Oy", "children"):
        assert person not in str(refusal.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "Cleaner wanted"),
        ("company", "Siivous Oy"),
        ("group", "Suku"),
        ("sectors", frozenset({"cleaning"})),
        ("isco", "911"),
        ("municipality", None),
        ("region", None),
        ("essential", (AskedSkill("a", 1), AskedSkill("a", 2))),
        ("hours_min", 39),
        ("starts_on", "soon"),
    ],
)
def test_a_vacancy_refuses_what_is_not_a_code(field, value):
    with pytest.raises(ValueError):
        vacancy(**{field: value})


@pytest.mark.parametrize("make", [lambda: HeldSkill("a", 0), lambda: HeldSkill("a", 5), lambda: HeldSkill("Å", 1)])
def test_a_skill_has_a_code_and_a_level_from_1_to_4(make):
    with pytest.raises(ValueError):
        make()


def test_the_vocabulary_refuses_a_skill_that_is_broader_than_itself():
    with pytest.raises(ValueError):
        Vocabulary({}, {"a": "a"})


def test_documents_cannot_be_changed_nor_given_more():
    one = profile()
    with pytest.raises(FrozenInstanceError):
        one.hours_max = 10
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(one, "name", "Aino")
    with pytest.raises(TypeError):
        one.languages["fi"] = 6


def test_a_profile_survives_its_storage_form():
    one = profile(eligible_until=date(2027, 1, 1), blocked_groups=frozenset({"g"}), reach_regions=frozenset({"02"}))
    assert decode(encode(one)) == one
    assert decode(encode(profile(municipality=None, region=None, occupations=(), skills=()))).skills == ()


def test_a_wish_and_a_must_can_be_told_apart():
    assert AskedLanguage("sv", 2, must=False) != AskedLanguage("sv", 2, must=True)
