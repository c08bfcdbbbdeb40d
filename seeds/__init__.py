"""Data that comes with the portal: reference data, safe in production, and invented demo data, refused there."""
