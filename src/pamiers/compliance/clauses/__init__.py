"""Judge one clause, in one reading and sector, over one period.

One module per verb of the agreement; each turns a `Case` into one `Finding`, and
may be asked again with an incident left out. May import: core, agreement, fusion,
and the rest of compliance but `assess`.
"""
