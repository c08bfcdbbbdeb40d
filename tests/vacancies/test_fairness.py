"""The fairness rules: when each is raised, on what ground, and that a change raises it anew."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.vacancies.rules import BY_CODE, FAIRNESS, flags_of
from portal.vacancies.terms import Terms

FAIR = Terms(
    title="Window cleaner",
    description="Windows of offices, in a team of two.",
    occupation="cleaner_premises",
    municipality="091",
    languages=(("fi", 2, True),),
    hours_min=30,
    hours_max=37,
    contract="permanent",
    pay_from_cents=1250,
    agreement="tes_property",
)
RAISED: dict[str, dict[str, Any]] = {
    "pay_missing": {"pay_from_cents": None},
    "agreement_missing": {"agreement": ""},
    "housing_tied": {"housing": "tied"},
    "deductions": {"deductions": ("transport",)},
    "fees": {"fees": True},
    "hours_zero": {"hours_min": 0},
    "hours_excessive": {"hours_max": 41},
    "cash_pay": {"cash_pay": True},
    "live_in": {"live_in": True},
    "remote_site": {"remote_site": True},
    "chain": {"chain": "agency"},
    "keeps_documents": {"keeps_documents": True},
    "own_equipment": {"equipment": "employee"},
    "foreign_language": {"languages": (("uk", 3, False),)},
    "high_language": {"languages": (("fi", 5, True),)},
    "gender_words": {"description": "Etsimme reipasta naista."},
    "age_words": {"description": "We are a young team, aged 25."},
    "origin_words": {"description": "Suomi äidinkielenä."},
    "religion_words": {"description": "Vi söker en kristen kollega."},
    "scrutiny": {"scrutiny": True},
}


def codes(terms: Terms) -> set[str]:
    return {flag.rule.code for flag in flags_of(terms)}


def test_a_fair_vacancy_is_only_checked_against_its_agreement():
    assert codes(FAIR) == {"pay_check"}


@pytest.mark.parametrize(("code", "change"), RAISED.items())
def test_each_rule_is_raised_by_its_own_value_and_by_nothing_else(code: str, change: dict[str, Any]):
    raised = codes(replace(FAIR, **change))
    assert raised - {"pay_check"} == {code}
    assert ("pay_check" in raised) == (code != "pay_missing")


def test_every_rule_of_the_table_is_tried_here():
    assert {*RAISED, "pay_check"} == set(BY_CODE) and len(FAIRNESS) == len(BY_CODE)


def test_every_rule_names_an_indicator_or_a_statute_and_speaks():
    for rule in FAIRNESS:
        assert rule.basis.startswith("ILO indicator") or " Act " in f" {rule.basis} ", rule.code
        assert rule.title and rule.text and rule.step in {"job", "demands", "hours", "pay", "check"}


@pytest.mark.parametrize(
    "text",
    [
        "Siivoamme toimistoja ja kouluja.",
        "Man kan börja genast, men erfarenhet är bra.",
        "Kirvesmies rakennustyömaalle.",
        "We clean offices; the team has ten people.",
        "Hoidamme lasten ja aikuisten liikuntatunteja.",
    ],
)
def test_common_words_do_not_stop_us(text: str):
    assert codes(replace(FAIR, description=text)) == {"pay_check"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Haemme nuoria, 18–25-vuotiaita.", "age_words"),
        ("Sopii miehelle.", "gender_words"),
        ("Vi söker unga flickor.", "gender_words"),
        ("Native speakers only.", "origin_words"),
        ("Suomen kansalaisuus vaaditaan.", "origin_words"),
        ("Ei huivia työssä.", "religion_words"),
        ("Svenska som modersmål.", "origin_words"),
    ],
)
def test_stand_ins_stop_us(text: str, code: str):
    assert code in codes(replace(FAIR, description=text))


terms = st.builds(
    Terms,
    title=st.text(max_size=20),
    description=st.text(max_size=80),
    languages=st.lists(
        st.tuples(st.sampled_from(["fi", "sv", "en", "uk", "ar"]), st.integers(1, 6), st.booleans()),
        max_size=3,
        unique_by=lambda row: row[0],
    ).map(tuple),
    hours_min=st.none() | st.integers(0, 80),
    hours_max=st.none() | st.integers(1, 80),
    contract=st.sampled_from(["", "permanent", "fixed_term", "on_call"]),
    pay_from_cents=st.none() | st.integers(0, 10_000),
    pay_to_cents=st.none() | st.integers(0, 10_000),
    pay_unit=st.sampled_from(["hour", "month"]),
    agreement=st.sampled_from(["", "tes_property", "another"]),
    housing=st.sampled_from(["no", "optional", "tied"]),
    deductions=st.lists(st.sampled_from(["transport", "food", "clothes"]), unique=True).map(tuple),
    fees=st.booleans(),
    equipment=st.sampled_from(["company", "employee", "none"]),
    cash_pay=st.booleans(),
    live_in=st.booleans(),
    remote_site=st.booleans(),
    chain=st.sampled_from(["own", "subcontract", "agency"]),
    for_client=st.none() | st.booleans(),
    clients=st.lists(st.sampled_from(["Kuura Oy, 0012345-7", "Routa Oy, 0023456-7"]), unique=True).map(tuple),
    keeps_documents=st.booleans(),
    scrutiny=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(terms)
def test_flags_are_a_function_of_the_terms(each: Terms):
    first, again = flags_of(each), flags_of(replace(each))
    assert [(f.rule.code, f.fingerprint) for f in first] == [(f.rule.code, f.fingerprint) for f in again]
    assert len({f.fingerprint for f in first}) == len(first)
    assert ("pay_missing" in codes(each)) != ("pay_check" in codes(each))


@settings(max_examples=150, deadline=None)
@given(terms, st.sampled_from(["fees", "cash_pay", "live_in", "remote_site", "keeps_documents", "scrutiny"]))
def test_ticking_something_never_takes_a_flag_away(each: Terms, name: str):
    plain, ticked = replace(each, **{name: False}), replace(each, **{name: True})
    assert codes(plain) | {name} == codes(ticked)


@settings(max_examples=150, deadline=None)
@given(terms, st.integers(0, 10_000))
def test_another_pay_raises_the_check_anew(each: Terms, pay: int):
    before, after = replace(each, pay_from_cents=pay), replace(each, pay_from_cents=pay + 1)
    prints = [{f.rule.code: f.fingerprint for f in flags_of(one)}["pay_check"] for one in (before, after)]
    assert prints[0] != prints[1]


@settings(max_examples=100, deadline=None)
@given(terms)
def test_a_client_raises_the_chain_and_another_client_raises_it_anew(each: Terms):
    def fingerprint(*clients: str) -> str:
        return {f.rule.code: f.fingerprint for f in flags_of(replace(each, clients=clients))}["chain"]

    assert fingerprint("Kuura Oy, 0012345-7") != fingerprint("Routa Oy, 0023456-7")


@settings(max_examples=100, deadline=None)
@given(terms)
def test_the_order_of_what_is_ticked_does_not_matter(each: Terms):
    turned = replace(each, deductions=each.deductions[::-1], languages=each.languages[::-1], clients=each.clients[::-1])
    assert {f.fingerprint for f in flags_of(each)} == {f.fingerprint for f in flags_of(turned)}


def test_the_rules_see_nothing_but_the_vacancy():
    assert {field.name for field in fields(Terms)} & {"gender", "origin", "age", "candidate", "name"} == set()
