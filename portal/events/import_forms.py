"""Reading an attendance file, and deciding about the rows that fit no sign-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, StringField

from portal.core import settings
from portal.core.errors import N_, RuleBroken
from portal.core.fields import OneOfRadios, SelectChoice, WholeField, offer
from portal.core.forms import Form, Longest, Optional, Required
from portal.events import imports
from portal.events.forms import is_email
from portal.events.import_models import AttendanceImport, Fate, ImportedRow
from portal.events.imports import Decision
from portal.events.models import SignUp

MOST_SHOWN = 40
BY_ADDRESS = "address"


class ThresholdForm(Form):
    threshold = WholeField(_l("Attended from"), [Required(N_("Write from how much on somebody has attended"))])
    unit = OneOfRadios(_l("Counted in"), [Required(N_("Choose one"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit.choices = offer(imports.UNITS)


class ImportForm(ThresholdForm):
    file = FileField(
        _l("Attendance file"),
        [Required(N_("Choose the file"))],
        description=_l("CSV or XLSX, as Teams and Zoom give it, or a table with e-mail addresses and minutes."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(data={"threshold": settings.number(imports.SHARE), "unit": "percent"}, **kwargs)


class ReviewForm(ThresholdForm):
    """Made by `review_form`, with four fields for each open row: `what_3`, `email_3`, `name_3`, `reason_3`."""

    rows: Sequence[ImportedRow] = ()

    def refuse(self, refusal: RuleBroken) -> None:
        at = next((row.position for row in self.rows if str(row.id) == refusal.field), None)
        if at is not None:
            refusal = RuleBroken(refusal.message, field=f"what_{at}", **refusal.params)
        super().refuse(refusal)

    def decisions(self) -> dict[UUID, Decision]:
        """Of the rows about which something was chosen."""
        return {row.id: self.decision(row) for row in self.rows if self[f"what_{row.position}"].data}

    def decision(self, row: ImportedRow) -> Decision:
        what, email, name, reason = (
            str(self[f"{part}_{row.position}"].data or "") for part in ("what", "email", "name", "reason")
        )
        if what in (Fate.LATE, Fate.ASIDE):
            return Decision(Fate(what), email=email, name=name, reason=reason)
        return Decision(Fate.PICKED, None if what == BY_ADDRESS else UUID(what), email=email)


def review_form(found: AttendanceImport, rows: Sequence[ImportedRow], people: Sequence[SignUp]) -> ReviewForm:
    """`people` are the sign-ups that no row fits yet: the ones most alike are offered by name."""
    shown = rows[:MOST_SHOWN]
    fields: dict[str, Any] = {"rows": shown}
    for row in shown:
        fields |= fields_of(row)
    form: ReviewForm = type("ReviewForm", (ReviewForm,), fields)(
        data={"threshold": found.threshold, "unit": found.unit}
        | {f"name_{row.position}": row.name for row in shown}
        | {f"email_{row.position}": row.email for row in shown}
    )
    for row in shown:
        form[f"what_{row.position}"].choices = choices_of(row, people)
    return form


def fields_of(row: ImportedRow) -> dict[str, Any]:
    at = row.position
    return {
        f"what_{at}": OneOfRadios(gettext("What becomes of this row?")),
        f"email_{at}": EmailField(_l("E-mail"), [Optional(), is_email]),
        f"name_{at}": StringField(_l("Name"), [Optional(), Longest(120)]),
        f"reason_{at}": StringField(_l("Reason"), [Optional(), Longest(200)]),
    }


def choices_of(row: ImportedRow, people: Sequence[SignUp]) -> list[SelectChoice]:
    alike = [
        SelectChoice(str(each.id), gettext("It is %(name)s, %(email)s", name=each.name, email=each.email))
        for each in imports.alike(row, people, most=3)
    ]
    rest = {
        BY_ADDRESS: N_("It is another sign-up, by the e-mail address below"),
        Fate.LATE: N_("Add the person, with the name and address below"),
        Fate.ASIDE: N_("Set the row aside, for the reason below"),
    }
    return [*alike, *offer(rest)]
