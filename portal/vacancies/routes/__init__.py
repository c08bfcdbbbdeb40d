"""The pages of vacancies: the company's own, the staff's, and the public list."""

from portal.vacancies.routes import company, public, staff, steps
from portal.vacancies.routes.blueprint import bp

__all__ = ["bp", "company", "public", "staff", "steps"]
