"""The forms of the house's own public pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, TextAreaField

from portal.accounts.rules import check_email
from portal.companies.forms import Keeps
from portal.core.errors import N_
from portal.core.forms import Form, Optional, Required


class FeedbackForm(Form):
    """On accessibility; whoever wants an answer leaves an address."""

    message = TextAreaField(_l("What did not work, or what do you need?"), [Required(N_("Write what did not work"))])
    email = EmailField(_l("E-mail, if you want an answer"), [Optional(), Keeps(check_email)])
