"""Writes the inputs of the cases 17 to 84 of the catalogue of bad inputs.

One folder for each case: `input.*` as bytes, `options.json`, and `expected.json`
with what reading it must give. Inputs too large to keep are named in the options as
`generated` and made while the test runs. A test compares what is on disk with what
this script writes: change a case, run it, and look at the difference.

Run: `python -m tests.badinput.ingest.write_inputs`.
"""

from typing import Final

from tests.badinput.ingest.geometries import GEOMETRIES
from tests.badinput.ingest.places import COORDINATES
from tests.badinput.ingest.tables import TABLES
from tests.badinput.ingest.times import TIMES

CASES: Final = (*TABLES, *TIMES, *COORDINATES, *GEOMETRIES)


def main() -> None:
    """Write every file of every case."""
    for case in CASES:
        case.folder.mkdir(exist_ok=True)
        for path, data in case.files():
            path.write_bytes(data)


if __name__ == "__main__":
    main()
