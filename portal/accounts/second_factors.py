"""The second factor: codes that change each half minute (RFC 6238), and ten recovery codes for a lost phone."""

from __future__ import annotations

import secrets
from typing import Any

import pyotp
import segno
from markupsafe import Markup
from sqlalchemy import delete, func, select, update

from portal.accounts import attempts
from portal.accounts.models import Account, RecoveryCode
from portal.core import audit, clock, vault
from portal.core.db import db
from portal.core.errors import N_, RuleBroken

STEP_SECONDS = 30
RECOVERY_CODES = 10
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for each other
ISSUER = "Reilu"
WRONG = N_("The code is wrong or was used already. Wait for the next one and write it.")


def _context(account: Any) -> str:
    return f"account.totp {account.id}"


vault.register_sealed_column(Account, "totp_secret", _context)


def keep_secret(account: Account, secret: str) -> None:
    account.totp_secret = vault.seal_bytes(secret.encode(), _context(account))
    account.second_factor_since = clock.now()
    account.totp_last_step = 0


def _secret_of(account: Account) -> str:
    return vault.open_bytes(account.totp_secret or b"", _context(account)).decode()


def _step() -> int:
    return int(clock.now().timestamp()) // STEP_SECONDS


def _code_at(secret: str, step: int) -> str:
    return pyotp.TOTP(secret, interval=STEP_SECONDS).at(step * STEP_SECONDS)


def _matching_step(secret: str, code: str) -> int | None:
    """The step whose code this is, one step early or late allowed."""
    now = _step()
    return next(
        (
            step
            for step in (now, now - 1, now + 1)
            if secrets.compare_digest(_code_at(secret, step).encode(), code.encode())
        ),
        None,
    )


def check_code(account: Account, text: str) -> None:
    """A code of the app or a recovery code; each works once. Raises when it is wrong or was tried too often.

    Ends the open transaction, with the form's key that went into it.
    """
    taken = attempts.reserve((attempts.CODE_BY_MINUTE, account.id), (attempts.CODE_BY_HOUR, account.id))
    typed = "".join(char for char in text.upper() if char.isascii() and char.isalnum())
    right = _use_step(account, typed) if typed.isdigit() and len(typed) == 6 else _use_recovery_code(account, typed)
    if not right:
        raise RuleBroken(WRONG, field="code")
    attempts.forgive(taken)


def _use_step(account: Account, code: str) -> bool:
    """Each step counts once, even for two requests at the same moment."""
    step = _matching_step(_secret_of(account), code)
    if step is None:
        return False
    unused = (Account.id == account.id) & (Account.totp_last_step < step)
    taken = db.session.execute(update(Account).where(unused).values(totp_last_step=step))
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # a cursor result


def _code_hash(account: Account, typed: str) -> str:
    return vault.keyed_hash(f"{account.id} {typed}", "recovery code")


def _use_recovery_code(account: Account, typed: str) -> bool:
    unused = (RecoveryCode.account_id == account.id) & RecoveryCode.used_at.is_(None)
    this = unused & (RecoveryCode.code_hash == _code_hash(account, typed))
    taken = db.session.execute(update(RecoveryCode).where(this).values(used_at=clock.now()))
    if not taken.rowcount:  # type: ignore[attr-defined]  # a cursor result
        return False
    audit.record("account.recovery_code_used", "account", account.id, facts={"left": codes_left(account)})
    return True


def codes_left(account: Account) -> int:
    unused = (RecoveryCode.account_id == account.id) & RecoveryCode.used_at.is_(None)
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(unused)) or 0


def new_recovery_codes(account: Account) -> list[str]:
    """Ten new codes, to be shown once; the earlier ones end."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(account_id=account.id, code_hash=_code_hash(account, code)) for code in codes)
    audit.record("account.recovery_codes_made", "account", account.id)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


# --- taking it into use and giving it up -----------------------------------------


def offer_secret(account: Account) -> str:
    """A new secret, sealed for the enrolment form: nothing is written before its first code was right."""
    return vault.seal_text(pyotp.random_base32(), f"totp enrolment {account.id}")


def open_offer(account: Account, sealed: str) -> str:
    """Raises `RuleBroken` when the form was changed on its way."""
    try:
        return vault.open_text(sealed, f"totp enrolment {account.id}")
    except (vault.Tampered, vault.KeyGone):
        raise RuleBroken(N_("This page is too old. Open it again and scan the new picture.")) from None


def enrol(account: Account, secret: str, code: str) -> list[str]:
    """Take the app into use; returns the recovery codes. Ends the open transaction, as `check_code` does."""
    taken = attempts.reserve((attempts.CODE_BY_MINUTE, account.id))
    step = _matching_step(secret, "".join(code.split()))
    if step is None:
        raise RuleBroken(N_("The code does not fit. Scan the picture again and write the code it shows now."), "code")
    attempts.forgive(taken)
    keep_secret(account, secret)
    account.totp_last_step = step
    audit.record("account.second_factor_on", "account", account.id)
    return new_recovery_codes(account)


def clear(account: Account) -> None:
    account.totp_secret = account.second_factor_since = None
    account.totp_last_step = 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def turn_off(account: Account) -> None:
    clear(account)
    audit.record("account.second_factor_off", "account", account.id)


def picture(account: Account, secret: str) -> Markup:
    """The QR code as inline SVG, dark on light in either colour scheme."""
    address = pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=account.email, issuer_name=ISSUER)
    drawn = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704 - drawn by segno from the address, holds no text
        drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )


def demo_code(account: Account, secret: str | None = None) -> str | None:
    """The code that works now, for demonstrations only; the next one when this one is used up."""
    if secret is None and account.totp_secret is None:
        return None
    now = _step()
    step = now if secret is not None or account.totp_last_step < now else account.totp_last_step + 1
    return _code_at(secret or _secret_of(account), step)
