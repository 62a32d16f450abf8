"""Scenarios: facts in, verdicts out, in a form that a lawyer reads and writes.

Main verb: `try_out` runs one against an agreement and says what did not come out.
May import: core, agreement, fusion, and the rest of compliance.
"""
