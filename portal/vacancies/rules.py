"""The fairness rules: what in a vacancy a person must look at before it is published. Plain values in, flags out.

A flag is never a ban. Each rule names the ILO indicator of forced labour (ILO, 2012) or the statute that it maps to,
and a flag carries a fingerprint of the values it was raised on, so that a change raises it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.errors import N_
from portal.vacancies import stand_ins
from portal.vacancies.terms import Terms

FULL_WEEK_HOURS = 40
"""Regular working time at most, Working Hours Act 872/2019, 5 §."""
HIGH_CEFR = 5
LOCAL_LANGUAGES = frozenset({"fi", "sv", "en"})

WITHHOLDING = N_("ILO indicator: withholding of wages")
DEBT = N_("ILO indicator: debt bondage")
DEPENDENCE = N_("ILO indicator: abuse of vulnerability")
ISOLATION = N_("ILO indicator: isolation")
DOCUMENTS = N_("ILO indicator: retention of identity documents")
OVERTIME = N_("ILO indicator: excessive overtime")
CONTRACTS_ACT_AGREEMENT = N_("Employment Contracts Act 55/2001, chapter 2, section 7")
CONTRACTS_ACT_HOURS = N_("Employment Contracts Act 55/2001, chapter 1, section 11")
CONTRACTOR_ACT = N_("Act on the contractor’s obligations 1233/2006")
SAFETY_ACT = N_("Occupational Safety and Health Act 738/2002, section 15")
NON_DISCRIMINATION = N_("Non-discrimination Act 1325/2014, section 17")
EQUALITY = N_("Equality Act 609/1986, section 14")


Values = Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """`values_of` gives what the flag rests on, or None when there is nothing to look at.

    `text` speaks to the company and may name its values: %(words)s, %(languages)s, %(deductions)s, %(clients)s. `step`
    is where they are changed.
    """

    code: str
    title: str
    text: str
    basis: str
    step: str
    values_of: Callable[[Terms], Values | None]


@dataclass(frozen=True)
class Flag:
    rule: Rule
    values: Values

    @property
    def fingerprint(self) -> str:
        known = json.dumps([self.rule.code, self.values], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(known.encode()).hexdigest()[:32]


def _when(condition: Callable[[Terms], bool], values: Callable[[Terms], Values] = lambda terms: {}) -> Any:
    return lambda terms: values(terms) if condition(terms) else None


def _words(ground: str) -> Callable[[Terms], Values | None]:
    def values_of(terms: Terms) -> Values | None:
        words = stand_ins.found(ground, terms.title, terms.description)
        return {"words": words} if words else None

    return values_of


def _foreign(terms: Terms) -> Values | None:
    codes = tuple(sorted(code for code, _, _ in terms.languages if code not in LOCAL_LANGUAGES))
    return {"languages": codes} if codes else None


def _high(terms: Terms) -> Values | None:
    found = sorted((code, level) for code, level, must in terms.languages if must and level >= HIGH_CEFR)
    return (
        {"languages": tuple(code for code, _ in found), "levels": tuple(level for _, level in found)} if found else None
    )


def _excessive(terms: Terms) -> bool:
    return max(terms.hours_max or 0, terms.hours_min or 0) > FULL_WEEK_HOURS


def _hours(terms: Terms) -> Values:
    return {"hours": (terms.hours_min, terms.hours_max), "contract": terms.contract}


def _chain(terms: Terms) -> Values | None:
    """Leasing and subcontracting, and whoever does the work for a client: a client named anew is looked at anew."""
    if terms.chain == "own" and not terms.clients:
        return None
    return {"chain": terms.chain} | ({"clients": tuple(sorted(terms.clients))} if terms.clients else {})


def _pay(terms: Terms) -> Values:
    return {"pay": terms.pay, "agreement": terms.agreement}


def _second_look(terms: Terms) -> Values:
    return {
        **_pay(terms), **_hours(terms), "occupation": terms.occupation, "municipality": terms.municipality,
        "housing": terms.housing, "chain": terms.chain,
    }  # fmt: skip


FAIRNESS: tuple[Rule, ...] = (
    Rule(
        "pay_missing", N_("The pay is missing"),
        N_("Write what you pay, at least from. People choose by it, and we compare it with the agreement."),
        WITHHOLDING, "pay", _when(lambda t: t.pay_from_cents is None),
    ),
    Rule(
        "pay_check", N_("The pay is checked against the agreement"),
        N_("We do this with every vacancy. The pay must be at least what the collective agreement says for the work."),
        CONTRACTS_ACT_AGREEMENT, "pay", _when(lambda t: t.pay_from_cents is not None, _pay),
    ),
    Rule(
        "agreement_missing", N_("No collective agreement is named"),
        N_("Name the agreement you follow. If none binds you, say what the terms rest on."),
        CONTRACTS_ACT_AGREEMENT, "pay", _when(lambda t: not t.agreement),
    ),
    Rule(
        "housing_tied", N_("The housing is tied to the job"),
        N_("A person who would lose the home with the job cannot leave the job freely. Say what the housing costs."),
        DEPENDENCE, "pay", _when(lambda t: t.housing == "tied"),
    ),
    Rule(
        "deductions", N_("Something is deducted from the pay"),
        N_("You deduct: %(deductions)s. Say how much, and whether the person may decline."),
        DEBT, "pay", _when(lambda t: bool(t.deductions), lambda t: {"deductions": tuple(sorted(t.deductions))}),
    ),
    Rule(
        "fees", N_("The person is asked for a fee or a deposit"),
        N_("The employer pays for recruitment, agencies included. Nobody may pay for getting a job."),
        DEBT, "pay", _when(lambda t: t.fees),
    ),
    Rule(
        "hours_zero", N_("No hours are promised"),
        N_("Say why the need for work varies, and how many hours a person can count on."),
        CONTRACTS_ACT_HOURS, "hours", _when(lambda t: t.hours_min == 0 or t.contract == "on_call", _hours),
    ),
    Rule(
        "hours_excessive", N_("The week is longer than 40 hours"),
        N_("Say why, how the time is evened out, and how overtime is paid."),
        OVERTIME, "hours", _when(_excessive, _hours),
    ),
    Rule(
        "cash_pay", N_("The pay is paid in cash"),
        N_("Pay belongs on the person’s own account. Cash is for compelling reasons only."),
        WITHHOLDING, "pay", _when(lambda t: t.cash_pay),
    ),
    Rule(
        "live_in", N_("The person lives where they work"),
        N_("Say how free time, privacy and visits are arranged."),
        ISOLATION, "pay", _when(lambda t: t.live_in),
    ),
    Rule(
        "remote_site", N_("The workplace is remote"),
        N_("Say how a person gets there and away on their own, and that a telephone works."),
        ISOLATION, "pay", _when(lambda t: t.remote_site),
    ),
    Rule(
        "chain", N_("The work is done in a chain of companies"),
        N_("The work is done for: %(clients)s. Say who directs the work there and who answers for its terms."),
        CONTRACTOR_ACT, "pay", _chain,
    ),
    Rule(
        "keeps_documents", N_("The company keeps the person’s documents"),
        N_("Passports, residence permits and bank cards stay with the person. A copy is enough."),
        DOCUMENTS, "pay", _when(lambda t: t.keeps_documents),
    ),
    Rule(
        "own_equipment", N_("The person pays for the equipment"),
        N_("The employer provides protective equipment and aids. Say what the person would have to bring."),
        SAFETY_ACT, "pay", _when(lambda t: t.equipment == "employee"),
    ),
    Rule(
        "foreign_language", N_("Another language than Finnish, Swedish or English is asked"),
        N_("You ask for: %(languages)s. Say why the work needs it, for a language may stand in for an origin."),
        NON_DISCRIMINATION, "demands", _foreign,
    ),
    Rule(
        "high_language", N_("A very high language level is a must"),
        N_("You demand level C1 or C2 in: %(languages)s. Say why the work cannot be done with less."),
        NON_DISCRIMINATION, "demands", _high,
    ),
    Rule(
        "gender_words", N_("The text may point to a gender"),
        N_("These words made us stop: %(words)s. Write what the work needs instead."),
        EQUALITY, "job", _words("gender"),
    ),
    Rule(
        "age_words", N_("The text may point to an age"),
        N_("These words made us stop: %(words)s. Write what the work needs instead."),
        NON_DISCRIMINATION, "job", _words("age"),
    ),
    Rule(
        "origin_words", N_("The text may point to an origin"),
        N_("These words made us stop: %(words)s. Write what the work needs instead."),
        NON_DISCRIMINATION, "job", _words("origin"),
    ),
    Rule(
        "religion_words", N_("The text may point to a religion"),
        N_("These words made us stop: %(words)s. Write what the work needs instead."),
        NON_DISCRIMINATION, "job", _words("religion"),
    ),
    Rule(
        "scrutiny", N_("This field gets a second look"),
        N_("We read every vacancy of this field twice. It is a rule for the field and says nothing about you."),
        DEPENDENCE, "check", _when(lambda t: t.scrutiny, _second_look),
    ),
)  # fmt: skip

BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in FAIRNESS}


def flags_of(terms: Terms) -> tuple[Flag, ...]:
    """Everything a person must look at, in the order of the rules."""
    found = ((rule, rule.values_of(terms)) for rule in FAIRNESS)
    return tuple(Flag(rule, values) for rule, values in found if values is not None)
