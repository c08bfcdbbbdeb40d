"""The blueprint that all pages of companies belong to, and the words its templates use."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext

from portal.companies import rules, texts
from portal.companies.models import CompanyStatus, EvidenceKind, RightKind
from portal.vocabulary import services as vocabulary

bp = Blueprint("companies", __name__)


@bp.app_template_filter("company_status")
def company_status(status: str) -> tuple[str, str]:
    """The label of a company's state and the kind of its tag."""
    label, kind = texts.STATUS[CompanyStatus(status)]
    return gettext(label), kind


@bp.app_template_filter("evidence_kind")
def evidence_kind(kind: str) -> str:
    return gettext(texts.EVIDENCE[EvidenceKind(kind)])


@bp.app_template_filter("right_kind")
def right_kind(kind: str) -> str:
    return gettext(texts.RIGHT[RightKind(kind)])


@bp.app_template_filter("phone")
def phone(number: str) -> str:
    return rules.shown_phone(number)


@bp.app_template_filter("term")
def term(code: str, kind: str) -> str:
    """A term of the vocabulary in the page's language: `{{ company.industry | term("industry") }}`."""
    return vocabulary.label(kind, code) if code else ""
