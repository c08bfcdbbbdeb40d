"""Standing as a rule: every requirement counts, and its last day is included."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.standing import rules
from portal.standing.rules import Document, Facts, Learnt

TODAY = date(2026, 11, 24)
WHOLE = Facts(
    status="approved",
    approved_on=date(2026, 9, 1),
    acting=("Aino Lehtovirta",),
    evidence=(Document("tax_debt", "Tax debt", TODAY), Document("vat_register", "VAT register", date(2027, 5, 1))),
    version_in_force=3,
    version_coming=None,
    version_signed=3,
    signed_on=date(2026, 9, 2),
    signed_by="Aino Lehtovirta",
    trainings=(Learnt("fair", "Fair recruitment", ("Aino Lehtovirta",), date(2028, 9, 9), None),),
    under_review=False,
)
TAKEN_AWAY = {
    "approved": replace(WHOLE, status="suspended"),
    "right": replace(WHOLE, acting=()),
    "evidence:tax_debt": replace(
        WHOLE, evidence=(Document("tax_debt", "Tax debt", TODAY - timedelta(days=1)), WHOLE.evidence[1])
    ),
    "evidence:vat_register": replace(
        WHOLE, evidence=(WHOLE.evidence[0], Document("vat_register", "VAT register", None))
    ),
    "commitment": replace(WHOLE, version_signed=2),
    "training:fair": replace(WHOLE, trainings=(Learnt("fair", "Fair recruitment", (), None, date(2026, 10, 1)),)),
    "review": replace(WHOLE, under_review=True),
}


def test_a_company_that_holds_all_has_standing():
    found = rules.findings(WHOLE, TODAY)
    assert rules.is_held(found)
    assert [finding.key for finding in found] == [
        "approved", "right", "evidence:tax_debt", "evidence:vat_register", "commitment", "training:fair",
    ]  # fmt: skip


@pytest.mark.parametrize("key", TAKEN_AWAY)
def test_each_requirement_alone_takes_standing_away_and_stands_first(key):
    found = rules.findings(TAKEN_AWAY[key], TODAY)
    assert not rules.is_held(found)
    assert [finding.key for finding in found if not finding.held] == [key]
    assert found[0].key == key


@pytest.mark.parametrize("status", ["applied", "in_review", "suspended", "rejected", "closed"])
def test_only_an_approved_company_has_standing(status):
    assert not rules.is_held(rules.findings(replace(WHOLE, status=status), TODAY))


def test_without_a_commitment_to_sign_nobody_has_standing():
    assert not rules.is_held(rules.findings(replace(WHOLE, version_in_force=None, version_signed=None), TODAY))


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_evidence_holds_through_its_last_day(until, shift):
    on = until + timedelta(days=shift)
    assert rules.freshness(Document("tax_debt", "Tax debt", until), on).held == (shift <= 0)


@given(st.sets(st.sampled_from(sorted(TAKEN_AWAY))))
def test_missing_requirements_are_exactly_those_taken_away(keys):
    facts = WHOLE
    for key in keys:
        changed = TAKEN_AWAY[key]
        for name in ("status", "acting", "version_signed", "trainings", "under_review"):
            if getattr(changed, name) != getattr(WHOLE, name):
                facts = replace(facts, **{name: getattr(changed, name)})
        if key.startswith("evidence"):
            at = 0 if key.endswith("tax_debt") else 1
            documents = list(facts.evidence)
            documents[at] = changed.evidence[at]
            facts = replace(facts, evidence=tuple(documents))
    found = rules.findings(facts, TODAY)
    assert {finding.key for finding in found if not finding.held} == keys
    assert rules.is_held(found) == (not keys)
    held = [finding.held for finding in found]
    assert held == sorted(held), "missing first"
