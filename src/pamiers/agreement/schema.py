"""The language as a JSON Schema (2020-12), for editors and other programs."""

from pamiers.agreement.grammar.forms import Schema
from pamiers.agreement.grammar.whole import AGREEMENT, LANGUAGE_VERSION


def json_schema() -> Schema:
    """Return the schema of `agreement.yaml`.

    It says what may stand where, and `TBD` may stand for any value. Names used and
    never defined, signatures, deadlines and drawings are beyond a schema; `check`
    looks at those.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"pamiers agreement, language version {LANGUAGE_VERSION}",
        **AGREEMENT.schema(),
    }
