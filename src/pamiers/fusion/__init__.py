"""Make of many reports what happened: observations in, incidents out, explained.

Main verbs: `learn` what sources are like from what they report; `fuse` a table of
observations and claims into a `Fusion`: incidents, and which report belongs to which.
`explain` takes one incident apart into weights that add up.

May import: core, the standard library, numba, numpy, pyarrow, pyproj and shapely.

Invariants:
    * The result depends on the set of rows and on what was learned, never on the
      order of arrival.
    * Nothing is dropped: a row without a place is an incident without a place.
    * A source has one voice in an incident, however often it repeats itself.
    * A claim never joins, moves, dates, counts or outranks what was observed.
    * Who is said to have done it never decides what belongs together; swapping the
      names of the parties swaps them in the result and changes nothing else.
"""
