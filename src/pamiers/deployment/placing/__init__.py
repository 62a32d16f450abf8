"""From what is stated to a plan: where posts stand, and how far from best that is.

Main verbs: `lay_task` turns what is stated into arrays, `place` chooses, `ceiling`
says what no plan exceeds. May import: agreement, deterrence, core, numpy, shapely.
Invariants: the worst stretch and hour count; every constraint holds in every plan; a
ceiling is never below what any plan reaches.
"""
