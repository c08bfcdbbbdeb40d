"""The forms of accounts. Rules that need more than the field itself stand in `rules`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField

from portal.accounts.held_posts import MOST_CHARACTERS
from portal.accounts.rules import STAFF_ROLES
from portal.core import languages
from portal.core.errors import N_
from portal.core.fields import OneOf, WholeField, offer
from portal.core.forms import Form, Longest, Required
from portal.core.pages import ROLE_LABELS
from portal.core.settings import Declared


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


class PasswordAgain(Form):
    """Asks the signed-in person before something weighty."""

    current = PasswordField(_l("Your present password"), validators=[Required(N_("Write your present password"))])


class RenewForm(EnrolForm):
    """Another phone in place of the one in use."""

    current = PasswordField(_l("Your present password"), validators=[Required(N_("Write your present password"))])


class NewPasswordForm(Form):
    password = PasswordField(_l("New password"), validators=[Required(N_("Write a new password"))])


class AcceptForm(NewPasswordForm):
    display_name = StringField(_l("Your name"), validators=[Required(N_("Write your name")), Longest(100)])


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(_l("Your present password"), validators=[Required(N_("Write your present password"))])


class ForgotForm(Form):
    email = EmailField(_l("E-mail"), validators=[Required(N_("Write your e-mail address"))])


class ButtonForm(Form):
    """One button that acts."""


class ChangeEmailForm(PasswordAgain):
    email = EmailField(_l("New e-mail address"), validators=[Required(N_("Write the new e-mail address"))])


class DetailsForm(Form):
    display_name = StringField(_l("Your name"), validators=[Required(N_("Write your name")), Longest(100)])
    language = OneOf(_l("Language of your mail and start page"), validators=[Required(N_("Choose a language"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = offer(languages.LANGUAGES)


def staff_roles() -> list[Any]:
    return offer([(str(role), ROLE_LABELS[role]) for role in STAFF_ROLES], blank=N_("Choose a role"))


class InviteForm(Form):
    email = EmailField(_l("E-mail"), validators=[Required(N_("Write the e-mail address"))])
    display_name = StringField(_l("Name"), validators=[Required(N_("Write the name")), Longest(100)])
    role = OneOf(_l("Role"), validators=[Required(N_("Choose a role"))])
    language = OneOf(_l("Language of the invitation"), validators=[Required(N_("Choose a language"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = staff_roles()
        self.language.choices = offer(languages.LANGUAGES)


class ReasonForm(Form):
    """Everything an administrator does to another's account carries its reason into the audit trail."""

    reason = StringField(
        _l("Reason"),
        description=_l("One sentence for the audit trail, without names."),
        validators=[Required(N_("Write the reason"))],
    )


class DeactivateForm(ReasonForm):
    """The tick is shown, and asked for, when something ends with the account."""

    read = BooleanField(_l("I have read what ends with this account"))


class RoleForm(ReasonForm):
    role = OneOf(_l("New role"), validators=[Required(N_("Choose a role"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = staff_roles()


def settings_form(declared: Iterable[Declared]) -> type[Form]:
    """A form with one whole number for each setting, named as its key."""
    fields = {
        each.key: WholeField(
            _l(each.label),
            description=_l(
                "From %(least)d to %(most)d, usually %(usual)d.", least=each.least, most=each.most, usual=each.default
            ),
            validators=[Required(N_("Write a number"))],
        )
        for each in declared
    }
    return type("SettingsForm", (Form,), fields)
