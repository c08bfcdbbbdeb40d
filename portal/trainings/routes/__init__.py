"""The pages of trainings: the catalogue and certificates for everyone, those of a company, and those of staff."""

from portal.trainings.routes import catalogue, certificates, company, keeping

__all__ = ["catalogue", "certificates", "company", "keeping"]
