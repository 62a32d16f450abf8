"""Say what is on record, as values that any surface can render.

Main verb: `daily.compose`. May import: core, agreement, fusion, ledger, compliance.

Invariants:
    * A report is a frozen value; no language inside it: sentences are keys with
      parameters (`message`), names carry their own translations.
    * The reader sees what nobody could watch as plainly as what was seen.
    * A claim stands beside observations and is never counted with them; what one
      side says is never shown without what the other side says.
    * Published totals are compared with the record, and a gap is called a gap.
    * What an edition may not say is removed here, before anything is rendered.
"""
