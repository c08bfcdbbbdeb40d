"""The liaison's forms: deciding flags, confirming recipients, returning, publishing, pausing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, TextAreaField
from wtforms import Form as PlainForm

from portal.accounts.models import Account
from portal.core.errors import N_
from portal.core.fields import OneOfRadios, Ticks, offer
from portal.core.forms import Form, Longest, Required, Said, complain
from portal.vacancies.fields import AskedLater
from portal.vacancies.models import FlagDecision
from portal.vacancies.readings import Point
from portal.vacancies.recipients import digest_of

LONGEST_REASON = 2000
DECISIONS = {FlagDecision.ACCEPTED: N_("Accepted"), FlagDecision.MUST_CHANGE: N_("Must change")}


class DecisionRow(PlainForm):
    """A decision needs its reason; a row without a decision stays open."""

    rule = HiddenField()
    fingerprint = HiddenField()
    decision = OneOfRadios(_l("Decision"), [AskedLater()], choices=lambda: offer(DECISIONS))
    reason = TextAreaField(_l("Reason"), [AskedLater(), Longest(LONGEST_REASON)], render_kw={"rows": 2})

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.decision.data and not (self.reason.data or "").strip():
            complain(self.reason, N_("Write the reason for the decision."))
            return False
        return sound


class DecisionsForm(Form):
    points = FieldList(FormField(DecisionRow), _l("Point"))

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        rows = [
            {
                "rule": point.flag.rule.code, "fingerprint": point.flag.fingerprint,
                "decision": "" if point.decision == FlagDecision.OPEN else point.decision,
                "reason": point.row.reason if point.row else "",
            }
            for point in points
        ]  # fmt: skip
        super().__init__(*args, data={"points": rows}, **kwargs)


class ConfirmForm(Form):
    confirmed = Ticks(
        _l("Recipients"), [AskedLater()],
        description=_l("Tick those whose name and position you have made sure of. The others see no card."),
    )  # fmt: skip

    seen = HiddenField()
    """Of whom the page spoke: names and addresses may change while it is read."""

    def __init__(self, *args: Any, people: list[Account], confirmed: set[UUID], **kwargs: Any) -> None:
        super().__init__(*args, data={"confirmed": sorted(str(each) for each in confirmed)}, **kwargs)
        self.known, self.written = digest_of(people), self.seen.data
        self.seen.data = self.known
        self.confirmed.choices = offer([(str(one.id), f"{one.display_name}, {one.email}") for one in people])

    def validate_confirmed(self, field: Ticks) -> None:
        if self.written != self.known:
            raise Said(N_("A name or an address changed while you were reading. Look at it and tick again."))

    @property
    def confirmed_ids(self) -> list[UUID]:
        return [UUID(each) for each in self.confirmed.data or ()]


class ReturnForm(Form):
    reason = TextAreaField(
        _l("What must change"), [Required(N_("Write what must change")), Longest(LONGEST_REASON)],
        description=_l("The company reads this. Write about the vacancy, and name nobody."),
    )  # fmt: skip


class PauseForm(Form):
    """The reason is not asked for opening again, so the field is checked by the verb."""

    reason = TextAreaField(
        _l("Reason"), [AskedLater(), Longest(300)],
        description=_l("The company reads this. Write about the vacancy, and name nobody."),
    )  # fmt: skip


class PublishForm(Form):
    """One button; everything is checked when it is pressed."""
