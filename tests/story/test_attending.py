"""A seminar as its attendee lives it, in each language: on a telephone, by keyboard alone, without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from tests.story import attending
from tests.story.conftest import Meet
from tests.story.people import SPEAKS
from tests.story.steps import House
from tests.story.typist import Typist
from tests.story.watch import PHONE


@pytest.mark.parametrize("language", SPEAKS)
def test_from_a_full_seminar_to_a_certificate_that_anybody_checks(house: House, meet: Meet, language: str) -> None:
    people = [meet(house, language, Typist, scripts=False, width=PHONE) for _ in range(3)]
    story = attending.announced(house, SPEAKS[language], *people)
    attending.waits(story)
    attending.is_offered_the_seat_and_takes_it(story)
    attending.cancels_and_the_next_declines(story)
    picture = attending.signs_up_again(story)
    with clock.travel(story.starts_at - timedelta(minutes=20)):
        attending.is_checked_in(story, picture)
    with clock.travel(story.starts_at + timedelta(hours=4)):
        attending.attendance_is_saved(story)
        house.work()
        attending.gives_feedback(story)
        code = attending.gets_the_certificate(story)
        attending.is_checked_by_anybody(story, code)
