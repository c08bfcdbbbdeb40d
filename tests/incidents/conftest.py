"""The same people and companies as in the tests of companies."""

from tests.companies.conftest import Case, case, status_of, within

__all__ = ["Case", "case", "status_of", "within"]
