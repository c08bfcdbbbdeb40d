"""Password hashes: argon2id with 19 MiB, two passes, one lane (OWASP's first choice).

A hash takes a good part of a second's tenth, so a view ends its transaction first: nobody waits for the writer's lock.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from portal.accounts.rules import check_password
from portal.core import edge
from portal.core.db import db
from portal.core.forms import Form

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobodys = _hasher.hash(secrets.token_urlsafe(32))


def hashed(password: str) -> str:
    return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether they belong together. Without a hash it is False after the same work, so that time tells nothing."""
    try:
        right = _hasher.verify(password_hash or _nobodys, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return right and password_hash is not None


def chosen(form: Form, password: str, about: Iterable[str]) -> str:
    """Check and hash the password a form chose, between two transactions; raises `RuleBroken`.

    Load rows anew afterwards. The form's key, which went with the first transaction, is taken again in the second.
    """
    words = tuple(about)
    db.session.rollback()
    check_password(password, words)
    password_hash = hashed(password)
    edge.claim_once(str(form.once.data))
    return password_hash
