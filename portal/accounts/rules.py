"""What holds for accounts, as plain functions over plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from zxcvbn import zxcvbn

from portal.accounts.words import COMMON
from portal.core.access import SECOND_FACTOR_ROLES, Role
from portal.core.errors import N_, RuleBroken

LEAST_PASSWORD = 12
LEAST_SCORE = 3
LEAST_BESIDE_NAME = 8
ZXCVBN_SEES = 72  # it raises on more
STAFF_ROLES = tuple(role for role in Role if role in SECOND_FACTOR_ROLES)
OWN_PAGE = re.compile(r"/(fi|sv|en)(/[\w\-./~%]*)?(\?[\w\-./~%=&+]*)?", re.ASCII)


def normal_email(text: str) -> str:
    """How an address is kept and compared."""
    return text.strip().lower()


def check_email(text: str, field: str = "email") -> str:
    """The address as it is kept; raises when it is none."""
    try:
        return normal_email(validate_email(text, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise RuleBroken(
            N_("This is not an e-mail address. Write it in the form name@company.fi."), field=field
        ) from None


def check_password(password: str, about: Iterable[str] = ()) -> None:
    """Long and hard to guess; `about` are words that others would try (name, address)."""
    if len(password) < LEAST_PASSWORD:
        raise RuleBroken(
            N_("The password is too short. Write at least %(least)d characters; four words in a row are good."),
            field="password",
            least=LEAST_PASSWORD,
        )
    near = [part.lower() for text in about for part in re.split(r"[\s@.\-_]+", text) if len(part) > 2]
    found = zxcvbn("".join(password.split())[:ZXCVBN_SEES], user_inputs=[*near, *COMMON])
    if found["score"] < LEAST_SCORE or len(_without(password.lower(), near)) < LEAST_BESIDE_NAME:
        raise RuleBroken(
            N_("This password is easy to guess. Write four words that do not belong together."), field="password"
        )


def _without(text: str, parts: Iterable[str]) -> str:
    """What is left when a person's own name and address are taken out."""
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "")
    return text


def safe_next(target: str) -> str | None:
    """The target when it is a page of our own, else None; never another site's address."""
    return target if len(target) <= 1000 and OWN_PAGE.fullmatch(target) else None


def check_staff_role(role: str, field: str = "role") -> Role:
    if role not in STAFF_ROLES:
        raise RuleBroken(N_("Choose a role from the list."), field=field)
    return Role(role)


def check_not_oneself(account_id: UUID, by_id: UUID) -> None:
    if account_id == by_id:
        raise RuleBroken(N_("This is your own account. Ask another administrator."))
