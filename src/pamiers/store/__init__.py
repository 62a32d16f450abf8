"""Where a record lies: SQLite on disk, PostgreSQL on a server, memory for tests.

Main verbs: `open_record`, `put`, `get`. May import: mission (its ports), ledger,
core. Nothing but `app.wiring` imports this room.

Invariants:
    * `append` returns only after the entries are on the disk (WAL, FULL; or what a
      server that syncs has committed).
    * Entries and originals are never changed or removed; there is no code to.
    * A file of an older version is copied before it is migrated; one of a newer
      version is refused, with the reason.
"""
