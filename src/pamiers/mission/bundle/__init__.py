"""Bundles: a record in one file that whoever distrusts its keeper can check.

Main verbs: `make`, `check`, `merge`. Main invariants:
    * An edition opens what its readers may see, and pins all of the rest.
    * The same record and edition give the same bytes.
    * One signature covers every file; nothing in the file is beside it.
"""
