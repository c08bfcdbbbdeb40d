"""What trainings add to events: a choice of trainings, a promise on the public page, and completions."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import languages
from portal.events.certificates import Completed
from portal.events.models import Event, SignUp
from portal.trainings import after_events
from portal.trainings import services as trainings


class GivenCertificates:
    """`portal.events.certificates.Certificates`, provided when trainings are loaded."""

    def options(self) -> list[tuple[str, str]]:
        language = languages.current()
        return [(str(each.id), each.title(language)) for each in trainings.all_trainings() if not each.retired]

    def promise(self, training_id: UUID) -> str:
        months = trainings.get(training_id).valid_months
        if months % 12 == 0:
            return ngettext("Yes, valid for one year", "Yes, valid for %(num)d years", months // 12)
        return _("Yes, valid for %(months)d months", months=months)

    def attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        trainings.record_attendance(event, sign_up, by)

    def not_attended(self, event: Event, sign_up: SignUp, by: UUID) -> None:
        trainings.forget_attendance(sign_up, by)

    def address(self, sign_up: SignUp, language: str) -> str:
        return after_events.address(sign_up, language)

    def completed(self, event_id: UUID) -> Sequence[Completed]:
        return after_events.completed(event_id)
