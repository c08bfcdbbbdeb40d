"""Companies, who may act for them, what was seen of them, and what they promised."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Instant, Line, Model, Short


class CompanyStatus(StrEnum):
    APPLIED = "applied"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    CLOSED = "closed"


S = CompanyStatus
NEXT: dict[CompanyStatus, frozenset[CompanyStatus]] = {
    S.APPLIED: frozenset({S.IN_REVIEW, S.CLOSED}),
    S.IN_REVIEW: frozenset({S.APPROVED, S.REJECTED, S.CLOSED}),
    S.APPROVED: frozenset({S.SUSPENDED, S.CLOSED}),
    S.SUSPENDED: frozenset({S.APPROVED, S.CLOSED}),
    S.REJECTED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
}


class RightKind(StrEnum):
    """How a person showed that they may act for the company."""

    SIGNATORY = "signatory"
    MANDATE = "mandate"
    CALL_BACK = "call_back"


class EvidenceKind(StrEnum):
    """Contractor's obligation, Act 1233/2006 5 §."""

    PREPAYMENT = "prepayment_register"
    EMPLOYER = "employer_register"
    VAT = "vat_register"
    TRADE = "trade_register"
    TAX = "tax_debt"
    PENSION = "pension_insurance"
    AGREEMENT = "collective_agreement"
    HEALTH = "occupational_health"
    ACCIDENT = "accident_insurance"


class OwnerGroup(Model):
    """Companies with the same people behind them; blocks and holds reach the whole group.

    A group that joined another, and the group that a company left, stay known: what was held against the one still
    reaches the other (`groups.groups_behind`), so that no hold or block ends by a change of groups.
    """

    __tablename__ = "owner_group"

    name: Mapped[Line]
    merged_into_id: Mapped[Id | None] = mapped_column(ForeignKey("owner_group.id"))
    left_from_id: Mapped[Id | None] = mapped_column(ForeignKey("owner_group.id"))


class OwnerPerson(Model):
    """An owner, board member or contact of the group, as registers name them."""

    __tablename__ = "owner_person"

    owner_group_id: Mapped[Id] = mapped_column(ForeignKey("owner_group.id"), index=True)
    name: Mapped[Line]
    position: Mapped[Line] = mapped_column(default="")


class Company(Model):
    """`business_id` is normalised (1234567-8). Every company belongs to an owner group, at first its own.

    `sort_key` ends with the Business ID, so that it is unique and lists can page by it.
    """

    business_id: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Line]
    sort_key: Mapped[Line] = mapped_column(index=True)
    industry: Mapped[Short]
    municipality: Mapped[Short]
    contact_name: Mapped[Line]
    contact_email: Mapped[Line]
    phone: Mapped[Short] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    language: Mapped[Short] = mapped_column(default="fi")
    status: Mapped[Short] = mapped_column(default=CompanyStatus.APPLIED, index=True)
    owner_group_id: Mapped[Id] = mapped_column(ForeignKey("owner_group.id"), index=True)
    liaison_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id", use_alter=True))
    applied_at: Mapped[Instant]
    approved_at: Mapped[Instant | None]
    change_waits_since: Mapped[Instant | None]
    proposed_industry: Mapped[Short | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def industries(self) -> tuple[str, ...]:
        """Today's, and the one that waits for a liaison's check: until then both count (design: P4).

        The proposed one stands in this row too, so that no gate that holds the row can forget to ask for it.
        """
        return (self.industry, self.proposed_industry) if self.proposed_industry else (self.industry,)


class Outcome(StrEnum):
    """How a proposed change ended."""

    CONFIRMED = "confirmed"
    TURNED_BACK = "turned_back"
    TAKEN_BACK = "taken_back"
    REPLACED = "replaced"


class ProposedChange(Model):
    """What a company wants to be called, do and be reached by; all of it, also what stays as it is.

    At most one of a company has no outcome yet. `reason` is what the company reads when it was turned back.
    """

    __tablename__ = "proposed_change"

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[Line]
    industry: Mapped[Short]
    contact_name: Mapped[Line]
    contact_email: Mapped[Line]
    phone: Mapped[Short] = mapped_column(default="")
    proposed_at: Mapped[Instant]
    proposed_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Short] = mapped_column(default="")
    ended_at: Mapped[Instant | None]
    ended_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[Line] = mapped_column(default="")


