"""The forms of incidents and reviews."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from portal.core.errors import N_
from portal.core.forms import Form, Longest, Required


class AgreeForm(Form):
    reason = TextAreaField(_l("Why the hold may end"), [Required(N_("Write the reason")), Longest(300)])


class ReviewForm(Form):
    """One button: the words are the same for every company."""
