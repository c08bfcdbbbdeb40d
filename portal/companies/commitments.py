"""The commitment: what a responsible employer promises, by version, and who signed it."""

from __future__ import annotations

from datetime import date

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from sqlalchemy import func, select

from portal.accounts.models import Account, AccountStatus
from portal.companies import rules
from portal.companies.models import Commitment, CommitmentVersion, Company, RightToAct
from portal.core import audit, clock
from portal.core.access import Role
from portal.core.db import db
from portal.core.errors import N_, NotFound, RuleBroken

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "br"}


def find_current() -> CommitmentVersion | None:
    """The version in force today, or None while none has been published."""
    query = select(CommitmentVersion).where(CommitmentVersion.in_force_from <= clock.today())
    return db.session.scalar(query.order_by(CommitmentVersion.number.desc()).limit(1))


def current_commitment() -> CommitmentVersion:
    """The version in force today. Raises `NotFound` while none has been published."""
    version = find_current()
    if version is None:
        raise NotFound
    return version


def text_of(version: CommitmentVersion, language: str) -> Markup:
    """The text in this language as safe HTML, without its title: the page has one of its own."""
    text: str = getattr(version, f"text_{language}").strip()
    if text.startswith("# "):
        text = text.partition("\n")[2]
    html = MarkdownIt("commonmark", {"html": False}).render(text)
    return Markup(nh3.clean(html, tags=TAGS, attributes={}))  # noqa: S704 - cleaned by nh3


def publish(text_fi: str, text_sv: str, text_en: str, in_force_from: date) -> CommitmentVersion:
    """A new version, in force from a day on; companies sign it anew."""
    latest = db.session.scalar(select(func.max(CommitmentVersion.number))) or 0
    newest = db.session.scalar(select(func.max(CommitmentVersion.in_force_from)))
    if newest is not None and in_force_from < newest:
        raise RuleBroken(N_("A later version is in force already. Choose a later day."), "in_force_from")
    version = CommitmentVersion(
        number=latest + 1, text_fi=text_fi, text_sv=text_sv, text_en=text_en, in_force_from=in_force_from
    )
    db.session.add(version)
    audit.record("commitment.published", "commitment_version", version.id, facts={"number": version.number})
    return version


def commitment_of(company: Company) -> Commitment | None:
    """The company's newest signature, under whatever version."""
    query = select(Commitment).where(Commitment.company_id == company.id)
    return db.session.scalar(query.order_by(Commitment.version_number.desc(), Commitment.signed_at.desc()).limit(1))


def owners_with_right(company: Company) -> list[Account]:
    """Active owners whose right to act has been shown; they may sign."""
    query = select(Account).where(
        Account.company_id == company.id,
        Account.role == Role.OWNER,
        Account.status == AccountStatus.ACTIVE,
        Account.id.in_(select(RightToAct.account_id).where(RightToAct.company_id == company.id)),
    )
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def sign(company: Company, shown: int, by: Account) -> Commitment:
    """Sign the version that was shown, if it is still the one in force."""
    version, before = current_commitment(), commitment_of(company)
    rules.check_may_sign(
        is_owner=by.role == Role.OWNER,
        has_right=by.id in {owner.id for owner in owners_with_right(company)},
        shown=shown,
        in_force=version.number,
        signed=before is not None and before.version_number == version.number,
    )
    commitment = Commitment(
        company_id=company.id, version_number=version.number, signed_by_id=by.id, signed_at=clock.now()
    )
    db.session.add(commitment)
    facts = {"version": version.number}
    audit.record("company.commitment_signed", "company", company.id, facts=facts, by=by.id)
    return commitment
