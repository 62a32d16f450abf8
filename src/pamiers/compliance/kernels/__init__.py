"""Kernels: the arithmetic of compliance, arrays in and arrays out.

Main verb: none of its own; `assess` and the bulk engine call them. May import
numpy, shapely and `pamiers.core`, and numba where that is installed; never the
agreement, so that a kernel cannot know whose conduct it judges.

Invariants: a kernel is a pure function of its arguments; its loops (`loops`, for
numba) and its array code (numpy) give the same answers, bit for bit where the
answer is a set or a count; a point on a boundary is inside; windows are closed;
no result depends on the order in which facts of one instant are given.
"""