class FormerKind(StrEnum):
    NAME = "name"
    CONTACT = "contact"
    MEMBER = "member"
    PERSON = "person"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"


class FormerDetail(Model):
    """A name, number or address that stood for a company or somebody behind it, and ended: see `former`."""

    __tablename__ = "former_detail"

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[Short]
    value: Mapped[Line]
    ended_at: Mapped[Instant] = mapped_column(index=True)


class Registration(Model):
    """What a visitor wrote, until the address is confirmed. Confirming makes the company and its first owner.

    `company_id` is the company it made, or the one that held the Business ID already; `repeats` tells which.
    """

    business_id: Mapped[Short]
    name: Mapped[Line]
    industry: Mapped[Short]
    municipality: Mapped[Short]
    contact_name: Mapped[Line]
    email: Mapped[Line]
    phone: Mapped[Short] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    language: Mapped[Short]
    written_at: Mapped[Instant]
    confirmed_at: Mapped[Instant | None]
    company_id: Mapped[Id | None] = mapped_column(ForeignKey("company.id"), index=True)
    repeats: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[Instant | None]
    handled_at: Mapped[Instant | None]


class RightToAct(Model):
    """Seen by a liaison before approval, and for each new owner. It holds for the person who goes by this name and
    address: an owner who changes either shows it again.
    """

    __tablename__ = "right_to_act"

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    account_id: Mapped[Id] = mapped_column(ForeignKey("account.id"), index=True)
    kind: Mapped[Short]
    note: Mapped[Line] = mapped_column(default="")
    seen_at: Mapped[Instant]
    seen_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    seen_name: Mapped[Line | None]
    seen_email: Mapped[Line | None]


class Evidence(Model):
    """`valid_until` is inclusive; several rows of a kind may stand, the latest counts."""

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[Short]
    seen_on: Mapped[date]
    valid_until: Mapped[date]
    note: Mapped[Line] = mapped_column(default="")
    file_id: Mapped[Id | None]
    seen_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Instant]


class Document(Model):
    """What a company sent for vetting; a liaison looks at it and records the evidence it shows, or says what is wrong.

    `kind` is what the sender says it shows; one report may show several.
    """

    __tablename__ = "company_document"

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[Short]
    file_id: Mapped[Id]
    sent_at: Mapped[Instant]
    sent_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    looked_at: Mapped[Instant | None]
    looked_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[Line] = mapped_column(default="")


class CommitmentVersion(Model):
    """The promise of a responsible employer, versioned, in three languages (Markdown)."""

    __tablename__ = "commitment_version"

    number: Mapped[int] = mapped_column(unique=True)
    text_fi: Mapped[str] = mapped_column(Text)
    text_sv: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[date]
    published_at: Mapped[Instant | None]
    published_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))


class Commitment(Model):
    """A company's signature under one version."""

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    version_number: Mapped[int]
    signed_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[Instant]


class HearingKind(StrEnum):
    REJECT = "reject"
    SUSPEND = "suspend"


class Hearing(Model):
    """Before a rejection or suspension the company is heard: written reasons, a deadline, its answer, the decision."""

    company_id: Mapped[Id] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[Short]
    reasons: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[Instant]
    opened_by_id: Mapped[Id] = mapped_column(ForeignKey("account.id"))
    answer_by: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[Instant | None]
    decision: Mapped[Short] = mapped_column(default="")
    decision_reasons: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[Instant | None]
    decided_by_id: Mapped[Id | None] = mapped_column(ForeignKey("account.id"))
