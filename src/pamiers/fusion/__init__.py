"""Make of many reports what happened: observations in, incidents out, explained.

Main verb: `fuse` takes a table of observations and claims and a declared
`FusionModel`, and returns a `Fusion`: incidents, and which report belongs to which.
`explain` takes one incident apart into weights that add up.

May import: core, the standard library, numpy, pyarrow and pyproj.

Invariants:
    * The result depends on the set of rows alone, never on their order.
    * Nothing is dropped: a row without a place is an incident without a place.
    * A source has one voice in an incident, however often it repeats itself.
    * A claim never moves, dates, counts or outranks what was observed.
    * Who is said to have done it never decides what belongs together; swapping the
      names of the parties swaps them in the result and changes nothing else.
"""
