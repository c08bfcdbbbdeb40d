"""Registration: what a visitor writes is kept until the address is confirmed; then it becomes a company.

Whoever registers is answered alike, with the same work: a new company, a Business ID we know, an address that has an
account. Only the mailbox learns more, and nothing about a company that is here already.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, delete, not_, select

from emails import messages
from portal.accounts import attempts
from portal.accounts import services as accounts
from portal.accounts.attempts import Limit
from portal.accounts.rules import normal_email
from portal.companies import groups, news, texts
from portal.companies.models import Company, CompanyStatus, OwnerGroup, Registration
from portal.core import audit, clock, links, outbox, retention, settings
from portal.core.access import Role
from portal.core.db import db, sort_key, transaction
from portal.core.errors import N_, NotFound, RuleBroken
from portal.core.registry import Retention

PURPOSE = "registration"
BY_ADDRESS = Limit(
    "registration address",
    5,
    timedelta(hours=24),
    N_("There were too many registrations with this address. Try again tomorrow, or call us."),
)
BY_NETWORK = Limit(
    "registration network",
    20,
    timedelta(hours=1),
    N_("There were too many registrations from your network. Wait an hour and try again."),
)


@dataclass(frozen=True)
class Application:
    """What a visitor writes: Business ID, telephone and website as the rules give them, codes of the vocabulary."""

    business_id: str
    name: str
    industry: str
    municipality: str
    contact_name: str
    email: str
    phone: str
    website: str
    language: str


def list_key(name: str, business_id: str) -> str:
    """By name; unique, and found by the Business ID too."""
    return f"{sort_key(name)[:280]} {business_id}"


def find_by_business_id(business_id: str) -> Company | None:
    return db.session.scalar(select(Company).where(Company.business_id == business_id))


def register(application: Application, network: str) -> Registration:
    """Keep the application and post one mail to its address. Raises only for too many tries."""
    email = normal_email(application.email)
    attempts.take((BY_ADDRESS, email), (BY_NETWORK, network))
    known, account = find_by_business_id(application.business_id), accounts.find_by_email(email)
    registration = Registration(
        **{**asdict(application), "email": email},
        written_at=clock.now(),
        company_id=known.id if known else None,
        repeats=known is not None,
    )
    db.session.add(registration)
    token = links.issue(PURPOSE, registration.id, timedelta(days=settings.number(texts.LINK_DAYS)))
    site, language = outbox.site(), application.language
    confirm = messages.registration(site, email, language, token, settings.number(texts.LINK_DAYS))
    has_account = messages.registration_known(site, email, language)
    outbox.post(has_account if account else confirm, once=f"registration:{registration.id}")
    return registration


def find(token: str) -> Registration | None:
    """The registration a link is about; None when the link is unknown, used, or has ended."""
    registration_id = links.find(PURPOSE, token)
    return db.session.get(Registration, registration_id) if registration_id else None


def confirm(token: str) -> str | None:
    """Use the link up. Makes the company and its first owner, and gives the token that lets her choose a password.

    None when the Business ID or the address has meanwhile, or already, been taken: then staff will be in touch.
    """
    registration_id = links.use(PURPOSE, token)
    registration = db.session.get(Registration, registration_id) if registration_id else None
    if registration is None:
        raise RuleBroken(N_("This link has been used, or its time has ended. Register again if you need a new one."))
    registration.confirmed_at = clock.now()
    known = find_by_business_id(registration.business_id)
    if known is not None:
        registration.company_id, registration.repeats = known.id, True
        audit.record("company.registered_again", "company", known.id, facts={"registration": registration.id})
        return None
    if accounts.find_by_email(registration.email) is not None:
        return None
    company = _make_company(registration)
    registration.company_id, registration.handled_at = company.id, clock.now()
    news.tell(accounts.staff(Role.LIAISON), f"company.registered:{company.id}")
    owner = accounts.new_account(
        registration.email, registration.contact_name, Role.OWNER, company.id, registration.language
    )
    return links.issue(accounts.INVITATION, owner.id, timedelta(hours=1))


def _make_company(registration: Registration) -> Company:
    own_group = OwnerGroup(name=registration.name)
    db.session.add(own_group)
    db.session.flush()
    company = Company(
        business_id=registration.business_id,
        name=registration.name,
        sort_key=list_key(registration.name, registration.business_id),
        industry=registration.industry,
        municipality=registration.municipality,
        contact_name=registration.contact_name,
        contact_email=registration.email,
        phone=registration.phone,
        website=registration.website,
        language=registration.language,
        status=CompanyStatus.APPLIED,
        owner_group_id=own_group.id,
        applied_at=clock.now(),
    )
    db.session.add(company)
    db.session.flush()
    groups.add_person(company, registration.contact_name)
    audit.record("company.registered", "company", company.id)
    return company


def tell_of_repeats() -> None:
    """Members of a company hear by mail that its Business ID was registered again; once a day at most.

    The worker does it, so that the answer to a visitor takes no longer for a company that is here.
    """
    with transaction():
        waiting = select(Registration).where(Registration.repeats, Registration.told_at.is_(None))
        for registration in db.session.scalars(waiting.limit(100)):
            registration.told_at = clock.now()
            company = db.session.get_one(Company, registration.company_id)
            news.tell_members(company, f"company.registered_again:{company.id}:{clock.today()}")


def repeats_of(company_id: UUID) -> list[Registration]:
    """Registrations of this company's Business ID by somebody, newest first, that a liaison has not dealt with."""
    query = select(Registration).where(Registration.company_id == company_id, Registration.repeats)
    query = query.where(Registration.handled_at.is_(None)).order_by(Registration.written_at.desc()).limit(20)
    return list(db.session.scalars(query))


def deal_with(company: Company, registration_id: UUID) -> None:
    """A liaison has been in touch with whoever registered again."""
    registration = db.session.get(Registration, registration_id)
    if registration is None or registration.company_id != company.id or not registration.repeats:
        raise NotFound
    registration.handled_at = clock.now()
    audit.record("company.repeat_handled", "company", company.id, facts={"registration": registration.id})


def forget_unconfirmed() -> int:
    """What somebody wrote goes with the link that nobody pressed; a repeat stays until a liaison has dealt with it."""
    over = Registration.written_at < clock.now() - timedelta(days=settings.number(texts.LINK_DAYS))
    waits = and_(Registration.repeats, Registration.handled_at.is_(None))
    return retention.count(delete(Registration).where(Registration.confirmed_at.is_(None), over, not_(waits)))


RETENTION = Retention(
    "companies.unconfirmed",
    N_("Registrations that nobody confirmed in time"),
    lambda: retention.days(settings.number(texts.LINK_DAYS)),
    forget_unconfirmed,
)
