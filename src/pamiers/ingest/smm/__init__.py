"""Reports of the OSCE Special Monitoring Mission to Ukraine, read as prose.

Purpose: turn the sentences of daily reports, spot reports and their tables into
readings (`pamiers.ingest.smm.sentence`) that keep time, observer, sector,
count, kind, means and weapon as worded.
Invariants: one row is one sentence; a sentence is accepted under exactly one
category or has a fault that says why not; a count is never summed with its own
breakdown; nothing is guessed that the text does not give.
Refuses: the network, the clock, a map, and any text that is not a report.
"""
