"""Read incidents and totals as evidence on one clause: where, what, when, whose.

Everything uncertain is a pair of bounds on a probability, low and high, one per
incident; a judgement multiplies them. May import: core, agreement, fusion.
"""
