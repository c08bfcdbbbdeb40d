"""The terms of a vacancy as plain values, for the rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the fairness rules look at. `languages` are (code, CEFR 1–6, must); `scrutiny` asks a second look; `clients`
    are Business IDs with names."""

    title: str = ""
    description: str = ""
    occupation: str = ""
    municipality: str = ""
    languages: tuple[tuple[str, int, bool], ...] = ()
    hours_min: int | None = None
    hours_max: int | None = None
    contract: str = ""
    pay_from_cents: int | None = None
    pay_to_cents: int | None = None
    pay_unit: str = "hour"
    agreement: str = ""
    housing: str = "no"
    deductions: tuple[str, ...] = ()
    fees: bool = False
    equipment: str = "company"
    cash_pay: bool = False
    live_in: bool = False
    remote_site: bool = False
    chain: str = "own"
    for_client: bool | None = None
    clients: tuple[str, ...] = ()
    keeps_documents: bool = False
    scrutiny: bool = False

    @property
    def pay(self) -> tuple[int | None, int | None, str]:
        return self.pay_from_cents, self.pay_to_cents, self.pay_unit
