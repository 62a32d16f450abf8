"""What people and programs touch: the command line and, later, web and worker.

Main verb: `run`. May import everything; `wiring` is the one place that knows
everything, and the only one that reads the clock or draws random bytes.

Invariants:
    * A surface holds no rule: it asks a use case and shows the answer.
    * `pamiers --help` loads no engine: rooms are imported inside commands.
"""
