"""The policy on one page, the gate before everything, and the walls against forged requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule, UUIDConverter

from portal import features
from portal.core import access
from portal.core.access import POLICY, Permission, Role
from portal.core.registry import Feature
from tests.core.probe import entries, notes, real_features, typed
from tests.support.browser import Browser

COMPANY = {"account:own", "company:own", "completion:claim", "vacancy:write", "introduction:answer"}
TABLE = {
    "owner": COMPANY | {"company:lead"},
    "recruiter": COMPANY,
    "liaison": {
        "account:own", "styleguide:read", "company:read", "company:vet", "event:manage", "event:needs", "vacancy:read",
        "vacancy:decide", "match:read", "match:suggest", "introduction:read", "introduction:release",
        "requirement:read",
    },
    "officer": {
        "account:own", "styleguide:read", "company:read", "vacancy:read", "candidate:keep", "match:read",
        "introduction:draft", "introduction:read", "introduction:release", "placement:follow",
        "sheet:translate",
    },
    "coach": {"account:own"},
    "manager": {"account:own", "styleguide:read", "programme:read", "programme:manage"},
    "administrator": {
        "account:own", "styleguide:read", "account:manage", "settings:manage", "audit:read", "outbox:read",
        "programme:read", "sheet:translate", "requirement:read", "requirement:manage",
    },
}  # fmt: skip


def test_the_policy_is_this_table() -> None:
    assert {str(role): {str(each) for each in allowed} for role, allowed in POLICY.items()} == TABLE


def test_no_account_holds_both_staff_roles_and_no_administrator_an_identity() -> None:
    assert set(access.roles_with(Permission.INTRODUCTION_DRAFT)) == {Role.OFFICER}
    assert set(access.roles_with(Permission.COMPANY_VET)) == {Role.LIAISON}
    assert set(access.roles_with(Permission.CANDIDATE_KEEP)) == {Role.OFFICER}
    assert {Role.OWNER, Role.RECRUITER} == access.COMPANY_ROLES == set(Role) - access.SECOND_FACTOR_ROLES


def test_a_page_that_declares_nothing_stops_the_start(make_app: Callable[..., Flask], monkeypatch) -> None:
    silent = Blueprint("silent", __name__)
    silent.add_url_rule("/silent", "page", lambda: "")
    monkeypatch.setattr(features, "all_features", lambda: [*real_features(), Feature("silent", (silent,))])
    with pytest.raises(RuntimeError, match=r"neither a permission nor public: silent\.page"):
        make_app()


def test_a_visitor_is_sent_to_sign_in_and_a_wrong_role_is_told(probed: Flask, visitor: Browser, person) -> None:
    page = visitor.get("/en/probe/administrators", follow=False)
    assert page.status == 302
    assert page.headers["Location"].startswith("/en/sign-in")
    liaison = Browser(probed).sign_in(person("liaison"))
    assert liaison.get("/en/probe/administrators").status == 403
    assert entries(probed, "access.denied") == 1
    assert Browser(probed).sign_in(person("administrator")).get("/en/probe/administrators").status == 200


def test_without_the_second_factor_nothing_opens(probed: Flask, person) -> None:
    half = Browser(probed).sign_in(person("administrator"), second_factor=False)
    page = half.get("/en/probe/administrators", follow=False)
    assert page.status in (302, 303)
    assert "/sign-in/code" in page.headers["Location"]


# --- forged requests -------------------------------------------------------------


def filled(app: Flask, rule: Rule) -> str:
    """The rule's address with something in every place."""
    values = {name: value_for(converter) for name, converter in rule._converters.items()}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def value_for(converter: BaseConverter) -> object:
    if isinstance(converter, UUIDConverter):
        return uuid4()
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x"


def unsafe_rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if (rule.methods or set()) - access.SAFE_METHODS:
            yield rule


def test_no_page_takes_a_post_without_the_token(probed: Flask, person) -> None:
    """Every unsafe route, as somebody whom the gate lets in."""
    browsers: dict[str, Browser] = {"": Browser(probed)}
    for role in Role:
        browsers[role] = Browser(probed).sign_in(person(role))
    browsers["half"] = Browser(probed).sign_in(person("administrator"), second_factor=False)
    checked = 0
    for rule in unsafe_rules(probed):
        declared = access.declared(probed, rule.endpoint)
        roles = [""] if declared == "public" else ["half"] if declared == "half" else [
            str(role) for role in access.roles_with(Permission(str(declared)))
        ]  # fmt: skip
        page = browsers[roles[0]].post(filled(probed, rule), {"title": "x"}, follow=False)
        assert page.status == 400, f"{rule.endpoint} as {roles[0] or 'visitor'}: {page.status}"
        assert "could not read" in page.h1
        checked += 1
    assert checked > 50
    assert notes(probed) == []


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
]


def post_form(browser: Browser, headers: dict[str, str]) -> int:
    values = typed(browser.get("/en/probe/form"), title="Aino")
    return browser.post("/en/probe/form", values, follow=False, headers=headers).status


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_post_from_elsewhere_is_refused_though_its_token_is_right(probed, visitor: Browser, headers) -> None:
    assert post_form(visitor, headers) == 400
    assert notes(probed) == []


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}], ids=str)
def test_our_own_post_passes(probed: Flask, visitor: Browser, headers) -> None:
    assert post_form(visitor, headers) == 302
    assert notes(probed) == ["Aino"]


def test_another_visitors_token_does_not_fit(probed: Flask, visitor: Browser) -> None:
    theirs = typed(Browser(probed).get("/en/probe/form"), title="Aino")
    visitor.get("/en/probe/form")
    assert visitor.post("/en/probe/form", theirs).status == 400
    assert notes(probed) == []


def test_permission_comes_before_the_token_and_the_token_before_the_look_up(probed: Flask, person) -> None:
    liaison = Browser(probed).sign_in(person("liaison"))
    assert liaison.post("/en/probe/administrators", {}).status == 403
    assert liaison.get(f"/en/companies/{uuid4()}").status == 404
    assert liaison.post(f"/en/companies/{uuid4()}/approve", {}).status == 400


# --- what no form and no address of ours holds ---------------------------------------


@pytest.mark.parametrize("name", ["sites-²", "sites-" + "9" * 200, "nimi ", "ä", "a\x00b"])
def test_a_strange_field_name_gets_a_sentence(probed: Flask, visitor: Browser, name: str) -> None:
    values = typed(visitor.get("/en/probe/form"), title="Aino", **{name: "x"})
    page = visitor.post("/en/probe/form", values)
    assert page.status == 400
    assert notes(probed) == []


def test_thousands_of_fields_get_a_sentence(visitor: Browser) -> None:
    many = {f"sites-{number}": "x" for number in range(2001)}
    page = visitor.post("/en/probe/form", typed(visitor.get("/en/probe/form"), title="Aino", **many))
    assert page.status == 400


@pytest.mark.parametrize("path", ["/en/about?q=%00", "/en/about?%1b=x", "/en/probe/saved/a%00b"])
def test_control_characters_in_an_address_lead_nowhere(visitor: Browser, path: str) -> None:
    assert visitor.get(path).status == 404
