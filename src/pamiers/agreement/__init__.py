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

from pamiers.agreement.complaint import Complaint, Severity
from pamiers.agreement.lint.check import check
from pamiers.agreement.load import load_agreement
from pamiers.agreement.model import (
    Agreement,
    Clause,
    Detection,
    Everywhere,
    Exemption,
    InZones,
    Mandate,
    Means,
    NearLine,
    Reading,
    Sector,
    Subject,
    Thresholds,
    Verb,
    Where,
)
from pamiers.agreement.prose.show import show
from pamiers.agreement.reader import Read, digest, from_dict, read, to_dict, unreadable
from pamiers.agreement.resolve import resolve
from pamiers.agreement.schema import json_schema
from pamiers.agreement.values.weapon import Bounds, WeaponClass
from pamiers.agreement.written import Written
from pamiers.agreement.zones import Line, Zone

__all__ = [
    "Agreement",
    "Bounds",
    "Clause",
    "Complaint",
    "Detection",
    "Everywhere",
    "Exemption",
    "InZones",
    "Line",
    "Mandate",
    "Means",
    "NearLine",
    "Read",
    "Reading",
    "Sector",
    "Severity",
    "Subject",
    "Thresholds",
    "Verb",
    "WeaponClass",
    "Where",
    "Written",
    "Zone",
    "check",
    "digest",
    "from_dict",
    "json_schema",
    "load_agreement",
    "read",
    "resolve",
    "show",
    "to_dict",
    "unreadable",
]
