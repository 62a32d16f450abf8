"""Field formats: bytes in, rows of the record and an account of every row out.

Main verb: `read`. May import: `mission` (whose port `Format` it implements),
`agreement` (strict YAML) and `core`. Formats never import one another; what they
share lives beside them: `text_table` (bytes to cells), `values` (cells to
values), `rows` (values to rows of the record).

Invariants:
    * Every row is accepted or quarantined, with its line and a remedy; nothing is
      dropped, and nothing is guessed without a note that says so.
    * Bytes are never decoded with replacement characters.
    * A fast and a careful path give the same outcome for every input.
    * No message holds the position of an observer.
"""
