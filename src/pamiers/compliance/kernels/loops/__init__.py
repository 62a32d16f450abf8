"""Loops for numba: what the array code of `kernels` does, one fact at a time."""
