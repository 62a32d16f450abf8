"""What was agreed, as data: read strictly, checked aloud, then ready to be judged.

Main verb: `read` takes the texts of an agreement's folder (file name -> text) and
returns the agreement as written with every complaint about it; `check` says what
is missing or contradictory; `resolve` turns one without errors and blanks into an
`Agreement`, the value that engines take. `load_agreement` does the three and raises.

May import: core, the standard library, PyYAML, numpy, shapely and pyproj.

Invariants:
    * Takes texts, never paths: no file, socket, clock or randomness.
    * Nothing is corrected silently. What cannot be read is a `Complaint` with file,
      line, column, path, reason and remedy; all of them are gathered.
    * A blank (`TBD`) makes an agreement checkable and showable, never runnable.
    * Who signed what is kept per source; rival claims stand side by side.
"""
