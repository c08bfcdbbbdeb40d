"""The pages of companies: a visitor registers, a company keeps its own, staff vet."""

from portal.companies.routes import commitments, groups, hearings, own, registration, sending, staff, vetting

__all__ = ["commitments", "groups", "hearings", "own", "registration", "sending", "staff", "vetting"]
