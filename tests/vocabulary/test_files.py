"""The vocabulary's own files: whole, tidy, and each code leading somewhere."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from seeds.reference import VOCABULARY

LANGUAGES = ("fi", "sv", "en")
ROWS = {
    "skills": 468,
    "groups": 27,
    "occupations": 157,
    "occupation_skills": 986,
    "municipalities": 308,
    "regions": 19,
    "industries": 39,
}


def rows(name: str) -> list[dict[str, str]]:
    with (VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(name: str) -> set[str]:
    return {row["code"] for row in rows(name)}


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_a_file_is_tidy_and_as_long_as_it_says(name: str, count: int):
    raw = (VOCABULARY / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw
    found = rows(name)
    assert len(found) == count
    for row in found:
        for column, value in row.items():
            assert column and value is not None and value == value.strip() and "  " not in value, row


@pytest.mark.parametrize("name", ["skills", "groups", "occupations", "industries"])
def test_codes_and_labels_are_unique(name: str):
    for column in ("code", *(f"label_{language}" for language in LANGUAGES)):
        seen = Counter(row[column].casefold() for row in rows(name))
        assert "" not in seen and not [value for value, count in seen.items() if count > 1], column


def test_every_code_leads_somewhere():
    skills, sections = codes("skills"), {row["code"] for row in rows("industries") if row["level"] == "section"}
    assert {row["group"] for row in rows("skills")} == codes("groups")
    assert {row["broader"] for row in rows("skills")} - {""} <= skills
    assert {row["occupation"] for row in rows("occupation_skills")} == codes("occupations")
    assert {row["skill"] for row in rows("occupation_skills")} <= skills
    assert {row["sector"] for row in rows("occupations")} <= sections
    assert {row["parent"] for row in rows("industries")} - {""} <= sections
    assert {row["region_code"] for row in rows("municipalities")} == codes("regions")


def test_broader_terms_end_and_a_licence_has_none():
    broader = {row["code"]: row["broader"] for row in rows("skills")}
    for code in broader:
        path = [code]
        while broader[path[-1]]:
            path.append(broader[path[-1]])
            assert len(path) == len(set(path)), path
    assert not [row["code"] for row in rows("skills") if row["kind"] == "licence" and row["broader"]]


@pytest.mark.parametrize("name", ["skills", "occupations"])
def test_alternatives_are_other_words(name: str):
    for row in rows(name):
        for language in LANGUAGES:
            words = [word.casefold() for word in row[f"alt_{language}"].split("|")] if row[f"alt_{language}"] else []
            assert all(words) and len(words) == len(set(words)) and row[f"label_{language}"].casefold() not in words, (
                row
            )


def test_codes_have_their_form():
    for name, column, pattern in (
        ("skills", "code", r"[a-z0-9_]{1,40}"),
        ("skills", "rarity", "[1-5]"),
        ("skills", "kind", "skill|knowledge|licence"),
        ("occupations", "code", r"[a-z0-9_]{1,40}"),
        ("occupations", "isco", r"\d{4}"),
        ("municipalities", "code", r"\d{3}"),
        ("regions", "code", r"\d{2}"),
        ("industries", "code", r"[A-V]|\d{2}"),
        ("industries", "scrutiny", "[01]"),
        ("occupation_skills", "weight", "essential|optional"),
    ):
        wrong = [row[column] for row in rows(name) if not re.fullmatch(pattern, row[column])]
        assert not wrong, (name, column, wrong)


def test_each_occupation_has_five_to_nine_usual_skills_and_an_essential_one():
    links = rows("occupation_skills")
    for code, count in Counter(row["occupation"] for row in links).items():
        assert 5 <= count <= 9 and any(row["weight"] == "essential" for row in links if row["occupation"] == code), code
    assert len({(row["occupation"], row["skill"]) for row in links}) == len(links)
