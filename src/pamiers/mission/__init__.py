"""Use cases of a mission, and the ports through which it reaches the world.

Main verbs: `record`, `fuse`, `assess`, `publish`, `replay`. May import: every pure
room; adapters (ingest, store, render) implement the ports declared here and are
joined to it only by `app.wiring`.

Invariants:
    * All state is a function of the record's entries and the code version.
    * Facts are appended, never edited; nothing read is dropped unaccounted.
    * An acknowledgement is given only after the store has made it durable.
"""
