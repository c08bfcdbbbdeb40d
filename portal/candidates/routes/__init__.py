"""The pages of candidates, one module for each thing an officer does."""

from portal.candidates.routes import away, caseload, consents, opening, reaching, rights, shown, writing

__all__ = ["away", "caseload", "consents", "opening", "reaching", "rights", "shown", "writing"]
