"""Words in, codes out; and the cost of asking."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, func, select, update

from portal.core.db import db, transaction
from portal.core.languages import speaking
from portal.vocabulary import loader, terms
from portal.vocabulary import services as vocabulary
from portal.vocabulary.models import OccupationSkill, Skill, VocabularyMark
from seeds import reference
from tests.factories.accounts import account
from tests.support.browser import Browser


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("skill", "siivoustyö", "cleaning"),
        ("skill", "SIIVOUSTYÖ ", "cleaning"),
        ("skill", "siivoustyo", "cleaning"),
        ("skill", "hygienpass", "hygiene_passport"),
        ("municipality", "Helsingfors", "091"),
        ("language", "farsi", "fa"),
        ("language", "Dari", "fa_af"),
        ("language", "ruotsi", "sv"),
        ("industry", "81", "81"),
        ("region", "Nyland", "01"),
        ("language", "finskt teckenspråk", "fse"),
    ],
)
def test_a_word_in_any_language_is_resolved(app: Flask, kind: str, text: str, code: str):
    with app.test_request_context(), speaking("sv"):
        assert vocabulary.resolve(kind, text).code == code


def test_an_unknown_word_brings_suggestions_in_the_language_of_the_page(app: Flask):
    with app.test_request_context(), speaking("en"):
        found = vocabulary.resolve("skill", "siivoo")
        assert found.code is None and 1 <= len(found.suggestions) <= 3
        assert set(found.suggestions) <= {label for _, label in vocabulary.options("skill")}
        assert vocabulary.resolve("skill", "qqqqqq") == vocabulary.Resolved(None)


def test_a_word_that_means_several_things_is_asked_back(app: Flask):
    with app.test_request_context(), speaking("fi"):
        shelf = terms.current().shelves["skill"]
        doubles = [
            word
            for term in shelf.terms.values()
            for words in term.alternatives.values()
            for word in words
            if len(shelf.called(word)) > 1
        ]
        for word in doubles[:5]:
            found = vocabulary.resolve("skill", word)
            assert found.code is None and len(found.suggestions) >= 2


def test_every_label_resolves_to_its_own_code_or_to_a_question(app: Flask):
    with app.test_request_context(), speaking("fi"):
        for kind in ("skill", "occupation", "municipality", "language"):
            for code, term in terms.current().shelves[kind].terms.items():
                for label in term.labels.values():
                    found = vocabulary.resolve(kind, label)
                    assert found.code == code or (found.code is None and found.suggestions), (kind, label, found)


def test_asking_costs_no_statement(app: Flask):
    with app.test_request_context(), speaking("fi"):
        vocabulary.label("skill", "cleaning")
        seen: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        vocabulary.options("skill")
        vocabulary.resolve("occupation", "siivooja")
        vocabulary.usual_skills("cleaner_premises")
        vocabulary.vocabulary()
        assert seen == []


def test_loading_again_changes_nothing(app: Flask):
    with app.app_context():
        count = lambda: [db.session.scalar(select(func.count(model.id))) for model in (Skill, OccupationSkill)]  # noqa: E731
        before, mark = count(), db.session.scalar(select(VocabularyMark.id))
        reference.load()
        assert count() == before and db.session.scalar(select(VocabularyMark.id)) == mark
        with transaction():
            db.session.execute(update(VocabularyMark).values(digest="older"))
        reference.load()
        assert count() == before and db.session.scalar(select(VocabularyMark.id)) != mark


def test_a_term_that_went_is_retired_and_a_term_that_came_is_found(app: Flask, tmp_path: Path):
    folder = tmp_path / "vocabulary"
    shutil.copytree(reference.VOCABULARY, folder)
    lines = (folder / "skills.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if line.startswith("waste_sorting,"))
    new = "falconry,animals,haukkametsästys,falkenering,falconry,,,,,skill,,5\n"
    group = lines[1].split(",")[1]
    (folder / "skills.csv").write_text("".join(line for line in lines if line != gone) + new.replace("animals", group))
    links = (folder / "occupation_skills.csv").read_text().splitlines(keepends=True)
    (folder / "occupation_skills.csv").write_text("".join(line for line in links if ",waste_sorting," not in line))
    with app.test_request_context(), speaking("en"):
        assert vocabulary.exists("skill", "waste_sorting") and not vocabulary.exists("skill", "falconry")
        with transaction():
            assert loader.load(folder)
        assert vocabulary.retired("skill", "waste_sorting") and not vocabulary.exists("skill", "waste_sorting")
        assert vocabulary.label("skill", "waste_sorting") != "waste_sorting"
        assert vocabulary.resolve("skill", "haukkametsästys").code == "falconry"


def test_industries_know_their_section_and_their_scrutiny(app: Flask):
    with app.app_context():
        assert vocabulary.industry_codes("56") == {"56", "I"} and vocabulary.industry_codes("J") == {"J"}
        assert [vocabulary.needs_scrutiny(code) for code in ("81", "56", "I", "F", "J", "03")] == [
            True,
            True,
            True,
            True,
            False,
            False,
        ]


def test_the_look_up_answers_a_signed_in_person_in_their_language(app: Flask):
    with app.app_context(), transaction():
        member = account().id
    browser = Browser(app).sign_in(member)
    page = browser.get("/sv/vocabulary/look-up?kind=skill&q=hygieniapassi")
    assert '"label":"hygienpass"' in page.html.replace(" ", "") and '"matched":"hygieniapassi"' in page.html.replace(
        " ", ""
    )
    assert browser.get("/sv/vocabulary/look-up?kind=account&q=a").status == 404
    assert json.loads(browser.get("/fi/vocabulary/look-up?kind=skill&q=").html)["results"] == []
    assert len(json.loads(browser.get("/fi/vocabulary/look-up?kind=skill&q=si").html)["results"]) == 10
    assert Browser(app).get("/fi/vocabulary/look-up?kind=skill&q=si", follow=False).status in (302, 303, 401)


def test_a_municipality_of_aland_has_its_swedish_name_in_english(app: Flask):
    with app.test_request_context(), speaking("en"):
        assert vocabulary.label("municipality", "478") == "Mariehamn"
        assert vocabulary.label("municipality", "091") == "Helsinki"
