"""Judge conduct against an agreement: incidents and coverage in, findings out.

Main verb: `assess`. May import: core, agreement, fusion, ledger.

Invariants:
    * A judgement is a value that carries its reasons; nothing here raises to say no.
    * Silence is not compliance: what nobody could see is `UNOBSERVED`, never `KEPT`.
    * No clock, no I/O; `now` and the agreement in force are arguments.
    * Swapping the names of the parties swaps the results and changes nothing else.
"""
