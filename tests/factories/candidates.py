"""Candidates for tests, made through the services. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from portal.accounts.models import Account
from portal.candidates import services as candidates
from portal.candidates.models import CandidateStatus
from portal.candidates.rules import ProfileFields
from portal.candidates.values import Channel, Identity, SafeContact, Safety
from portal.core import clock
from portal.core.access import Role
from portal.core.db import db
from portal.programmes import services as programmes
from portal.programmes.models import Programme
from tests.factories.accounts import account

_numbers = itertools.count(1)


def programme(**overrides: Any) -> Programme:
    number = next(_numbers)
    values: dict[str, Any] = {
        "code": f"P{number}",
        "name_fi": f"Ohjelma {number}",
        "name_sv": f"Program {number}",
        "name_en": f"Programme {number}",
        "starts_on": date(2026, 1, 1),
        "invented": True,
    }
    row = Programme(**(values | overrides))
    db.session.add(row)
    db.session.flush()
    return row


def officer(*of: Programme, **overrides: Any) -> Account:
    """A case officer who works in these programmes."""
    made = account(Role.OFFICER, **overrides)
    db.session.flush()
    for each in of:
        programmes.add_officer(each.id, made)
    db.session.flush()
    return made


def profile_fields(**overrides: Any) -> ProfileFields:
    values: dict[str, Any] = {
        "skills": {"food_hygiene": 3, "kitchen_cleaning": 3},
        "languages": {"fi": 3, "en": 4},
        "occupations": ("kitchen_assistant",),
        "municipality": "091",
        "reach_municipalities": ("049",),
        "reach_regions": (),
        "bands": ("weekday_day",),
        "hours_min": 20,
        "hours_max": 38,
        "available_from": None,
        "may_work": True,
        "eligible_until": None,
    }
    return ProfileFields(**(values | overrides))


def candidate(by: Account, programme: Programme | None = None, **overrides: Any) -> UUID:
    """An active candidate who agreed to matching; keyword arguments change identity, contact, profile or safety.

    `status` says how far the file is, `matching` is the answer to the consent (None: not asked).
    """
    programme = programme or programmes.of_officer(by.id)[0]
    candidate_id = candidates.open_file(programme.id, by)
    who: dict[str, Any] = {"legal_name": "Aino Esimerkki", "phone": "+358401234567", "birth_date": date(1990, 5, 4)}
    candidates.write_identity(candidate_id, Identity(**(who | overrides.get("identity", {}))), by)
    plan = {"channel": Channel.CALL, "hours": "weekdays 10–14", "language": "en"} | overrides.get("contact", {})
    candidates.write_contact(candidate_id, SafeContact(**plan), overrides.get("non_disclosure", False), by)
    fields = profile_fields(**overrides.get("profile", {}))
    candidates.write_profile(candidate_id, fields, by, read_through=True)
    if "safety" in overrides:
        candidates.write_safety(candidate_id, Safety(**overrides["safety"]), by)
    if (answer := overrides.get("matching", "given")) is not None:
        consent(candidate_id, by, answer=answer)
    move(candidate_id, overrides.get("status", CandidateStatus.ACTIVE), by)
    return candidate_id


def consent(candidate_id: UUID, by: Account, **overrides: Any) -> None:
    values: dict[str, Any] = {
        "kind": "matching",
        "answer": "given",
        "how": "paper",
        "language": "en",
        "until": clock.today() + timedelta(days=365),
    } | overrides
    kind, answer = values.pop("kind"), values.pop("answer")
    candidates.record_consent(candidate_id, kind, answer, by=by, **values)


ROADS = {
    CandidateStatus.INTAKE: (),
    CandidateStatus.ACTIVE: (CandidateStatus.ACTIVE,),
    CandidateStatus.PAUSED: (CandidateStatus.ACTIVE, CandidateStatus.PAUSED),
    CandidateStatus.PLACED: (CandidateStatus.ACTIVE, CandidateStatus.PLACED),
    CandidateStatus.CLOSED: (CandidateStatus.CLOSED,),
}


def move(candidate_id: UUID, to: CandidateStatus, by: Account) -> None:
    """From intake along the shortest road."""
    for status in ROADS[to]:
        candidates.move_to(candidate_id, status, by, reason="work" if status == CandidateStatus.CLOSED else "")
