"""The resolved agreement that engines take: clauses, ground, watchers, the whole.

Main nouns: `Agreement`, `Clause`, `Reading`. Made by `pamiers.agreement.resolve`.
May import: values, zones, core. Invariant: frozen, without blanks, in SI units.
"""

from pamiers.agreement.model.clause import (
    Amendment,
    Bound,
    Clause,
    Exemption,
    Matter,
    Reading,
    Requirement,
    Subject,
    Suspension,
    Thresholds,
    Verb,
    Window,
    Words,
)
from pamiers.agreement.model.where import (
    AllOf,
    Everywhere,
    InZones,
    NearLine,
    OutsideZones,
    Where,
)
from pamiers.agreement.model.whole import (
    Agreement,
    Anchor,
    Detection,
    Extension,
    Life,
    LifeEvent,
    Mandate,
    Means,
    Sector,
    Tenure,
)

__all__ = [
    "Agreement",
    "AllOf",
    "Amendment",
    "Anchor",
    "Bound",
    "Clause",
    "Detection",
    "Everywhere",
    "Exemption",
    "Extension",
    "InZones",
    "Life",
    "LifeEvent",
    "Mandate",
    "Matter",
    "Means",
    "NearLine",
    "OutsideZones",
    "Reading",
    "Requirement",
    "Sector",
    "Subject",
    "Suspension",
    "Tenure",
    "Thresholds",
    "Verb",
    "Where",
    "Window",
    "Words",
]
