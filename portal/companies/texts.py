"""The words for states and kinds, marked for translation, and the periods that settings may change."""

from __future__ import annotations

from portal.companies.models import CompanyStatus, EvidenceKind, FormerKind, HearingKind, Outcome, RightKind
from portal.core import settings
from portal.core.errors import N_

STATUS = {
    CompanyStatus.APPLIED: (N_("Applied"), "wait"),
    CompanyStatus.IN_REVIEW: (N_("In review"), "wait"),
    CompanyStatus.APPROVED: (N_("Approved"), "good"),
    CompanyStatus.SUSPENDED: (N_("Suspended"), "bad"),
    CompanyStatus.REJECTED: (N_("Rejected"), ""),
    CompanyStatus.CLOSED: (N_("Closed"), ""),
}
"""A label and the kind of its tag."""

EVIDENCE = {
    EvidenceKind.PREPAYMENT: N_("Prepayment register"),
    EvidenceKind.EMPLOYER: N_("Employer register"),
    EvidenceKind.VAT: N_("VAT register"),
    EvidenceKind.TRADE: N_("Trade register"),
    EvidenceKind.TAX: N_("Tax debt"),
    EvidenceKind.PENSION: N_("Pension insurance"),
    EvidenceKind.AGREEMENT: N_("Collective agreement or main terms"),
    EvidenceKind.HEALTH: N_("Occupational health care"),
    EvidenceKind.ACCIDENT: N_("Accident insurance"),
}

RIGHT = {
    RightKind.SIGNATORY: N_("Signs for the company in the trade register"),
    RightKind.MANDATE: N_("Has a mandate in writing"),
    RightKind.CALL_BACK: N_("Confirmed by a call back to a number we found ourselves"),
}

HEARING = {
    HearingKind.REJECT: N_("Before a rejection"),
    HearingKind.SUSPEND: N_("Before a suspension"),
}

GUARDED = {
    "name": N_("Name of the company"),
    "industry": N_("Industry"),
    "contact_name": N_("Contact person"),
    "contact_email": N_("E-mail"),
    "phone": N_("Telephone"),
}
"""What a liaison looks at before it changes, as the forms call it."""

FORMER = {
    FormerKind.NAME: N_("Name of the company"),
    FormerKind.CONTACT: N_("Contact person"),
    FormerKind.MEMBER: N_("Colleague, under an earlier name"),
    FormerKind.PERSON: N_("Person behind the company"),
    FormerKind.PHONE: N_("Telephone"),
    FormerKind.EMAIL: N_("E-mail"),
    FormerKind.WEBSITE: N_("Website"),
}

CHANGE = {
    Outcome.CONFIRMED: N_("We confirmed your change"),
    Outcome.TURNED_BACK: N_("We turned your change back"),
}

CARRIED_OUT, DROPPED, ENDED = "carried_out", "dropped", "ended"
DECISION = {
    (HearingKind.REJECT, CARRIED_OUT): N_("The application is rejected."),
    (HearingKind.REJECT, DROPPED): N_("The application is not rejected. The review goes on."),
    (HearingKind.REJECT, ENDED): N_("The hearing ended because the company was closed."),
    (HearingKind.SUSPEND, CARRIED_OUT): N_("The company is suspended."),
    (HearingKind.SUSPEND, DROPPED): N_("The company is not suspended."),
    (HearingKind.SUSPEND, ENDED): N_("The hearing ended because the company was closed."),
}

EVENTS = {
    "company.registered": N_("Applied"),
    "company.edited": N_("Company details changed"),
    "company.change_proposed": N_("Change proposed"),
    "company.change_replaced": N_("Proposed change replaced"),
    "company.change_taken_back": N_("Proposed change taken back"),
    "company.change_confirmed": N_("Proposed change confirmed"),
    "company.change_turned_back": N_("Proposed change turned back"),
    "company.liaison": N_("A liaison took charge"),
    "company.right_shown": N_("Right to act shown"),
    "company.evidence": N_("Evidence recorded"),
    "company.document_sent": N_("Document received"),
    "company.document_looked": N_("Document looked at"),
    "company.hearing_opened": N_("Hearing opened"),
    "company.hearing_answered": N_("Hearing answered"),
    "company.hearing_decided": N_("Hearing decided"),
    "company.commitment_signed": N_("Commitment signed"),
    "company.group_joined": N_("Owner group joined"),
    "company.group_left": N_("Owner group left"),
    "company.member_invited": N_("Colleague invited"),
    "company.member_deactivated": N_("Colleague removed"),
    "company.registered_again": N_("Business ID registered again"),
    "review.opened": N_("Review notice shown"),
    "review.ended": N_("Review notice ended"),
}
"""What the timeline calls the entries of the audit trail; those not here stay out of it."""

MONTHS = {
    EvidenceKind.PREPAYMENT: settings.declare(
        "evidence.prepayment_register_months", 12, N_("Prepayment register is valid, months"), most=60
    ),
    EvidenceKind.EMPLOYER: settings.declare(
        "evidence.employer_register_months", 12, N_("Employer register is valid, months"), most=60
    ),
    EvidenceKind.VAT: settings.declare(
        "evidence.vat_register_months", 12, N_("VAT register is valid, months"), most=60
    ),
    EvidenceKind.TRADE: settings.declare(
        "evidence.trade_register_months", 12, N_("Trade register is valid, months"), most=60
    ),
    EvidenceKind.TAX: settings.declare(
        "evidence.tax_debt_months", 3, N_("Tax debt certificate is valid, months"), most=60
    ),
    EvidenceKind.PENSION: settings.declare(
        "evidence.pension_insurance_months", 3, N_("Pension insurance certificate is valid, months"), most=60
    ),
    EvidenceKind.AGREEMENT: settings.declare(
        "evidence.collective_agreement_months", 12, N_("Collective agreement is valid, months"), most=60
    ),
    EvidenceKind.HEALTH: settings.declare(
        "evidence.occupational_health_months", 12, N_("Occupational health care is valid, months"), most=60
    ),
    EvidenceKind.ACCIDENT: settings.declare(
        "evidence.accident_insurance_months", 12, N_("Accident insurance is valid, months"), most=60
    ),
}
FIRST_REMINDER = settings.declare(
    "evidence.first_reminder_days", 21, N_("First reminder of ending evidence, days before"), most=180
)
SECOND_REMINDER = settings.declare(
    "evidence.second_reminder_days", 7, N_("Second reminder of ending evidence, days before"), most=180
)
ANSWER_DAYS = settings.declare(
    "hearing.answer_days", 7, N_("A company has at least this long to answer a hearing, days"), least=7, most=90
)
FORMER_YEARS = settings.declare(
    "former.years", 5, N_("Former names and addresses of companies and the people behind them count, years"), most=50
)
NOTICE_DAYS = settings.declare(
    "commitment.notice_days", 30, N_("A new commitment comes into force after, days"), least=0, most=365
)
LINK_DAYS = settings.declare("registration.link_days", 3, N_("A registration is confirmed within, days"), most=30)
CONTEST_DAYS = settings.declare("hearing.contest_days", 30, N_("A decision can be contested within, days"), most=365)
