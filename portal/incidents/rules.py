"""Who ends a hold: an officer and a liaison, each with a reason."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from portal.core.access import Role
from portal.core.errors import N_, RuleBroken

AGREED = N_("Your side has agreed already. The hold ends when the other side agrees.")


def check_may_agree(role: str, open_: bool, officer_agreed: bool, liaison_agreed: bool) -> None:
    if not open_:
        raise RuleBroken(N_("This hold has ended already."))
    if role not in (Role.OFFICER, Role.LIAISON):
        raise RuleBroken(N_("A case officer and a liaison end a hold together."))
    if officer_agreed if role == Role.OFFICER else liaison_agreed:
        raise RuleBroken(AGREED)


def check_two_people(by_id: UUID, agreed_by_ids: Collection[UUID | None]) -> None:
    """Whoever agreed for one side and has taken the other role since is no second person."""
    if by_id in agreed_by_ids:
        raise RuleBroken(AGREED)


def check_may_open_review(under_review: bool) -> None:
    if under_review:
        raise RuleBroken(N_("The company reads the review notice already."))


NO_REVIEW = N_("The company reads no review notice today.")
