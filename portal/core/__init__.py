"""Mechanism without nouns of the field: clock, errors, database, vault, audit, access, forms, outbox, files, jobs."""
