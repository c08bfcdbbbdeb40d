"""Every message of the portal, one function each. They say as little as they can (design: P7).

`Site` carries what each message needs of the deployment; addresses are built from the configured base URL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emails.message import Message, render, render_bare


@dataclass(frozen=True)
class Site:
    base_url: str
    host: str
    contact_email: str
    contact_phone: str

    def url(self, path: str) -> str:
        return self.base_url + path

    @property
    def values(self) -> dict[str, Any]:
        return {"host": self.host, "contact_email": self.contact_email, "contact_phone": self.contact_phone}


def news(site: Site, to: str, language: str) -> Message:
    """To companies and staff: "you have news, sign in", and nothing more."""
    return render("news", to, language, sign_in_url=site.url(f"/{language}/sign-in"), **site.values)


def registration(site: Site, to: str, language: str, token: str, days: int) -> Message:
    """To whoever registers a company: confirm the address. The same for a Business ID that we know."""
    url = site.url(f"/{language}/register/confirm/{token}")
    return render("registration", to, language, confirm_url=url, days=days, **site.values)


def registration_known(site: Site, to: str, language: str) -> Message:
    """To an address that has an account already, when somebody registers a company with it."""
    return render("registration_known", to, language, sign_in_url=site.url(f"/{language}/sign-in"), **site.values)


def account_invitation(site: Site, to: str, language: str, token: str, days: int) -> Message:
    """A link to take an account into use. Says nothing of the role or the company."""
    url = site.url(f"/{language}/invitation/{token}")
    return render("account_invitation", to, language, accept_url=url, days=days, **site.values)


def account_known(site: Site, to: str, language: str) -> Message:
    """To an address that has an account already, when somebody invites it."""
    return render("account_known", to, language, sign_in_url=site.url(f"/{language}/sign-in"), **site.values)


def password_reset(site: Site, to: str, language: str, token: str, minutes: int) -> Message:
    url = site.url(f"/{language}/password/{token}")
    return render("password_reset", to, language, reset_url=url, minutes=minutes, **site.values)


def password_changed(site: Site, to: str, language: str) -> Message:
    return render("password_changed", to, language, forgot_url=site.url(f"/{language}/password"), **site.values)


def second_factor_reset(site: Site, to: str, language: str) -> Message:
    return render("second_factor_reset", to, language, sign_in_url=site.url(f"/{language}/sign-in"), **site.values)


def audit_anchor(site: Site, to: str, language: str, *, number: int, entry_hash: str, at: str, line: str) -> Message:
    """Daily to administrators: how long the audit trail is, kept where nobody who can change it reaches (P6).

    `line` is the anchor as `audit verify --mailed` takes it; `at` is for people.
    """
    return render("audit_anchor", to, language, number=number, entry_hash=entry_hash, at=at, line=line, **site.values)


def email_change_old(site: Site, to: str, language: str, token: str, hours: int) -> Message:
    """To the present address: allow the change."""
    url = site.url(f"/{language}/email-change/old/{token}")
    return render("email_change_old", to, language, confirm_url=url, hours=hours, **site.values)


def email_change_new(site: Site, to: str, language: str, token: str, hours: int) -> Message:
    """To the new address: show that it is yours."""
    url = site.url(f"/{language}/email-change/new/{token}")
    return render("email_change_new", to, language, confirm_url=url, hours=hours, **site.values)


def accessibility_feedback(site: Site, language: str, message: str, email: str, language_name: str) -> Message:
    """To the office: what a visitor wrote on the accessibility statement. `email` is '' when no answer is wanted.

    A stranger's words are quoted line by line, so that none of them can become a button of ours.
    """
    quoted = "\n".join(f"> {line}" for line in message.splitlines())
    values = {"quoted": quoted, "email": email, "language_name": language_name, **site.values}
    return render("accessibility_feedback", site.contact_email, language, **values)


def contact(sender: str, to: str, language: str, text: str, words: str = "") -> Message:
    """To a candidate, inside the safe-contact plan: one of the fixed texts, or the `words` that were agreed.

    It names neither us nor the person, and holds no link.
    """
    return render_bare("contact", to, language, sender, text=text, words=words)
