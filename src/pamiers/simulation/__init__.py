"""Live through an agreement in a world whose truth is known, and see what holds.

Main verb: `live`: a seeded world yields deeds, what watches them yields reports, and
the whole chain (incidents, findings, cases) is driven by them, with people who are
punctual, slow, silent or absent.

May import: core, agreement, fusion, ledger, compliance, procedure.

Invariants:
    * Generators and instants are arguments: the same agreement, setting and seed give
      the same world, to the last digit.
    * Truth is kept apart. Nothing that judges, decides or reports reads it; it is held
      against what they said when all is over.
    * Both parties are drawn from the same laws: swapping their names, and the conduct
      that goes with them, swaps the world and changes nothing else.
    * It shows whether procedures work, never what anybody will do.
"""
