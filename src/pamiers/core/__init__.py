"""The nouns every other room speaks in: instant, place, party, source, rows.

Main verb: none; core only says what things are and how they compare.
May import: the standard library, numpy, pyarrow, pyproj and shapely.

Invariants:
    * No clock, file, socket, database, process or randomness.
    * Instants are aware and UTC; intervals half-open `[start, end)`.
    * Places are WGS84 (EPSG:4326) and always say how uncertain they are.
    * One schema, two views: columns for engines, frozen rows for people.
"""
