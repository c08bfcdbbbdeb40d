"""A webinar as those who keep it live it: a liaison, a member who signs up colleagues, and a spreadsheet at the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from portal.core import clock
from tests.story import keeping
from tests.story.conftest import Meet
from tests.story.steps import House


def test_from_the_first_words_to_a_list_without_formulas(house: House, meet: Meet, tmp_path: Path) -> None:
    starts_at = clock.local(clock.now() + timedelta(days=12)).replace(hour=9, minute=0, second=0, microsecond=0)
    story = keeping.planned(house, meet(house, "en", keeping.Hurried), meet(house, "sv", keeping.Hurried), starts_at)
    keeping.is_written(story)
    keeping.is_told_in_swedish(story)
    keeping.asks_two_questions(story)
    keeping.member_signs_up_colleagues(story)
    for _name, email, words, _language in keeping.COLLEAGUES:
        keeping.each_confirms(story, meet(house, words.language, keeping.Hurried), email, words)
    with clock.travel(starts_at + timedelta(hours=3)):
        keeping.attendance_file_is_read(story, tmp_path)
        lists = keeping.lists_are_taken_out(story)
    names, addresses = zip(*(row[:2] for row in lists["Sign-ups"]), strict=True)
    assert set(names) == {f"'{keeping.COLLEAGUES[0][0]}", keeping.COLLEAGUES[1][0]}
    assert set(addresses) == {email for _name, email, *_rest in keeping.COLLEAGUES}
    assert sorted(row[5] for row in lists["Attendance"]) == [80, 85]
    assert {row[3] for row in lists["Attendance"]} == {"Yes"}
