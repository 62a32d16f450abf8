"""From the pieces of a sentence to what it says was seen, where, when and by whom.

Invariant: every rule of attachment is stated at the head of `assembly`; a count
is never summed with its own breakdown.
"""
