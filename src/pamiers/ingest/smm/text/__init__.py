"""From bytes to sentences: encodings, characters, page furniture, headings.

Invariant: no character of prose is dropped without being counted as header,
and every sentence knows the physical line on which it begins.
"""
