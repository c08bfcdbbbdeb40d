"""The rules of vetting: plain values in, a sentence out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

import phonenumbers
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import ytunnus

from portal.companies.models import CompanyStatus, HearingKind
from portal.core.errors import N_, RuleBroken
from portal.core.letters import as_seen

SHARED_MAIL = frozenset(
    {
        "aol.com",
        "elisanet.fi",
        "gmail.com",
        "gmx.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fi",
        "icloud.com",
        "kolumbus.fi",
        "live.com",
        "live.fi",
        "luukku.com",
        "mail.com",
        "me.com",
        "msn.com",
        "netti.fi",
        "outlook.com",
        "pp.inet.fi",
        "proton.me",
        "protonmail.com",
        "saunalahti.fi",
        "suomi24.fi",
        "telia.fi",
        "windowslive.com",
        "yahoo.com",
        "yahoo.fi",
        "yandex.com",
    }
)
"""Mail domains that anyone may use: sharing one says nothing about two companies."""

HEARD_FOR = {HearingKind.REJECT: CompanyStatus.IN_REVIEW, HearingKind.SUSPEND: CompanyStatus.APPROVED}
HEARD_TO = {HearingKind.REJECT: CompanyStatus.REJECTED, HearingKind.SUSPEND: CompanyStatus.SUSPENDED}


def valid_business_id(text: str) -> str:
    """The Business ID as 1234567-8; old ones of six digits get their leading zero."""
    digits = re.sub(r"^FI", "", re.sub(r"[\s\u2010-\u2015.-]", "", text.strip()).upper())
    digits = digits.zfill(8) if len(digits) == 7 else digits
    try:
        return str(ytunnus.format(ytunnus.validate(digits)))
    except InvalidChecksum:
        raise RuleBroken(
            N_("The last digit of this Business ID does not fit the others. Look for a mistyped digit."), "business_id"
        ) from None
    except ValidationError:
        raise RuleBroken(
            N_("A Business ID has seven digits, a hyphen and one more digit. Write it like 0012345-7."), "business_id"
        ) from None


def find_business_id(text: str) -> str | None:
    """The Business ID as `valid_business_id` writes it, or None when the text is something else."""
    try:
        return valid_business_id(text)
    except RuleBroken:
        return None


def valid_phone(text: str) -> str:
    """The number as +358401234567, or '' when none was given. Without a country code it is Finnish."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise RuleBroken(N_("This is not a telephone number. Write it like 040 123 4567 or +46 8 123 456."), "phone")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def shown_phone(number: str) -> str:
    """A kept number with blanks, as people write it."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number, "FI")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def valid_website(text: str) -> str:
    """The address with https:// in front when it had no scheme, or ''."""
    if not text.strip():
        return ""
    address = text.strip() if "://" in text else f"https://{text.strip()}"
    host = domain_of_website(address)
    if not address.startswith(("https://", "http://")) or not re.fullmatch(r"[^\s.@/]+(\.[^\s.@/]+)+", host):
        raise RuleBroken(N_("This is not a web address. Write it like www.company.fi."), "website")
    return address


