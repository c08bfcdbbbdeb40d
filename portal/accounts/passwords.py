"""Password hashes: argon2id with 19 MiB, two passes, one lane (OWASP's first choice).

A hash takes a good part of a second's tenth, so a view ends its transaction first: nobody waits for the writer's lock.
"""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

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
