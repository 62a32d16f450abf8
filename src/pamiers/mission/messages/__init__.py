"""Messages: single reports as they come in, one by one or together, from many senders.

Main verbs: `read_message`, `file_messages`, `receipt`. May import: core, ledger and the
rest of mission; no clock, no socket.

Invariants:
    * A message is known by its source and id. The same again gives the same receipt;
      another under the same id is kept beside it and opens a conflict.
    * A message becomes a row like any other; its own words lie beside, as signed.
    * What is not taken is said with its reason, and nothing of it is repeated.
"""
