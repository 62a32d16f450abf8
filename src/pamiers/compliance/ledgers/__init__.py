"""Ledgers of state: where an agreement stands, counted from what is on record.

Main verbs: `calendar`, and one per ledger: `weapons`, `persons`, `mines`, `pledges`,
`corridors`, `implementation`, `access`, `notices`, `gates`. May import: core,
agreement, and compliance above this room.

Invariants:
    * Agreement, facts and `now` in; values with their reasons out; nothing is judged.
    * A figure stands with its counter and its date; rival figures stand side by side.
    * What nobody counted is *not reported*, never zero; silence is never *done*.
    * Order of arrival changes nothing; swapping the parties swaps the results.
    * No ledger holds the name of a person.
"""
