"""For matching: which pairs have an introduction under way (`portal.matching.under_way`)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, String, cast, exists, select

from portal.introductions import words
from portal.introductions.models import Introduction, IntroductionStatus
from portal.introductions.queries import LIVE
from portal.matching.under_way import UnderWay


class Pairs:
    def among(self, other: str, by: str, value: UUID) -> Select[Any]:
        told = Introduction.number + " " + Introduction.status + " " + cast(Introduction.id, String)
        mine = getattr(Introduction, by) == value
        return select(getattr(Introduction, other), told).where(mine, Introduction.status.in_(LIVE))

    def told(self, text: str) -> UnderWay:
        number, status, introduction_id = text.split(" ")
        return UnderWay(
            _("Introduction %(number)s", number=number),
            _(words.STATUSES[IntroductionStatus(status)]),
            words.status_kind(status),
            url_for("introductions.show", introduction_id=UUID(introduction_id)),
        )

    def is_under_way(self, candidate_id: Any, vacancy_id: Any) -> ColumnElement[bool]:
        return exists().where(
            Introduction.candidate_id == candidate_id,
            Introduction.vacancy_id == vacancy_id,
            Introduction.status.in_(LIVE),
        )
