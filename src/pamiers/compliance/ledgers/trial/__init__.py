"""What a scenario expects of the calendar and of ledgers, held against them.

Main verbs: `check_calendar`, `check_ledger`. May import: what its parent may, and
scenarios as written.
"""
