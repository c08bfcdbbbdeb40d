"""The forms of accounts. Rules that need more than the field itself stand in `rules`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField

from portal.accounts.held_posts import MOST_CHARACTERS
from portal.core.errors import N_
from portal.core.forms import Form, Longest, Required


class HeldHere(Form):
    """A form on the way to the start page: it carries what someone was writing when their session ended."""

    held = HiddenField(validators=[Longest(2 * MOST_CHARACTERS)])


class SignInForm(HeldHere):
    email = EmailField(_l("E-mail"), validators=[Required(N_("Write your e-mail address"))])
    password = PasswordField(_l("Password"), validators=[Required(N_("Write your password"))])


class SecondFactorForm(HeldHere):
    code = StringField(_l("Code"), validators=[Required(N_("Write the code"))])


class EnrolForm(HeldHere):
    offer = HiddenField(validators=[Longest(1000)])
    code = StringField(_l("Code from the app"), validators=[Required(N_("Write the code"))])
