"""P4: what was held against an owner group follows its companies into another group, in the index too."""

from __future__ import annotations

from flask import Flask

from portal.companies import groups
from portal.core import clock
from portal.core.db import db, transaction
from portal.matching import documents, index
from portal.matching import services as matching
from search.constraints import Constraint
from tests.factories import companies
from tests.factories import introductions as factory


def shown(world: factory.World) -> tuple[bool, bool]:
    """By the index alone, and on the officer's list."""
    document = documents.of_vacancy(world.vacancy)
    found = {match.code for match in index.engine().candidates_for(document, clock.today(), 50, None).matches}
    lines = matching.candidates_for(world.vacancy, world.officer).open
    return world.candidate_id.hex in found, world.candidate_id in {line.candidate_id for line in lines}


def test_p4_a_block_on_a_group_that_joined_another_or_was_left_holds(app: Flask) -> None:
    with app.app_context(), transaction():
        feared = companies.company(name="Pahanen Oy")
        world = factory.world(candidate={"safety": {"blocked_groups": frozenset({feared.owner_group_id})}})
        assert shown(world) == (True, True)
        groups.join(feared, world.company.owner_group_id, "One owner.", by=world.liaison)
        db.session.flush()
        assert shown(world) == (False, False)
        assert Constraint.BLOCKED_GROUP in matching.may_match(world.candidate_id, world.vacancy)
        groups.leave(world.company, "Sold.", by=world.liaison)
        db.session.flush()
        assert shown(world) == (False, False)


def test_p4_a_blocked_company_that_joined_the_group_later_holds_in_the_index(app: Flask) -> None:
    with app.app_context(), transaction():
        feared = companies.company(name="Pahanen Oy")
        world = factory.world(candidate={"safety": {"blocked_companies": frozenset({feared.id})}})
        assert shown(world) == (True, True)
        feared.owner_group_id = world.company.owner_group_id
        db.session.flush()
        assert shown(world) == (False, False)
