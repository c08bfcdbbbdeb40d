"""P2 and P7: what the company sees of a card, how it answers, and the mail it gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.candidates import erasure
from portal.candidates import services as people
from portal.companies.models import CompanyStatus
from portal.core import clock, outbox
from portal.core.db import db
from portal.introductions import endings, rules
from portal.introductions.models import Introduction
from portal.introductions.models import IntroductionStatus as S
from tests.factories import introductions as factory
from tests.introductions.conftest import Scene
from tests.support.statements import counted

YES = {"answer": "accept", "times": "Any morning, at the office"}


def card(introduction_id: object) -> str:
    return f"/en/cards/{introduction_id}"


def answer(scene: Scene, introduction_id: object, who: str = "owner", **values: Any) -> Any:
    return scene.as_(who).submit(card(introduction_id), "Send the answer", **values)


def test_the_card_shows_its_lines_and_its_code_and_nothing_of_the_person(make_scene: Callable[..., Scene]) -> None:
    scene = make_scene(
        candidate={"identity": {"legal_name": "Zohra Salainen"}, "profile": {"languages": {"fi": 3, "ar": 6}}}
    )
    introduction_id = scene.introduction(S.OFFERED)
    row, page = scene.row(introduction_id), scene.as_("owner").get(card(introduction_id))
    for words in (row.card_code, "Routine cleaning of premises", "Finnish, at least A2", "Met", "Not met",
                  "Weekdays, daytime", "Answer by"):  # fmt: skip
        assert words in page.text, words
    with scene.app.app_context():
        number = factory.candidates.candidates.profile(scene.ids["candidate_id"]).case_number
    for secret in ("Zohra", "Arabic", number, row.number, str(scene.ids["candidate_id"]), "fits", "Helsinki"):
        assert secret not in page.html.split("<main", 1)[1], secret


@pytest.mark.parametrize("justified", [True, False])
def test_another_language_is_on_the_card_only_when_the_liaison_accepted_it(
    make_scene: Callable[..., Scene], justified: bool
) -> None:
    asked = [{"code": "fi", "level": 2, "must": True}, {"code": "ar", "level": 3, "must": False}]
    scene = make_scene(vacancy={"languages": asked}, candidate={"profile": {"languages": {"fi": 3, "ar": 6}}})
    if not justified:
        with scene.changing():
            from portal.vacancies.models import FairnessFlag

            for flag in db.session.scalars(db.select(FairnessFlag).where(FairnessFlag.rule == "foreign_language")):
                db.session.delete(flag)
    introduction_id = scene.introduction(S.OFFERED)
    assert ("Arabic" in scene.as_("owner").get(card(introduction_id)).text) == justified


def test_codes_are_random_and_hold_no_letters_that_are_mistaken_for_others(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    code = scene.row(introduction_id).card_code
    assert re.fullmatch(rf"[{rules.CODE_ALPHABET}]{{3}}-[{rules.CODE_ALPHABET}]{{3}}", code or "")
    assert not set("01ILOU") & set(rules.CODE_ALPHABET)


def test_the_company_accepts_and_hears_when_it_hears(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    page = answer(scene, introduction_id, **YES)
    row = scene.row(introduction_id)
    assert row.status == S.ACCEPTED and row.company_times == "Any morning, at the office"
    due = clock.local(row.answer_date)  # type: ignore[arg-type]
    assert (due.hour, due.minute) == (9, 0)
    assert due.date() == clock.working_days_after(clock.today(), 10)
    assert "You hear from us by" in page.text


def test_the_company_declines_with_a_fixed_reason(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    page = answer(scene, introduction_id, answer="decline", reason="hours")
    assert "You declined this card" in page.text and "The hours do not fit" not in page.text
    assert scene.status(introduction_id) == S.DECLINED
    assert "The hours do not fit" in scene.as_("officer").get(f"/en/introductions/{introduction_id}").text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Choose your answer"),
        ({"answer": "accept"}, "Write when you could meet"),
        ({"answer": "decline"}, "Choose why the card does not suit you"),
        ({"answer": "decline", "reason": "age"}, "Choose one of the list"),
        ({"answer": "accept", "times": "x" * 100_000}, "Shorten it to"),
        ({"answer": "accept", "times": "at 9\u202eon Monday"}, "hidden characters"),
    ],
)
def test_a_wrong_answer_is_refused_in_words(scene: Scene, values: dict[str, str], sentence: str) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    page = answer(scene, introduction_id, **values)
    assert page.status == 422 and any(sentence in each for each in page.errors), page.errors
    assert scene.status(introduction_id) == S.OFFERED


def test_two_recipients_answer_one_after_the_other_and_the_first_counts(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    page = scene.as_("reader").get(card(introduction_id))
    values = page.fields(page.form(button="Send the answer"))
    values.add("answer", "decline")
    values.add("reason", "hours")
    answer(scene, introduction_id, **YES)
    late = scene.as_("reader")
    fresh = late.get(card(introduction_id))
    assert "You hear from us by" in fresh.text
    with scene.app.app_context(), pytest.raises(Exception, match="no longer open"):
        from portal.introductions import offers

        world = scene.world()
        offers.decline(db.session.get_one(Introduction, introduction_id), "hours", world.reader)
    assert scene.status(introduction_id) == S.ACCEPTED


def test_the_answer_is_late_from_the_answer_by_instant_on(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    due = scene.row(introduction_id).answer_by
    assert due is not None
    with clock.travel(due - timedelta(minutes=1)):
        page = scene.as_("owner").get(card(introduction_id))
        assert page.form(button="Send the answer") is not None
    with clock.travel(due):
        page = scene.as_("owner").get(card(introduction_id))
        assert "The time to answer ended" in page.text and "Routine cleaning" not in page.text
        with scene.app.app_context():
            endings.lapse_due()
            endings.lapse_due()
        assert scene.status(introduction_id) == S.LAPSED
    assert clock.local(due).hour == 16


def test_a_company_without_standing_declines_but_does_not_accept(scene: Scene) -> None:
    introduction_id = scene.introduction(S.OFFERED)
    with scene.changing():
        scene.world().company.status = CompanyStatus.SUSPENDED
    assert "Your standing is not complete today" in answer(scene, introduction_id, **YES).text
    answer(scene, introduction_id, answer="decline", reason="not_now")
    assert scene.status(introduction_id) == S.DECLINED


def test_an_answer_after_a_revocation_is_recorded_with_the_same_page(scene: Scene) -> None:
    live = scene.introduction(S.OFFERED)
    before = answer(scene, live, **YES)
    with scene.changing():
        world = scene.world()
        endings.end(db.session.get_one(Introduction, live), "so that a second may be drafted", world.officer)
    revoked = scene.introduction(S.OFFERED)
    with scene.changing():
        world = scene.world()
        endings.end(db.session.get_one(Introduction, revoked), "staff only", world.officer)
    after = answer(scene, revoked, **YES)
    row = scene.row(revoked)
    assert row.status == S.REVOKED and row.answered_at is not None and row.answer_date is not None
    code = scene.row(live).card_code
    assert before.text.replace(code or "", "…") == after.text.replace(row.card_code or "", "…")


# --- mail -------------------------------------------------------------------------------


def test_p5_answering_a_card_that_is_over_is_as_much_work_as_answering_a_live_one(make_scene: Any) -> None:
    """Else the clock tells a company before the answer date that nothing will come of it."""
    work = {}
    for fate in ("live", "revoked", "erased"):
        scene = make_scene()
        introduction_id = scene.introduction(S.OFFERED)
        with scene.changing():
            world = scene.world()
            if fate == "revoked":
                endings.end(db.session.get_one(Introduction, introduction_id), "staff only", world.officer)
            elif fate == "erased":
                people.move_to(world.candidate_id, "closed", world.officer, reason="asked")
                erasure.erase(world.candidate_id, world.officer)
        owner = scene.as_("owner")
        page = owner.get(f"/en/cards/{introduction_id}")
        with counted(scene.app) as statements:
            owner.submit(page, "Send the answer", **YES)
        work[fate] = len(statements)
        assert scene.row(introduction_id).answer == "accepted"
        with scene.changing():
            told = select(func.count()).where(outbox.OutboxMessage.once.startswith("introduction:answered:"))
            assert db.session.scalar(told.where(outbox.OutboxMessage.once.contains(str(introduction_id)))) == 1
    assert work["revoked"] == work["live"] and abs(work["erased"] - work["live"]) <= 1, work


def test_the_recipients_have_news_and_the_mail_says_no_more(scene: Scene, mailbox: Any) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    sent = mailbox.deliver()
    row = scene.row(introduction_id)
    assert {message.to for message in sent} >= {scene.emails["owner"], scene.emails["reader"]}
    assert {message.subject for message in sent} == {"You have news in Reilu"}
    with scene.app.app_context():
        company = scene.world().company.name
    for message in sent:
        whole = f"{message.subject} {message.text} {message.html}"
        for secret in (row.card_code, row.number, str(introduction_id), company, "Aino", "Window cleaner", "released"):
            assert str(secret).lower() not in whole.lower(), secret


def instants(scene: Scene) -> list[tuple[str, Any]]:
    """What is scheduled for the company and has not left."""
    with scene.app.app_context():
        query = db.select(outbox.OutboxMessage).where(outbox.OutboxMessage.check_name.is_not(None))
        return sorted((row.check_args["seen"], row.due_at) for row in db.session.scalars(query) if row.check_args)


def test_mails_are_scheduled_for_the_instants_at_which_the_view_changes(scene: Scene) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    row = scene.row(introduction_id)
    due = dict(instants(scene))
    assert due["unanswered"] == row.answer_by and due["not_ahead"] == row.answer_date
    assert clock.local(due["open"]).hour == 9 and due["open"] < row.answer_by


def test_an_accepted_card_that_ends_silently_is_told_at_the_answer_date(scene: Scene, mailbox: Any) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    mailbox.deliver()
    row = scene.row(introduction_id)
    assert row.answer_date is not None
    with clock.travel(row.answer_date - timedelta(minutes=1)):
        assert [m for m in mailbox.deliver() if m.to in (scene.emails["owner"], scene.emails["reader"])] == []
    with clock.travel(row.answer_date):
        assert sorted(m.to for m in mailbox.deliver()) == sorted([scene.emails["owner"], scene.emails["reader"]])


def test_a_released_one_is_not_told_that_it_does_not_go_ahead(scene: Scene, mailbox: Any) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    mailbox.deliver()
    row = scene.row(introduction_id)
    with clock.travel(row.answer_date or clock.now()):
        assert [m for m in mailbox.deliver() if m.to == scene.emails["owner"]] == []


def test_the_mail_of_the_last_day_leaves_at_once_after_a_withdrawal_and_only_once(scene: Scene, mailbox: Any) -> None:
    introduction_id = scene.introduction(S.RELEASED)
    mailbox.deliver()
    with scene.changing():
        world = scene.world()
        endings.end(db.session.get_one(Introduction, introduction_id), "staff only", world.officer)
    assert [m.to for m in mailbox.deliver() if m.to == scene.emails["owner"]] == [scene.emails["owner"]]
    with clock.travel(clock.now() + timedelta(days=100)):
        assert [m for m in mailbox.deliver() if m.to == scene.emails["owner"]] == []


def test_who_has_left_the_company_gets_no_scheduled_mail(scene: Scene, mailbox: Any) -> None:
    introduction_id = scene.introduction(S.ACCEPTED)
    mailbox.deliver()
    with scene.changing():
        scene.world().reader.status = "deactivated"
    with clock.travel(scene.row(introduction_id).answer_date or clock.now()):
        assert scene.emails["reader"] not in [m.to for m in mailbox.deliver()]
