"""The pages of candidates, one module for each thing an officer does."""

from portal.candidates.routes import caseload, consents, opening, rights, shown, writing

__all__ = ["caseload", "consents", "opening", "rights", "shown", "writing"]
