"""Compiled loops over draws; imported only where draws are many (ADR 0056).

Single precision throughout, sixteen draws to an instruction: every inner loop is
straight and touches few arrays, so that the compiler makes vectors of it. What singles
cannot decide is decided in doubles.
"""
