"""The obligation calendar: every dated duty, whose it is, and how it stands.

Main verb: `calendar`. May import: what its parent may.

Invariants:
    * A duty is *done* only by a record; past its instant without one it is overdue,
      which says that nothing shows it done, not that it was not done.
    * A duty whose instant is not known says what it waits for, and has no date.
    * Readings that agree share a line; readings that differ stand side by side.
"""
