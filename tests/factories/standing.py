"""Companies whose standing is held. Call within `app.app_context()` and `transaction()`."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.companies.models import Company
from portal.core.access import Role
from portal.core.db import db
from portal.trainings import services as trainings
from tests.factories import companies
from tests.factories.accounts import account
from tests.factories.trainings import completion


def responsible_company(by: Account | None = None, **overrides: Any) -> tuple[Company, Account]:
    """A responsible employer of today and its owner, who holds every required training. `by` is its liaison."""
    liaison = by or account(Role.LIAISON)
    db.session.flush()
    company, owner = companies.vetted(liaison, **overrides)
    for training in trainings.required_trainings():
        completion(training, account_id=owner.id, email=owner.email, person_name=owner.display_name)
    db.session.flush()
    return company, owner
