"""What changed between two versions of an agreement, by meaning, and for whom.

Main verb: `diff`. It compares the two as written, so that drafts with blanks can be
compared; the order of keys, comments and the way a number is written are no change.
"""
