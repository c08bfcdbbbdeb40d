"""The main job, end to end and in Finnish: a company becomes a responsible employer and meets a candidate.

By the real clock, with real mail, everything by what stands on the page. The webinar begins while the rest goes on.
"""

from __future__ import annotations

import sys

import pyotp

from tests.story.conftest import Meet
from tests.story.main_job import candidate, introduction, joining, vacancy
from tests.story.main_job.people import Story
from tests.story.staff import STAFF
from tests.support.server import Server


def test_a_company_becomes_a_responsible_employer_and_meets_a_candidate_through_staff(
    server: Server, meet: Meet
) -> None:
    secrets = [pyotp.random_base32() for _ in STAFF]
    server.run(sys.executable, "-m", "tests.story.staff", *secrets)
    story = Story(server, meet(server, "fi"), meet(server, "fi"), meet(server, "fi"), secrets)

    joining.staff_signs_in(story)
    joining.company_registers(story)
    joining.webinar_is_announced(story)
    joining.owner_signs_up(story)
    joining.company_is_vetted(story)
    joining.company_commits(story)
    candidate.file_is_opened(story)
    candidate.name_is_looked_at(story)
    vacancy.company_writes(story)
    joining.attendance_is_marked(story)

    vacancy.company_sends(story)
    vacancy.liaison_looks_again(story)
    candidate.match_is_found(story)

    introduction.card_is_asked_for(story)
    introduction.card_is_offered(story)
    introduction.release_is_agreed(story)
    introduction.liaison_releases(story)
    introduction.recipient_reads(story)
    introduction.they_meet_and_agree(story)
    introduction.placement_begins(story)
    introduction.everything_is_witnessed(story)
