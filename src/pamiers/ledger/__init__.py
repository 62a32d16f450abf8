"""An append-only record whose every byte is pinned by one root hash.

Main verbs: `append`, `prove`, `verify`. May import: core.

Invariants:
    * One RFC 6962 tree over salted leaves; its root is the head hash.
    * An entry that files a batch of rows carries the Merkle root over the
      batch's own salted rows, so each row is provable by entry and index.
    * Nothing here stores, signs or reads a clock; salts are arguments.
    * Tamper-evident, to whoever holds an older head; not tamper-proof.
"""