def domain_of_website(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def domain_of_email(email: str) -> str:
    """The mail domain, or '' when anyone may have an address there."""
    domain = email.rpartition("@")[2].lower()
    return "" if domain in SHARED_MAIL else domain


def name_key(name: str) -> str:
    """The same for "Matti Meikäläinen" and "MEIKÄLÄINEN, Matti": registers write names either way."""
    return " ".join(sorted(re.findall(r"\w+", as_seen(name))))


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def check_evidence(kinds: Collection[str], seen_on: date, valid_until: date, today: date) -> None:
    if not kinds:
        raise RuleBroken(N_("Choose what the document shows."), "kinds")
    if seen_on > today:
        raise RuleBroken(N_("This day is still to come. Write the day on the document."), "seen_on")
    if valid_until < seen_on:
        raise RuleBroken(N_("The last day is before the day of the document. Choose a later day."), "valid_until")
    if valid_until < today:
        raise RuleBroken(
            N_("Something it shows has ended already. Leave that out, or ask for a newer document."), "kinds"
        )


def check_approvable(
    owners: int, owners_without_right: int, lacking: Sequence[str], *, heard: bool, proposed: bool
) -> None:
    """Approval needs every owner's right to act, all evidence, and no hearing or proposed change under way."""
    if heard:
        raise RuleBroken(N_("A hearing is under way. Decide it first."))
    if proposed:
        raise RuleBroken(N_("The company has proposed other details. Confirm them or turn them back first."))
    if not owners:
        raise RuleBroken(N_("The company has no owner who can sign in. Wait until the first owner has a password."))
    if owners_without_right:
        raise RuleBroken(N_("An owner's right to act has not been shown. Record it first."))
    if lacking:
        raise RuleBroken(N_("Evidence is missing or has ended: %(kinds)s. Record it first."), kinds=", ".join(lacking))


def check_turn_back(reason: str) -> None:
    if not reason:
        raise RuleBroken(N_("Write what is wrong with the change. The company reads it."), "reason")


def check_hearing(
    status: str, kind: HearingKind, answer_by: date, today: date, *, least_days: int, heard: bool
) -> None:
    """A company is heard before a rejection or suspension, with time to answer (Act 434/2003, 34 and 36 §)."""
    if heard:
        raise RuleBroken(N_("A hearing is under way already. Decide it first."))
    if status != HEARD_FOR[kind]:
        raise RuleBroken(N_("This is no longer possible, because the state has changed. Open the page again."))
    if answer_by < today + timedelta(days=least_days):
        raise RuleBroken(
            N_("The company has at least %(days)d days to answer. Choose a later day."), "answer_by", days=least_days
        )


def check_may_answer(is_owner: bool) -> None:
    if not is_owner:
        raise RuleBroken(N_("Only an owner may answer. Ask an owner of your company."))


def check_answerable(decided: bool, answered: bool, answer_by: date, today: date) -> None:
    if decided or answer_by < today:
        raise RuleBroken(N_("The time to answer has ended. Call your liaison if something is missing."))
    if answered:
        raise RuleBroken(N_("Your answer has been sent already. Call your liaison if you want to add to it."))


def check_decidable(decided: bool, answered: bool, answer_by: date, today: date) -> None:
    if decided:
        raise RuleBroken(N_("This hearing has been decided already."))
    if not answered and today <= answer_by:
        raise RuleBroken(N_("The company may still answer. Decide after its answer or after the last day."))


PUBLISHED_MEANWHILE = N_("Another version was published while you were writing. Open the page again and compare.")


def check_publishable(in_force_from: date, before: date | None, newest: int, after: int | None) -> None:
    """Versions come into force in their order, and nobody publishes over a text they have not seen."""
    if after is not None and after != newest:
        raise RuleBroken(PUBLISHED_MEANWHILE)
    if before is not None and in_force_from < before:
        raise RuleBroken(N_("A later version is in force already. Choose a later day."), "in_force_from")


def check_may_sign(is_owner: bool, has_right: bool, shown: int, newest: int, signed: bool) -> None:
    if not is_owner:
        raise RuleBroken(N_("Only an owner may sign. Ask an owner of your company."))
    if not has_right:
        raise RuleBroken(N_("Your liaison has not yet recorded your right to act. You can sign after that."))
    if shown != newest:
        raise RuleBroken(N_("A new version was published while you were reading. Read it and sign again."))
    if signed:
        raise RuleBroken(N_("This version has been signed already."))


def reminder_due(valid_until: date, today: date, marks: Sequence[int]) -> int | None:
    """The smallest mark, in days before the end, that has been reached; None before the first and after the end."""
    left = (valid_until - today).days
    reached = [mark for mark in marks if 0 <= left <= mark]
    return min(reached, default=None)
