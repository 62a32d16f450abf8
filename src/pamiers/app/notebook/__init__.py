"""The record as tables of an analyst: places with their system, columns with units.

Main verbs: `open_mission`, `connect`; `pamiers.open` and `pamiers.connect` are they.
They need the extra `pamiers[analysis]`. What an edition may not hold is absent.
"""

from pamiers.app.notebook.analysis import Analysis, CoverageWarning, open_mission
from pamiers.app.notebook.remote import Served, connect

__all__ = ["Analysis", "CoverageWarning", "Served", "connect", "open_mission"]
