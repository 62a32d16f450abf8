"""The report of a stress test as pages: HTML and PDF, in four languages.

Main verb: `render_stress`. May import: report and every room below, and the parts of
`render` that all pages share. Invariants: the limits stand on the first page; every
chart says in words what it shows; shapes and hatching tell what colours tell.
"""

from pamiers.render.stress.made import FORMS, render_stress

__all__ = ["FORMS", "render_stress"]
