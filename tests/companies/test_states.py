"""Every move of a company that the table does not list is refused; every one it lists leaves a witness."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select

from portal.companies.models import NEXT, CompanyStatus
from portal.core import states
from portal.core.db import db
from portal.core.errors import RuleBroken
from portal.core.trail import AuditEntry
from tests.factories import companies as factories
from tests.support.databases import both_databases

PAIRS = list(itertools.product(CompanyStatus, CompanyStatus))


@both_databases
def test_the_full_product_of_states(within):
    def walk():
        for before, after in PAIRS:
            company = factories.company(before)
            if after in NEXT[before]:
                states.move(company, after, NEXT)
                assert company.status == after
            else:
                with pytest.raises(RuleBroken):
                    states.move(company, after, NEXT)
                assert company.status == before

    within(walk)
    listed = {(str(before), str(after)) for before in NEXT for after in NEXT[before]}
    entries = within(lambda: [row.facts for row in db.session.scalars(select(AuditEntry)) if "from" in row.facts])
    assert {(facts["from"], facts["to"]) for facts in entries} == listed


def test_nothing_leaves_closed_and_everything_may_close():
    assert NEXT[CompanyStatus.CLOSED] == frozenset()
    assert all(CompanyStatus.CLOSED in after for before, after in NEXT.items() if before != CompanyStatus.CLOSED)
