"""One small recursive-descent parser per phrase of the reports.

Each reads from a position of a `Stream` and returns a `Match` or declines.
No parser here knows of another sentence, of a map, or of the record.
"""
