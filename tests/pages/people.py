"""Who looks at the pages: one person of the demonstration for each role, and a few who stand somewhere special."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.core.access import POLICY, Permission, Role
from seeds.demo import cast


@dataclass(frozen=True)
class Onlooker:
    """`second_factor` False: the password was right and the second factor is still to come."""

    name: str
    email: str | None
    role: Role | None
    second_factor: bool = True

    @property
    def is_member(self) -> bool:
        return self.role in (Role.OWNER, Role.RECRUITER)

    def may(self, declared: Any) -> bool:
        """Whether the policy lets this person try; an object may still not be found."""
        if declared == "public":
            return True
        if declared == "half":
            return self.email is not None
        return self.role is not None and self.second_factor and Permission(declared) in POLICY[self.role]


VISITOR = Onlooker("visitor", None, None)
ROLES = (
    VISITOR,
    Onlooker("owner", cast.AINO, Role.OWNER),
    Onlooker("recruiter", cast.JOONAS, Role.RECRUITER),
    Onlooker("liaison", cast.MARJA, Role.LIAISON),
    Onlooker("officer", cast.ELINA, Role.OFFICER),
    Onlooker("coach", "sointu@kumppani.example", Role.COACH),
    Onlooker("manager", "reijo@reilu.example", Role.MANAGER),
    Onlooker("administrator", cast.ADMINISTRATOR, Role.ADMINISTRATOR),
)
"""One for each role of the policy, and nobody."""
SPECIAL = (
    Onlooker("owner with cards", cast.HELMI, Role.OWNER),
    Onlooker("owner with a second factor", cast.TIMO, Role.OWNER),
    Onlooker("owner who is heard", cast.KAISA, Role.OWNER),
    Onlooker("liaison before the second factor", cast.PETRI, Role.LIAISON, second_factor=False),
)
RICHEST_FIRST = (VISITOR, *(each for each in reversed(ROLES) if each.email), *SPECIAL)
