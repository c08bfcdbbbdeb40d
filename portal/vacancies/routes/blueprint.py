from flask import Blueprint
from flask_babel import gettext

from portal.vacancies import words
from portal.vacancies.models import Vacancy

bp = Blueprint("vacancies", __name__)


@bp.app_template_filter("vacancy_state")
def vacancy_state(vacancy: Vacancy) -> tuple[str, str]:
    """(label, kind of tag) of its state."""
    label, kind = words.STATUS[vacancy.status]
    return gettext(label), kind


@bp.app_template_filter("vacancy_in_words")
def vacancy_in_words(vacancy: Vacancy) -> str:
    """What its state means for the company."""
    return gettext(words.IN_WORDS[vacancy.status])
