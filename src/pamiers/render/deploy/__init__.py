"""The report of a plan as pages: HTML and PDF, English and Ukrainian.

Main verb: `render_deploy`. May import: report and every room below, and the parts of
`render` that the stress test's pages are made of. Invariants: assumptions and limits
stand on the first page, beside the certificate; maps are read without colour; what an
edition may not show is not in the value that it is made from.
"""

from pamiers.render.deploy.page import render_deploy

__all__ = ["render_deploy"]
