"""Judge as facts come: what a change can touch is judged anew, and nothing else.

Main verb: `advance`. May import: the rest of compliance, but `assess`.

Invariants:
    * The findings are those of a judgement from nothing on what is known, whatever
      came in which order: a judgement from nothing is the first advance.
    * What a form says a fact can touch may be too much, never too little.
"""
