"""P3: no card leaves before its candidate has heard the company, the readers and this exact card, and agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.candidates import services as portal_candidates
from portal.core import clock
from portal.core.db import db
from portal.introductions import endings
from portal.introductions.models import IntroductionStatus as S
from portal.vacancies.models import Vacancy
from tests.factories import candidates, vacancies
from tests.factories import introductions as factory
from tests.factories.accounts import account
from tests.introductions.conftest import Scene, masked

FREEZE = "Freeze it and open the sheet for the talk"


def draft_path(scene: Scene) -> str:
    return f"/en/introductions/draft/{scene.ids['vacancy']}/{scene.ids['candidate_id']}"


def path(introduction_id: object, step: str = "") -> str:
    return f"/en/introductions/{introduction_id}" + (f"/{step}" if step else "")


def choose(officer: object, introduction_id: object, card: str = "exact") -> object:
    return officer.submit(path(introduction_id), FREEZE, card=card)


def answer(officer: object, introduction_id: object, **values: object) -> object:
    filled = {"answer": "given", "how": "spoken", "talk_language": "en"} | values
    return officer.submit(path(introduction_id, "answer"), "Record the answer", **filled)


def test_from_a_match_to_an_offer_through_the_pages(scene: Scene) -> None:
    officer = scene.as_("officer")
    page = officer.submit(draft_path(scene), "Draft the card")
    assert page.status == 200 and "Next: ask the candidate about this card" in page.text
    introduction_id = page.url.rsplit("/", 1)[1]
    assert choose(officer, introduction_id).h1 == "Sheet for the talk"
    page = answer(officer, introduction_id, said_aloud="y")
    assert page.h1 == "Offer the card"
    page = officer.submit(page, "Offer the card")
    assert "The company answers by" in page.text
    row = scene.row(introduction_id)
    assert row.status == S.OFFERED and row.card_code and row.answer_by


def test_the_card_is_chosen_where_it_is_drafted(scene: Scene) -> None:
    officer = scene.as_("officer")
    page = officer.submit(draft_path(scene), FREEZE)
    assert page.status == 422 and page.errors == ["Choose one of the cards"]
    page = officer.submit(page, FREEZE, card="without_hours")
    assert page.h1 == "Sheet for the talk"
    row = scene.row(page.url.split("/")[-2])
    assert row.status == S.ASKED and row.card["coarseness"] == "without_hours" and row.asked_at


def test_a_coarser_card_stays_chosen_when_it_is_frozen_later(scene: Scene) -> None:
    officer = scene.as_("officer")
    page = officer.submit(draft_path(scene), "Draft the card", card="without_hours")
    assert page.fields(page.form(button=FREEZE)).getlist("card") == ["without_hours"]
    assert "Available" not in page.text
    assert scene.row(page.url.rsplit("/", 1)[1]).card["coarseness"] == "without_hours"


def test_where_no_card_was_chosen_the_one_that_says_least_stands_there(scene: Scene) -> None:
    page = scene.as_("officer").submit(draft_path(scene), "Draft the card")
    row = scene.row(page.url.rsplit("/", 1)[1])
    assert row.card["coarseness"] == "any_skill" and row.card["skills"] == []


def test_an_unknown_card_is_not_drafted(scene: Scene) -> None:
    page = scene.as_("officer").submit(draft_path(scene), "Draft the card", card="a_photo")
    assert page.status == 422 and page.errors


def test_the_officer_sees_how_many_people_each_card_fits(make_scene: object) -> None:
    scene = make_scene()
    with scene.changing():
        world = scene.world()
        for _ in range(4):  # the same card
            candidates.candidate(world.officer, profile=factory.FITTING)
        candidates.candidate(world.officer, profile=factory.FITTING | {"skills": {"cleaning_premises": 2}})
        candidates.candidate(
            world.officer, profile=factory.FITTING | {"municipality": "564", "reach_municipalities": ()}
        )
        candidates.candidate(world.officer, profile=factory.FITTING, status="paused")
    page = scene.as_("officer").get(draft_path(scene))
    assert "fits 5 people" in page.text and "fits 6 people" in page.text
    assert "fits 7" not in page.text and "fits 8" not in page.text


def test_below_five_it_must_be_said_aloud(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    page = answer(officer, introduction_id)
    assert page.status == 422 and any("Say it aloud" in each for each in page.errors)
    assert answer(officer, introduction_id, said_aloud="y").h1 == "Offer the card"


def test_a_card_without_consent_cannot_be_offered(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    page = officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert "has not agreed to this card" in page.text
    assert scene.status(introduction_id) == S.ASKED


def test_a_changed_card_is_asked_again(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    answer(officer, introduction_id, said_aloud="y")
    choose(officer, introduction_id, "without_hours")
    page = officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert "The card has changed since the candidate heard it" in page.text
    answer(officer, introduction_id, said_aloud="y")
    officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert scene.status(introduction_id) == S.OFFERED


def test_changed_recipients_are_asked_again(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    answer(officer, introduction_id, said_aloud="y")
    with scene.changing():
        world = scene.world()
        newcomer = account("recruiter", company_id=world.company.id)
        db.session.flush()
        db.session.add(vacancies.recipient(world.vacancy, newcomer))
    page = officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert "people who would read the card have changed" in page.text
    assert scene.status(introduction_id) == S.ASKED


def test_a_card_that_is_no_longer_true_is_drawn_up_again(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    answer(officer, introduction_id, said_aloud="y")
    with scene.changing():
        world = scene.world()
        fields = candidates.profile_fields(**factory.FITTING | {"skills": {"cleaning_premises": 1}})
        candidates.candidates.write_profile(world.candidate_id, fields, world.officer, read_through=False)
    page = officer.submit(path(introduction_id, "offer"), "Offer the card")
    assert "The card is no longer true" in page.text


def test_a_refusal_ends_it_and_says_that_nothing_else_changes(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    page = answer(officer, introduction_id, answer="refused")
    assert "changes nothing else" in page.text
    assert scene.status(introduction_id) == S.REFUSED


def test_a_consent_taken_back_reaches_the_introduction(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    with scene.changing():
        world = scene.world()
        candidates.candidates.withdraw_consent(world.candidate_id, "card", by=world.officer, subject_id=introduction_id)
    assert scene.status(introduction_id) == S.REVOKED


def test_at_most_three_open_cards_as_the_company_sees_them(scene: Scene) -> None:
    with scene.changing():
        world = scene.world()
        for _ in range(3):
            someone = candidates.candidate(world.officer, profile=factory.FITTING)
            row = factory.introduction(world, S.OFFERED, candidate_id=someone)
            endings.end(row, "the company does not see this", world.officer)
    page = scene.as_("officer").submit(draft_path(scene), "Draft the card")
    assert "already holds 3 open cards" in page.text
    with clock.travel(clock.now() + timedelta(days=20)):
        page = scene.as_("officer").submit(draft_path(scene), "Draft the card")
    assert "The card is drafted" in page.html, "they lapsed for the company too"


@pytest.mark.parametrize("status", ["paused", "filled"])
def test_only_a_published_vacancy_is_drafted_for(scene: Scene, status: str) -> None:
    with scene.changing():
        db.session.get_one(Vacancy, scene.ids["vacancy"]).status = status
    assert "not published now" in scene.as_("officer").submit(draft_path(scene), "Draft the card").text


def test_a_pair_is_drafted_once(scene: Scene) -> None:
    introduction_id = scene.introduction()
    page = scene.as_("officer").get(draft_path(scene))
    assert f"Introduction {scene.row(introduction_id).number} is already under way" in page.text


def test_the_same_draft_posted_twice_makes_one_introduction(scene: Scene) -> None:
    officer = scene.as_("officer")
    page = officer.get(draft_path(scene))
    values = page.fields(page.form(button="Draft the card"))
    values.add("do", "later")
    first, second = (officer.post(page.url, data=values) for _ in range(2))
    assert first.url == second.url
    with scene.app.app_context():
        from portal.introductions import queries

        assert len(queries.of_candidate(scene.ids["candidate_id"])) == 1


def test_somebody_elses_candidate_is_as_absent_as_none(scene: Scene) -> None:
    other = scene.as_("other_officer")
    foreign = other.get(draft_path(scene))
    absent = other.get(f"/en/introductions/draft/{scene.ids['vacancy']}/{scene.ids['vacancy']}")
    assert foreign.status == absent.status == 404
    ids = (scene.ids["candidate_id"], scene.ids["vacancy"])
    assert masked(foreign, *ids) == masked(absent, *ids)
    introduction_id = scene.introduction(S.ASKED)
    for step in ("", "sheet", "answer", "offer", "end", "meeting", "outcome"):
        mine, none = other.get(path(introduction_id, step)), other.get(path(scene.ids["vacancy"], step))
        assert mine.status == none.status == 404, step
        assert masked(mine, introduction_id) == masked(none, scene.ids["vacancy"]), step


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"answer": None}, "Choose what the candidate answered"),
        ({"answer": "perhaps"}, "Choose one of the list"),
        ({"how": None}, "Choose how the answer was given"),
        ({"talk_language": ""}, "Choose the language"),
        ({"until": "2020-01-01"}, "This day has passed"),
        ({"until": "soon"}, "Write the day with numbers"),
        ({"until": "2199-01-01"}, "at most two years"),
    ],
)
def test_a_wrong_answer_is_refused_in_words(scene: Scene, values: dict[str, object], sentence: str) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    page = answer(officer, introduction_id, **{"said_aloud": "y", **values})
    assert page.status == 422 and any(sentence in each for each in page.errors), page.errors
    assert scene.row(introduction_id).card_agreed_at is None


def test_the_sheet_names_company_readers_card_and_k_and_no_other_client(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ASKED)
    page = scene.as_("officer").get(path(introduction_id, "sheet"), query_string={"language": "en"})
    for words in (
        "Window cleaner",
        "Esimerkkikatu 1",
        "12.50",
        "30 to 37",
        "Routine cleaning of premises",
        "A2",
        "Met",
    ):
        assert words in page.text, words
    with scene.app.app_context():
        world = scene.world()
        assert world.company.name in page.text
        assert world.owner.display_name in page.text and world.reader.display_name in page.text
        assert "Aino" not in page.html, "the sheet may lie on a table"
    assert "true of 1 person" in page.text and "guess that it is you" in page.text
    assert 'class="exit"' in page.html


def test_whose_answer_it_is_stands_on_the_page_and_on_its_row(scene: Scene) -> None:
    officer, introduction_id = scene.as_("officer"), scene.introduction(S.ASKED)
    with scene.app.app_context():
        case_number = portal_candidates.profile(scene.ids["candidate_id"]).case_number
    page = officer.get(path(introduction_id, "answer"))
    assert case_number in page.title and f"Candidate {case_number}" in page.text
    assert f"Candidate {case_number}: Window cleaner" in officer.get("/en/start").text
