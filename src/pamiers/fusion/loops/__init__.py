"""Compiled loops of association: which report tells of which incident.

May import: numpy, numba and this folder; imported only by what runs them.
"""
