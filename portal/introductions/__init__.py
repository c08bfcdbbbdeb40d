"""Introductions: a card, asked before it is shown; a name, only through a release by a second person."""

from datetime import timedelta

from portal.core.access import Permission
from portal.core.errors import N_
from portal.core.registry import Feature, NavItem, Periodic
from portal.introductions import endings, exposed, held, mails, tasks
from portal.introductions.blueprint import bp
from portal.introductions.pairs import Pairs
from portal.introductions.routes import __all__ as _pages  # noqa: F401 - brings the pages to the blueprint
from portal.matching import under_way

under_way.provide(Pairs())

STAFF_PAGES = (
    "introductions.show", "introductions.draft", "introductions.answer", "introductions.offer", "introductions.meeting",
    "introductions.outcome", "introductions.end", "introductions.release", "introductions.release_consent",
)  # fmt: skip
COMPANY_PAGES = (
    "introductions.card", "introductions.answer_card", "introductions.word", "introductions.deletion",
)  # fmt: skip

feature = Feature(
    name="introductions",
    blueprints=(bp,),
    navigation=(
        NavItem(N_("Introductions"), "introductions.index", Permission.INTRODUCTION_READ, 40, also=STAFF_PAGES),
        NavItem(N_("Introductions"), "introductions.own", Permission.INTRODUCTION_ANSWER, 40, also=COMPANY_PAGES),
    ),
    waiting=tasks.waiting,
    periodic=(
        Periodic("introductions.lapse", timedelta(minutes=5), endings.lapse_due),
        Periodic("introductions.exposed", exposed.EVERY, exposed.look_again),
    ),
    outbox_checks={mails.CHECK: mails.is_seen},
    held_on=held.held_on,
    erase=endings.sever,
    candidate_changed=endings.candidate_changed,
)
