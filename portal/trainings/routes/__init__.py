"""The pages of trainings: certificates for everyone, those of a company, and those of staff."""

from portal.trainings.routes import certificates, company, keeping

__all__ = ["certificates", "company", "keeping"]
