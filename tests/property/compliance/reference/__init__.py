"""The definition of truth: rules judged by brute force, in plain Python.

Written from docs/adr/0019 and docs/explanation/verdicts.md, without numpy, kernels or
any part of the engine but the rules themselves, the rows and the vocabulary of kinds.
Loops over every fact, every hour and every world; slow, and meant to be.
"""
