"""The commitment: what a responsible employer promises, by version, and who signed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account, AccountStatus
from portal.companies import news, rules, texts
from portal.companies.models import Commitment, CommitmentVersion, Company, CompanyStatus, RightToAct
from portal.companies.rights import right_holds
from portal.core import audit, clock, settings
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.core.errors import NotFound, RuleBroken
from portal.core.languages import LANGUAGES

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "br"}
MARKDOWN = MarkdownIt("commonmark", {"html": False})
SIGNED_UNDER = (CompanyStatus.IN_REVIEW, CompanyStatus.APPROVED, CompanyStatus.SUSPENDED)


@dataclass(frozen=True)
class Numbers:
    """The version in force, and one that is published and comes into force later; None where there is none."""

    in_force: int | None
    coming: int | None
    coming_from: date | None


def numbers(on: date) -> Numbers:
    """In one statement, without the texts."""
    query = select(CommitmentVersion.number, CommitmentVersion.in_force_from).order_by(CommitmentVersion.number.desc())
    return numbers_of([(row[0], row[1]) for row in db.session.execute(query.limit(20))], on)


def promised(company: Company, on: date, besides: ColumnElement[bool]) -> tuple[Numbers, Commitment | None, bool]:
    """The versions without the texts, what the company signed last, if anything, and what is asked besides: in one
    statement, since many pages read it."""
    last = select(Commitment.id).where(Commitment.company_id == company.id)
    last = last.order_by(Commitment.version_number.desc(), Commitment.signed_at.desc()).limit(1)
    query = (
        select(CommitmentVersion.number, CommitmentVersion.in_force_from, Commitment, besides)
        .outerjoin(Commitment, Commitment.id == last.scalar_subquery())
        .order_by(CommitmentVersion.number.desc())
    )
    rows = db.session.execute(query.limit(20)).all()
    if not rows:
        return numbers_of([], on), None, bool(db.session.scalar(select(besides)))
    return numbers_of([(row[0], row[1]) for row in rows], on), rows[0][2], bool(rows[0][3])


def numbers_of(versions: Sequence[tuple[int, date]], on: date) -> Numbers:
    """Of (number, in force from), the newest first."""
    in_force = next((number for number, from_day in versions if from_day <= on), None)
    coming = next(((number, from_day) for number, from_day in versions if from_day > on), (None, None))
    return Numbers(in_force, *coming)


def find_newest() -> CommitmentVersion | None:
    """The version to sign: the last one published, from that day on, so that companies have time to sign."""
    return db.session.scalar(select(CommitmentVersion).order_by(CommitmentVersion.number.desc()).limit(1))


def versions() -> list[CommitmentVersion]:
    """The newest first."""
    return list(db.session.scalars(select(CommitmentVersion).order_by(CommitmentVersion.number.desc())))


def version(version_id: UUID) -> CommitmentVersion:
    found = db.session.get(CommitmentVersion, version_id)
    if found is None:
        raise NotFound
    return found


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
    return html_of(getattr(version, f"text_{language}"))


def texts_of(version: CommitmentVersion) -> dict[str, str]:
    return {language: getattr(version, f"text_{language}") for language in LANGUAGES}


def fields_of(version: CommitmentVersion) -> dict[str, str]:
    """The texts by the names of their columns: what the next version begins from."""
    return {f"text_{language}": text for language, text in texts_of(version).items()}


def signatures_by_version() -> dict[int, int]:
    """How many companies signed each version."""
    companies = func.count(Commitment.company_id.distinct()).label("companies")
    rows = db.session.execute(select(Commitment.version_number, companies).group_by(Commitment.version_number))
    return {row.version_number: row.companies for row in rows}


@lru_cache(maxsize=32)
def html_of(text: str) -> Markup:
    """Markdown as safe HTML; the few versions there are stay rendered."""
    text = text.strip()
    if text.startswith("# "):
        text = text.partition("\n")[2]
    return Markup(nh3.clean(MARKDOWN.render(text), tags=TAGS, attributes={}))  # noqa: S704 - cleaned by nh3


def publish(
    text_fi: str,
    text_sv: str,
    text_en: str,
    in_force_from: date,
    *,
    after: int | None = None,
    by: Account | None = None,
) -> CommitmentVersion:
    """A new version, in force from a day on. Who signed an earlier one signs anew, and is told that there is news.

    `after` is the number of the newest version when the text was written; another one since then is refused.
    """
    newest = find_newest()
    number = newest.number if newest else 0
    rules.check_publishable(in_force_from, newest.in_force_from if newest else None, number, after)
    made = CommitmentVersion(
        number=number + 1,
        text_fi=text_fi,
        text_sv=text_sv,
        text_en=text_en,
        in_force_from=in_force_from,
        published_at=clock.now(),
        published_by_id=by.id if by else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        raise RuleBroken(rules.PUBLISHED_MEANWHILE) from None
    companies = to_sign_anew(made.number)
    for company in companies:
        news.tell_owners(company, f"commitment.published:{made.id}")
    facts = {"number": made.number, "in_force_from": in_force_from, "companies": len(companies)}
    audit.record("commitment.published", "commitment_version", made.id, facts=facts, by=by.id if by else None)
    return made


def to_sign_anew(number: int) -> list[Company]:
    """Companies that signed an earlier version and have not signed this one."""
    signed = select(func.max(Commitment.version_number)).where(Commitment.company_id == Company.id).scalar_subquery()
    query = select(Company).where(Company.status.in_(SIGNED_UNDER), signed < number)
    return list(db.session.scalars(query.order_by(Company.sort_key)))


def remind() -> None:
    """News to the owners of companies that have not signed, some days before a version comes into force."""
    mark = settings.number(texts.SECOND_REMINDER)
    with transaction():
        newest = find_newest()
        if newest is not None and rules.reminder_due(newest.in_force_from, clock.today(), [mark]) is not None:
            for company in to_sign_anew(newest.number):
                news.tell_owners(company, f"commitment.soon:{newest.id}")


def commitment_of(company: Company) -> Commitment | None:
    """The company's newest signature, under whatever version."""
    query = select(Commitment).where(Commitment.company_id == company.id)
    return db.session.scalar(query.order_by(Commitment.version_number.desc(), Commitment.signed_at.desc()).limit(1))


def owners_with_right(company: Company) -> list[Account]:
    """Active owners whose right to act has been shown and still holds; they may sign."""
    query = select(Account).where(
        Account.company_id == company.id,
        Account.role == Role.OWNER,
        Account.status == AccountStatus.ACTIVE,
        exists().where(RightToAct.account_id == Account.id, RightToAct.company_id == company.id, right_holds()),
    )
    return list(db.session.scalars(query.order_by(Account.sort_key, Account.id)))


def sign(company: Company, shown: int, by: Account) -> Commitment:
    """Sign the version that was shown, if it is still the newest; it may be signed before it comes into force."""
    newest, before = find_newest(), commitment_of(company)
    if newest is None:
        raise NotFound
    rules.check_may_sign(
        is_owner=by.role == Role.OWNER,
        has_right=by.id in {owner.id for owner in owners_with_right(company)},
        shown=shown,
        newest=newest.number,
        signed=before is not None and before.version_number == newest.number,
    )
    commitment = Commitment(
        company_id=company.id, version_number=newest.number, signed_by_id=by.id, signed_at=clock.now()
    )
    db.session.add(commitment)
    facts = {"version": newest.number}
    audit.record("company.commitment_signed", "company", company.id, facts=facts, by=by.id)
    return commitment
